// Values of awk, and what they are as text, as numbers and as conditions.
import { hold } from '../../../engine/holding.ts'
import { format } from '../printf.ts'

/** A number, a string, or text that looks like a number and so is either (a field, an input). */
export type Value = number | string | Input

export class Input {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What an element of an array takes beside its texts. */
const elementBytes = 64
const lengthOf = (value: Value): number =>
  typeof value === 'string' ? value.length : value instanceof Input ? value.text.length : 0

/** An array, which has room for as much as a program may hold. */
export class Cells extends Map<string, Value> {
  #characters = 0

  override set(key: string, value: Value): this {
    const old = this.get(key)
    this.#characters += lengthOf(value) - (old === undefined ? -key.length : lengthOf(old))
    hold(this.#characters + this.size * elementBytes)
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    const old = this.get(key)
    if (old !== undefined) this.#characters -= lengthOf(old) + key.length
    return super.delete(key)
  }

  override clear(): void {
    this.#characters = 0
    super.clear()
  }
}

export function cellsOf(entries: Iterable<readonly [string, Value]>): Cells {
  const cells = new Cells()
  for (const [key, value] of entries) cells.set(key, value)
  return cells
}

export const looksNumeric = (text: string): boolean =>
  /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text)

export function textOf(value: Value): string {
  if (typeof value === 'string') return value
  if (value instanceof Input) return value.text
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value)
  // As C prints what a processor makes of 0/0.
  if (Number.isNaN(value)) return '-nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  return format('%.6g', () => String(value))
}

export function numberOf(value: Value): number {
  if (typeof value === 'number') return value
  const text = typeof value === 'string' ? value : value.text
  return Number.parseFloat(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text)?.[0] ?? '0')
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (value instanceof Input && looksNumeric(value.text)) return numberOf(value) !== 0
  return textOf(value) !== ''
}

export function compare(operator: string, a: Value, b: Value): boolean {
  const number = (v: Value) =>
    typeof v === 'number' || (v instanceof Input && (v.text === '' || looksNumeric(v.text)))
  const numbers = number(a) && number(b)
  const [x, y] = numbers ? [numberOf(a), numberOf(b)] : [textOf(a), textOf(b)]
  switch (operator) {
    case '==':
      return x === y
    case '!=':
      return x !== y
    case '<':
      return x < y
    case '>':
      return x > y
    case '<=':
      return x <= y
    default:
      return x >= y
  }
}

/** As sprintf: the first value says how the others are written. */
export function formatted(values: readonly Value[]): string {
  let next = 1
  return format(textOf(values[0] ?? ''), () =>
    values[next] === undefined ? undefined : textOf(values[next++]!),
  )
}
