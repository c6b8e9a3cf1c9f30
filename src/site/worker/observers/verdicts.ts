// Which exercises are done, as the world itself judges.
import type { Life } from '../../../lesson/life.ts'
import type { FromWorker } from '../protocol.ts'
import type { Observer } from './observer.ts'

export class Verdicts implements Observer {
  #life!: Life
  readonly #told = new Map<string, boolean>()

  show(life: Life): void {
    this.#life = life
    this.#told.clear()
  }

  flush(): FromWorker[] {
    const messages: FromWorker[] = []
    for (const [name, done] of this.#life.judge.results()) {
      if (this.#told.get(name) === done) continue
      this.#told.set(name, done)
      messages.push({ type: 'exercise', name, done })
    }
    return messages
  }
}
