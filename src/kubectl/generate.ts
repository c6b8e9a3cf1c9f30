// How a generator (`kubectl create deployment`, `run`, `expose` …) ends: the object is printed, sent, or both.
import type { KubeObject } from '../kinds/object.ts'
import { dryRunFlag, managerFlag, printFlags, validateFlag } from './command.ts'
import type { Context } from './context.ts'
import type { Resource } from './discovery.ts'
import { CommandError, StatusError, UnreachableError } from './errors.ts'
import { withLastApplied } from './last-applied.ts'
import { makePrinter } from './print/printers.ts'
import { asStruct } from './print/typed.ts'

export const generatorFlags = `${printFlags}${dryRunFlag}${validateFlag}${managerFlag('kubectl-create')}save-config `

export interface GenerateOptions {
  /** Words before the server's message: `failed to create configmap` (a colon follows, unless they end in a blank). Absent: the status is told as it is. */
  readonly failure?: string
  readonly operation?: string
  /** Where it is sent; absent: where objects of its kind belong. */
  readonly resource?: Resource
  /** --save-config acts on what is sent alone. */
  readonly sentOnly?: boolean
}

/** Sends it (unless --dry-run=client) and prints it. */
export function sendGenerated(ctx: Context, object: KubeObject, options: GenerateOptions = {}): KubeObject {
  const placed = createGenerated(ctx, object, options)
  printGenerated(ctx, placed, options)
  return placed
}

/** Sends it (unless --dry-run=client). */
export function createGenerated(ctx: Context, object: KubeObject, options: GenerateOptions = {}): KubeObject {
  const { failure, sentOnly, resource = ctx.discovery.forKind(object.apiVersion, object.kind)! } = options
  let placed = object
  if (resource.namespaced && ctx.namespaceEnforced && !object.metadata.namespace)
    placed = { ...object, metadata: { ...object.metadata, namespace: ctx.namespace } }
  if (ctx.flags.bool('save-config') && !(sentOnly && ctx.dryRun === 'client'))
    placed = withLastApplied(placed, bare => asStruct(ctx, bare))
  if (ctx.dryRun === 'client') return placed
  try {
    return ctx.client.create(resource, resource.namespaced ? ctx.namespace : '', placed, ctx.writeQuery())
  } catch (error) {
    if (failure && (error instanceof StatusError || error instanceof UnreachableError))
      throw new CommandError(`${failure}${failure.endsWith(' ') ? '' : ': '}${error.message}`)
    throw error
  }
}

export function printGenerated(ctx: Context, object: KubeObject, options: GenerateOptions = {}): void {
  const { operation = 'created' } = options
  makePrinter(ctx, { typed: true, operation: `${operation}${ctx.dryRunSuffix}` })(object)
}

/** strconv.Atoi */
export function portNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}
