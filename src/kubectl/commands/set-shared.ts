// What the `kubectl set` commands share: which objects, what changes in them, and how the change is sent.
import { matches } from '../../engine/shell-pattern.ts'
import type { Task } from '../../engine/task.ts'
import type { KnownObject, KubeObject } from '../../kinds/object.ts'
import type { Container } from '../../kinds/schema/types.ts'
import { type Built, build, type Info } from '../builder.ts'
import { dryRunFlag, fileFlags, managerFlag, printFlags } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, localOnly, StatusError, throwAll } from '../errors.ts'
import { forEach, podSpecOf, sendChange, withPodSpec } from '../patching.ts'
import { goType } from '../pods.ts'
import { makePrinter, objectName } from '../print/printers.ts'
import { recordCause } from '../record.ts'
import { equal } from '../three-way.ts'

export const setFlags = `${printFlags}${fileFlags}${dryRunFlag}${managerFlag('kubectl-set')}all local `

/** Arguments up to the first `key=value` or `key-`, and those from there on (cmdutil.GetResourcesAndPairs). */
export function splitPairs(args: readonly string[], what: string): { resources: string[]; pairs: string[] } {
  const isPair = (arg: string) => arg.indexOf('=') > 0 || (arg.endsWith('-') && arg !== '-')
  const at = args.findIndex(isPair)
  if (at < 0) return { resources: [...args], pairs: [] }
  const pairs = args.slice(at)
  const stray = pairs.find(arg => !isPair(arg))
  if (stray !== undefined)
    throw new CommandError(`all resources must be specified before ${what} changes: ${stray}`)
  return { resources: args.slice(0, at), pairs }
}

/** `refusesWords`: words besides the files of --local are an error, rather than left out. */
export function* selectObjects(
  ctx: Context,
  resources: readonly string[],
  refusesWords = false,
): Task<Built<Info<KnownObject>>> {
  const { flags } = ctx
  const local = flags.bool('local')
  if (local && ctx.dryRun === 'server')
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  const selector = flags.has('selector') ? flags.string('selector') : ''
  if (flags.bool('all') && selector)
    throw new CommandError('cannot set --all and --selector at the same time')
  if (local && resources.length && refusesWords) throw localOnly()
  return yield* build(ctx, {
    args: local ? [] : resources,
    allowEmptySelector: flags.bool('all'),
    selector,
    continueOnError: true,
    latest: !local,
    local,
    scheme: 'kubectl',
  })
}

export interface ChangeOptions {
  /** Said behind the name: `image updated`. */
  readonly done: string
  /** `image update to pod template`, in refusals of the server. */
  readonly what: string
  /** Refuses what was asked for, once the objects are there. */
  readonly check?: () => void
  /** What went wrong with single objects while they were changed; told first. */
  readonly failures?: readonly Error[]
  /** Sent and mentioned even where nothing changes. */
  readonly always?: boolean
  /** Words besides the files of --local are an error. */
  readonly refusesWords?: boolean
  /** The version that objects must have on the server. */
  readonly resourceVersion?: string
}

/** Changes each object and sends the difference; objects that stay as they are are not mentioned. */
export function* changeObjects(
  ctx: Context,
  resources: readonly string[],
  options: ChangeOptions,
  change: (object: KnownObject) => KnownObject,
): Task<number> {
  const built = yield* selectObjects(ctx, resources, options.refusesWords)
  const errors: Error[] = [...built.errors]
  throwAll(errors)
  options.check?.()
  const print = makePrinter(ctx, { typed: true, operation: `${options.done}${ctx.dryRunSuffix}` })
  forEach(built.infos, errors, info => {
    const changed = change(info.object)
    if (!options.always && equal(changed, info.object)) return
    const recorded = recordCause(ctx, changed)
    if (ctx.flags.bool('local') || ctx.dryRun === 'client') {
      print(recorded)
      return
    }
    let object: KubeObject
    try {
      object = sendChange(ctx, info, atVersion(recorded, options), ctx.writeQuery())
    } catch (error) {
      if (error instanceof StatusError)
        throw new CommandError(`failed to patch ${options.what} ${error.message}`)
      throw error
    }
    print(object)
  })
  throwAll([...(options.failures ?? []), ...errors])
  return 0
}

const atVersion = <T extends KubeObject>(object: T, { resourceVersion }: ChangeOptions): T =>
  resourceVersion ? { ...object, metadata: { ...object.metadata, resourceVersion } } : object

/** As errors name it: objects of files alone as -o name does, on a line of their own. */
export const shownName = (ctx: Context, object: KubeObject): string =>
  ctx.flags.bool('local')
    ? `${objectName(object)}${object.apiVersion.includes('/') ? '\n' : ''}`
    : `${plural(ctx, object)}/${object.metadata.name}`

const plural = (ctx: Context, { apiVersion, kind }: KubeObject): string =>
  ctx.discovery.forKind(apiVersion, kind)?.plural ?? `${kind.toLowerCase()}s`

/** Objects of files alone are named by their kind. */
export const noTemplate = (ctx: Context, object: KubeObject): CommandError =>
  new CommandError(
    `error: ${ctx.flags.bool('local') ? object.kind.toLowerCase() : plural(ctx, object)}/${object.metadata.name} the object is not a pod or does not have a pod template: ${goType(object)}\n`,
  )

/** The object with its containers changed; init containers as well. */
export function mapContainers(
  ctx: Context,
  object: KnownObject,
  change: (container: Container, names: readonly string[]) => Container,
): KnownObject {
  const spec = podSpecOf(object)
  if (!spec) throw noTemplate(ctx, object)
  const all = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map(c => c.name)
  const each = (list: readonly Container[]) => list.map(container => change(container, all))
  return withPodSpec(object, {
    ...spec,
    ...(spec.initContainers && { initContainers: each(spec.initContainers) }),
    containers: each(spec.containers ?? []),
  })
}

/** `*` and `?` in names of containers. */
export const matchesName = (pattern: string, name: string): boolean => matches(pattern, name)
