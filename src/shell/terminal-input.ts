// What is typed at a terminal: lines that wait until somebody reads them, and ends of input (Ctrl-D) between them.
import type { Readable } from '../engine/pipe.ts'
import { Notifier, type Task, wait } from '../engine/task.ts'

export class TerminalInput implements Readable {
  /** `undefined` is an end of input: it ends one reader's input, not the terminal's. */
  #typed: (string | undefined)[] = []
  #changed = new Notifier()

  type(text: string | undefined): void {
    this.#typed.push(text)
    this.#changed.notify()
  }

  /** Throws typed-ahead text away, as the terminal driver does on Ctrl-C. */
  flush(): void {
    this.#typed = []
  }

  *read(): Task<string | undefined> {
    while (this.#typed.length === 0) yield* wait(this.#changed)
    return this.#typed.shift()
  }
}
