// kubectl set image, resources, serviceaccount, selector, subject; `set env` stands in set-env.ts.
import type { Task } from '../../engine/task.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { type Built, build } from '../builder.ts'
import {
  type Command,
  dryRunFlag,
  fileFlags,
  managerFlag,
  printFlags,
  recordDeprecated,
  recordFlag,
  selectorFlag,
} from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, StatusError, throwAll } from '../errors.ts'
import { forEach, podSpecOf, sendChange, withPodSpec } from '../patching.ts'
import { makePrinter } from '../print/printers.ts'
import { recordCause } from '../record.ts'
import { equal } from '../three-way.ts'
import { parseLabels } from './create-generator.ts'
import { subjects } from './create-rbac.ts'
import { setEnv } from './set-env.ts'

export const setFlags = `${printFlags}${fileFlags}${dryRunFlag}${managerFlag('kubectl-set')}all local `

/** Arguments up to the first `key=value` or `key-`, and those from there on (cmdutil.GetResourcesAndPairs). */
export function splitPairs(args: readonly string[], what: string): { resources: string[]; pairs: string[] } {
  const isPair = (arg: string) => arg.includes('=') || (arg.endsWith('-') && arg !== '-')
  const at = args.findIndex(isPair)
  if (at < 0) return { resources: [...args], pairs: [] }
  const pairs = args.slice(at)
  const stray = pairs.find(arg => !isPair(arg))
  if (stray !== undefined)
    throw new CommandError(`all resources must be specified before ${what} changes: ${stray}`)
  return { resources: args.slice(0, at), pairs }
}

export function* selectObjects(ctx: Context, resources: readonly string[]): Task<Built> {
  const { flags } = ctx
  const local = flags.bool('local')
  if (local && ctx.dryRun === 'server')
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  const selector = flags.has('selector') ? flags.string('selector') : ''
  if (flags.bool('all') && selector)
    throw new CommandError('cannot set --all and --selector at the same time')
  if (local && resources.length)
    throw new CommandError(
      "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
    )
  return yield* build(ctx, {
    args: resources,
    all: flags.bool('all'),
    selector,
    continueOnError: true,
    latest: !local,
    local,
  })
}

export interface ChangeOptions {
  /** Said behind the name: `image updated`. */
  readonly done: string
  /** `image update to pod template`, in refusals of the server. */
  readonly what: string
}

/** Changes each object and sends the difference; objects that stay as they are are not mentioned. */
export function* changeObjects(
  ctx: Context,
  resources: readonly string[],
  options: ChangeOptions,
  change: (object: AnyObject) => AnyObject,
): Task<number> {
  const built = yield* selectObjects(ctx, resources)
  const errors: Error[] = [...built.errors]
  throwAll(errors)
  const print = makePrinter(ctx, { operation: `${options.done}${ctx.dryRunSuffix}` })
  forEach(built.infos, errors, info => {
    const changed = change(info.object)
    if (equal(changed, info.object)) return
    const recorded = recordCause(ctx, changed)
    if (ctx.flags.bool('local') || ctx.dryRun === 'client') {
      print(recorded)
      return
    }
    let object: AnyObject
    try {
      object = sendChange(ctx, info, recorded, ctx.writeQuery())
    } catch (error) {
      if (error instanceof StatusError)
        throw new CommandError(`failed to patch ${options.what} ${error.message}`)
      throw error
    }
    print(object)
  })
  throwAll(errors)
  return 0
}

/** The object with its containers changed; init containers as well. */
export function mapContainers(
  object: AnyObject,
  change: (container: any, names: readonly string[]) => any,
): AnyObject {
  const spec = podSpecOf(object)
  if (!spec)
    throw new CommandError(
      `error: ${object.kind}/${object.metadata.name} the object is not a pod or does not have a pod template: ${object.kind}\n`,
    )
  const all = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((c: any) => c.name)
  const each = (list: any[] | undefined) => list?.map(container => change(container, all))
  return withPodSpec(object, {
    ...spec,
    ...(spec.initContainers && { initContainers: each(spec.initContainers) }),
    containers: each(spec.containers),
  })
}

/** `*` and `?` in names of containers. */
export const matchesName = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name)

