// The clock: how much virtual time passes for the real time outside, and what it shows.
import type { FromWorker } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

/** Real time between two ticks that counts at most: a sleeping laptop is not an hour of cluster time. */
const longestTick = 250

export class Clock implements Observer {
  readonly takes: Takes
  speed = 1
  readonly #stage: Stage
  #visible = true
  #told = ''

  constructor(stage: Stage) {
    this.#stage = stage
    this.takes = {
      pace: ({ speed }) => {
        stage.finish()
        this.speed = speed
      },
      visible: ({ visible }) => {
        this.#visible = visible
      },
    }
  }

  /** Real ms that count of those that have passed. */
  real(ms: number): number {
    return Math.min(ms, longestTick)
  }

  /** Virtual ms for real ones: whole, none while the clock stands still or the page is hidden. */
  virtual(ms: number): number {
    return this.#visible ? Math.round(this.real(ms) * this.speed) : 0
  }

  show(): void {
    this.#told = ''
  }

  flush(): FromWorker[] {
    const elapsed = Math.floor(this.#stage.life.elapsed)
    const told = `${Math.floor(elapsed / 1000)} ${this.speed}`
    if (told === this.#told) return []
    this.#told = told
    return [{ type: 'clock', elapsed, speed: this.speed }]
  }
}
