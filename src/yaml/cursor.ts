// Where reading stands in a text, and what begins there. The indicators and white space of the YAML specification
// (chapters 5 and 6), with the line breaks of YAML 1.1.
import { type Mark, tokenFault } from './error.ts'

/** What may begin at a place: an indicator by its own character, or one of these. */
export type Kind =
  | 'end'
  | 'directive'
  | 'document start'
  | 'document end'
  | 'plain'
  | "'"
  | '"'
  | '|'
  | '>'
  | '['
  | ']'
  | '{'
  | '}'
  | ','
  | '-'
  | '?'
  | ':'
  | '&'
  | '*'
  | '!'

const isBreakCharacter = (c: string): boolean =>
  c === '\n' || c === '\r' || c === '\x85' || c === '\u2028' || c === '\u2029'
const isBlankCharacter = (c: string): boolean => c === ' ' || c === '\t'
/** Blank, a line's end or the text's. */
const isSpace = (c: string): boolean => c === '' || isBlankCharacter(c) || isBreakCharacter(c)

export class Cursor {
  readonly text: string
  offset = 0
  line = 0
  column = 0
  /**
   * May an implicit key (`key: …`) or the entry of a block collection begin here? On a fresh line, and behind the
   * indicators that open a nested collection; not behind a scalar or `key:`.
   */
  entryAllowed = true
  /** The last answer of `kind`, which is asked for several times. */
  #seen: { offset: number; inFlow: boolean; kind: Kind } = { offset: -1, inFlow: false, kind: 'end' }

  constructor(text: string) {
    this.text = text
  }

  get char(): string {
    return this.text.charAt(this.offset)
  }

  get mark(): Mark {
    return { offset: this.offset, line: this.line, column: this.column }
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length
  }

  get atBreak(): boolean {
    return isBreakCharacter(this.char)
  }

  get atBlank(): boolean {
    return isBlankCharacter(this.char)
  }

  /** White space, or nothing more? `ahead`: that many characters on. */
  spaceAt(ahead = 0): boolean {
    return isSpace(this.text.charAt(this.offset + ahead))
  }

  advance(count = 1): void {
    this.offset += count
    this.column += count
  }

  /** The next character, and over it. */
  take(): string {
    const { char } = this
    this.advance()
    return char
  }

  /** Over all characters that `pattern` (sticky) finds here, none of them a line break. */
  skipAll(pattern: RegExp): void {
    pattern.lastIndex = this.offset
    if (pattern.test(this.text)) this.advance(pattern.lastIndex - this.offset)
  }

  /** The same; what they are. */
  takeAll(pattern: RegExp): string {
    const from = this.offset
    this.skipAll(pattern)
    return this.text.slice(from, this.offset)
  }

  /** Over a line break. What a scalar keeps of it: line feeds are one, the separators of Unicode stay. */
  takeBreak(): string {
    const { char } = this
    this.offset += char === '\r' && this.text.charAt(this.offset + 1) === '\n' ? 2 : 1
    this.line++
    this.column = 0
    return char === '\u2028' || char === '\u2029' ? char : '\n'
  }

  /** `---` or `...` at the beginning of a line. */
  atDocumentMarker(marker = this.text.slice(this.offset, this.offset + 3)): boolean {
    return (
      this.column === 0 &&
      (marker === '---' || marker === '...') &&
      this.text.startsWith(marker, this.offset) &&
      this.spaceAt(3)
    )
  }

  /** On to the next token, over blanks, comments and empty lines. Tabs part tokens, but they do not indent. */
  skip(inFlow: boolean): void {
    for (;;) {
      if (this.column === 0 && this.char === '\ufeff') this.offset++
      while (this.char === ' ' || (this.char === '\t' && (inFlow || !this.entryAllowed))) this.advance()
      if (this.char === '#') while (!this.atEnd && !this.atBreak) this.advance()
      if (!this.atBreak) break
      this.takeBreak()
      if (!inFlow) this.entryAllowed = true
    }
    // A text ends with a line, whether it is closed or not.
    if (!this.atEnd || this.column === 0) return
    this.line++
    this.column = 0
  }

  /** What begins here. Throws where no token can. */
  kind(inFlow: boolean): Kind {
    if (this.#seen.offset !== this.offset || this.#seen.inFlow !== inFlow)
      this.#seen = { offset: this.offset, inFlow, kind: this.#lookAt(inFlow) }
    return this.#seen.kind
  }

  #lookAt(inFlow: boolean): Kind {
    const { char } = this
    if (char === '') return 'end'
    if (this.column === 0) {
      if (char === '%') return 'directive'
      if (this.atDocumentMarker('---')) return 'document start'
      if (this.atDocumentMarker('...')) return 'document end'
    }
    switch (char) {
      case '[':
      case ']':
      case '{':
      case '}':
      case ',':
      case '&':
      case '*':
      case '!':
      case "'":
      case '"':
        return char
      case '-':
        return this.spaceAt(1) ? '-' : 'plain'
      case '?':
      case ':':
        return inFlow || this.spaceAt(1) ? char : 'plain'
      case '|':
      case '>':
        if (!inFlow) return char
    }
    if (this.spaceAt() || '|>%@`#'.includes(char))
      throw tokenFault('found character that cannot start any token', this.mark)
    return 'plain'
  }
}
