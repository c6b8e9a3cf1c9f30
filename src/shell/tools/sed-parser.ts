// The grammar of sed: a script's text to instructions with their addresses.
import { ExpressionError } from '../../engine/expressions/errors.ts'
import { type Expression, expression, type Reading } from '../../engine/expressions/expression.ts'
import { ToolError } from '../command.ts'

export type Address =
  | { line: number; step?: number }
  | { regexp: Expression | undefined }
  | { last: true }
  | { plus: number }
  | { multiple: number }

export interface Instruction {
  readonly from?: Address
  readonly to?: Address
  readonly negated: boolean
  readonly name: string
  readonly regexp?: Expression
  readonly text: string
  readonly flags: { readonly global: boolean; readonly print: boolean; readonly nth: number }
  /** Where to go on: the end of a block, a label. */
  jump: number
  /** While a file is read: the line on which the range that it is in began; 0 for one that begins before the first. */
  active: number | undefined
}

const noFlags = { global: false, print: false, nth: 1 }

/** Of `0,/expression/`, whose end may be on the first line already. */
export const isBeforeAll = (address: Address): boolean =>
  'line' in address && address.line === 0 && !address.step

export class SedParser {
  readonly #text: string
  readonly #extended: boolean
  #at = 0
  readonly program: Instruction[] = []

