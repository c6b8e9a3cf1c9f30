// kubectl logs.
import { anyOf, Deferred, Fiber, type Task, wait } from '../../engine/task.ts'
import type { KnownObject } from '../../kinds/object.ts'
import type { Pod } from '../../kinds/schema/types.ts'
import { build, resourceNames } from '../builder.ts'
import { pathOf } from '../client.ts'
import { type Command, selectorFlag } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, isNotFound, throwAll } from '../errors.ts'
import { allContainers, findContainer, podsBehind } from '../pods.ts'

const usage = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command`

/** Where Go's parser of times (RFC 3339) gives up. */
function timeProblem(text: string): string {
  const layout = ['2006', '-', '01', '-', '02', 'T', '15', ':', '04', ':', '05']
  let rest = text
  let missing = 'Z07:00'
  for (const part of layout) {
    const m = /^\d/.test(part)
      ? new RegExp(`^\\d{${part.length}}`).exec(rest)
      : rest.startsWith(part) && [part]
    if (!m) {
      missing = part
      break
    }
    rest = rest.slice(part.length)
  }
  return `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(missing)}`
}

interface Source {
  readonly pod: Pod
  readonly container: string
  /** `init `, `ephemeral ` … are not told apart in the prefix. */
  readonly path: string
}

export const logs: Command = {
  name: 'logs',
  flags: `${selectorFlag}all-containers all-pods container,c:s follow,f ignore-errors insecure-skip-tls-verify-backend
    limit-bytes:i max-log-requests:i=5 pod-running-timeout:d=20s prefix previous,p since:d since-time:s tail:i=-1
    timestamps`,
  unseen: 'insecure-skip-tls-verify-backend',
  *run(ctx) {
    const { flags } = ctx
    const selector = flags.string('selector')
    const [resource, inlineContainer, more] = ctx.args
    if (resource === undefined && !selector) throw ctx.usageError(usage)
    if (ctx.args.length === 1 && selector)
      throw ctx.usageError('only a selector (-l) or a POD name is allowed')
    if (more !== undefined) throw ctx.usageError(usage)
    const container = inlineContainer ?? flags.string('container')
    const sinceTime = flags.string('since-time')
    if (sinceTime && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(sinceTime))
      throw new CommandError(timeProblem(sinceTime))
    const targets = yield* findTargets(ctx, resource)
    if (flags.string('since-time') && flags.duration('since'))
      throw new CommandError('at most one of `sinceTime` or `sinceSeconds` may be specified')
    if (flags.bool('all-containers') && container)
      throw new CommandError(`--all-containers=true should not be specified with container name ${container}`)
    if (flags.changed('container') && inlineContainer !== undefined)
      throw new CommandError('only one of -c or an inline [CONTAINER] arg is allowed')
    if (flags.int('limit-bytes') < 0) throw new CommandError('--limit-bytes must be greater than 0')
    if (flags.duration('since') < 0) throw new CommandError('--since must be greater than 0')
    if (flags.int('tail') < -1) throw new CommandError('--tail must be greater than or equal to -1')
    const sources = targets.flatMap(target => sourcesOf(ctx, target, container))
    const query = logQuery(ctx)
    if (!flags.bool('follow')) {
      for (const source of sources) ctx.out(prefixed(ctx, source, readLog(ctx, source, query)))
      return 0
    }
    const most = flags.int('max-log-requests')
    if (sources.length > 1 && sources.length > most)
      throw new CommandError(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      )
    yield* followAll(ctx, sources, query)
    return 0
  },
}

function* findTargets(ctx: Context, resource: string | undefined): Task<KnownObject[]> {
  const selector = ctx.flags.string('selector')
  const args = resource === undefined ? ['pods'] : resourceNames('pods', [resource])
  try {
    const { infos, errors } = yield* build(ctx, { args, selector, singleType: true, scheme: 'kubectl' })
    throwAll(errors)
    if (selector && infos.length === 0) ctx.err(`No resources found in ${ctx.namespace} namespace.\n`)
    return infos.map(info => info.object)
  } catch (error) {
    if (isNotFound(error))
      throw new CommandError(
        `error from server (NotFound): ${error.message} in namespace ${JSON.stringify(ctx.namespace)}`,
      )
    throw error
  }
}

function sourcesOf(ctx: Context, target: KnownObject, container: string): Source[] {
  const { flags } = ctx
  if (target.kind !== 'Pod') {
    const pods = podsBehind(ctx, target, 'get the logs from')
    const [first] = pods
    if (!first) throw new CommandError('timed out waiting for the condition')
    if (flags.bool('all-pods')) return pods.flatMap(pod => sourcesOf(ctx, pod, container))
    if (pods.length > 1) ctx.err(`Found ${pods.length} pods, using pod/${first.metadata.name}\n`)
    return sourcesOf(ctx, first, container)
  }
  const source = (c: { name: string }): Source => ({
    pod: target,
    container: c.name,
    path: pathOf(ctx.discovery.known('pods'), target.metadata.namespace!, target.metadata.name, 'log'),
  })
  if (flags.bool('all-containers')) return allContainers(target).map(source)
  return [source(findContainer(ctx, target, container))]
}

function logQuery(ctx: Context): Record<string, string> {
  const { flags } = ctx
  const query: Record<string, string> = {}
  if (flags.bool('follow')) query.follow = 'true'
  if (flags.bool('previous')) query.previous = 'true'
  if (flags.bool('timestamps')) query.timestamps = 'true'
  if (flags.string('since-time')) query.sinceTime = flags.string('since-time')
  if (flags.int('limit-bytes')) query.limitBytes = flags.string('limit-bytes')
  if (flags.duration('since')) query.sinceSeconds = String(Math.round(flags.duration('since') / 1000))
  if (flags.string('selector') && !flags.changed('tail')) query.tailLines = '10'
  else if (flags.int('tail') !== -1) query.tailLines = flags.string('tail')
  return query
}

function readLog(ctx: Context, { path, container }: Source, query: Record<string, string>): string {
  try {
    return ctx.client.text({ method: 'GET', path, query: { ...query, container } })
  } catch (error) {
    if (!ctx.flags.bool('ignore-errors') || !(error instanceof Error)) throw error
    return `error: ${error.message}\n`
  }
}

/** `[pod/web/nginx] line` where --prefix asks for it. */
function prefixed(ctx: Context, { pod, container }: Source, text: string): string {
  if (!ctx.flags.bool('prefix') && !ctx.flags.bool('all-pods')) return text
  return text.replace(/^(?=[\s\S])/gm, `[pod/${pod.metadata.name}/${container}] `)
}

function* followAll(ctx: Context, sources: readonly Source[], query: Record<string, string>): Task {
  const streams = sources.map(source => {
    const stream = ctx.client.connect({
      method: 'GET',
      path: source.path,
      query: { ...query, container: source.container },
    })
    if (stream.type !== 'log') throw new CommandError('the server answered with another stream')
    return { source, stream }
  })
  const failed = new Deferred<unknown>()
  const fibers = streams.map(
    ({ source, stream }) =>
      new Fiber(
        ctx.process.engine,
        (function* (): Task {
          for (;;) {
            const text = yield* stream.output.read()
            if (text === undefined) return
            if (!writes(ctx, prefixed(ctx, source, text))) failed.settle(undefined)
          }
        })(),
      ),
  )
  const timeout = ctx.requestTimeout
  const timer = timeout ? ctx.process.engine.after(timeout, () => failed.settle(ctx.bodyTimedOut)) : undefined
  try {
    for (const fiber of fibers) {
      const first = yield* wait(anyOf(fiber.outcome, failed))
      if (first.index === 1 && first.value) throw first.value
      if (first.index === 1) return
    }
  } finally {
    timer?.cancel()
    for (const fiber of fibers) fiber.kill()
    for (const { stream } of streams) stream.close()
  }
}

/** False where nobody reads any more: kubectl gets SIGPIPE. */
const writes = (ctx: Context, text: string): boolean => ctx.process.stdout.write(text)
