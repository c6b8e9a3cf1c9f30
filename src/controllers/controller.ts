// What all controllers share, as client-go's workqueue and the loops of kube-controller-manager: keys are queued once,
// one sync of a key at a time, a sync that fails is tried again later and never holds up another key.
// Each sync takes a little virtual time, more where it looks at more objects or writes some, so that bursts of changes are
// handled together as in a real cluster. The client's rate limit is looser than the real one (20 requests a second with bursts
// of 30) and counts only the pods that are created and deleted: big worlds stay quick, a million replicas stay harmless.
import type { Client } from '../api/client.ts'
import { EventRecorder } from '../api/events.ts'
import { type Informer, type Informers, objectKey } from '../api/informer.ts'
import type { Daemon } from '../engine/daemon.ts'
import type { Engine } from '../engine/engine.ts'
import type { Timer } from '../engine/event-queue.ts'
import { latencies } from '../engine/latencies.ts'
import type { Random } from '../engine/random.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Pod } from '../kinds/schema/types.ts'

/** What a controller is started with. */
export interface ControllerContext {
  /** What kube-controller-manager calls it (`--controllers`). */
  readonly name: string
  /** The process that it is a part of. */
  readonly process: Daemon
  readonly engine: Engine
  readonly random: Random
  readonly client: Client
  readonly informers: Informers
  readonly settings: ControllerSettings
  /** Learns of every sync that failed and will be tried again (a real controller logs it): by whom, and of what. */
  readonly onError?: (error: unknown, where: string) => void
  /** Called before every piece of work; what it throws is as if the work had thrown it (tests). */
  readonly beforeWork?: (controller: string, key: string) => void
}

/** Why a piece of work cannot be done yet, for reasons that lie in the objects: it is tried again, and is no fault. */
export class SyncError extends Error {}

/** A piece of a controller's work; what it throws is told, and keeps nothing else from being done. False: it failed. */
export function attempt(
  { name, beforeWork, onError }: Pick<ControllerContext, 'name' | 'beforeWork' | 'onError'>,
  key: string,
  work: () => void,
): boolean {
  try {
    beforeWork?.(name, key)
    work()
    return true
  } catch (error) {
    onError?.(error, `${name} ${key}`)
    return false
  }
}

/** Flags of kube-controller-manager that a world may set. */
export interface ControllerSettings {
  /**
   * CPU in millicores and memory in bytes that the containers of a pod use, by their names, for the horizontal pod
   * autoscaler; absent: no metrics server.
   */
  readonly podMetrics?: (
    pod: Pod,
  ) => ReadonlyMap<string, { readonly cpu: number; readonly memory: number }> | undefined
}

/** Starts a controller: it adds handlers to informers and returns nothing; it lives as long as the world. */
export type StartController = (context: ControllerContext) => void

export interface QueueOptions {
  /** Virtual ms between a change and its sync, where it is not what was measured of controllers. */
  readonly latency?: number
  /** Virtual ms that a sync takes for each unit of work it returns (an object looked at). */
  readonly cost?: number
}

type QueueContext = Pick<
  ControllerContext,
  'engine' | 'random' | 'client' | 'onError' | 'beforeWork' | 'name' | 'process'
>

interface Entry {
  timer: Timer | undefined
  due: number
  failures: number
  /** No sync of the key begins before: the last one is still busy. */
  busyUntil: number
}

/** Work of at most this many ms of delay keeps a world from being idle; later checks run when the clock passes them. */
const foregroundDelay = 1000
/** A change reaches its watchers in this time: an estimate, part of every recorded `hop`. */
const watchMs = 1

export class WorkQueue {
  readonly #engine: Engine
  readonly #random: Random
  readonly #client: Client
  readonly #context: QueueContext
  readonly #sync: (key: string) => number | undefined
  readonly #latency: number | undefined
  readonly #cost: number
  readonly #entries = new Map<string, Entry>()
  /** Keys whose delayed check is due at a time of its own, beside the next sync. */
  readonly #delayed = new Map<string, { due: number; timer: Timer }>()

