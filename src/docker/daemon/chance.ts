// What differs from run to run with the real docker, drawn from what was measured (recordings/docker), from a stream of its
// own: it shifts no other chance.
import { latencies } from '../../engine/latencies.ts'
import { Random } from '../../engine/random.ts'

/** An estimate: ms of one call of the API, to the daemon and back. The shortest recorded command that asks once takes 17 in all. */
export const callMs = 8

/**
 * The parts of a `docker run`: an estimate, as only the whole is recorded (19 runs), and that a detached one, which ends
 * before `clear`, takes 330 to 400 ms (two).
 */
const runShares = { create: 0.2, network: 0.2, start: 0.38, answer: 0.02, clear: 0.2 }

export class Chance {
  readonly #client: Random
  readonly #daemon: Random

  constructor(seed: number) {
    this.#client = new Random(seed).fork('client')
    this.#daemon = new Random(seed).fork('daemon')
  }

  /** Ms until the client has read its command line and asks the daemon. */
  clientStart(): number {
    return this.#client.draw(latencies.dockerClient) - callMs
  }

  /** Ms of a part of a container's run; each is drawn anew, since one may be long ago when the next begins. */
  run(part: keyof typeof runShares): number {
    return this.#daemon.draw(latencies.dockerRun) * runShares[part]
  }

  /** Ms of an exec, or of a step of a build. */
  take(what: 'dockerExec' | 'buildWorkdir' | 'buildCopy'): number {
    return this.#daemon.draw(latencies[what])
  }
}
