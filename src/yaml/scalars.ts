// Scalars in flow style: plain, single and double quoted (chapter 7 of the YAML specification), with their line folding.
import type { Cursor } from './cursor.ts'
import { type Mark, tokenFault } from './error.ts'

export interface ScalarText {
  readonly value: string
  readonly end: Mark
}

/** White space between two words: blanks within a line, or the breaks between lines, of which one folds into a space. */
class Gap {
  #blanks = ''
  #breaks: string[] = []

  get crossesLines(): boolean {
    return this.#breaks.length > 0
  }

  blank(char: string): void {
    if (!this.crossesLines) this.#blanks += char
  }

  break(text: string): void {
    this.#breaks.push(text)
  }

  /** A break that does not count, behind a backslash; what stands before it stays. */
  escapedBreak(): void {
    this.#breaks.push('')
  }

  /** What it comes to before the next word. */
  get text(): string {
    const [first, ...further] = this.#breaks
    if (first === undefined) return this.#blanks
    const rest = further.join('')
    return first === '\n' ? rest || ' ' : first + rest
  }
}

/** Characters that end no plain scalar, whatever comes behind them. */
const word = /[^ \t\n\r\x85\u2028\u2029:,?[\]{}]+/y

/**
 * A plain scalar, which ends before `: `, ` #` and, in flow collections, before their indicators. It goes on over lines
 * that are indented by `indent` at least.
 */
export function plainScalar(cursor: Cursor, indent: number, inFlow: boolean): ScalarText {
  const start = cursor.mark
  let value = ''
  let end = start
  let gap = new Gap()
  const ends = (): boolean =>
    (cursor.char === ':' && cursor.spaceAt(1)) || (inFlow && ',?[]{}'.includes(cursor.char))
  while (!cursor.atDocumentMarker() && cursor.char !== '#') {
    const from = cursor.offset
    for (;;) {
      cursor.skipAll(word)
      if (cursor.spaceAt() || ends()) break
      cursor.advance()
    }
    if (cursor.offset > from) {
      value += gap.text + cursor.text.slice(from, cursor.offset)
      end = cursor.mark
      gap = new Gap()
    }
    if (!cursor.atBlank && !cursor.atBreak) break
    while (cursor.atBlank || cursor.atBreak) {
      if (cursor.atBreak) gap.break(cursor.takeBreak())
      else {
        if (gap.crossesLines && cursor.column < indent && cursor.char === '\t')
          throw tokenFault('found a tab character that violates indentation', cursor.mark, start)
        gap.blank(cursor.take())
      }
    }
    if (!inFlow && cursor.column < indent) break
  }
  cursor.entryAllowed = gap.crossesLines
  return { value, end }
}

export function quotedScalar(cursor: Cursor): ScalarText {
  const start = cursor.mark
  const quote = cursor.take()
  let value = ''
  for (;;) {
    if (cursor.atDocumentMarker()) throw tokenFault('found unexpected document indicator', cursor.mark, start)
    if (cursor.atEnd) throw tokenFault('found unexpected end of stream', cursor.mark, start)
    const gap = new Gap()
    while (!cursor.spaceAt()) {
      const { char } = cursor
      if (char === quote) {
        cursor.advance()
        if (quote === '"' || cursor.char !== quote) {
          cursor.entryAllowed = false
          return { value, end: cursor.mark }
        }
        value += cursor.take()
      } else if (quote === "'" || char !== '\\') value += cursor.take()
      else if (!isEscapedBreak(cursor)) value += escapeSequence(cursor, start)
      else {
        cursor.advance()
        cursor.takeBreak()
        gap.escapedBreak()
        break
      }
    }
    while (cursor.atBlank || cursor.atBreak) {
      if (cursor.atBreak) gap.break(cursor.takeBreak())
      else gap.blank(cursor.take())
    }
    value += gap.text
  }
}

const isEscapedBreak = (cursor: Cursor): boolean =>
  /[\n\r\x85\u2028\u2029]/.test(cursor.text.charAt(cursor.offset + 1))

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function escapeSequence(cursor: Cursor, start: Mark): string {
  const letter = cursor.text.charAt(cursor.offset + 1)
  const plain = escapes[letter]
  const length = hexLengths[letter]
  if (plain === undefined && length === undefined)
    throw tokenFault('found unknown escape character', cursor.mark, start)
  cursor.advance(2)
  if (plain !== undefined) return plain
  const digits = cursor.text.slice(cursor.offset, cursor.offset + length!)
  if (!new RegExp(`^[\\da-fA-F]{${length}}$`).test(digits))
    throw tokenFault('did not find expected hexdecimal number', cursor.mark, start)
  const code = Number.parseInt(digits, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    throw tokenFault('found invalid Unicode character escape code', cursor.mark, start)
  cursor.advance(length)
  return String.fromCodePoint(code)
}
