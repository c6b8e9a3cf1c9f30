// How a world's time goes on while kubectls of the machine ask it: by what they do, not by how long the machine takes
// for it. On a loaded machine they think for seconds, and the world may not run away from them meanwhile.
import { readdirSync, readFileSync } from 'node:fs'
import type { RealKubectl } from './real-kubectl.ts'
import type { Served } from './served.ts'

const turnMs = 5
/** Who has slept and asked nothing for so many turns waits for something to come. */
const patience = 40
/** Virtual milliseconds of a turn while a kubectl thinks, at most so many for each request; and while all wait. */
const thinking = 1
const thought = 40
const waiting = 50

export class Turns {
  readonly #served: Served
  readonly #real: RealKubectl
  #quiet = 0
  #thought = 0
  /** What was seen last: how many calls there were, and when the last request came. */
  #seen = ''

  constructor(served: Served, real: RealKubectl) {
    this.#served = served
    this.#real = real
  }

  /** How many virtual milliseconds to let pass now. */
  step(): number {
    const { running, calls } = this.#real
    if (!running.size) return waiting
    const seen = `${calls} ${this.#served.asked()}`
    if (seen !== this.#seen) [this.#seen, this.#quiet, this.#thought] = [seen, 0, 0]
    if ([...running].every(isAsleep)) this.#quiet++
    else this.#quiet = 0
    if (this.#quiet > patience) return waiting
    if (this.#thought >= thought) return 0
    this.#thought += thinking
    return thinking
  }

  /** Lets the programs and the server have their turn. */
  async pause(): Promise<void> {
    if (this.#real.running.size) await new Promise(resolve => setTimeout(resolve, turnMs))
  }
}

/** Whether all threads of a process sleep; where the system does not tell, they may. */
function isAsleep(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every(thread =>
      / [SI] /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1').replace(/^.*\)/, '')),
    )
  } catch {
    return true
  }
}
