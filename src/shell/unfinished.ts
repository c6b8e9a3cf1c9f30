// A command as it is typed line by line, until it is whole. A line that cannot end it (no end of its here-document, no
// `done` of its loop) is taken without another look at the whole, so that long ones are pasted in no time.
import { parse } from './parser.ts'
import { ShellSyntaxError } from './syntax.ts'

export class Unfinished {
  #text = ''
  /** Characters that were parsed for the last line. */
  looked = 0
  /** What the line that ends it must fit. */
  #awaited: RegExp | string | undefined

  get text(): string {
    return this.#text
  }

  /** Takes one more line, with its line feed; true where the command is whole. */
  add(line: string): boolean {
    this.#text += line
    this.looked = 0
    const awaited = this.#awaited
    const bare = line.replace(/\n$/, '')
    if (typeof awaited === 'string' ? bare.replace(/^\t+/, '') !== awaited : awaited && !awaited.test(line))
      return false
    this.#awaited = undefined
    const [slashes] = /\\*$/.exec(bare.slice(-100))!
    if (slashes.length % 2 === 1) return false
    this.looked = this.#text.length
    try {
      parse(this.#text)
      return true
    } catch (error) {
      if (!(error instanceof ShellSyntaxError) || !error.incomplete) return true
      this.#awaited = error.awaits?.delimiter ?? endOf(error.awaits?.closing)
      return false
    }
  }

  clear(): void {
    this.#text = ''
    this.#awaited = undefined
  }
}

const words = new Map(
  ['fi', 'done', 'esac', '}', ']]'].map(word => [
    word,
    new RegExp(`(?:^|[\\s;&|)}])${word}(?:$|[\\s;&|<>)])`),
  ]),
)
const marks = new Map([...`'"\`)`].map(mark => [mark, new RegExp(`\\${mark}`)]))

const endOf = (closing: string | undefined): RegExp | undefined =>
  closing === undefined ? undefined : (words.get(closing) ?? marks.get(closing))
