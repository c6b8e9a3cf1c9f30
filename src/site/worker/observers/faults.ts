// What is broken by hand: the text has buttons that break something, and the same buttons repair it. And what broke by
// itself: an exception in a component, which everything else outlives.
import { faultText } from '../../../lesson/faults/kinds.ts'
import type { FromWorker } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

/** Time passes in pieces, so that exercises are judged on the way. */
const pieceMs = 1000

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export class Faults implements Observer {
  readonly takes: Takes
  readonly #stage: Stage
  #told = ''

  constructor(stage: Stage) {
    this.#stage = stage
    this.takes = {
      fault: ({ fault }) => stage.do({ type: 'fault', fault }),
      repair: ({ fault }) => stage.do({ type: 'repair', fault }),
      pass: ({ ms }) => {
        stage.finish()
        const { life } = stage
        for (const end = life.elapsed + ms; life.elapsed < end; ) {
          life.advance(Math.min(pieceMs, end - life.elapsed))
          life.judge.results()
        }
      },
    }
  }

  show(): void {
    this.#told = ''
  }

  flush(): FromWorker[] {
    const { world } = this.#stage.life
    const { broken } = world.cluster.faults
    const start = world.engine.now - world.elapsed
    const since = broken.map(each => ({ at: each.since - start, text: faultText(each.fault) }))
    const faults = broken.map(({ fault }) => fault)
    const failed = [
      ...new Set(world.cluster.errors.map(({ where, error }) => `${where}: ${reasonOf(error)}`)),
    ]
    const text = JSON.stringify([faults, since, failed])
    if (text === this.#told) return []
    this.#told = text
    return [{ type: 'faults', faults, since, failed }]
  }
}
