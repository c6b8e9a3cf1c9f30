// How the exercise of this world stands, goal by goal, as the world itself judges.
import type { Life } from '../../../lesson/life.ts'
import type { FromWorker } from '../protocol.ts'
import type { Observer } from './observer.ts'

export class Verdicts implements Observer {
  readonly part = 'exercises'
  #life!: Life
  readonly #told = new Map<string, string>()

  show(life: Life): void {
    this.#life = life
    this.#told.clear()
  }

  again(): void {
    this.#told.clear()
  }

  flush(): FromWorker[] {
    const messages: FromWorker[] = []
    for (const result of this.#life.judge.results()) {
      const text = JSON.stringify(result, shortened)
      if (this.#told.get(result.name) === text) continue
      this.#told.set(result.name, text)
      messages.push({ type: 'exercise', ...result })
    }
    return messages
  }
}

/** Times to the second: what changes more often is no news. */
const shortened = (_: string, value: unknown): unknown =>
  typeof value === 'number' && value > 999 ? Math.floor(value / 1000) : value
