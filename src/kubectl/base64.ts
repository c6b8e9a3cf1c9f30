// Base64 over UTF-8, without the platform's own (the core has no DOM and no Node).

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function encodeBase64(text: string): string {
  const bytes = utf8(text)
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const n = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const four = [18, 12, 6, 0].map(shift => digits[(n >> shift) & 63])
    out += four
      .join('')
      .slice(0, Math.min(4, bytes.length - i + 1))
      .padEnd(4, '=')
  }
  return out
}

export function decodeBase64(text: string): string {
  let bits = 0
  let size = 0
  let escaped = ''
  for (const c of text.replace(/[=\s]/g, '')) {
    bits = ((bits << 6) | digits.indexOf(c)) & 0xffff
    size += 6
    if (size >= 8) {
      size -= 8
      escaped += `%${((bits >> size) & 255).toString(16).padStart(2, '0')}`
    }
  }
  try {
    return decodeURIComponent(escaped)
  } catch {
    return escaped.replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}

export function utf8(text: string): number[] {
  const escaped = encodeURIComponent(
    text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  )
  const bytes: number[] = []
  for (let i = 0; i < escaped.length; i++) {
    if (escaped[i] === '%') {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16))
      i += 2
    } else bytes.push(escaped.charCodeAt(i))
  }
  return bytes
}

export const byteLength = (text: string): number => utf8(text).length

/** The bytes themselves, for what is no text. */
export function base64Bytes(text: string): number[] {
  const bytes: number[] = []
  let bits = 0
  let size = 0
  for (const c of text.replace(/[=\s]/g, '')) {
    bits = ((bits << 6) | digits.indexOf(c)) & 0xffff
    size += 6
    if (size >= 8) {
      size -= 8
      bytes.push((bits >> size) & 255)
    }
  }
  return bytes
}
