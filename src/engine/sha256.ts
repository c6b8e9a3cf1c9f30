// SHA-256 of bytes, as hex (FIPS 180-4).

/** Whole 64-byte blocks: the message, 0x80, zeros, its length in bits. */
export function padded(bytes: Uint8Array, littleEndian: boolean): DataView {
  const out = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  out.set(bytes)
  out[bytes.length] = 0x80
  const view = new DataView(out.buffer)
  const [low, high] = [(bytes.length * 8) >>> 0, Math.floor(bytes.length / 2 ** 29)]
  view.setUint32(out.length - 8, littleEndian ? low : high, littleEndian)
  view.setUint32(out.length - 4, littleEndian ? high : low, littleEndian)
  return view
}

export const rotate = (x: number, n: number) => (x << n) | (x >>> (32 - n))
export const hex = (words: Iterable<number>) =>
  [...words].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('')

/** Bits after the point of roots of the first primes, which are SHA-2's constants. */
function primeRoots(count: number, root: (x: number) => number): number[] {
  const out: number[] = []
  for (let n = 2; out.length < count; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
    if (prime) out.push(((root(n) % 1) * 2 ** 32) | 0)
  }
  return out
}

const constants = Int32Array.from(primeRoots(64, Math.cbrt))
const start = primeRoots(8, Math.sqrt)

export function sha256(bytes: Uint8Array): string {
  const hash = Int32Array.from(start)
  const view = padded(bytes, false)
  const w = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + 4 * i)
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!
      const y = w[i - 2]!
      const s0 = rotate(x, 25) ^ rotate(x, 14) ^ (x >>> 3)
      const s1 = rotate(y, 15) ^ rotate(y, 13) ^ (y >>> 10)
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as Eight
    for (let i = 0; i < 64; i++) {
      const t1 =
        (h + (rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)) + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) |
        0
      const t2 = ((rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    hash[0]! += a
    hash[1]! += b
    hash[2]! += c
    hash[3]! += d
    hash[4]! += e
    hash[5]! += f
    hash[6]! += g
    hash[7]! += h
  }
  return hex(hash)
}

type Eight = [number, number, number, number, number, number, number, number]
