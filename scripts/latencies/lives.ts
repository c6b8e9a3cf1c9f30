// The lives of pods in the timelines: when each step of one was seen. Events bear the nanosecond of their making in their
// names, so the distance of two of them is exact; everything else is dated by the recorder's watch, a moment later.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { patchJson } from './merge.ts'

type Json = any

export interface Line {
  readonly t: number
  readonly type?: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly kind?: string
  readonly name?: string
  readonly by?: readonly string[]
  readonly object?: Json
  readonly diff?: Json
  readonly run?: string
  readonly ended?: number
}

export interface ContainerLife {
  /** ms of the first event of each reason: Pulling, Pulled, Created, Started … */
  readonly events: ReadonlyMap<string, number>
  readonly pulledCold: boolean
}

export interface Life {
  readonly timeline: string
  readonly node: string
  /** Its volumes are the one of its token, which every pod has. */
  readonly plainVolumes: boolean
  readonly added?: number
  readonly bound?: number
  readonly running?: number
  readonly deleted?: number
  readonly ended?: number
  /** Nothing of it is left on its node. */
  readonly left?: number
  readonly gone?: number
  readonly scheduled?: number
  /** No node took it at first. */
  readonly pending: boolean
  /** Its programs end when they are told to. */
  readonly obeys: boolean
  readonly containers: readonly ContainerLife[]
  /** When it was seen that containers had ended, of themselves. */
  readonly ends: readonly number[]
}

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] }
/** A life that is still being read. */
type Seen = Mutable<Omit<Life, 'containers' | 'ends'>> & { readonly ends: number[] }
interface SeenContainer {
  readonly events: Map<string, number>
  pulledCold: boolean
}

/** Every timeline by name, with its lines in order. */
export function readTimelines(folder: string): Map<string, Line[]> {
  const timelines = new Map<string, Line[]>()
  for (const file of readdirSync(folder).sort()) {
    const [, ...lines] = readFileSync(join(folder, file), 'utf8').trim().split('\n')
    timelines.set(
      file.replace('.jsonl', ''),
      lines.map(line => JSON.parse(line)),
    )
  }
  return timelines
}

/** ms on the recorder's clock at which an event was made: its name ends in the nanoseconds since 1970, in hex. */
const made = (line: Line) => Number(BigInt(`0x${line.name!.slice(line.name!.lastIndexOf('.') + 1)}`)) / 1e6

export function podLives(timeline: string, lines: readonly Line[]): Life[] {
  const events = lines.filter(line => line.kind === 'Event' && line.type === 'ADDED')
  // The recorder never saw an event before it was made: the quickest one sets the clocks together.
  const offset = Math.min(...events.map(line => line.t - made(line)))
  const pods = new Map<string, { object: Json; life: Seen; byContainer: Map<string, SeenContainer> }>()
  const current = new Map<string, string>()
  for (const line of lines) {
    if (line.kind === 'Pod') {
      if (line.type === 'ADDED') {
        const object = structuredClone(line.object)
        const { uid } = object.metadata
        current.set(line.name!, uid)
        const life: Seen = {
          timeline,
          node: '',
          plainVolumes: true,
          pending: false,
          obeys: true,
          ends: [],
          added: line.t,
        }
        pods.set(uid, { object, life, byContainer: new Map() })
        continue
      }
      const pod = pods.get(current.get(line.name!) ?? '')
      if (!pod) continue
      if (line.type === 'DELETED') {
        pod.life.gone ??= line.t
        continue
      }
      const before = ended(pod.object)
      patchJson(pod.object, line.diff)
      if (!pod.object.metadata.deletionTimestamp && [...ended(pod.object)].some(id => !before.has(id)))
        pod.life.ends.push(line.t)
      note(pod.object, pod.life, line.t)
    } else if (line.kind === 'Event' && line.type === 'ADDED') {
      const { involvedObject, reason, message } = line.object
      const pod = pods.get(involvedObject.uid ?? '')
      if (!pod) continue
      const at = made(line) + offset
      if (reason === 'FailedScheduling') pod.life.pending = true
      if (reason === 'Scheduled') pod.life.scheduled ??= at
      const path = involvedObject.fieldPath
      if (!path) continue
      const container: SeenContainer = pod.byContainer.get(path) ?? { events: new Map(), pulledCold: false }
      pod.byContainer.set(path, container)
      if (!container.events.has(reason)) container.events.set(reason, at)
      if (reason === 'Pulled' && message.startsWith('Successfully')) container.pulledCold = true
    }
  }
  return [...pods.values()].map(({ life, byContainer }) => ({
    ...life,
    containers: [...byContainer.values()],
  }))
}

/** The containers that have ended, by id. */
function ended({ status }: Json): Set<string> {
  const all: Json[] = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])]
  return new Set(all.flatMap(({ state }) => state.terminated?.containerID ?? []))
}

/** What a pod's state says for the first time. */
function note({ metadata, spec, status }: Json, life: Seen, t: number): void {
  life.plainVolumes = (spec.volumes ?? []).length === 1
  if (spec.nodeName && life.bound === undefined) {
    life.bound = t
    life.node = spec.nodeName
  }
  if (status.phase === 'Running') life.running ??= t
  if (metadata.deletionTimestamp) {
    life.deleted ??= t
    if (status.phase === 'Failed' || status.phase === 'Succeeded') life.ended ??= t
    if (metadata.deletionGracePeriodSeconds === 0) life.left ??= t
    if (status.containerStatuses?.some((c: Json) => c.state.terminated?.exitCode === 137)) life.obeys = false
  }
}
