// Text and bytes. Streams and files hold text; a byte that is not part of valid UTF-8 is kept as a lone surrogate
// U+DC80…DCFF (as Python's surrogateescape does), so that binary data comes through unharmed.
import { base64, fromBase64 } from './base64.ts'

export function toBytes(text: string): Uint8Array {
  const out: number[] = []
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xdc80 && unit <= 0xdcff) {
      out.push(unit - 0xdc00)
      continue
    }
    const code = text.codePointAt(i)!
    if (code > 0xffff) i++
    if (code < 0x80) out.push(code)
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else
      out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(out)
}

export function fromBytes(bytes: ArrayLike<number>): string {
  const pieces: string[] = []
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!
    const length =
      lead < 0x80
        ? 1
        : lead >= 0xc2 && lead < 0xe0
          ? 2
          : lead >= 0xe0 && lead < 0xf0
            ? 3
            : lead >= 0xf0 && lead < 0xf5
              ? 4
              : 0
    let code = length === 1 ? lead : lead & (0xff >> (length + 1))
    let valid = length > 0
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k] ?? 0
      valid &&= (next & 0xc0) === 0x80
      code = (code << 6) | (next & 63)
    }
    // Overlong forms, surrogates and what lies beyond Unicode are not valid.
    if (
      length > 1 &&
      (code < [0, 0, 0x80, 0x800, 0x10000][length]! || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    )
      valid = false
    text += valid ? String.fromCodePoint(code) : String.fromCharCode(0xdc00 + lead)
    i += valid ? length : 1
    if (text.length > 4096) {
      pieces.push(text)
      text = ''
    }
  }
  return pieces.join('') + text
}

/** UTF-8 length, which is what `ls -l` and `wc -c` count. */
export function byteLength(text: string): number {
  let bytes = text.length
  // Most texts are ASCII, and an expression sees that faster than a loop.
  if (!/[^\0-\x7f]/.test(text)) return bytes
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    // Half of a surrogate pair counts 2 of its 4 bytes; a lone U+DC80…DCFF stands for one raw byte (see bytes.ts).
    if (code < 0x800) bytes++
    else if (code < 0xd800 || code > 0xdfff) bytes += 2
    else if (code < 0xdc00) {
      bytes += 2
      i++
    }
  }
  return bytes
}

/** No raw byte in it: a ConfigMap's data takes it, binaryData is for the rest. */
export const isText = (text: string): boolean =>
  !/[\udc80-\udcff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))

export const encodeBase64 = (text: string): string => base64(toBytes(text))

/** Undefined where the text is not base64 (line ends are skipped). */
export function decodeBase64(encoded: string): string | undefined {
  const text = encoded.replace(/[\r\n]/g, '')
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  return fromBytes(fromBase64(text)!)
}
