// Values of awk.
import { hold } from '../../engine/holding.ts'

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
