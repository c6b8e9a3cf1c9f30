// SHA-256 of a text in UTF-8, as hex (FIPS 180-4).
import { toBytes } from '../engine/bytes.ts'

export function sha256(text: string): string {
  const { k, h } = constants()
  const bytes = [...toBytes(text)]
  const bits = bytes.length * 8
  bytes.push(0x80)
  while (bytes.length % 64 !== 56) bytes.push(0)
  for (let i = 7; i >= 0; i--) bytes.push(Math.floor(bits / 2 ** (8 * i)) & 255)
  const w = new Int32Array(64)
  for (let at = 0; at < bytes.length; at += 64) {
    for (let i = 0; i < 16; i++)
      w[i] =
        (bytes[at + 4 * i]! << 24) |
        (bytes[at + 4 * i + 1]! << 16) |
        (bytes[at + 4 * i + 2]! << 8) |
        bytes[at + 4 * i + 3]!
    for (let i = 16; i < 64; i++) {
      const [a, b] = [w[i - 15]!, w[i - 2]!]
      w[i] = w[i - 16]! + w[i - 7]! + (r(a, 7) ^ r(a, 18) ^ (a >>> 3)) + (r(b, 17) ^ r(b, 19) ^ (b >>> 10))
    }
    let [a, b, c, d, e, f, g, last] = h as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const t1 = (last + (r(e, 6) ^ r(e, 11) ^ r(e, 25)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0
      const t2 = ((r(a, 2) ^ r(a, 13) ^ r(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      last = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    for (const [i, value] of [a, b, c, d, e, f, g, last].entries()) h[i] = (h[i]! + value) | 0
  }
  return h.map(value => (value >>> 0).toString(16).padStart(8, '0')).join('')
}

const r = (x: number, n: number): number => (x >>> n) | (x << (32 - n))

/** Fractions of the roots of the first primes. */
function constants(): { k: number[]; h: number[] } {
  const primes: number[] = []
  for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n)
  const fraction = (x: number) => ((x - Math.floor(x)) * 2 ** 32) | 0
  return {
    k: primes.map(p => fraction(Math.cbrt(p))),
    h: primes.slice(0, 8).map(p => fraction(Math.sqrt(p))),
  }
}
