// http.Header: names in their canonical form, each with a list of values.
import { pure, type Thing } from '../values.ts'

export const canonical = (name: string): string =>
  name.toLowerCase().replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())

export class Header implements Thing {
  readonly goType = 'http.Header'
  readonly #values = new Map<string, string[]>()

  set(name: string, value: string): void {
    this.#values.set(canonical(name), [value])
  }

  get(name: string): string {
    return this.#values.get(canonical(name))?.[0] ?? ''
  }

  /** As they go over the wire: names in lower case. */
  get all(): Record<string, string> {
    return Object.fromEntries(
      [...this.#values].map(([name, values]) => [name.toLowerCase(), values.join(', ')]),
    )
  }

  member(name: string): unknown {
    switch (name) {
      case 'Get':
        return pure((header: string) => this.get(header))
      case 'Set':
        return pure((header: string, value: string) => {
          this.set(header, value)
          return null
        })
      case 'Add':
        return pure((header: string, value: string) => {
          const key = canonical(header)
          this.#values.set(key, [...(this.#values.get(key) ?? []), value])
          return null
        })
      case 'Del':
        return pure((header: string) => {
          this.#values.delete(canonical(header))
          return null
        })
      default:
        return undefined
    }
  }
}
