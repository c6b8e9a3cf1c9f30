// kubectl cordon, uncordon, drain (kubectl pkg/drain).
import { parseTime } from '../../engine/engine.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { goDuration } from '../../kinds/machinery/duration.ts'
import { parseSelector } from '../../kinds/machinery/labels.ts'
import type { Node, NodeSpec, Pod } from '../../kinds/schema/types.ts'
import { type Info, infosOf, isOf, resourceNames } from '../builder.ts'
import { pathOf } from '../client.ts'
import { type Command, dryRunFlag, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, isNotFound, isStatus, SilentExit } from '../errors.ts'
import { sendChange } from '../patching.ts'
import { byCodePoint } from '../print/values.ts'

function* nodes(ctx: Context): Task<Info<Node>[]> {
  const selector = ctx.flags.string('selector')
  if (ctx.args.length === 0 && !selector) throw ctx.usageError(`USAGE: ${ctx.name} NODE [flags]`)
  if (ctx.args.length && selector)
    throw ctx.usageError('cannot specify both a node name and a --selector option')
  const infos = yield* infosOf(ctx, {
    args: selector ? ['nodes'] : resourceNames('nodes', ctx.args),
    selector,
    singleType: true,
    latest: true,
    scheme: 'kubectl',
  })
  return infos.map(info => {
    if (isOf(info, 'nodes')) return info
    const { group, version, plural } = info.resource
    throw new CommandError(`expected resource of type node, got "${group}/${version}, Resource=${plural}"`)
  })
}

/** Turns scheduling on or off; says `already` where it was so. */
function setUnschedulable(ctx: Context, info: Info<Node>, wanted: boolean): void {
  const { object, name } = info
  const word = wanted ? 'cordoned' : 'uncordoned'
  const already = (object.spec.unschedulable === true) === wanted
  if (!already && ctx.dryRun !== 'client') {
    const { unschedulable: _, ...rest } = object.spec
    const spec: NodeSpec = wanted ? { ...rest, unschedulable: true } : rest
    info.object = sendChange(ctx, info, { ...object, spec }, ctx.dryRun === 'server' ? { dryRun: 'All' } : {})
  }
  ctx.line(`node/${name} ${already ? 'already ' : ''}${word}${ctx.dryRunSuffix}`)
}

function cordonCommand(name: 'cordon' | 'uncordon'): Command {
  return {
    name,
    flags: `${dryRunFlag}${selectorFlag}`,
    *run(ctx) {
      for (const info of yield* nodes(ctx)) setUnschedulable(ctx, info, name === 'cordon')
      return 0
    },
  }
}

export const cordon = cordonCommand('cordon')
export const uncordon = cordonCommand('uncordon')

export const drain: Command = {
  name: 'drain',
  flags: `${dryRunFlag}${selectorFlag}chunk-size:i=500 delete-emptydir-data disable-eviction force grace-period:i=-1
    ignore-daemonsets pod-selector:s skip-wait-for-delete-timeout:i timeout:d`,
  *run(ctx) {
    if ('error' in parseSelector(ctx.flags.string('pod-selector')))
      throw new CommandError('--pod-selector=<pod_selector> must be a valid label selector')
    const infos = yield* nodes(ctx)
    for (const info of infos) setUnschedulable(ctx, info, true)
    const pending: Info[] = [...infos]
    let failure: Error | undefined
    for (const info of infos) {
      try {
        yield* drainNode(ctx, info)
        ctx.line(`node/${info.name} drained${ctx.dryRunSuffix}`)
        pending.splice(pending.indexOf(info), 1)
      } catch (error) {
        if (!(error instanceof DrainError)) throw error
        ctx.err(
          `error: unable to drain node ${JSON.stringify(info.name)} due to error: ${error.message}, continuing command...\n`,
        )
        failure = error
      }
    }
    if (!failure) return 0
    ctx.err('There are pending nodes to be drained:\n')
    for (const { name } of pending) ctx.err(` ${name}\n`)
    ctx.err((failure as DrainError).lines.map(line => `${line}\n`).join(''))
    throw new SilentExit(1)
  },
}

