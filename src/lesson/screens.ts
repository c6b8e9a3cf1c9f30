// What the terminals of a world have shown, in order, for whoever draws them, now or later.
import type { Failure } from './failure.ts'

export type Shown =
  /** A line was typed at a prompt ('' to a running program), as the terminal's own echo. */
  | { readonly type: 'echo'; readonly terminal: number; readonly prompt: string; readonly text: string }
  | { readonly type: 'output'; readonly terminal: number; readonly text: string }
  /** The command that ended here has failed. */
  | { readonly type: 'failed-command'; readonly terminal: number; readonly failure: Failure }

/** Characters: a flood of output is kept by its end only, as a terminal keeps it. */
const most = 4_000_000
const piece = 64_000

const sizeOf = (shown: Shown): number =>
  shown.type === 'failed-command' ? shown.failure.output.length : shown.text.length

export class Screens {
  #shown: Shown[] = []
  /** Place of the first one that is still kept. */
  #first = 0
  #size = 0
  /** Whether output may still be added to the last one: nobody has read it yet. */
  #growing = false

  echo(terminal: number, prompt: string, text: string): void {
    this.#add({ type: 'echo', terminal, prompt, text })
    this.#growing = false
  }

  failed(terminal: number, failure: Failure): void {
    this.#add({ type: 'failed-command', terminal, failure })
    this.#growing = false
  }

  output(terminal: number, text: string): void {
    const last = this.#shown.at(-1)
    if (this.#growing && last?.type === 'output' && last.terminal === terminal && last.text.length < piece) {
      this.#shown[this.#shown.length - 1] = { type: 'output', terminal, text: last.text + text }
      this.#size += text.length
    } else this.#add({ type: 'output', terminal, text })
    this.#growing = true
  }

  /** What was shown from a place on, and the place behind it. */
  read(from: number): { shown: readonly Shown[]; end: number } {
    this.#growing = false
    return {
      shown: this.#shown.slice(Math.max(0, from - this.#first)),
      end: this.#first + this.#shown.length,
    }
  }

  #add(shown: Shown): void {
    this.#shown.push(shown)
    this.#size += sizeOf(shown)
    if (this.#size <= most) return
    let gone = 0
    while (this.#size > most / 2) this.#size -= sizeOf(this.#shown[gone++]!)
    this.#shown.splice(0, gone)
    this.#first += gone
  }
}