  constructor(text: string, extended: boolean) {
    this.#text = text
    this.#extended = extended
    const blocks: number[] = []
    const labels = new Map<string, number>()
    for (;;) {
      this.#match(/[\s;]*(?:#.*)?/y)
      if (this.#at >= this.#text.length) break
      if (this.#text[this.#at] === '#') continue
      const from = this.#address()
      const to =
        from && this.#match(/\s*,\s*/y) ? (this.#address() ?? this.#fail("unexpected `,'")) : undefined
      this.#match(/\s*/y)
      if (from && isBeforeAll(from) && !(to && 'regexp' in to)) {
        this.#at++
        this.#fail('invalid usage of line address 0')
      }
      let negated = false
      while (this.#match(/!\s*/y)) negated = true
      const name = this.#text[this.#at++] ?? this.#fail('missing command')
      const base = { from, to, negated, name, text: '', flags: noFlags, jump: 0, active: undefined }
      switch (name) {
        case '{':
          blocks.push(this.program.length)
          this.program.push(base)
          break
        case '}': {
          const open = blocks.pop()
          if (open === undefined) this.#fail("unexpected `}'")
          this.program[open!]!.jump = this.program.length
          break
        }
        case 's':
          this.program.push({ ...base, ...this.#substitution() })
          break
        case 'y': {
          const mark = this.#text[this.#at++]!
          this.program.push({ ...base, text: `${this.#upTo(mark)}\0${this.#upTo(mark)}` })
          break
        }
        case 'a':
        case 'i':
        case 'c':
          this.program.push({ ...base, text: this.#textArgument() })
          break
        case ':':
          labels.set(this.#match(/\s*([^\s;]+)/y)![1]!, this.program.length)
          break
        case 'b':
        case 't':
        case 'T':
        case 'r':
        case 'w':
          this.program.push({
            ...base,
            text: this.#match(
              name === 'r' || name === 'w' ? /[^\S\n]*([^\n]*)/y : /[^\S\n]*([^\s;}]*)/y,
            )![1]!,
          })
          break
        default:
          if (!'dpPDnNqQ=gGhHxlz'.includes(name)) this.#fail(`unknown command: \`${name}'`)
          this.program.push({ ...base, text: this.#match(/[^\S\n]*(\d*)/y)![1]! })
          if (/[^\s;}#]/.test(this.#text[this.#at] ?? '')) {
            this.#at++
            this.#fail('extra characters after command')
          }
      }
    }
    if (blocks.length) throw new ToolError("sed: -e expression #1, char 0: unmatched `{'")
    for (const each of this.program) {
      if (!'btT'.includes(each.name)) continue
      const place = each.text ? labels.get(each.text) : this.program.length
      if (place === undefined)
        throw new ToolError(
          `sed: -e expression #1, char ${text.length}: can't find label for jump to \`${each.text}'`,
        )
      each.jump = place
    }
  }

  #fail(message: string): never {
    throw new ToolError(`sed: -e expression #1, char ${this.#at}: ${message}`)
  }

  #match(regexp: RegExp): RegExpExecArray | null {
    regexp.lastIndex = this.#at
    const match = regexp.exec(this.#text)
    if (match) this.#at = regexp.lastIndex
    return match?.[0] || match?.[1] !== undefined ? match : null
  }

  #upTo(mark: string): string {
    let out = ''
    for (let bracket = false; ; this.#at++) {
      const c = this.#text[this.#at]
      if (c === undefined)
        return this.#fail(`unterminated \`${this.#text[0] === 's' ? 's' : 'address'}' command`)
      if (c === '\\') {
        const next = this.#text[++this.#at] ?? ''
        out += next === mark ? next : next === 'n' ? '\\n' : c + next
      } else if (c === mark && !bracket) {
        this.#at++
        return out
      } else {
        if (c === '[' && !bracket) bracket = this.#text.slice(this.#at).includes(']') && mark !== '['
        else if (c === ']') bracket = false
        out += c
      }
      if (mark === '/' && bracket && !/^\[?[^\]/]*\]/.test(this.#text.slice(this.#at))) bracket = false
    }
  }

  /** Undefined for the empty one, which is the last that was used. */
  #regexp(source: string, reading: Reading): Expression | undefined {
    if (source === '') return undefined
    try {
      return expression(source, this.#extended ? 'extended' : 'basic', reading)
    } catch (error) {
      if (error instanceof ExpressionError) this.#fail(error.message)
      throw error
    }
  }

  #address(): Address | undefined {
    const number = this.#match(/(\d+)(?:~(\d+))?/y)
    if (number)
      return { line: Number(number[1]), step: number[2] === undefined ? undefined : Number(number[2]) }
    const plus = this.#match(/\+(\d+)/y)
    if (plus) return { plus: Number(plus[1]) }
    const multiple = this.#match(/~(\d+)/y)
    if (multiple) return { multiple: Number(multiple[1]) }
    if (this.#match(/\$/y)) return { last: true }
    const c = this.#text[this.#at]
    if (c !== '/' && c !== '\\') return undefined
    this.#at += c === '\\' ? 2 : 1
    const source = this.#upTo(this.#text[this.#at - 1]!)
    return { regexp: this.#regexp(source, { ignoreCase: this.#match(/I/y) !== null }) }
  }

  #substitution(): Pick<Instruction, 'regexp' | 'text' | 'flags'> {
    const mark = this.#text[this.#at++]
    if (!mark || mark === '\n') this.#fail("unterminated `s' command")
    const end = this.#text
    if (!end.includes(mark, this.#at)) {
      this.#at = end.length
      this.#fail("unterminated `s' command")
    }
    const source = this.#upTo(mark)
    const text = this.#replacement(mark)
    const flags = this.#match(/([gpIimMe0-9]*)/y)![1]!
    if (/[^\s;}#]/.test(this.#text[this.#at] ?? '')) {
      this.#at++
      this.#fail("unknown option to `s'")
    }
    const nth = Number(/\d+/.exec(flags)?.[0] ?? 1)
    const regexp = this.#regexp(source, { ignoreCase: /i/i.test(flags), multiline: /m/i.test(flags) })
    const highest = Math.max(0, ...(text.match(/\\./g) ?? []).map(each => Number(each[1]) || 0))
    if (regexp && highest > regexp.syntax.groups)
      this.#fail(`invalid reference \\${highest} on \`s' command's RHS`)
    return { regexp, text, flags: { global: flags.includes('g'), print: flags.includes('p'), nth } }
  }

  #replacement(mark: string): string {
    let out = ''
    for (; ; this.#at++) {
      const c = this.#text[this.#at]
      if (c === undefined) this.#fail("unterminated `s' command")
      if (c === mark) {
        this.#at++
        return out
      }
      out += c
      if (c === '\\') {
        const next = this.#text[++this.#at] ?? ''
        // The mark may stand for itself; what follows a backslash stays escaped for `expand`.
        out = next === mark && next !== '&' && !/\d/.test(next) ? out.slice(0, -1) + next : out + next
      }
    }
  }

  #textArgument(): string {
    this.#match(/[ \t]*(?:\\\n?[ \t]*)?/y)
    let out = ''
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at]!
      if (c === '\n') break
      if (c === '\\') {
        const next = this.#text[++this.#at]
        out += next === 't' ? '\t' : next === 'n' ? '\n' : (next ?? '')
      } else out += c
    }
    return out
  }
}