const image: Command = {
  name: 'image',
  flags: `${setFlags}${recordFlag}${selectorFlag}`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { resources, pairs } = splitPairs(ctx.args, 'image')
    const images = new Map<string, string>()
    for (const pair of pairs) {
      const equals = pair.indexOf('=')
      if (equals < 1) throw new CommandError(`invalid image ${JSON.stringify(pair)}`)
      images.set(pair.slice(0, equals), pair.slice(equals + 1))
    }
    if (!resources.length && !ctx.flags.list('filename').length)
      throw new CommandError(
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      )
    if (images.size === 0) throw new CommandError('at least one image update is required')
    if (images.size > 1 && images.has('*'))
      throw new CommandError(
        'all containers are already specified by *, but saw more than one container_name=container_image pairs',
      )
    const missing: Error[] = []
    yield* changeObjects(
      ctx,
      resources,
      { done: 'image updated', what: 'image update to pod template:' },
      object => {
        const found = new Set<string>()
        const changed = mapContainers(object, container => {
          const name = images.has('*') ? '*' : container.name
          const wanted = images.get(name)
          if (wanted === undefined) return container
          found.add(name)
          return { ...container, image: wanted }
        })
        for (const name of images.keys())
          if (!found.has(name))
            missing.push(new CommandError(`error: unable to find container named ${JSON.stringify(name)}`))
        return changed
      },
    )
    throwAll(missing)
    return 0
  },
}

const resources: Command = {
  name: 'resources',
  flags: `${setFlags}${recordFlag}${selectorFlag}containers,c:s=* limits:s requests:s`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const { flags } = ctx
    const [limits, requests] = [flags.string('limits'), flags.string('requests')]
    if (!limits && !requests)
      throw new CommandError(
        'you must specify an update to requests or limits (in the form of --requests/--limits)',
      )
    const wanted = { limits: resourceList(limits), requests: resourceList(requests) }
    const pattern = flags.string('containers')
    const missing: Error[] = []
    const options = { done: 'resource requirements updated', what: 'resources update to pod template' }
    yield* changeObjects(ctx, ctx.args, options, object => {
      let found = false
      const changed = mapContainers(object, container => {
        if (!matchesName(pattern, container.name)) return container
        found = true
        const merged = { ...container.resources }
        if (limits) merged.limits = { ...merged.limits, ...wanted.limits }
        if (requests) merged.requests = { ...merged.requests, ...wanted.requests }
        return { ...container, resources: merged }
      })
      if (!found) missing.push(new CommandError(`error: unable to find container named ${pattern}`))
      return changed
    })
    throwAll(missing)
    return 0
  },
}

/** `cpu=200m,memory=128Mi` (HandleResourceRequirementsV1). */
export function resourceList(text: string): Record<string, string> {
  const list: Record<string, string> = {}
  for (const part of text.split(',').filter(Boolean)) {
    const pair = part.split('=')
    if (pair.length !== 2)
      throw new CommandError(`Invalid argument syntax ${part}, expected <resource>=<value>`)
    if (!/^[+-]?\d[\d.]*([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/.test(pair[1]!))
      throw new CommandError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      )
    list[pair[0]!] = pair[1]!
  }
  return list
}

const serviceAccount: Command = {
  name: 'serviceaccount',
  aliases: ['sa'],
  flags: `${setFlags}${recordFlag}`,
  deprecated: recordDeprecated,
  *run(ctx) {
    if (ctx.args.length === 0) throw new CommandError('serviceaccount is required')
    const name = ctx.args.at(-1)!
    const options = { done: 'serviceaccount updated', what: 'ServiceAccountName' }
    return yield* changeObjects(ctx, ctx.args.slice(0, -1), options, object => {
      const spec = podSpecOf(object)
      return withPodSpec(object, { ...spec, serviceAccountName: name, serviceAccount: name })
    })
  },
}

const selector: Command = {
  name: 'selector',
  flags: `${setFlags}${recordFlag}resource-version:s`,
  deprecated: recordDeprecated,
  *run(ctx) {
    const text = ctx.args.at(-1)
    if (text === undefined || (ctx.args.length < 2 && !ctx.flags.list('filename').length))
      throw new CommandError(
        'one or more resources must be specified as <resource> <name> or <resource>/<name>',
      )
    const options = { done: 'selector updated', what: 'selector:' }
    return yield* changeObjects(ctx, ctx.args.slice(0, -1), options, object => {
      if (object.kind !== 'Service')
        throw new CommandError('setting a selector is only supported for Services')
      return { ...object, spec: { ...object.spec, selector: parseLabels(text) } }
    })
  },
}

const subject: Command = {
  name: 'subject',
  flags: `${setFlags}${selectorFlag}group:a serviceaccount:a user:a`,
  *run(ctx) {
    const added = subjects(ctx)
    if (added.length === 0)
      throw new CommandError('you must specify at least one value of user, group or serviceaccount')
    const options = { done: 'subjects updated', what: 'subjects to rolebinding:' }
    return yield* changeObjects(ctx, ctx.args, options, object => {
      if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding')
        throw new CommandError('setting subjects is only supported for RoleBinding/ClusterRoleBinding')
      const old: object[] = object.subjects ?? []
      const fresh = added.filter(one => !old.some(other => equal(one, other)))
      return { ...object, subjects: [...old, ...fresh] }
    })
  },
}

export const set: Command = {
  name: 'set',
  help: 'stderr',
  commands: [image, resources, selector, subject, serviceAccount, setEnv],
}
