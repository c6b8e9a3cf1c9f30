// Programs that compute take turns with the world: after so much work each rests for a moment of virtual time, in which
// the engine comes to others, a Ctrl-C among them. Work is counted, never timed, so that a world stays the same wherever
// it runs.
import { sleep, type Task } from './task.ts'

/** Steps, about 150,000 of which a slow machine does in a millisecond: a turn is no longer than some hundredths of a second. */
const turn = 6_000_000
/** What one step of an interpreter comes to: a statement of awk, a command of sed, a filter of jq. */
export const statement = 1000

export class Turns {
  #left = turn

  /** Notes work that was done. */
  spend(steps: number): void {
    this.#left -= steps
  }

  /** It is time to rest: `if (turns.over) yield* turns.rest()`. */
  get over(): boolean {
    return this.#left < 0
  }

  /** As long as what was done would have taken, up to ten milliseconds at a time. */
  *rest(): Task {
    const turns = Math.ceil(-this.#left / turn)
    this.#left = turn
    yield* sleep(Math.min(10, Math.max(1, turns)))
  }
}
