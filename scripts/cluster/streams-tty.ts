// The terminal of a process that a client talks to by exec -t or attach -t: the client's own terminal is raw, so that
// what is typed is shown, edited and turned into signals here, as the kernel's line discipline does it (termios(3):
// ICRNL, ISIG, ICANON, ECHO, ECHOE, ONLCR). Left out: modes that a program sets, and the line editing of shells.
import type { Signal } from '../../src/engine/task.ts'

export interface TypedInto {
  /** A whole line, or what Ctrl-D gave of one. */
  line(text: string): void
  /** Ctrl-D on an empty line. */
  end(): void
  signal(signal: Signal): void
  /** What the typist sees of it. */
  show(text: string): void
}

const signals: Readonly<Record<string, Signal>> = { '\x03': 'SIGINT', '\x1c': 'SIGQUIT' }

export class LineDiscipline {
  /** Characters of the line, each with how many columns it takes. */
  #line: { readonly character: string; readonly columns: number }[] = []
  readonly #into: TypedInto
  /** What is to be shown of what is typed just now. */
  #shown = ''

  constructor(into: TypedInto) {
    this.#into = into
  }

  type(text: string): void {
    for (const character of text) this.#key(character)
    this.#flush()
  }

  /** Before a program learns of it, the typist sees it. */
  #flush(): void {
    if (this.#shown) this.#into.show(this.#shown)
    this.#shown = ''
  }

  #key(character: string): void {
    const into = this.#into
    const signal = signals[character]
    if (signal) {
      this.#shown += caret(character)
      this.#line = []
      this.#flush()
      into.signal(signal)
    } else if (character === '\r' || character === '\n') {
      this.#shown += '\r\n'
      this.#flush()
      into.line(`${this.#take()}\n`)
    } else if (character === '\x04') {
      if (this.#line.length) into.line(this.#take())
      else into.end()
    } else if (character === '\x7f' || character === '\b') this.#erase(1)
    else if (character === '\x15') this.#erase(this.#line.length)
    else if (character === '\x17') this.#erase(this.#word())
    else {
      const shown = character < ' ' && character !== '\t' ? caret(character) : character
      this.#line.push({ character, columns: [...shown].length })
      this.#shown += shown
    }
  }

  #take(): string {
    const text = this.#line.map(({ character }) => character).join('')
    this.#line = []
    return text
  }

  #erase(count: number): void {
    for (const { columns } of this.#line.splice(this.#line.length - Math.min(count, this.#line.length)))
      this.#shown += '\b \b'.repeat(columns)
  }

  /** How many characters Ctrl-W takes: a word and the spaces after it. */
  #word(): number {
    const text = this.#line.map(({ character }) => (character === ' ' ? ' ' : 'x')).join('')
    return text.length - text.replace(/x* *$/, '').length
  }
}

/** `^C`, as a terminal shows what is no character. */
const caret = (character: string): string => `^${String.fromCharCode(character.charCodeAt(0) ^ 0x40)}`

/** As output reaches a terminal: its lines end with a carriage return too. */
export const shown = (text: string): string => text.replace(/\n/g, '\r\n')
