// How a generator (`kubectl create deployment`, `run`, `expose` …) ends: the object is printed, sent, or both.
import type { AnyObject } from '../kinds/object.ts'
import { dryRunFlag, managerFlag, printFlags, validateFlag } from './command.ts'
import type { Context } from './context.ts'
import { CommandError, StatusError, UnreachableError } from './errors.ts'
import { updateLastApplied } from './last-applied.ts'
import { makePrinter } from './print/printers.ts'

export const generatorFlags = `${printFlags}${dryRunFlag}${validateFlag}${managerFlag('kubectl-create')}save-config `

export interface GenerateOptions {
  /** Words before the server's message: `failed to create configmap` (a colon follows, unless they end in a blank). Absent: the status is told as it is. */
  readonly failure?: string
  readonly operation?: string
}

/** Sends it (unless --dry-run=client) and prints it. */
export function sendGenerated(ctx: Context, object: AnyObject, options: GenerateOptions = {}): AnyObject {
  const { failure, operation = 'created' } = options
  const resource = ctx.discovery.forKind(object.apiVersion, object.kind)!
  let placed = object
  if (resource.namespaced && ctx.namespaceEnforced && !object.metadata.namespace)
    placed = { ...object, metadata: { ...object.metadata, namespace: ctx.namespace } }
  placed = updateLastApplied(placed, ctx.flags.bool('save-config'))
  const print = makePrinter(ctx, { typed: true, operation: `${operation}${ctx.dryRunSuffix}` })
  if (ctx.dryRun !== 'client')
    try {
      placed = ctx.client.create(resource, resource.namespaced ? ctx.namespace : '', placed, ctx.writeQuery())
    } catch (error) {
      if (failure && (error instanceof StatusError || error instanceof UnreachableError))
        throw new CommandError(`${failure}${failure.endsWith(' ') ? '' : ': '}${error.message}`)
      throw error
    }
  print(placed)
  return placed
}

/** strconv.Atoi */
export function portNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new CommandError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Number(text)
}
