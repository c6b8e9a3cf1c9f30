// Chance for the fuzzers, all of it from one seed.
import { Random } from '../../src/engine/random.ts'

export class Choose {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return this.#random.below(below)
  }

  /** True once in so many times. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  of<const T>(...items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  /** One of the words of a text. */
  word(words: string): string {
    return this.of(...words.split(' '))
  }

  /** Up to `most` of them, made one by one. */
  some<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make)
  }

  /** What is made, or nothing. */
  maybe(make: () => string, times = 2): string {
    return this.oneIn(times) ? make() : ''
  }
}
