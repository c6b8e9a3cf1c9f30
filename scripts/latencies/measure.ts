// What the recorded cluster took for the parts of a pod's life, and for the hops between its components. A node that has one
// thing to do is measured; how several at once slow one another down is measured apart (`cpus`).
import type { PodCondition } from '../../src/kinds/schema/types.ts'
import type { Case } from '../conformance/cases.ts'
import { measureDocker } from './docker.ts'
import { type Life, type Line, podLives } from './lives.ts'
import { measurePulls } from './pulls.ts'

export interface Measured {
  /** Samples in ms. */
  readonly samples: Readonly<Record<string, number[]>>
  /** So many sandboxes a node makes at once without one slowing down another. */
  readonly cpus: number
  /** ms from one look of a kubelet at its runtime to the next. */
  readonly relist: number
}

/** The kubelet asks its volume manager anew after that time whether a pod's volumes are mounted (volume_manager.go). */
const volumesMs = 300

/** A container that starts within that time after the one before it waited for nothing else. */
const togetherMs = 100

/** A program in a container that only says a word. */
const shortExec =
  /^kubectl exec [\w-]+( -c [\w-]+)? -- (cat|echo|env|hostname|id|ls|printenv|pwd|whoami)\b[^|;&]*$/

export function measure(timelines: ReadonlyMap<string, readonly Line[]>, cases: readonly Case[]): Measured {
  const samples: Record<string, number[]> = {}
  const add = (name: string, from: number | undefined, to: number | undefined) => {
    if (from !== undefined && to !== undefined) (samples[name] ??= []).push(to - from)
  }
  const shared: { pods: number; ms: number }[] = []
  for (const [name, lines] of timelines) {
    const lives = podLives(name, lines)
    for (const life of lives) {
      const { containers, scheduled } = life
      const first = containers[0]?.events
      const asked = first && Math.min(first.get('Pulling') ?? Infinity, first.get('Pulled') ?? Infinity)
      const sandbox =
        life.plainVolumes && scheduled !== undefined && asked !== undefined && asked < Infinity
          ? asked - scheduled - volumesMs
          : undefined
      const together = lives.filter(
        other => other.node === life.node && Math.abs((other.bound ?? Infinity) - (life.bound ?? 0)) < 60,
      )
      if (sandbox !== undefined && together.length > 1) shared.push({ pods: together.length, ms: sandbox })
      if (isAlone(life, life.bound, life.running, lives)) {
        if (!life.pending) add('schedule', life.added, life.bound)
        if (sandbox !== undefined) add('sandbox', 0, sandbox)
        for (const { events } of containers) {
          add('create', events.get('Pulled'), events.get('Created'))
          add('start', events.get('Created'), events.get('Started'))
        }
        if (containers.length === 1) add('show', first?.get('Started'), life.running)
      }
      for (const { events } of containers) {
        const refused = events.get('Failed')
        if (refused !== undefined && refused < (events.get('Pulled') ?? Infinity))
          add('pullRefused', events.get('Pulling'), refused)
      }
      for (const [i, { events, pulledCold }] of containers.entries()) {
        const started = containers[i - 1]?.events.get('Started')
        const found = pulledCold ? undefined : events.get('Pulled')
        if (found !== undefined && started !== undefined && found - started < togetherMs)
          add('lookUp', started, found)
      }
      const wasOver = life.ended === life.deleted
      if (life.obeys && !wasOver && isAlone(life, life.deleted, life.ended, lives))
        add('stop', life.deleted, life.ended)
    }
    for (const { deleted, ended, left } of lives) if (deleted !== ended) add('leave', ended, left)
    eachObject(lines, (from, to) => add('object', from, to))
    hops(
      lines,
      (from, to) => {
        const busy = lives.some(
          l => within(from, to, l.bound, l.running) || within(from, to, l.deleted, l.ended),
        )
        if (!busy) add('hop', from, to)
      },
      (from, to) => add('write', from, to),
    )
  }
  for (const each of cases.filter(({ name }) => name.includes('kubectl/get')))
    for (const { run = '', ms, background } of each.steps)
      if (/^kubectl get [^|;&$]*$/.test(run) && !background && !/\s-w\b|--watch/.test(run))
        add('kubectl', 0, ms)
  for (const each of cases)
    for (const { run = '', ms, background } of each.steps)
      if (/^curl [^|;&]*$/.test(run) && !background) add('curl', 0, ms)
  for (const each of cases)
    for (const { run = '', ms, exit } of each.steps) if (exit === 0 && shortExec.test(run)) add('join', 0, ms)
  const pulls = measurePulls(timelines, cases)
  for (const [name, times] of Object.entries(measureDocker(cases))) samples[name] = [...times]
  samples.pullAgain = [...pulls.again]
  samples.pullMegabyte = [...pulls.megabyte]
  // The machine of the recordings had other things to do as well: the quicker half is about kubectl.
  samples.kubectl = quickest(samples.kubectl!, 0.5)
  const get = middle(samples.kubectl)
  samples.join = quickest(samples.join!, 0.5).map(ms => Math.max(0, ms - get))
  // In the slower half another sync came between the two requests.
  samples.write = quickest(samples.write!, 0.5)
  // Before it leaves, the kubelet waits up to a second for its next look at the runtime: where that came at once, the rest
  // is what leaving takes.
  samples.leave = quickest(samples.leave!, 0.25)
  const ends = [...timelines].map(([name, lines]) => podLives(name, lines).flatMap(life => life.ends))
  return { samples, cpus: cpus(shared, middle(samples.sandbox!)), relist: rhythm(ends) }
}

