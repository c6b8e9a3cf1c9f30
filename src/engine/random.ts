// The world's only source of chance: sfc32, seeded. `fork` gives a component its own stream, so that what one
// component draws does not shift what another one gets.

/** Each byte in hex. */
const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** The last four or two bytes of a whole number. */
function inHex(value: number, length: 4 | 2 = 4): string {
  const low = bytes[(value >>> 8) & 255]! + bytes[value & 255]!
  return length === 2 ? low : bytes[value >>> 24]! + bytes[(value >>> 16) & 255]! + low
}

/** The alphabet of names that Kubernetes makes up (apimachinery util/rand). */
const alphanums = 'bcdfghjklmnpqrstvwxz2456789'

/** A measured distribution: its values at 5 %, 15 % … 95 %. */
export type Deciles = readonly number[]

export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number) {
    this.#a = seed >>> 0
    this.#b = Math.floor(seed / 2 ** 32) >>> 0
    this.#c = 0x9e3779b9
    for (let i = 0; i < 12; i++) this.uint32()
  }

  uint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return t >>> 0
  }

  /** A number in [0, 1). */
  float(): number {
    return this.uint32() / 2 ** 32
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.float() * below)
  }

  /** A whole number in [from, to]. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1)
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  /** A value of a measured distribution, from its first decile to its last. */
  draw(deciles: Deciles): number {
    const place = this.float() * (deciles.length - 1)
    const low = Math.floor(place)
    return deciles[low]! + (deciles[low + 1]! - deciles[low]!) * (place - low)
  }

  /** A made-up suffix such as `x7k2p` (five characters in generated names). */
  suffix(length = 5): string {
    let text = ''
    for (let i = 0; i < length; i++) text += alphanums[this.below(alphanums.length)]
    return text
  }

  /** Joined, not added up: a text that is put together by `+` keeps all of its pieces as long as nobody reads it. */
  hex(length: number): string {
    const words: string[] = []
    for (let made = 0; made < length; made += 8) {
      words.push(inHex(this.uint32()))
    }
    return words.join('').slice(0, length)
  }

  /** A version 4 UUID. */
  uuid(): string {
    const first = this.uint32()
    const version = (this.uint32() & 0xffff0fff) | 0x4000
    const variant = (this.uint32() & 0x3fffffff) | 0x80000000
    return [
      inHex(first),
      inHex(version >>> 16, 2),
      inHex(version, 2),
      inHex(variant >>> 16, 2),
      inHex(variant, 2) + inHex(this.uint32()),
    ].join('-')
  }

  /** An independent generator for one component. */
  fork(label: string): Random {
    let hash = 0x811c9dc5
    for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193)
    return new Random(((hash >>> 0) ^ this.uint32()) >>> 0)
  }
}
