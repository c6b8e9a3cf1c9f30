// IPv4 addresses: ranges in CIDR notation and the pod addresses of one node, given out as the host-local IPAM plugin
// does: the next free one after the last, so that a released address comes back only when the range has been through.

/** An address as a number; NaN where the text is none. */
export function parseAddress(text: string): number {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!m) return Number.NaN
  let value = 0
  for (let i = 1; i <= 4; i++) {
    const part = Number(m[i])
    if (part > 255) return Number.NaN
    value = value * 256 + part
  }
  return value
}

export const formatAddress = (value: number): string =>
  [value / 2 ** 24, value / 2 ** 16, value / 2 ** 8, value].map(part => Math.floor(part) % 256).join('.')

export interface Range {
  readonly first: number
  readonly size: number
}

export function parseCidr(text: string): Range {
  const [address = '', bits = '32'] = text.split('/')
  const size = 2 ** (32 - Number(bits))
  const first = parseAddress(address)
  return { first: first - (first % size), size }
}

export const inRange = (range: Range, address: number): boolean =>
  address >= range.first && address < range.first + range.size

/** The pod addresses of one node: .0 is the network, .1 the bridge, the last one broadcasts. */
export class AddressPool {
  readonly range: Range
  #taken = new Set<number>()
  #next: number

  constructor(cidr: string) {
    this.range = parseCidr(cidr)
    this.#next = 2
  }

  /** A free address; undefined where there is none left. */
  take(): string | undefined {
    const { first, size } = this.range
    for (let tries = 0; tries < size; tries++) {
      const offset = this.#next
      this.#next = offset + 1 >= size - 1 ? 2 : offset + 1
      if (this.#taken.has(first + offset)) continue
      this.#taken.add(first + offset)
      return formatAddress(first + offset)
    }
    return undefined
  }

  /** Marks an address as in use (pods that were there before). */
  claim(address: string): void {
    const value = parseAddress(address)
    this.#taken.add(value)
    this.#next = Math.max(this.#next, value - this.range.first + 1)
  }

  release(address: string): void {
    this.#taken.delete(parseAddress(address))
  }
}
