// What differs from run to run with the real docker, drawn as often as the recordings show it (recordings/docker), from a
// stream of its own: it shifts no other chance.
import { Random } from '../../engine/random.ts'

/** Ms until the client has read its command line and asks the daemon: 117 commands that ask but once. */
const clientMs = [17, 24, 31, 40, 45, 56, 68, 83, 107, 188]

export class Chance {
  readonly #client: Random

  constructor(seed: number) {
    this.#client = new Random(seed).fork('client')
  }

  /** Ms. */
  clientStart(): number {
    return this.#client.draw(clientMs)
  }
}
