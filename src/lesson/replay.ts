// A life that is brought to a place in a history, piece by piece: after a reload, for Back, for another branch. It can
// be left and taken up again, and its way can change while what it has lived through is on the new way too.
import type { Deed } from './history.ts'
import { Life } from './life.ts'
import type { Script } from './script.ts'

export class Replay {
  readonly life: Life
  /** The latest deed that was performed, or is being performed. */
  #deed: Deed | undefined
  #work: Generator<void, void> | undefined
  /** Time has passed since the latest deed ended. */
  #waited = false

  constructor(script: Script) {
    this.life = new Life(script)
  }

  /** Whether it can still become a life with these deeds, then at the time `until` (0: where the last one ended). */
  leadsTo(path: readonly Deed[], until: number): boolean {
    const index = this.#deed ? path.indexOf(this.#deed) : -1
    if (this.#deed && index < 0) return false
    return !this.#waited || this.life.elapsed <= (path[index + 1]?.input.at ?? until)
  }

  /** One piece of work on the way; true once it is there. */
  step(path: readonly Deed[], until: number): boolean {
    if (this.#work) {
      if (this.#work.next().done) this.#work = undefined
      return false
    }
    const next = path[this.#deed ? path.indexOf(this.#deed) + 1 : 0]
    if (next) {
      this.#deed = next
      this.#waited = false
      this.#work = this.life.perform(next.input)
    } else if (this.life.elapsed < until) {
      this.#waited = true
      this.life.advance(Math.min(1000, until - this.life.elapsed))
    } else return true
    return false
  }

  /** All of it at once. */
  finish(path: readonly Deed[], until: number): Life {
    while (!this.step(path, until));
    return this.life
  }
}
