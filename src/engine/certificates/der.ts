// ASN.1 in DER, as hexadecimal text, and its PEM envelope.
import { base64, fromBase64 } from '../base64.ts'

const even = (hex: string): string => (hex.length % 2 ? `0${hex}` : hex)

export function tagged(tag: number, content: string): string {
  const length = content.length / 2
  const size = even(length.toString(16))
  return (
    even(tag.toString(16)) + (length < 128 ? size : (0x80 + size.length / 2).toString(16) + size) + content
  )
}

export const sequence = (...parts: readonly string[]): string => tagged(0x30, parts.join(''))
export const setOf = (...parts: readonly string[]): string => tagged(0x31, parts.join(''))
export const nothing = '0500'
export const bitString = (hex: string): string => tagged(3, `00${hex}`)
export const octets = (hex: string): string => tagged(4, hex)
/** A tag of the context, such as `[0]`. */
export const context = (number: number, content: string, constructed = true): string =>
  tagged((constructed ? 0xa0 : 0x80) + number, content)

export function integer(value: bigint): string {
  const hex = even(value.toString(16))
  return tagged(2, Number.parseInt(hex.slice(0, 2), 16) > 127 ? `00${hex}` : hex)
}

export function oid(name: string): string {
  const [a = 0, b = 0, ...rest] = name.split('.').map(Number)
  const bytes = [40 * a + b, ...rest].flatMap(part => {
    const out = [part & 127]
    for (let left = part >> 7; left > 0; left >>= 7) out.unshift((left & 127) | 128)
    return out
  })
  return tagged(6, bytes.map(byte => byte.toString(16).padStart(2, '0')).join(''))
}

export const toHex = (text: string): string =>
  [...new Uint8Array(utf8(text))].map(byte => byte.toString(16).padStart(2, '0')).join('')

function utf8(text: string): number[] {
  return [...unescape8(encodeURIComponent(text))].map(c => c.charCodeAt(0))
}
const unescape8 = (text: string) =>
  text.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

export const utf8String = (text: string): string => tagged(12, toHex(text))
export const printable = (text: string): string => tagged(19, toHex(text))
export const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], byte => Number.parseInt(byte, 16))

export interface Node {
  readonly tag: number
  /** Its content, without tag and length. */
  readonly content: string
  /** The whole of it. */
  readonly whole: string
}

/** The parts of a content, one after the other. Throws where the lengths do not fit. */
export function read(hex: string): Node[] {
  const nodes: Node[] = []
  for (let at = 0; at < hex.length; ) {
    const byte = (i: number) => Number.parseInt(hex.slice(i, i + 2), 16)
    const first = byte(at + 2)
    const extra = first > 127 ? (first - 128) * 2 : 0
    const length = extra ? Number.parseInt(hex.slice(at + 4, at + 4 + extra), 16) : first
    const start = at + 4 + extra
    const end = start + length * 2
    if (Number.isNaN(length) || end > hex.length) throw new Error('asn1 encoding routines: wrong length')
    nodes.push({ tag: byte(at), content: hex.slice(start, end), whole: hex.slice(at, end) })
    at = end
  }
  return nodes
}

export const children = (node: Node): Node[] => read(node.content)

export function oidText(hex: string): string {
  const [first = 0, ...rest] = bytesOf(hex)
  const parts = [Math.floor(first / 40), first % 40]
  let value = 0
  for (const byte of rest) {
    value = value * 128 + (byte & 127)
    if (byte < 128) {
      parts.push(value)
      value = 0
    }
  }
  return parts.join('.')
}

export const textOf = (hex: string): string => decodeURIComponent(hex.replace(/../g, '%$&'))

export function pem(label: string, hex: string): string {
  return `-----BEGIN ${label}-----\n${base64(bytesOf(hex)).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`
}

/** The first PEM block of one of these labels; undefined where there is none. */
export function fromPem(text: string, ...labels: string[]): string | undefined {
  for (const [, label = '', body = ''] of text.matchAll(
    /-----BEGIN ([A-Z ]+)-----([\s\S]*?)-----END \1-----/g,
  )) {
    if (!labels.includes(label)) continue
    const bytes = fromBase64(body.replace(/\s/g, ''))
    return bytes && Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  }
  return undefined
}
