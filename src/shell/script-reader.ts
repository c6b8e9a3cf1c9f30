// Where a parser of the shell stands in its text, and what it takes from there whatever the grammar: blanks, words,
// redirections with their here-documents; and the complaints about what stands there instead.
import { type Node, type Redirect, ShellSyntaxError, type Word } from './syntax.ts'
import { parseDollarFree, readWord, type Source } from './word-parser.ts'

const operators = /^(?:&&|\|\||;;&|;;|;&|\|&|&>>|&>|<<<|<<-|<<|<&|<>|>>|>&|>\||[;&|()<>])/
const redirectStart = /^(?:&>>|&>|<<<|<<-|<<|<&|<>|>>|>&|>\||[<>](?!\())/
/** What ends a list within a compound command. */
export const closers = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}'])
/** Levels of commands, brackets and expansions in each other; bash's own grammar stops far later, in the same words. */
const deepest = 100

export abstract class ScriptReader implements Source {
  readonly text: string
  at = 0
  /** Of what this stands in. */
  protected level: number
  readonly #firstLine: number
  readonly #onOpen: ((delimiter: string, line: number) => void) | undefined
  #counted: { readonly at: number; readonly line: number }
  /** What closes the compound commands that are open. */
  protected readonly open: string[] = []
  #hereDocuments: {
    delimiter: string
    line: number
    quoted: boolean
    strip: boolean
    set: (body: Word) => void
  }[] = []

  constructor(
    text: string,
    firstLine: number,
    onOpen?: (delimiter: string, line: number) => void,
    level = 0,
  ) {
    this.#onOpen = onOpen
    this.level = level
    this.text = text
    this.#firstLine = firstLine
    this.#counted = { at: 0, line: firstLine }
  }

  /** A text as a source of its own, whose first line is this one. */
  abstract piece(text: string): Source
  /** A text as a script of its own. */
  abstract script(text: string, line: number): Node
  /** A script up to the `)` that ends it. */
  abstract nested(): Node

  /** Counted on from where it was asked for last. */
  get line(): number {
    if (this.at < this.#counted.at) this.#counted = { at: 0, line: this.#firstLine }
    let { at, line } = this.#counted
    for (let i = this.text.indexOf('\n', at); i >= 0 && i < this.at; i = this.text.indexOf('\n', at)) {
      line++
      at = i + 1
    }
    this.#counted = { at, line }
    return line
  }

  deeper<T>(read: () => T): T {
    if (this.level >= deepest) this.fail()
    this.level++
    const found = read()
    this.level--
    return found
  }

  /** Complains about what stands here, in bash's words. */
  fail(): never {
    const rest = this.text.slice(this.at)
    if (!rest.trim()) {
      // bash counts the end as a line of its own.
      const line = this.line + (this.text.endsWith('\n') ? 0 : 1)
      throw new ShellSyntaxError('syntax error: unexpected end of file', line, true, {
        closing: this.open.at(-1),
      })
    }
    const token =
      rest[0] === '\n' ? 'newline' : (operators.exec(rest)?.[0] ?? /^[^\s;&|()<>]+/.exec(rest)![0])
    throw new ShellSyntaxError(`syntax error near unexpected token \`${token}'`, this.line)
  }

  unterminated(closing: string, from = this.at): never {
    this.at = Math.min(from, this.at)
    throw new ShellSyntaxError(`unexpected EOF while looking for matching \`${closing}'`, this.line, true, {
      closing: closing === '}' ? undefined : closing,
    })
  }

  /** Skips spaces, comments and, where `lines`, line ends (whose here-documents are read). */
  blank(lines: boolean): void {
    for (;;) {
      const c = this.text[this.at]
      if (c === ' ' || c === '\t' || c === '\r') this.at++
      else if (c === '\\' && this.text[this.at + 1] === '\n') this.at += 2
      else if (c === '#') {
        while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
      } else if (c === '\n' && lines) {
        this.at++
        this.readHereDocuments()
      } else return
    }
  }

  operator(): string | undefined {
    return operators.exec(this.text.slice(this.at, this.at + 3))?.[0]
  }

  keyword(): string {
    return /^(?:\[\[|[{}!]|[a-z]+)(?=[\s;&|()<>]|$)/.exec(this.text.slice(this.at, this.at + 12))?.[0] ?? ''
  }

  closes(): boolean {
    return (
      closers.has(this.keyword()) ||
      this.text.startsWith(';;', this.at) ||
      this.text.startsWith(';&', this.at)
    )
  }

  take(keyword: string): boolean {
    this.blank(true)
    if (this.keyword() !== keyword) return false
    this.at += keyword.length
    return true
  }

  expect(keyword: string): void {
    if (!this.take(keyword)) this.fail()
  }

  ends(): boolean {
    return this.at >= this.text.length || /[\n;&|)]/.test(this.text[this.at]!) || this.closes()
  }

  name(): string {
    const name = /^[^\s;&|()<>$"'`\\]+/.exec(this.text.slice(this.at))?.[0]
    if (!name) this.fail()
    this.at += name.length
    return name
  }

  word(mayBeEmpty = false): Word {
    const start = this.at
    const word = readWord(this)
    if (this.at === start && !mayBeEmpty) this.fail()
    return word
  }

  redirect(): Redirect | undefined {
    const number = /^\d+(?=[<>])/.exec(this.text.slice(this.at, this.at + 6))?.[0] ?? ''
    const operator = redirectStart.exec(
      this.text.slice(this.at + number.length, this.at + number.length + 4),
    )?.[0]
    if (!operator) return undefined
    this.at += number.length + operator.length
    this.blank(false)
    const descriptor = number ? Number(number) : undefined
    if (operator === '<<' || operator === '<<-') {
      const start = this.at
      const delimiter = this.word()
      const redirect = { descriptor, operator: '<<' as const, target: [] as Word }
      this.#hereDocuments.push({
        delimiter: delimiter.map(part => (part.type === 'text' ? part.text : '')).join(''),
        line: this.line,
        quoted: /['"\\]/.test(this.text.slice(start, this.at)),
        strip: operator === '<<-',
        set: body => {
          redirect.target = body
        },
      })
      return redirect
    }
    return { descriptor, operator: operator as Redirect['operator'], target: this.word() }
  }

  readHereDocuments(): void {
    for (const { delimiter, line: begun, quoted, strip, set } of this.#hereDocuments.splice(0)) {
      let body = ''
      for (;;) {
        // Without its last line bash warns and takes what there is; a terminal asks for more.
        if (this.at >= this.text.length) {
          if (!this.#onOpen)
            throw new ShellSyntaxError(`here-document \`${delimiter}'`, this.line, true, { delimiter })
          this.#onOpen(delimiter, begun)
          break
        }
        const end = this.text.indexOf('\n', this.at)
        let line = this.text.slice(this.at, end < 0 ? undefined : end)
        this.at = end < 0 ? this.text.length : end + 1
        if (strip) line = line.replace(/^\t+/, '')
        if (line === delimiter) break
        body += `${line}\n`
      }
      set(quoted ? [{ type: 'text', text: body, quoted: true }] : parseDollarFree(body, this))
    }
  }
}