  /** `sync` brings the object of a key to its wished state; what it throws makes the key come again. */
  constructor(
    context: QueueContext,
    sync: (key: string) => number | undefined,
    { latency, cost = 0.02 }: QueueOptions = {},
  ) {
    this.#context = context
    this.#engine = context.engine
    this.#random = context.random
    this.#client = context.client
    this.#sync = sync
    this.#latency = latency
    this.#cost = cost
  }

  add(key: string): void {
    this.#schedule(key, this.#latency ?? this.#random.draw(latencies.hop) - watchMs)
  }

  /** As add, once `ms` have passed; the earliest of several delays counts. */
  addAfter(key: string, ms: number): void {
    if (ms <= 0) {
      this.add(key)
      return
    }
    const due = this.#engine.now + ms
    const waiting = this.#delayed.get(key)
    if (waiting) {
      if (waiting.due <= due) return
      waiting.timer.cancel()
    }
    const timer = this.#engine.after(
      ms,
      () => {
        this.#delayed.delete(key)
        this.add(key)
      },
      { background: ms > foregroundDelay },
    )
    this.#delayed.set(key, { due, timer })
  }

  /** As add, after 5 ms · 2ⁿ for the nth failure in a row, 1000 s at most. */
  addRateLimited(key: string): void {
    const entry = this.#entry(key)
    this.addAfter(key, Math.min(5 * 2 ** entry.failures++, 1_000_000))
  }

  #entry(key: string): Entry {
    let entry = this.#entries.get(key)
    if (!entry) this.#entries.set(key, (entry = { timer: undefined, due: 0, failures: 0, busyUntil: 0 }))
    return entry
  }

  #schedule(key: string, ms: number): void {
    const entry = this.#entry(key)
    if (entry.timer) return
    const delay = Math.max(ms, entry.busyUntil - this.#engine.now)
    entry.timer = this.#engine.after(delay, () => this.#run(key, entry))
  }

  /** How long requests take that change something: many go out in batches that double (slowStartBatch). */
  #writing(writes: number): number {
    return writes === 0 ? 0 : Math.log2(writes + 1) * this.#random.draw(latencies.write)
  }

  #run(key: string, entry: Entry): void {
    if (this.#context.process.holds(() => this.#run(key, entry))) return
    entry.timer = undefined
    const { now } = this.#engine
    const done = attempt(this.#context, key, () => {
      const { writes } = this.#client
      const work = this.#sync(key) ?? 1
      entry.failures = 0
      entry.busyUntil = now + work * this.#cost + this.#writing(this.#client.writes - writes)
      if (!entry.timer && entry.busyUntil < now + 1) this.#entries.delete(key)
    })
    if (!done) this.addRateLimited(key)
  }
}

const bucket = 500
const perSecond = 200
/** After so many requests it goes on at the real one's pace. */
const reserve = 20_000
const reservePerSecond = 20

/** flowcontrol's token bucket, for the pods that a controller makes and deletes. */
export class RateLimit {
  readonly #engine: Engine
  #tokens = bucket
  #reserve = reserve
  #at: number
  /** Ms until a good handful may be sent again. */
  readonly pause = 250

  constructor(engine: Engine) {
    this.#engine = engine
    this.#at = engine.now
  }

  /** As many of `wanted` requests as may be sent now. */
  take(wanted: number): number {
    const { now } = this.#engine
    const seconds = (now - this.#at) / 1000
    this.#tokens = Math.min(bucket, this.#tokens + seconds * perSecond)
    this.#reserve = Math.min(reserve, this.#reserve + seconds * reservePerSecond)
    this.#at = now
    const taken = Math.min(wanted, Math.floor(Math.min(this.#tokens, this.#reserve)))
    this.#tokens -= taken
    this.#reserve -= taken
    return taken
  }
}

/** The recorder of a controller's events (`deployment-controller`). */
export const recorderFor = ({ engine, client }: ControllerContext, component: string): EventRecorder =>
  new EventRecorder(engine, client, { component })

/** Queues the key of every object that comes, changes or goes. */
export function enqueueAll<T extends KubeObject>(informer: Informer<T>, queue: WorkQueue): void {
  const add = (object: T) => queue.add(objectKey(object))
  informer.handle({ add, update: (_old, object) => add(object), delete: add })
}
