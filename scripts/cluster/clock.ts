// How virtual time passes while the server runs.
import type { Engine } from '../../src/engine/engine.ts'

/** Virtual seconds a second, or `asked`: time stands still unless somebody asks or waits. */
export type Pace = number | 'asked'

export interface Clock {
  /** To be called with each request; what it returns, when the answer has ended. */
  asked(): () => void
  stop(): void
}

const tickMs = 10
/** With pace `asked`: how far each request takes the world, and how far it runs for those that wait, at most, each tick. */
const requestMs = 1000
const waitingMs = 1000
/** So that requests are heard between. */
const busyMs = 8

export function startClock(engine: Engine, pace: Pace, now = () => performance.now()): Clock {
  let waiting = 0
  let last = now()
  const catchUp = () => {
    const time = now()
    if (pace !== 'asked') engine.advance((time - last) * pace)
    else if (waiting > 0) runFor(engine, waitingMs, () => now() - time < busyMs)
    last = time
  }
  const timer = setInterval(() => {
    // What an event throws is its component's fault; the next ones run.
    try {
      catchUp()
    } catch (error) {
      console.error(error)
    }
  }, tickMs)
  return {
    asked() {
      if (pace === 'asked') engine.advance(requestMs)
      waiting++
      return () => waiting--
    },
    stop: () => clearInterval(timer),
  }
}

function runFor(engine: Engine, ms: number, mayGoOn: () => boolean): void {
  const end = engine.now + ms
  while (mayGoOn())
    if (!engine.step(end - engine.now)) {
      engine.advance(Math.max(0, end - engine.now))
      return
    }
}
