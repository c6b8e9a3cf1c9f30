// SHA-1, for what is still named by it: keys in certificates, fingerprints.
import { hex, padded, rotate } from './sha256.ts'

export function sha1(bytes: Uint8Array): string {
  const h = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const view = padded(bytes, false)
  const w = new Int32Array(80)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 80; i++)
      w[i] =
        i < 16 ? view.getInt32(block + 4 * i) : rotate(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1)
    let [a, b, c, d, e] = h as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      const f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d)
      const t =
        (rotate(a, 5) +
          f +
          e +
          [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][Math.floor(i / 20)]! +
          w[i]!) |
        0
      ;[a, b, c, d, e] = [t, a, rotate(b, 30), c, d]
    }
    for (const [i, x] of [a, b, c, d, e].entries()) h[i] = (h[i]! + x) | 0
  }
  return hex(h)
}
