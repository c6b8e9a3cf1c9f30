// Base64 of bytes (RFC 4648), in its own alphabet and in that of URLs. Who has text turns it into bytes with bytes.ts.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const standard = `${digits}+/`
const url = `${digits}-_`

/** Bytes that are encoded at once: a multiple of three, and few enough for one call. */
const span = 6144

function encode(bytes: ArrayLike<number>, alphabet: string, padding: string): string {
  const codes = Uint8Array.from(alphabet, c => c.charCodeAt(0))
  const out = new Uint8Array((span / 3) * 4)
  let text = ''
  for (let from = 0; from < bytes.length; from += span) {
    const end = Math.min(from + span, bytes.length)
    let at = 0
    for (let i = from; i < end; i += 3) {
      const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
      for (let shift = 18; shift >= 0; shift -= 6) out[at++] = codes[(bits >> shift) & 63]!
    }
    text += String.fromCharCode(...out.subarray(0, at))
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return missing ? text.slice(0, -missing) + padding.repeat(missing) : text
}

function decode(text: string, alphabet: string): Uint8Array<ArrayBuffer> | undefined {
  let end = text.length
  while (text[end - 1] === '=') end--
  const bytes = new Uint8Array(Math.floor((end * 3) / 4))
  const values = new Int8Array(128).fill(-1)
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i
  let [at, bits, held] = [0, 0, 0]
  for (let i = 0; i < end; i++) {
    const digit = values[text.charCodeAt(i)] ?? -1
    if (digit < 0) return undefined
    bits = ((bits << 6) | digit) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    bytes[at++] = bits >> held
  }
  return bytes
}

export const base64 = (bytes: ArrayLike<number>): string => encode(bytes, standard, '=')

/** Undefined where a character is none of the alphabet; what is missing of the padding is not asked for. */
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => decode(text, standard)

/** Without padding: continue tokens, JWTs. */
export const base64Url = (bytes: ArrayLike<number>): string => encode(bytes, url, '')

export const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> | undefined => decode(text, url)