const quickest = (numbers: readonly number[], part: number) =>
  [...numbers].sort((a, b) => a - b).slice(0, Math.ceil(numbers.length * part))

/** The period, near a second, that best explains when ends were seen: each timeline has a phase of its own. */
function rhythm(timelines: readonly (readonly number[])[]): number {
  let best = { period: 0, fit: 0 }
  for (let period = 1000; period < 1060; period += 0.1) {
    let fit = 0
    for (const times of timelines) {
      if (times.length < 5) continue
      const angles = times.map(t => (2 * Math.PI * t) / period)
      const [x, y] = [Math.cos, Math.sin].map(of => angles.reduce((sum, angle) => sum + of(angle), 0))
      fit += Math.hypot(x!, y!) / times.length
    }
    if (fit > best.fit) best = { period, fit }
  }
  return Math.round(best.period * 10) / 10
}

/** n sandboxes at once take n / cpus times as long as one. */
function cpus(shared: readonly { pods: number; ms: number }[], alone: number): number {
  return middle(shared.map(({ pods, ms }) => (pods * alone) / ms))
}

const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!

/** From one object that a kubectl makes to its next. */
function eachObject(lines: readonly Line[], add: (from: number, to: number) => void): void {
  let last: number | undefined
  for (const { t, run, type, kind, by = [] } of lines) {
    if (run !== undefined) last = undefined
    if (type !== 'ADDED' || kind === 'Event' || !by.some(manager => manager.startsWith('kubectl'))) continue
    if (last !== undefined) add(last, t)
    last = t
  }
}

/** Did the pod's node start and end no other pod between two moments? */
function isAlone(
  life: Life,
  from: number | undefined,
  to: number | undefined,
  lives: readonly Life[],
): boolean {
  if (from === undefined || to === undefined) return false
  return !lives.some(
    other =>
      other !== life &&
      other.node === life.node &&
      (within(from, to, other.bound, other.running) || within(from, to, other.deleted, other.left)),
  )
}

/** Do two spans of time have something in common? */
const within = (from: number, to: number, start = Infinity, end = Infinity) => start < to && end > from

/**
 * `write`: from one request of a sync to its next, a scaled ReplicaSet to the Deployment's status.
 * `add`: from a change to what a controller makes of it: Deployment → ReplicaSet → Pod, and back by way of
 * their status.
 */
function hops(
  lines: readonly Line[],
  add: (from: number, to: number) => void,
  write: (from: number, to: number) => void,
): void {
  const wanted = new Map<string, number>()
  let ready: number | undefined
  let told: number | undefined
  let scaled: number | undefined
  for (const { t, type, kind, name, object, diff } of lines) {
    const owner = object?.metadata.ownerReferences?.[0]?.name
    if (kind === 'Deployment' && type === 'ADDED') wanted.set(`${kind} ${name}`, t)
    if (kind === 'ReplicaSet' && (type === 'ADDED' || diff?.spec?.replicas !== undefined))
      wanted.set(`${kind} ${name}`, t)
    if (type === 'ADDED' && (kind === 'ReplicaSet' || kind === 'Pod')) {
      const key = `${kind === 'Pod' ? 'ReplicaSet' : 'Deployment'} ${owner}`
      const since = wanted.get(key)
      if (since !== undefined) add(since, t)
      wanted.delete(key)
    }
    if (kind === 'ReplicaSet' && diff?.spec?.replicas !== undefined) scaled = t
    else if (kind === 'Deployment' && diff?.status && scaled !== undefined) {
      write(scaled, t)
      scaled = undefined
    }
    const becameReady = diff?.status?.conditions?.some(
      (c: PodCondition) => c.type === 'Ready' && c.status === 'True',
    )
    if (kind === 'Pod' && becameReady) ready = t
    if (diff?.status?.readyReplicas === undefined) continue
    if (kind === 'ReplicaSet' && ready !== undefined) {
      add(ready, t)
      told = t
      ready = undefined
    } else if (kind === 'Deployment' && told !== undefined) {
      add(told, t)
      told = undefined
    }
  }
}
