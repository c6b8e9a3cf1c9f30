// Pods that wait for a node: by priority, then by the time they came; and those that no node would take, which wait
// until something changes that could help them. Rules: pkg/scheduler/backend/queue. A pod whose back-off has not passed
// is tried all the same when no other waits (SchedulerPopFromBackoffQ), so back-off only orders a busy queue.
import type { Pod } from '../kinds/schema/types.ts'
import type { Filter, Wake, WokenBy } from './filters/filter.ts'
import { podInfo } from './pod-info.ts'

export interface QueuedPod {
  pod: Pod
  readonly uid: string
  readonly priority: number
  readonly sequence: number
  attempts: number
}

export class SchedulingQueue {
  readonly #active: QueuedPod[] = []
  readonly #queued = new Map<string, QueuedPod>()
  readonly #unschedulable = new Map<
    string,
    { entry: QueuedPod; refusedBy: ReadonlySet<Filter>; since: number }
  >()
  #first = 0
  #sequence = 0

  get size(): number {
    return this.#queued.size
  }

  has(uid: string): boolean {
    return this.#queued.has(uid) || this.#unschedulable.has(uid)
  }

  add(pod: Pod): void {
    const uid = pod.metadata.uid!
    const priority = pod.spec.priority ?? 0
    this.#push({ pod, uid, priority, sequence: this.#sequence++, attempts: 0 })
  }

  #push(entry: QueuedPod): void {
    this.#queued.set(entry.uid, entry)
    let low = this.#first
    let high = this.#active.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#active[middle]!
      if (
        other.priority > entry.priority ||
        (other.priority === entry.priority && other.sequence < entry.sequence)
      ) {
        low = middle + 1
      } else high = middle
    }
    if (low === this.#active.length) this.#active.push(entry)
    else this.#active.splice(low, 0, entry)
  }

  /** The next pod to schedule. */
  pop(): QueuedPod | undefined {
    while (this.#first < this.#active.length) {
      const entry = this.#active[this.#first]!
      if (++this.#first > 1000) {
        this.#active.splice(0, this.#first)
        this.#first = 0
      }
      if (this.#queued.get(entry.uid) !== entry) continue // deleted meanwhile
      this.#queued.delete(entry.uid)
      return entry
    }
    return undefined
  }

  /** No node took it, for these filters: what they wait for may help. */
  park(entry: QueuedPod, refusedBy: ReadonlySet<Filter>, now: number): void {
    this.#unschedulable.set(entry.uid, { entry, refusedBy, since: now })
  }

  /** The pod as it is now; where it could not be scheduled, a change of it may help. */
  update(pod: Pod, helps: boolean): void {
    const uid = pod.metadata.uid!
    const queued = this.#queued.get(uid)
    if (queued) queued.pod = pod
    const parked = this.#unschedulable.get(uid)
    if (!parked) return
    parked.entry.pod = pod
    if (helps) this.#wake(uid)
  }

  delete(uid: string): void {
    this.#queued.delete(uid)
    this.#unschedulable.delete(uid)
  }

  /** Something of this sort happened: the pods that it may help are tried again. True where there are any. */
  wake<Event extends Wake>(event: Event, object: WokenBy[Event]): boolean {
    let any = false
    for (const [uid, { entry, refusedBy }] of this.#unschedulable) {
      const pod = podInfo(entry.pod)
      if (![...refusedBy].some(filter => filter.wakes[event]?.(object, pod))) continue
      this.#wake(uid)
      any = true
    }
    return any
  }

  /** Pods that have waited for more than five minutes are tried again in any case. */
  flush(now: number): boolean {
    let any = false
    for (const [uid, { since }] of this.#unschedulable) {
      if (now - since < 300_000) continue
      this.#wake(uid)
      any = true
    }
    return any
  }

  /** A parked pod is tried again; false where it is not there any more. */
  retry(uid: string): boolean {
    const isThere = this.#unschedulable.has(uid)
    if (isThere) this.#wake(uid)
    return isThere
  }

  #wake(uid: string): void {
    const { entry } = this.#unschedulable.get(uid)!
    this.#unschedulable.delete(uid)
    this.#push(entry)
  }
}
