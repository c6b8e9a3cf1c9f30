// kubectl events: the events of a namespace as a table sorted by time (kubectl pkg/cmd/events).
import { parseTime } from '../../engine/engine.ts'
import { Interrupt, type Task } from '../../engine/task.ts'
import { humanDuration } from '../../kinds/machinery/duration.ts'
import type { Event } from '../../kinds/schema/types.ts'
import { type Command, printFlags } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, NoMatchError, PlainError, StatusError } from '../errors.ts'
import { makePrinter } from '../print/printers.ts'
import { TabWriter } from '../print/tab-writer.ts'

/** Go's time that is none, in ms since 1970. */
const yearOne = -62_135_596_800_000

/** By which events are sorted, in ms; one without any time is the oldest (eventTime of pkg/cmd/events). */
function timeOf({ series, lastTimestamp, eventTime }: Event): number {
  const time = series ? series.lastObservedTime : (lastTimestamp ?? eventTime)
  return time ? parseTime(time) : yearOne
}

export const events: Command = {
  name: 'events',
  flags: `${printFlags}all-namespaces,A chunk-size:i=500 for:s no-headers types:l watch,w`,
  *run(ctx) {
    const { flags } = ctx
    const types = flags.list('types')
    for (const type of types)
      if (!['normal', 'warning'].includes(type.toLowerCase()))
        throw new CommandError('valid --types are Normal or Warning')
    const formatted = flags.string('output') !== ''
    // A format that there is not is refused before anything is asked for.
    if (formatted) makePrinter(ctx, { typed: true })
    const query: Record<string, string> = {}
    const target = flags.string('for')
    if (target) query.fieldSelector = selectorFor(ctx, target)
    const resource = ctx.discovery.known('events')
    const namespace = ctx.allNamespaces ? '' : ctx.namespace
    const list = ctx.client.list(resource, namespace, { ...query, ...ctx.chunk })
    const wanted = (e: Event) =>
      types.length === 0 || types.some(type => type.toLowerCase() === e.type?.toLowerCase())
    const items = list.items.filter(wanted).sort((a, b) => timeOf(a) - timeOf(b))
    const watching = flags.bool('watch')
    if (items.length === 0 && !watching) {
      ctx.err(ctx.allNamespaces ? 'No events found.\n' : `No events found in ${ctx.namespace} namespace.\n`)
      return 0
    }
    // A typed list has no name to print.
    if (flags.string('output') === 'name' && !watching) return 0
    if (formatted && !watching) {
      makePrinter(ctx, { typed: true })({
        apiVersion: 'v1',
        items,
        kind: 'EventList',
        // The pages of a list are put together anew: no version is kept.
        metadata: {},
      })
      return 0
    }
    const show = formatted ? eachObject(ctx) : table(ctx)
    if (items.length) show(items)
    if (!watching) return 0
    return yield* follow(
      ctx,
      namespace,
      { ...query, resourceVersion: list.metadata.resourceVersion! },
      wanted,
      show,
    )
  },
}

type Show = (items: readonly Event[]) => void

function eachObject(ctx: Context): Show {
  const print = makePrinter(ctx, { typed: true })
  return items => items.forEach(print)
}

function table(ctx: Context): Show {
  const writer = new TabWriter(text => ctx.out(text))
  let headers = !ctx.flags.bool('no-headers')
  return items => {
    const all = ctx.allNamespaces
    if (headers) writer.write(`${all ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n`)
    headers = false
    for (const e of items) {
      const { type = '', reason = '', message = '', involvedObject } = e
      const { kind = '', name = '' } = involvedObject
      writer.write(
        `${all ? `${e.metadata.namespace}\t` : ''}${interval(e, ctx.now)}\t${type}\t${reason}\t${kind}/${name}\t${message.trim()}\n`,
      )
    }
    writer.flush()
  }
}

function interval(e: Event, now: number): string {
  const since = (time: string | null | undefined) =>
    time ? humanDuration(now - parseTime(time)) : '<unknown>'
  const first = since(e.eventTime ?? e.firstTimestamp)
  if (e.series) return `${since(e.series.lastObservedTime)} (x${e.series.count} over ${first})`
  if (e.count !== undefined && e.count > 1) return `${since(e.lastTimestamp)} (x${e.count} over ${first})`
  return first
}

function selectorFor(ctx: Context, target: string): string {
  if (!target.includes('/')) throw new CommandError('--for must be in resource/name form')
  const [type = '', name = '', more] = target.split('/')
  if (more !== undefined)
    throw new CommandError('arguments in resource/name form may not have more than one slash')
  if (!type || !name)
    throw new CommandError('arguments in resource/name form must have a single resource and name')
  try {
    const resource = ctx.discovery.resource(type)
    return `involvedObject.kind=${resource.kind},involvedObject.name=${name}`
  } catch (error) {
    if (error instanceof NoMatchError) throw new PlainError(error.message)
    throw error
  }
}

function* follow(
  ctx: Context,
  namespace: string,
  query: Record<string, string>,
  wanted: (e: Event) => boolean,
  show: Show,
): Task<number> {
  const queue = ctx.client.watch(ctx.discovery.known('events'), namespace, query)
  try {
    for (;;) {
      const event = yield* queue.next()
      if (!event) return 0
      if (event.type === 'ERROR') throw new StatusError(event.object)
      if ((event.type === 'ADDED' || event.type === 'MODIFIED') && wanted(event.object)) show([event.object])
    }
  } catch (error) {
    if (error instanceof Interrupt && error.signal === 'SIGINT') return 1
    throw error
  } finally {
    queue.stop()
  }
}
