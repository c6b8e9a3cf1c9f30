// Base64 in its URL form without padding, of UTF-8: continue tokens and JWTs.
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function base64Url(text: string): string {
  const bytes = utf8(text)
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    for (let j = 0; j < Math.min(4, bytes.length - i + 1); j++) out += alphabet[(bits >> (18 - 6 * j)) & 63]!
  }
  return out
}

/** The text; undefined where it is no base64. */
export function fromBase64Url(text: string): string | undefined {
  let encoded = ''
  let bits = 0
  let count = 0
  for (const c of text.replace(/=+$/, '')) {
    const value = alphabet.indexOf(c)
    if (value < 0) return undefined
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    encoded += `%${((bits >> count) & 255).toString(16).padStart(2, '0')}`
  }
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

function utf8(text: string): number[] {
  const bytes: number[] = []
  for (const char of text) {
    const point = char.codePointAt(0)!
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 63),
        0x80 | ((point >> 6) & 63),
        0x80 | (point & 63),
      )
  }
  return bytes
}
