// What happened on the branch that one is on, as a list: told once the page's list is open.

import type { Life } from '../../../lesson/life.ts'
import { type Happening, Happenings } from '../../../lesson/time/happenings.ts'
import type { FromWorker } from '../protocol.ts'
import type { Observer, Stage } from './observer.ts'

/** So many of the latest are told. */
const most = 1500

export class HistoryList implements Observer {
  readonly part = 'history'
  readonly #stage: Stage
  #life: Life | undefined
  #happenings!: Happenings
  #isNew = true

  constructor(stage: Stage) {
    this.#stage = stage
  }

  again(): void {
    this.#life = undefined
  }

  flush(): FromWorker[] {
    const { present } = this.#stage
    if (present !== this.#life) {
      this.#life = present
      this.#happenings = new Happenings(present.journal)
      this.#isNew = true
    }
    const news: readonly Happening[] = this.#happenings.news()
    if (!news.length && !this.#isNew) return []
    const reset = this.#isNew
    this.#isNew = false
    return [{ type: 'happened', reset, happenings: news.slice(-most) }]
  }
}
