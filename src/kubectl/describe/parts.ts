// What many describers share: labels, annotations, times, tolerations, events (kubectl pkg/describe/describe.go).
import { formatTime, parseTime } from '../../engine/engine.ts'
import { humanDuration } from '../../kinds/machinery/duration.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Event, Toleration } from '../../kinds/schema/types.ts'
import type { Context } from '../context.ts'
import { lastAppliedAnnotation } from '../last-applied.ts'
import { byCodePoint } from '../print/values.ts'
import type { DescribeWriter } from './writer.ts'

/** Where a describer writes, and how it asks for more. */
export interface Description {
  readonly w: DescribeWriter
  readonly ctx: Context
  readonly showEvents: boolean
}

export type Describer<T extends KubeObject> = (object: T, d: Description) => void

/** Several lines below one label; the first stands beside it. */
export function multiline(
  w: DescribeWriter,
  title: string,
  lines: readonly string[],
  indent = '',
  inner = '\t',
): void {
  w.write(0, `${indent}${title}:${inner}`)
  if (lines.length === 0) w.write(0, '<none>\n')
  else w.write(0, `${lines.join(`\n${indent}${inner}`)}\n`)
}

export const labelLines = (labels: Readonly<Record<string, unknown>> | undefined): string[] =>
  Object.keys(labels ?? {})
    .sort(byCodePoint)
    .map(key => `${key}=${labels![key]}`)

export const labels = (
  w: DescribeWriter,
  title: string,
  map: Readonly<Record<string, unknown>> | undefined,
): void => multiline(w, title, labelLines(map))

const longest = 140

export function annotations(
  w: DescribeWriter,
  title: string,
  map: Readonly<Record<string, string>> | undefined,
): void {
  w.write(0, `${title}:\t`)
  const keys = Object.keys(map ?? {})
    .filter(key => key !== lastAppliedAnnotation)
    .sort(byCodePoint)
  if (keys.length === 0) w.write(0, '<none>\n')
  for (const [i, key] of keys.entries()) {
    if (i > 0) w.write(0, '\t')
    const value = map![key]!.replace(/\n$/, '')
    if (value.length + key.length + 2 > longest || value.includes('\n')) {
      w.write(0, `${key}:\n`)
      for (const line of value.split('\n'))
        w.write(0, `\t  ${line.length > longest - 2 ? `${line.slice(0, longest - 2)}...` : line}\n`)
    } else w.write(0, `${key}: ${value}\n`)
  }
}

/** Name, namespace, labels and annotations, as most describers begin. */
export function heading(object: KubeObject, { w }: Description): void {
  const { name, namespace } = object.metadata
  w.field('Name', name)
  if (namespace !== undefined) w.field('Namespace', namespace)
  labels(w, 'Labels', object.metadata.labels)
  annotations(w, 'Annotations', object.metadata.annotations)
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const weekdays = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ')

/** `Mon, 23 Nov 2026 09:33:27 +0000`: time.RFC1123Z. */
export function longTime(timestamp: string | null | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000'
  const ms = parseTime(timestamp)
  const text = formatTime(ms)
  const weekday = weekdays[(((Math.floor(ms / 86_400_000) + 4) % 7) + 7) % 7]
  return `${weekday}, ${text.slice(8, 10)} ${months[Number(text.slice(5, 7)) - 1]} ${text.slice(0, 4)} ${text.slice(11, 19)} +0000`
}

export const since = (timestamp: string | null | undefined, now: number): string =>
  timestamp ? humanDuration(now - parseTime(timestamp)) : '<unknown>'

export const controllerOf = (object: KubeObject): string => {
  const owner = object.metadata.ownerReferences?.find(o => o.controller)
  return owner ? `${owner.kind}/${owner.name}` : ''
}

function tolerationText({ key = '', value, effect, operator, tolerationSeconds }: Toleration): string {
  let text = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`
  if (operator === 'Exists' && !value) text += text ? ' op=Exists' : 'op=Exists'
  return text + (tolerationSeconds !== undefined ? ` for ${tolerationSeconds}s` : '')
}

export const tolerationLines = (tolerations: readonly Toleration[] | undefined): string[] =>
  [...(tolerations ?? [])].sort((a, b) => byCodePoint(a.key ?? '', b.key ?? '')).map(tolerationText)

export const bool = (value: unknown): string => (value ? 'True' : 'False')

/** A table of conditions; Type and Status are followed by a blank, as kubectl writes them. */
export function conditions(
  w: DescribeWriter,
  list: readonly { type: string; status: string; reason?: string }[] | undefined,
): void {
  if (!list?.length) return
  w.write(0, 'Conditions:\n  Type\tStatus\tReason\n')
  w.write(1, '----\t------\t------\n')
  for (const c of list) w.write(1, `${c.type} \t${c.status}\t${c.reason ?? ''}\n`)
}

/** Pods of a controller by phase. */
export function podsStatus(ctx: Context, object: KubeObject, labelSelector: string): string {
  const { items } = ctx.client.list(ctx.discovery.known('pods'), object.metadata.namespace!, {
    labelSelector,
  })
  const mine = items.filter(pod =>
    pod.metadata.ownerReferences?.some(o => o.controller && o.uid === object.metadata.uid),
  )
  const count = (phase: string) => mine.filter(pod => pod.status.phase === phase).length
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`
}

/** Events about an object. */
export function findEvents(
  ctx: Context,
  involved: { name: string; namespace?: string; kind?: string; uid?: string },
): Event[] {
  const selector = [
    `involvedObject.name=${involved.name}`,
    ...(involved.namespace === undefined ? [] : [`involvedObject.namespace=${involved.namespace}`]),
    ...(involved.kind ? [`involvedObject.kind=${involved.kind}`] : []),
    ...(involved.uid ? [`involvedObject.uid=${involved.uid}`] : []),
  ].join(',')
  try {
    return ctx.client.list(ctx.discovery.known('events'), involved.namespace ?? '', {
      fieldSelector: selector,
    }).items
  } catch {
    return []
  }
}

export function events(object: KubeObject, d: Description, found?: readonly Event[]): void {
  if (!d.showEvents) return
  const { name, namespace, uid } = object.metadata
  describeEvents(
    found ?? findEvents(d.ctx, { name, namespace: namespace ?? '', kind: object.kind, ...(uid && { uid }) }),
    d,
  )
}

function describeEvents(found: readonly Event[], { w, ctx }: Description): void {
  if (found.length === 0) {
    w.write(0, 'Events:\t<none>\n')
    return
  }
  w.flush()
  w.write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n')
  w.write(1, '----\t------\t----\t----\t-------\n')
  const sorted = [...found].sort((a, b) => byCodePoint(a.lastTimestamp ?? '', b.lastTimestamp ?? ''))
  for (const e of sorted) {
    const { count = 0 } = e
    const first = since(e.eventTime ?? e.firstTimestamp, ctx.now)
    let interval = first
    if (e.series) interval = `${since(e.series.lastObservedTime, ctx.now)} (x${e.series.count} over ${first})`
    else if (count > 1) interval = `${since(e.lastTimestamp, ctx.now)} (x${count} over ${first})`
    const path = e.involvedObject.fieldPath
    const message = `${path ? `${path}: ` : ''}${(e.message ?? '').trim()}`
    w.write(
      1,
      `${e.type ?? ''}\t${e.reason ?? ''}\t${interval}\t${e.source.component || e.reportingComponent}\t${message}\n`,
    )
  }
}
