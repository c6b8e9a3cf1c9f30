// What the page keeps, so that a reload, a crash or a hang loses nothing: the history, as text. It is told before an
// input is performed, with the mark that it has not ended; a worker that hangs has no later word.
import { writeHistory } from '../../../lesson/history-text.ts'
import type { FromWorker } from '../protocol.ts'
import type { Observer, Stage } from './observer.ts'

/** The time at which one stands is told no more often, in virtual ms. */
const interval = 2000

export class Saver implements Observer {
  readonly #stage: Stage
  #told = ''
  #toldAt = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  flush(): FromWorker[] {
    const { history, life, diverged } = this.#stage
    const { deeds, names, present } = history
    // A look changes nothing; but who looks may name a branch.
    const at = present ? present.deed : history.at
    const elapsed = present ? this.#toldAt : Math.floor(life.elapsed)
    const running = deeds.filter(each => !each.ended).map(each => each.id)
    const state = `${deeds.length} ${at?.id} ${running} ${[...names.values()]}`
    if (state === this.#told && (!diverged || Math.abs(elapsed - this.#toldAt) < interval)) return []
    this.#told = state
    this.#toldAt = elapsed
    return [this.message()]
  }

  message(): Extract<FromWorker, { type: 'saved' }> {
    const { script, history, life, diverged } = this.#stage
    if (!history.present) history.elapsed = diverged ? life.elapsed : 0
    return { type: 'saved', history: writeHistory(history, script.files), empty: history.deeds.length === 0 }
  }
}
