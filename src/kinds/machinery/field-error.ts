// One faulty field: the texts of k8s.io/apimachinery/pkg/util/validation/field/errors.go, built in this one place.

import { goQuote } from './quote.ts'

export type FieldErrorType =
  | 'Required'
  | 'Invalid'
  | 'NotSupported'
  | 'Duplicate'
  | 'Forbidden'
  | 'NotFound'
  | 'TooLong'
  | 'TooMany'
  | 'TooFew'
  | 'InternalError'
  | 'TypeInvalid'

export interface FieldError {
  readonly type: FieldErrorType
  /** As printed: `spec.containers[0].name`, `metadata.labels`. */
  readonly field: string
  readonly value?: unknown
  /** The value has a string type of its own in Go: printed as JSON, not by %q. */
  readonly named?: boolean
  /** The message does not show the value: OmitValueType. */
  readonly omitValue?: boolean
  readonly detail: string
}

const words: Record<FieldErrorType, string> = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  NotSupported: 'Unsupported value',
  Duplicate: 'Duplicate value',
  Forbidden: 'Forbidden',
  NotFound: 'Not found',
  TooLong: 'Too long',
  TooMany: 'Too many',
  TooFew: 'Too few',
  InternalError: 'Internal error',
  TypeInvalid: 'Invalid value',
}

/** `reason` of the cause that a Status lists for the error. */
export const causeReasons: Record<FieldErrorType, string> = {
  Required: 'FieldValueRequired',
  Invalid: 'FieldValueInvalid',
  NotSupported: 'FieldValueNotSupported',
  Duplicate: 'FieldValueDuplicate',
  Forbidden: 'FieldValueForbidden',
  NotFound: 'FieldValueNotFound',
  TooLong: 'FieldValueTooLong',
  TooMany: 'FieldValueTooMany',
  TooFew: 'FieldValueTooFew',
  InternalError: 'InternalError',
  TypeInvalid: 'FieldValueTypeInvalid',
}

export const required = (field: string, detail = ''): FieldError => ({ type: 'Required', field, detail })
export const invalid = (field: string, value: unknown, detail = ''): FieldError => ({
  type: 'Invalid',
  field,
  value,
  detail,
})
export const typeInvalid = (field: string, value: unknown, detail = ''): FieldError => ({
  type: 'TypeInvalid',
  field,
  value,
  detail,
})
export const duplicate = (field: string, value: unknown): FieldError => ({
  type: 'Duplicate',
  field,
  value,
  detail: '',
})
export const forbidden = (field: string, detail = ''): FieldError => ({ type: 'Forbidden', field, detail })
export const notFound = (field: string, value: unknown): FieldError => ({
  type: 'NotFound',
  field,
  value,
  detail: '',
})
export const tooLong = (field: string, maximum: number): FieldError => ({
  type: 'TooLong',
  field,
  detail: maximum >= 0 ? `may not be more than ${maximum} bytes` : 'value is too long',
})
export const tooMany = (field: string, actual: number, maximum: number): FieldError => ({
  type: 'TooMany',
  field,
  value: actual,
  detail: `must have at most ${maximum} ${maximum === 1 ? 'item' : 'items'}`,
})
export const notSupported = (field: string, value: unknown, supported: readonly string[]): FieldError => ({
  type: 'NotSupported',
  field,
  value,
  detail: supported.length ? `supported values: ${supported.map(goQuote).join(', ')}` : '',
})

/** The error without its field: `Invalid value: 0: must be greater than 0`, the message of a Status cause. */
export function errorBody(error: FieldError): string {
  const detail = error.detail ? `: ${error.detail}` : ''
  switch (error.type) {
    case 'Required':
    case 'Forbidden':
    case 'TooLong':
    case 'InternalError':
      return `${words[error.type]}${detail}`
    default:
      if (error.omitValue) return `${words[error.type]}${detail}`
      return `${words[error.type]}: ${formatValue(error)}${detail}`
  }
}

/** The error as printed: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`. */
export const errorText = (error: FieldError): string => `${error.field}: ${errorBody(error)}`

function formatValue({ type, value, named }: FieldError): string {
  if (value === undefined || value === null) return 'null'
  // What is one of some values has a type of its own.
  return typeof value === 'string' && !named && type !== 'NotSupported'
    ? goQuote(value)
    : JSON.stringify(value)
}

/** `parent.name` and `parent[3]`, as field.Path prints them. */
export const child = (parent: string, name: string): string => (parent ? `${parent}.${name}` : name)
export const index = (parent: string, i: number): string => `${parent}[${i}]`
export const key = (parent: string, name: string): string => `${parent}[${name}]`
