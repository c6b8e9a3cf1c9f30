// Streams of text between processes. A pipe holds what was written until it is read; its end is a state, not a value.
import type { Engine } from './engine.ts'
import { held, hold } from './holding.ts'
import { move } from './moving.ts'
import { Notifier, type Task, type Wait, wait } from './task.ts'

export interface Writable {
  /** Takes text at once; false where nobody will read it any more (the writer gets SIGPIPE in a real system). */
  write(text: string): boolean
}

export interface Readable {
  /** The next piece of text, or undefined at the end of the stream. */
  read(): Task<string | undefined>
}

export class Pipe implements Writable, Readable {
  #text: string[] = []
  #changed = new Notifier()
  #closed = false
  #abandoned = false

  write(text: string): boolean {
    if (this.#abandoned || this.#closed) return false
    if (text) {
      move(text.length)
      this.#text.push(text)
      this.#changed.notify()
    }
    return true
  }

  /** The writer is done: readers get what is left and then the end. */
  close(): void {
    this.#closed = true
    this.#changed.notify()
  }

  /** The reader is gone: writes fail from now on. */
  abandon(): void {
    this.#abandoned = true
    this.#text = []
  }

  /** Characters that nobody has read yet. */
  get waiting(): number {
    return this.#text.reduce((sum, { length }) => sum + length, 0)
  }

  get abandoned(): boolean {
    return this.#abandoned
  }

  /** Waits until there is something to read or the end has come. */
  get readable(): Wait<void> {
    const ready = () => this.#text.length > 0 || this.#closed
    return {
      start: (engine: Engine, wake) => {
        if (ready()) {
          wake()
          return () => {}
        }
        return this.#changed.start(engine, () => wake())
      },
    }
  }

  *read(): Task<string | undefined> {
    while (this.#text.length === 0) {
      if (this.#closed) return undefined
      yield* wait(this.readable)
    }
    const text = this.#text.join('')
    this.#text = []
    return text
  }
}

/** Collects what is written; what a test or a command substitution reads at the end. */
export class Buffer implements Writable {
  text = ''
  write(text: string): boolean {
    move(text.length)
    this.text = held(this.text + text)
    return true
  }
}

/** Splits a stream into lines, without their line feeds; the last line need not end with one. */
export class LineReader {
  #source: Readable
  /** What was read of a line whose end has not come; without a line feed. */
  #begun = ''
  #rest = ''
  #ended = false

  constructor(source: Readable) {
    this.#source = source
  }

  *line(): Task<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf('\n')
      if (end >= 0 || this.#ended) {
        const line = this.#begun + (end < 0 ? this.#rest : this.#rest.slice(0, end))
        this.#begun = ''
        this.#rest = end < 0 ? '' : this.#rest.slice(end + 1)
        return end < 0 && !line ? undefined : line
      }
      this.#begun += this.#rest
      this.#rest = ''
      const text = yield* this.#source.read()
      if (text === undefined) this.#ended = true
      else {
        hold(this.#begun.length + text.length)
        this.#rest = text
      }
    }
  }
}

/** Everything up to the end of a stream. */
export function* readAll(source: Readable): Task<string> {
  let all = ''
  for (let text = yield* source.read(); text !== undefined; text = yield* source.read()) {
    hold(all.length + text.length)
    all += text
  }
  return all
}

/** A stream that is at its end from the start, as /dev/null. */
export const emptyInput: Readable = {
  *read() {
    return undefined
  },
}
