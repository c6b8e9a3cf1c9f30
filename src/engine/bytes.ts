// Text and bytes. Streams and files hold text; a byte that is not part of valid UTF-8 is kept as a lone surrogate
// U+DC80…DCFF (as Python's surrogateescape does), so that binary data comes through unharmed.
import { base64, fromBase64 } from './base64.ts'

export function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(byteLength(text))
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      out[at++] = unit
      continue
    }
    if (unit >= 0xdc80 && unit <= 0xdcff) {
      out[at++] = unit - 0xdc00
      continue
    }
    const code = text.codePointAt(i)!
    if (code > 0xffff) i++
    if (code < 0x800) out[at++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x10000) out[at++] = 0xe0 | (code >> 12)
      else {
        out[at++] = 0xf0 | (code >> 18)
        out[at++] = 0x80 | ((code >> 12) & 63)
      }
      out[at++] = 0x80 | ((code >> 6) & 63)
    }
    out[at++] = 0x80 | (code & 63)
  }
  return out.subarray(0, at)
}

/** How many bytes a character has that begins with this one; 0 where none does. */
const lengthOf = (lead: number): number =>
  lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0

/** The least that needs so many bytes. */
const least = [0, 0, 0x80, 0x800, 0x10000]

export function fromBytes(bytes: ArrayLike<number>): string {
  let text = ''
  const units = new Uint16Array(4096)
  let at = 0
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!
    const length = lengthOf(lead)
    let code = length === 1 ? lead : lead & (0xff >> (length + 1))
    let valid = length > 0
    for (let k = 1; k < length; k++) {
      const next = bytes[i + k] ?? 0
      valid &&= (next & 0xc0) === 0x80
      code = (code << 6) | (next & 63)
    }
    // Overlong forms, surrogates and what lies beyond Unicode are not valid.
    valid &&= code >= least[length]! && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
    if (!valid) units[at++] = 0xdc00 + lead
    else if (code < 0x10000) units[at++] = code
    else {
      units[at++] = 0xd800 + ((code - 0x10000) >> 10)
      units[at++] = 0xdc00 + (code & 0x3ff)
    }
    i += valid ? length : 1
    if (at > units.length - 2) {
      text += String.fromCharCode(...units.subarray(0, at))
      at = 0
    }
  }
  return text + String.fromCharCode(...units.subarray(0, at))
}

/** UTF-8 length, which is what `ls -l` and `wc -c` count. */
export function byteLength(text: string): number {
  let bytes = text.length
  // Most texts are ASCII, and an expression sees that faster than a loop.
  if (!/[^\0-\x7f]/.test(text)) return bytes
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    if (code < 0x800) bytes++
    else if (code < 0xd800 || code > 0xdfff) bytes += 2
    else if (code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      // A pair: two characters, four bytes.
      bytes += 2
      i++
    } else if (code < 0xdc80 || code > 0xdcff) bytes += 2
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
