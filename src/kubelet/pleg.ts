// The pod lifecycle event generator: a second after its last look the kubelet looks at the runtime again and wakes the
// workers of pods whose containers began or ended (pkg/kubelet/pleg/generic.go). Here it looks only at pods that the runtime
// has marked, and only when there are such; its ticks keep their rhythm.
import type { Engine } from '../engine/engine.ts'
import type { PodWorker } from './pod-worker.ts'

export class Pleg {
  readonly #engine: Engine
  readonly #periodMs: number
  /** When its ticks are, within a period. */
  readonly #offset: number
  readonly #marked = new Set<PodWorker>()
  #scheduled = false

  constructor(engine: Engine, periodMs: number, offset: number) {
    this.#engine = engine
    this.#periodMs = periodMs
    this.#offset = offset
  }

  /** Something of the pod changed in the runtime. */
  mark(worker: PodWorker): void {
    this.#marked.add(worker)
    if (this.#scheduled) return
    this.#scheduled = true
    const { now } = this.#engine
    this.#engine.after(this.nextTick(now + 0.001) - now, () => {
      this.#scheduled = false
      const workers = [...this.#marked]
      this.#marked.clear()
      for (const each of workers)
        try {
          each.relist()
        } catch (error) {
          this.#engine.fail(error)
        }
    })
  }

  /** The first tick at `time` or after it. */
  nextTick(time: number): number {
    return Math.ceil((time - this.#offset) / this.#periodMs) * this.#periodMs + this.#offset
  }

  /** How long to wait for a look that is newer than `since`, when the pod was last looked at at `seenAt`. */
  waitFor(since: number, seenAt: number): number {
    const { now } = this.#engine
    if (seenAt > since || this.nextTick(now + 0.001) - this.#periodMs > since) return 0
    return this.nextTick(now + 0.001) - now
  }
}
