// SHA-512 (FIPS 180-4), as hex. For small texts: it computes with big integers.
import { toBytes } from './bytes.ts'

const mask = (1n << 64n) - 1n

/** The first 64 bits behind the point of a root of a prime. */
function fraction(prime: bigint, root: 2n | 3n): bigint {
  const scaled = prime << (64n * root)
  let low = 0n
  let high = 1n << 70n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** root <= scaled) low = middle
    else high = middle
  }
  return low & mask
}

function primes(count: number): bigint[] {
  const found: bigint[] = []
  for (let n = 2n; found.length < count; n++) if (!found.some(p => n % p === 0n)) found.push(n)
  return found
}

let tables: { readonly constants: readonly bigint[]; readonly start: readonly bigint[] } | undefined

const rotate = (x: bigint, n: bigint): bigint => ((x >> n) | (x << (64n - n))) & mask

/** The last one: the same configuration is summed up by several servers. */
let last: { readonly text: string; readonly sum: string } | undefined

export function sha512(text: string): string {
  if (last?.text !== text) last = { text, sum: compute(text) }
  return last.sum
}

function compute(text: string): string {
  tables ??= {
    constants: primes(80).map(p => fraction(p, 3n)),
    start: primes(8).map(p => fraction(p, 2n)),
  }
  const bytes = toBytes(text)
  const padded = new Uint8Array((((bytes.length + 16) >> 7) + 1) << 7)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n)
  const view = new DataView(padded.buffer)
  let hash = [...tables.start]
  for (let at = 0; at < padded.length; at += 128) {
    const words = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i))
    for (let i = 16; i < 80; i++) {
      const [a, b] = [words[i - 15]!, words[i - 2]!]
      const s0 = rotate(a, 1n) ^ rotate(a, 8n) ^ (a >> 7n)
      const s1 = rotate(b, 19n) ^ rotate(b, 61n) ^ (b >> 6n)
      words.push((words[i - 16]! + s0 + words[i - 7]! + s1) & mask)
    }
    let [a, b, c, d, e, f, g, h] = hash as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint]
    for (let i = 0; i < 80; i++) {
      const s1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n)
      const t1 = (h + s1 + ((e & f) ^ (~e & mask & g)) + tables.constants[i]! + words[i]!) & mask
      const s0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & mask
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & mask, c, b, a, (t1 + t2) & mask]
    }
    hash = [a, b, c, d, e, f, g, h].map((word, i) => (word + hash[i]!) & mask)
  }
  return hash.map(word => word.toString(16).padStart(16, '0')).join('')
}
