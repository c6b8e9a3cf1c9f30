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
      // The page waits to hear that it has come there.
      look: () => {
        this.#told = ''
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
    const { life, present } = this.#stage
    const elapsed = Math.floor(life.elapsed)
    const isPast = present !== life
    // In the past it is told wherever one looks: the line of time follows.
    const told = `${isPast ? life.elapsed : Math.floor(elapsed / 1000)} ${this.speed} ${isPast}`
    if (told === this.#told) return []
    this.#told = told
    const clock = { type: 'clock', elapsed: isPast ? life.elapsed : elapsed, speed: this.speed } as const
    return [isPast ? { ...clock, present: Math.floor(present.elapsed) } : clock]
  }
}
