// What differs from run to run with the real docker, drawn as often as the recordings show it (recordings/docker). Each kind
// has a stream of its own: one more draw of the one shifts nothing of the other.
import { Random } from '../../engine/random.ts'

/** Ms until the client has read its command line and asks the daemon: 117 commands that ask but once. */
const clientMs = [17, 24, 31, 40, 45, 56, 68, 83, 107, 188]
/** The base of a later stage is told of before that of an earlier one in so many builds that have them (3 of 20). */
const laterBaseFirst = 0.15

export class Chance {
  readonly #client: Random
  readonly #build: Random

  constructor(seed: number) {
    const random = new Random(seed)
    this.#client = random.fork('client')
    this.#build = random.fork('build')
  }

  /** Ms. */
  clientStart(): number {
    return this.#client.draw(clientMs)
  }

  /** BuildKit asks for all bases at once, and tells them in the order in which its goroutines run: any (15 of 28 the last first). */
  shuffled<T>(items: readonly T[]): T[] {
    const all = [...items]
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.#build.below(i + 1)
      ;[all[i], all[j]] = [all[j]!, all[i]!]
    }
    return all
  }

  laterBaseFirst(): boolean {
    return this.#build.float() < laterBaseFirst
  }
}
