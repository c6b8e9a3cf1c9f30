// Failures as the API server words them: metav1.Status objects, built in this one place.
// Rules: k8s.io/apimachinery/pkg/api/errors/errors.go.
import { causeReasons, errorBody, errorText, type FieldError } from '../kinds/machinery/field-error.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { ApiResponse, Status } from './types.ts'

/** A group and resource (or kind) as errors name it: `deployments.apps`. */
export interface Named {
  readonly group: string
  readonly plural: string
}

/** Thrown inside the server and by the client in place of an answer; `status` is the body. */
export class ApiError extends Error {
  readonly status: Status
  constructor(status: Status) {
    super(status.message)
    this.status = status
  }
  get reason(): string {
    return this.status.reason ?? ''
  }
  get code(): number {
    return this.status.code ?? 500
  }
}

export const isReason = (error: unknown, ...reasons: string[]): boolean =>
  error instanceof ApiError && reasons.includes(error.reason)
export const isNotFound = (error: unknown): boolean => isReason(error, 'NotFound')
export const isConflict = (error: unknown): boolean => isReason(error, 'Conflict')
export const isAlreadyExists = (error: unknown): boolean => isReason(error, 'AlreadyExists')

/** In a `catch`: what the API answers is part of everyday life; anything else is a fault and goes on its way. */
export function expectRefusal(error: unknown): asserts error is ApiError {
  if (!(error instanceof ApiError)) throw error
}

export function failure(
  code: number,
  reason: string | undefined,
  message: string,
  details?: Status['details'],
): ApiError {
  const status: Status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message }
  if (reason) status.reason = reason
  if (details) status.details = details
  status.code = code
  return new ApiError(status)
}

const qualified = (r: Named): string => (r.group ? `${r.plural}.${r.group}` : r.plural)
const details = (r: Named, name: string, more: Status['details'] = {}): Status['details'] => ({
  ...(name && { name }),
  ...(r.group && { group: r.group }),
  ...(r.plural && { kind: r.plural }),
  ...more,
})

export const notFound = (r: Named, name: string): ApiError =>
  failure(404, 'NotFound', `${qualified(r)} ${quote(name)} not found`, details(r, name))

export const alreadyExists = (r: Named, name: string): ApiError =>
  failure(409, 'AlreadyExists', `${qualified(r)} ${quote(name)} already exists`, details(r, name))

type Causes = NonNullable<Status['details']>['causes']

export const conflict = (r: Named, name: string, why: string, causes?: Causes) =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(r)} ${quote(name)}: ${why}`,
    details(r, name, causes && { causes }),
  )

export const modified =
  'the object has been modified; please apply your changes to the latest version and try again'

export const forbidden = (r: Named, name: string, why: string, causes?: Causes) =>
  failure(
    403,
    'Forbidden',
    `${qualified(r)}${name ? ` ${quote(name)}` : r.plural ? ' ""' : ''} is forbidden: ${why}`.replace(
      ' "" is',
      ' is',
    ),
    details(r, name, causes && { causes }),
  )

export const badRequest = (message: string): ApiError => failure(400, 'BadRequest', message)
export const internal = (message: string): ApiError =>
  failure(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] })
/** An error that is no Status of its own: responsewriters.ErrorToAPIStatus makes it a 500 without a reason. */
export const serviceUnavailable = (message: string): ApiError => failure(503, 'ServiceUnavailable', message)
export const plainError = (message: string): ApiError => failure(500, undefined, message)
export const gone = (message: string): ApiError => failure(410, 'Expired', message)
export const notFoundPath = (): ApiError =>
  failure(404, 'NotFound', 'the server could not find the requested resource', {})

export const methodNotAllowed = (): ApiError =>
  failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})

export const unsupportedMediaType = (accepted: readonly string[]): ApiError =>
  failure(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  )

/** `Deployment.apps "web" is invalid: spec.replicas: Invalid value: …`, several errors in brackets. */
export function invalid(
  kind: { group: string; kind: string },
  name: string,
  errors: readonly FieldError[],
): ApiError {
  const causes = errors.map(e => ({ reason: causeReasons[e.type], message: errorBody(e), field: e.field }))
  return failure(
    422,
    'Invalid',
    `${kind.group ? `${kind.kind}.${kind.group}` : kind.kind} ${quote(name)} is invalid: ${aggregate(errors.map(errorText))}`,
    {
      ...(name && { name }),
      ...(kind.group && { group: kind.group }),
      ...(kind.kind && { kind: kind.kind }),
      causes,
    },
  )
}

/** utilerrors.Aggregate: one message, or several without repeats as `[a, b]`. */
function aggregate(messages: readonly string[]): string {
  const distinct = [...new Set(messages)]
  return distinct.length === 1 ? distinct[0]! : `[${distinct.join(', ')}]`
}

export const quote = goQuote

export const success = (details?: Status['details']): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  ...(details && { details }),
})

export const respond = (code: number, body: unknown, warnings: readonly string[] = []): ApiResponse => ({
  code,
  body,
  warnings,
})
