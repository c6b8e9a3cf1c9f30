// What is broken by hand: the text has buttons that break something, and the same buttons repair it.
import type { FromWorker } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

/** Time passes in pieces, so that exercises are judged on the way. */
const pieceMs = 1000

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
    const { active } = this.#stage.life.world.cluster.faults
    const text = JSON.stringify(active)
    if (text === this.#told) return []
    this.#told = text
    return [{ type: 'faults', faults: active }]
  }
}
