// What the terminals show, whether they are busy, and what is done in them.
import type { Life } from '../../../lesson/life.ts'
import type { FromWorker, TerminalId } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

const ids = [1, 2, 3, 4] as const
/** What a terminal says that has not been used yet. */
const firstPrompt = '~/k8s $ '

export class Terminals implements Observer {
  readonly takes: Takes
  #life!: Life
  #read = 0
  #fresh = false
  readonly #prompts = new Map<TerminalId, string>()

  constructor(stage: Stage) {
    this.takes = {
      input: ({ terminal, text }) => {
        this.#prompts.delete(terminal) // the page waits to hear when it is idle again
        stage.do({ type: 'input', terminal, text })
      },
      interrupt: ({ terminal }) => stage.do({ type: 'interrupt', terminal }),
      'end-of-input': ({ terminal }) => stage.do({ type: 'end-of-input', terminal }),
      complete: ({ id, terminal, text }) =>
        stage.post({ type: 'completions', id, ...stage.life.terminal(terminal).complete(text) }),
    }
  }

  show(life: Life): void {
    this.#life = life
    this.#read = 0
    this.#fresh = true
    this.#prompts.clear()
  }

  flush(): FromWorker[] {
    const messages: FromWorker[] = []
    if (this.#fresh) for (const terminal of ids) messages.push({ type: 'clear', terminal })
    this.#fresh = false
    const { shown, end } = this.#life.screens.read(this.#read)
    this.#read = end
    for (const each of shown) messages.push({ ...each, terminal: each.terminal as TerminalId })
    for (const terminal of ids) {
      const { busy, prompt, silent } = this.#state(terminal)
      const text = `${busy} ${silent} ${prompt}`
      if (this.#prompts.get(terminal) === text) continue
      this.#prompts.set(terminal, text)
      messages.push({ type: 'prompt', terminal, prompt, busy, silent })
    }
    return messages
  }

  #state(id: TerminalId): { busy: boolean; prompt: string; silent: boolean } {
    return this.#life.terminals.has(id)
      ? this.#life.terminal(id)
      : { busy: false, prompt: firstPrompt, silent: false }
  }
}
