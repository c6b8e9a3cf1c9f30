// A life that is brought to a place in a history, piece by piece: after a reload, for Back, for another branch, for a
// look at any moment. It can be left and taken up again, and its way can change while what it has lived through is on the
// new way too.
import type { Deed } from './history.ts'
import { Life } from './life.ts'
import type { Script } from './script.ts'

/** Virtual ms between two rests. */
const slice = 1000
/** It waits no longer than this for an input: a day of a quiet cluster. */
const longestWait = 24 * 3600_000

export class Replay {
  readonly life: Life
  /** The latest deed that was performed, or is being performed. */
  #deed: Deed | undefined
  /** Time has passed since the latest deed ended. */
  #waited = false
  /** How long it waits for the next deed: not beyond this time. */
  #patience: number | undefined

  constructor(script: Script) {
    this.life = new Life(script)
  }

  /**
   * Whether it can still become a life with these deeds, then at the time `until` (0: where the last one ended). A command
   * of the lesson is played to its end, or as far as the time of what comes after it.
   */
  leadsTo(path: readonly Deed[], until: number): boolean {
    const index = this.#deed ? path.indexOf(this.#deed) : -1
    if (this.#deed && index < 0) return false
    const end = path[index + 1]?.input.at ?? until
    const { elapsed } = this.life
    if (this.#waited) return elapsed <= end
    return end === 0 || this.#deed?.input.type !== 'next' || elapsed <= end
  }

  /** The latest deed that has begun to happen. */
  get reached(): Deed | undefined {
    return this.#deed
  }

  /** One piece of work on the way; true once it is there. */
  step(path: readonly Deed[], until: number): boolean {
    const { life } = this
    const next = path[this.#deed ? path.indexOf(this.#deed) + 1 : 0]
    const end = next ? next.input.at : until
    if (life.playing && (end === 0 || life.elapsed < end))
      life.advance(end === 0 ? slice : Math.min(slice, end - life.elapsed))
    else if (next) this.#comeTo(next)
    else if (life.elapsed < until) {
      this.#waited = true
      life.advance(Math.min(slice, until - life.elapsed))
    } else return true
    return false
  }

  /** All of it at once. */
  finish(path: readonly Deed[], until: number): Life {
    while (!this.step(path, until));
    return this.life
  }

  #comeTo(next: Deed): void {
    const { life } = this
    this.#patience ??= life.elapsed + longestWait
    const start = Math.min(next.input.at, this.#patience)
    if (life.elapsed < start) {
      this.#waited = true
      life.advance(Math.min(slice, start - life.elapsed))
      return
    }
    this.#deed = next
    this.#waited = false
    this.#patience = undefined
    life.begin(next.input)
  }
}
