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

export function sha256(bytes: Uint8Array): string {
  const k = primeRoots(64, Math.cbrt)
  const h = primeRoots(8, Math.sqrt)
  const view = padded(bytes, false)
  const w = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + 4 * i)
    for (let i = 16; i < 64; i++) {
      const [x, y] = [w[i - 15]!, w[i - 2]!]
      const s0 = rotate(x, 25) ^ rotate(x, 14) ^ (x >>> 3)
      const s1 = rotate(y, 15) ^ rotate(y, 13) ^ (y >>> 10)
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
    }
    const s = [...h]
    for (let i = 0; i < 64; i++) {
      const [a, b, c, , e, f, g] = s as [number, number, number, number, number, number, number]
      const t1 =
        (s[7]! + (rotate(e, 26) ^ rotate(e, 21) ^ rotate(e, 7)) + ((e & f) ^ (~e & g)) + k[i]! + w[i]!) | 0
      const t2 = ((rotate(a, 30) ^ rotate(a, 19) ^ rotate(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      s.pop()
      s.unshift((t1 + t2) | 0)
      s[4] = (s[4]! + t1) | 0
    }
    for (const [i, x] of s.entries()) h[i] = (h[i]! + x) | 0
  }
  return hex(h)
}