class DrainError extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.length === 1 ? lines[0]! : `[${lines.join(', ')}]`)
    this.lines = lines
  }
}

const daemonSetFatal = 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)'
const localFatal = 'Pods with local storage (use --delete-emptydir-data to override)'
const aloneFatal = 'Pods that declare no controller (use --force to override)'
const orphanFatal = 'Pods that have an owner of an unknown kind'

interface Verdict {
  readonly remove: boolean
  readonly fatal?: string
  readonly warning?: string
}

/** The filters of pkg/drain/filters.go, in their order. */
function judge(ctx: Context, pod: Pod): Verdict {
  const { metadata, spec, status } = pod
  // Whoever should have been gone for so long is not waited for.
  const patience = ctx.flags.int('skip-wait-for-delete-timeout')
  if (patience > 0 && metadata.deletionTimestamp)
    if (Math.trunc((ctx.now - parseTime(metadata.deletionTimestamp)) / 1000) > patience)
      return { remove: false }
  if (metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { remove: false }
  const finished = status.phase === 'Succeeded' || status.phase === 'Failed'
  const owner = metadata.ownerReferences?.find(o => o.controller)
  const warnings: string[] = []
  const fatals: string[] = []
  if (owner?.kind === 'DaemonSet' && !finished) {
    const resource = ctx.discovery.known('daemonsets', 'apps')
    let exists = true
    try {
      ctx.client.get(resource, metadata.namespace!, owner.name)
    } catch (error) {
      if (!isNotFound(error)) throw error
      exists = false
    }
    if (exists) {
      if (!ctx.flags.bool('ignore-daemonsets')) return { remove: false, fatal: daemonSetFatal }
      return { remove: false, warning: 'ignoring DaemonSet-managed Pods' }
    }
    if (!ctx.flags.bool('force')) return { remove: false, fatal: orphanFatal }
  }
  if (spec.volumes?.some(v => v.emptyDir) && !finished) {
    if (!ctx.flags.bool('delete-emptydir-data')) fatals.push(localFatal)
  }
  if (!owner && !finished && fatals.length === 0) {
    if (!ctx.flags.bool('force')) fatals.push(aloneFatal)
    else warnings.push('deleting Pods that declare no controller')
  }
  if (fatals.length) return { remove: false, fatal: fatals[0]! }
  return warnings.length ? { remove: true, warning: warnings[0]! } : { remove: true }
}

const fullName = (pod: Pod): string => `${pod.metadata.namespace}/${pod.metadata.name}`

function* drainNode(ctx: Context, { name }: Info): Task {
  const selector = ctx.flags.string('pod-selector')
  const pods = ctx.client.list(ctx.discovery.known('pods'), '', {
    fieldSelector: `spec.nodeName=${name}`,
    ...(selector && { labelSelector: selector }),
    ...ctx.chunk,
  }).items
  const verdicts = pods.map(pod => ({ pod, ...judge(ctx, pod) }))
  const group = (key: 'fatal' | 'warning') => {
    const groups = new Map<string, string[]>()
    for (const v of verdicts) if (v[key]) groups.set(v[key], [...(groups.get(v[key]) ?? []), fullName(v.pod)])
    return [...groups]
      .sort(([a], [b]) => byCodePoint(a, b))
      .map(([text, names]) => `${text}: ${names.join(', ')}`)
  }
  const fatals = group('fatal')
  if (fatals.length) throw new DrainError(fatals.map(text => `cannot delete ${text}`))
  const warnings = group('warning').sort((a, b) => byCodePoint(b, a))
  if (warnings.length) ctx.warn(warnings.join('; '))
  const victims = verdicts.filter(v => v.remove).map(v => v.pod)
  yield* removeAll(ctx, name, victims)
}

interface Removal {
  readonly pod: Pod
  /** When to try (again). */
  next: number
  /** The server agreed to remove it. */
  asked?: boolean
  state: 'asking' | 'leaving' | 'gone' | 'failed'
}

const retryMs = 5000

function* removeAll(ctx: Context, node: string, victims: readonly Pod[]): Task {
  const { flags } = ctx
  const evicting = !flags.bool('disable-eviction')
  const removals: Removal[] = victims.map(pod => ({ pod, next: ctx.now, state: 'asking' }))
  const timeout = flags.duration('timeout')
  const end = timeout ? ctx.now + timeout : Number.POSITIVE_INFINITY
  const dryRun = ctx.dryRun
  for (;;) {
    for (const removal of removals)
      if (removal.state === 'asking' && removal.next <= ctx.now) ask(ctx, removal, evicting, ctx.now >= end)
    if (dryRun !== 'none') return
    for (const removal of removals) {
      if (removal.state !== 'leaving') continue
      if (isGone(ctx, removal.pod)) {
        removal.state = 'gone'
        ctx.line(`pod/${removal.pod.metadata.name} ${evicting ? 'evicted' : 'deleted'}`)
      } else if (ctx.now >= end) removal.state = 'failed'
    }
    const open = removals.filter(r => r.state === 'asking' || r.state === 'leaving')
    if (open.length === 0) break
    const next = Math.min(...open.map(r => (r.state === 'asking' ? r.next : ctx.now + 1000)))
    yield* sleep(Math.max(1, next - ctx.now))
  }
  const failed = removals.filter(r => r.state === 'failed')
  if (failed.length === 0) return
  const lines = failed.map(({ pod, asked }) => {
    const { name, namespace } = pod.metadata
    const what = asked
      ? `error when waiting for pod "${name}" in namespace "${namespace}" to terminate`
      : `error when evicting pods/"${name}" -n "${namespace}"`
    return `${what}: global timeout reached: ${goDuration(timeout)}`
  })
  ctx.err(
    `There are pending pods in node ${JSON.stringify(node)} when an error occurred: ${new DrainError(lines).message}\n`,
  )
  for (const { pod } of failed) ctx.err(`pod/${pod.metadata.name}\n`)
  throw new DrainError(lines)
}

function ask(ctx: Context, removal: Removal, evicting: boolean, late: boolean): void {
  const { name, namespace } = removal.pod.metadata
  const pods = ctx.discovery.known('pods')
  const grace = ctx.flags.int('grace-period')
  const options = { ...(grace >= 0 && { gracePeriodSeconds: grace }) }
  const dryRun = ctx.dryRun
  if (evicting) ctx.line(`evicting pod ${namespace}/${name}${ctx.dryRunSuffix}`)
  else if (dryRun !== 'none') ctx.line(`deleting pod ${namespace}/${name}${ctx.dryRunSuffix}`)
  if (dryRun === 'client') return
  if (late) {
    removal.state = 'failed'
    return
  }
  const query = dryRun === 'server' ? { dryRun: 'All' } : undefined
  try {
    if (evicting)
      ctx.client.call({
        method: 'POST',
        path: pathOf(pods, namespace!, name, 'eviction'),
        body: {
          apiVersion: 'policy/v1',
          kind: 'Eviction',
          metadata: { name, namespace },
          deleteOptions: options,
        },
        ...(query && { query }),
      })
    else ctx.client.delete(pods, namespace!, name, options, query)
    removal.state = 'leaving'
    removal.asked = true
  } catch (error) {
    if (isNotFound(error)) removal.state = 'leaving'
    else if (isStatus(error, 'TooManyRequests')) {
      ctx.err(
        `error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${error.message}\n`,
      )
      removal.next = ctx.now + retryMs
    } else throw error
  }
}

function isGone(ctx: Context, pod: Pod): boolean {
  try {
    const live = ctx.client.get(ctx.discovery.known('pods'), pod.metadata.namespace!, pod.metadata.name)
    return live.metadata.uid !== pod.metadata.uid
  } catch (error) {
    if (isNotFound(error)) return true
    throw error
  }
}
