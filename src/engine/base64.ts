// Base64 of bytes (RFC 4648), in its own alphabet and in that of URLs. Who has text turns it into bytes with bytes.ts.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const standard = `${digits}+/`
const url = `${digits}-_`

function encode(bytes: ArrayLike<number>, alphabet: string, padding: string): string {
  const out: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]]
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    out.push(
      alphabet[bits >> 18]! +
        alphabet[(bits >> 12) & 63] +
        (b === undefined ? padding : alphabet[(bits >> 6) & 63]) +
        (c === undefined ? padding : alphabet[bits & 63]),
    )
  }
  return out.join('')
}

function decode(text: string, alphabet: string): number[] | undefined {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const c of text.replace(/=+$/, '')) {
    const digit = alphabet.indexOf(c)
    if (digit < 0) return undefined
    bits = ((bits << 6) | digit) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes.push((bits >> held) & 255)
  }
  return bytes
}

export const base64 = (bytes: ArrayLike<number>): string => encode(bytes, standard, '=')

/** Undefined where a character is none of the alphabet; what is missing of the padding is not asked for. */
export const fromBase64 = (text: string): number[] | undefined => decode(text, standard)

/** Without padding: continue tokens, JWTs. */
export const base64Url = (bytes: ArrayLike<number>): string => encode(bytes, url, '')

export const fromBase64Url = (text: string): number[] | undefined => decode(text, url)
