// What an awk program works on: its variables and arrays, the record at hand and its fields, regular expressions.
import { ExpressionError } from '../../../engine/expressions/errors.ts'
import { expression, type Expression as Regexp } from '../../../engine/expressions/expression.ts'
import { hold } from '../../../engine/holding.ts'
import type { Turns } from '../../../engine/turns.ts'
import { ToolError } from '../../command.ts'
import { Cells, Input, numberOf, textOf, type Value } from './values.ts'

export type Slot = { value: Value | Cells | undefined }

/** Of programs that make an expression for each line. */
const regexpsAtMost = 500

/** In the words of mawk. */
function readRegexp(source: string): Regexp {
  try {
    return expression(source, 'extended')
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const reason = /Unmatched \(/.test(error.message)
      ? "missing ')'"
      : /\[|class/.test(error.message)
        ? 'bad class -- [], [^] or ['
        : error.message
    throw new ToolError(`awk: line 1: regular expression compile failed (${reason})\n${source}`, 2)
  }
}

export class AwkMemory {
  readonly #globals = new Map<string, Slot>()
  /** Those of the function that runs. */
  locals: Map<string, Slot> | undefined
  record = ''
  fields: string[] = []
  readonly #regexps = new Map<string, Regexp>()
  readonly turns: Turns

  constructor(turns: Turns, env: ReadonlyMap<string, string>) {
    this.turns = turns
    for (const [name, value] of Object.entries({
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      SUBSEP: '\x1c',
      OFMT: '%.6g',
      CONVFMT: '%.6g',
    }))
      this.set(name, value)
    this.set('NR', 0)
    this.set('NF', 0)
    this.set('RSTART', 0)
    this.set('RLENGTH', -1)
    const environment = new Cells()
    for (const [name, value] of env) environment.set(name, new Input(value))
    this.slot('ENVIRON').value = environment
  }

  slot(name: string): Slot {
    const local = this.locals?.get(name)
    if (local) return local
    let slot = this.#globals.get(name)
    if (!slot) this.#globals.set(name, (slot = { value: undefined }))
    return slot
  }

  get(name: string): Value {
    const { value } = this.slot(name)
    return value instanceof Map ? '' : (value ?? new Input(''))
  }

  set(name: string, value: Value): void {
    this.slot(name).value = value
    if (name === 'NF' && value !== undefined && this.#globals.get('OFS')) {
      const count = numberOf(value)
      if (this.fields.length === count) return
      hold(count)
      this.fields = Array.from({ length: count }, (_, i) => this.fields[i] ?? '')
      this.record = this.fields.join(textOf(this.get('OFS')))
    }
  }

  cells(name: string): Cells {
    const slot = this.slot(name)
    if (!(slot.value instanceof Cells)) slot.value = new Cells()
    return slot.value
  }

  regexp(source: string): Regexp {
    const known = this.#regexps.get(source)
    if (known) return known
    if (this.#regexps.size >= regexpsAtMost) this.#regexps.clear()
    const made = readRegexp(source)
    this.#regexps.set(source, made)
    return made
  }

  fits(regexp: Regexp, text: string): boolean {
    const fits = regexp.test(text)
    this.turns.spend(regexp.spent)
    return fits
  }

  setRecord(text: string): void {
    this.record = text
    this.fields = this.split(text, textOf(this.get('FS')))
    this.slot('NF').value = this.fields.length
  }

  split(text: string, separator: string): string[] {
    if (text === '') return []
    if (separator === ' ')
      return text
        .trim()
        .split(/[ \t\n]+/)
        .filter(Boolean)
    if (separator === '') return [...text]
    if (separator.length === 1 && separator !== '\\') return text.split(separator)
    return this.regexp(separator).split(text)
  }

  field(at: number): Value {
    return at === 0 ? new Input(this.record) : new Input(this.fields[at - 1] ?? '')
  }

  setField(at: number, value: string): void {
    if (at === 0) {
      this.setRecord(value)
      return
    }
    hold(at)
    while (this.fields.length < at) this.fields.push('')
    this.fields[at - 1] = value
    this.slot('NF').value = this.fields.length
    this.record = this.fields.join(textOf(this.get('OFS')))
  }
}
