// Addresses of docker's bridges: which are free, which overlap.

/** A dotted address as a number; NaN where it is none. */
export function addressNumber(text: string): number {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!parts) return Number.NaN
  const numbers = parts.slice(1).map(Number)
  return numbers.some(n => n > 255) ? Number.NaN : numbers.reduce((sum, n) => sum * 256 + n, 0)
}

export const addressText = (number: number): string =>
  [24, 16, 8, 0].map(shift => Math.floor(number / 2 ** shift) % 256).join('.')

export interface Range {
  readonly first: number
  readonly last: number
}

/** All addresses of `172.17.0.0/16`; undefined where the text is none. */
export function rangeOf(subnet: string): Range | undefined {
  const [address = '', bits = ''] = subnet.split('/')
  const number = addressNumber(address)
  if (Number.isNaN(number) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined
  const size = 2 ** (32 - Number(bits))
  const first = Math.floor(number / size) * size
  return { first, last: first + size - 1 }
}

export function isWithin(subnet: string, address: string): boolean {
  const range = rangeOf(subnet)
  const number = addressNumber(address)
  return range !== undefined && number >= range.first && number <= range.last
}

export function overlap(a: string, b: string): boolean {
  const [one, two] = [rangeOf(a), rangeOf(b)]
  return one !== undefined && two !== undefined && one.first <= two.last && two.first <= one.last
}

/** Docker's own pools of subnets, in the order in which it takes them (libnetwork's ipamutils). */
export function* pools(): Generator<string> {
  for (let second = 17; second < 32; second++) yield `172.${second}.0.0/16`
  for (let third = 0; third < 256; third += 16) yield `192.168.${third}.0/20`
}
