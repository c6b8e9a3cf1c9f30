// md5sum, sha1sum and sha256sum.
import { toBytes } from '../../engine/bytes.ts'
import { readAll } from '../../engine/pipe.ts'
import { sha1 } from '../../engine/sha1.ts'
import { hex, padded, rotate, sha256 } from '../../engine/sha256.ts'
import { tool } from '../command.ts'
import { open } from './input.ts'
import { parseOptions } from './options.ts'

export function md5(bytes: Uint8Array): string {
  const h = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  const view = padded(bytes, true)
  const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
  for (let block = 0; block < view.byteLength; block += 64) {
    let [a, b, c, d] = h as [number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const f = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round]!
      const g = [i, 5 * i + 1, 3 * i + 5, 7 * i][round]! % 16
      const sum =
        (a + f + Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) + view.getInt32(block + 4 * g, true)) | 0
      ;[a, d, c, b] = [d, c, b, (b + rotate(sum, shifts[round * 4 + (i % 4)]!)) | 0]
    }
    for (const [i, x] of [a, b, c, d].entries()) h[i] = (h[i]! + x) | 0
  }
  return hex(h.map(x => ((x & 255) << 24) | ((x & 0xff00) << 8) | ((x >>> 8) & 0xff00) | (x >>> 24)))
}

const sum = (name: string, digest: (bytes: Uint8Array) => string) =>
  tool(name, 'print a checksum', function* (process) {
    const { files, failed } = open(process, parseOptions(process, 'bt').operands)
    for (const { path, source } of files)
      process.stdout.write(`${digest(toBytes(yield* readAll(source)))}  ${path}\n`)
    return failed ? 1 : 0
  })

export const checksums = [sum('md5sum', md5), sum('sha1sum', sha1), sum('sha256sum', sha256)]
