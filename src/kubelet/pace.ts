// How fast a node is: what its runtime takes for each piece of work with what else it does just then, when its status
// manager writes, and when its sync loop looks at its queue.
import type { Engine } from '../engine/engine.ts'
import { latencies, nodeCpus, relistMs } from '../engine/latencies.ts'
import { Processor } from '../engine/processor.ts'
import type { Random } from '../engine/random.ts'
import type { Task } from '../engine/task.ts'

/**
 * Sandbox, cgroups, mounts, rules of a pod that has ended are taken away while its successor starts: an estimate. In
 * timelines/deployment-roll-and-undo that one takes 328 ms for what takes 227 ms on a quiet node, from 0.35 s after the end
 * on: so much work is it, at half the speed.
 */
const clearAwayMs = 300
/** How often the sync loop looks at its queue (syncTicker of pkg/kubelet/kubelet.go). */
const syncMs = 1000

export class Pace {
  readonly #engine: Engine
  readonly #chance: Random
  readonly #disk: { readonly slowness: number }
  readonly #processor: Processor
  /** When the sync loop's ticks are, within a second. */
  readonly #syncOffset: number
  #statusTurn = 0

  /** `disk`: how many times longer than usual it takes. */
  constructor(engine: Engine, chance: Random, disk: { readonly slowness: number }) {
    this.#engine = engine
    this.#chance = chance
    this.#disk = disk
    this.#processor = new Processor(engine, nodeCpus)
    this.#syncOffset = chance.below(syncMs)
  }

  /** Something that the runtime does, or a part of it: as long as it takes on this machine with what else it does just then. */
  *work(what: 'sandbox' | 'create' | 'start' | 'stop' | 'leave', part = 1): Task {
    yield* this.#processor.work(this.#chance.draw(latencies[what]) * part * this.#disk.slowness)
  }

  /** What goes on when a pod has long been seen to end. */
  *clearAway(): Task {
    yield* this.#processor.work(clearAwayMs * this.#disk.slowness)
  }

  /**
   * The status manager writes one status after another: ms until it takes up this one, and until that is in the API. (What
   * was measured begins with a look at the runtime.)
   */
  statusTurn(): { begins: number; takes: number } {
    const { now } = this.#engine
    const turn = Math.max(now, this.#statusTurn)
    const takes = this.#chance.draw(latencies.show) - (relistMs - 1000)
    this.#statusTurn = turn + takes
    return { begins: turn - now, takes }
  }

  /** When the sync loop next looks at its queue, at `time` or after it: once a second. */
  syncTick(time: number): number {
    return Math.ceil((time - this.#syncOffset) / syncMs) * syncMs + this.#syncOffset
  }
}
