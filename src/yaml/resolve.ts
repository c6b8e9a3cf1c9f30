// What an unquoted scalar means: the types of YAML 1.1 (yaml.org/type), as kubectl is recorded to read them. `yes` and `on` are booleans,
// 012 is ten, dates and 1:30 stay text.
import { fromBase64 } from '../engine/base64.ts'
import { fromBytes, isText } from '../engine/bytes.ts'
import { contentError } from './error.ts'
import { TAG_PREFIX } from './node.ts'

export type Scalar = string | number | boolean | null

export interface Resolved {
  readonly tag: 'str' | 'bool' | 'int' | 'float' | 'null' | 'timestamp' | 'other'
  readonly value: Scalar
}

const WORDS = new Map<string, Resolved>()
const words = (tag: Resolved['tag'], value: Scalar, list: string): void => {
  for (const word of list.split(' ')) WORDS.set(word, { tag, value })
}
words('bool', true, 'y Y yes Yes YES true True TRUE on On ON')
words('bool', false, 'n N no No NO false False FALSE off Off OFF')
words('null', null, ' ~ null Null NULL')
words('float', Number.NaN, '.nan .NaN .NAN')
words('float', Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF')
words('float', Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF')

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const DOT_FLOAT = /^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+)?$/
const INTEGER = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/
const BINARY = /^(-?)0b([-+]?[01]+)$/
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d{1,9})?(?:Z|[+-]([01]\d|2[0-4]):[0-5]\d))|(?: (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d{1,9})?))?$/

const str = (value: string): Resolved => ({ tag: 'str', value })

/** What `text` means where nothing else says what it is. */
export function resolvePlain(text: string): Resolved {
  const c = text[0] ?? '~'
  if (!/[-+\d.yYnNtTfFoO~]/.test(c)) return str(text)
  const word = WORDS.get(text)
  if (word) return word
  if (c === '.') return DOT_FLOAT.test(text) ? float(text.replaceAll('_', ''), text) : str(text)
  if (!/[-+\d]/.test(c)) return str(text)
  if (isTimestamp(text)) return { tag: 'timestamp', value: text }
  const plain = text.replaceAll('_', '')
  const integer = parseInteger(plain)
  if (integer !== undefined) return { tag: 'int', value: integer }
  if (FLOAT.test(plain)) return float(plain, text)
  const binary = BINARY.exec(plain)
  if (binary && !(binary[1] && /[-+]/.test(binary[2]!))) {
    const value = Number.parseInt(binary[2]!, 2) * (binary[1] ? -1 : 1)
    if (Math.abs(value) < 2 ** 63) return { tag: 'int', value }
  }
  return str(text)
}

function float(digits: string, text = digits): Resolved {
  const value = Number(digits)
  return Number.isFinite(value) ? { tag: 'float', value } : str(text)
}

/** strconv.ParseInt and ParseUint with base 0. */
function parseInteger(text: string): number | undefined {
  const match = INTEGER.exec(text)
  if (!match) return undefined
  const [, sign, digits] = match as unknown as [string, string, string]
  const big = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
  const limit = sign === '-' ? 2n ** 63n : sign === '+' ? 2n ** 63n - 1n : 2n ** 64n - 1n
  if (big > limit) return undefined
  return sign === '-' && big ? -Number(big) : Number(big)
}

function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  const [hour, minute, second] = [match[4] ?? match[8], match[5] ?? match[9], match[6] ?? match[10]].map(s =>
    Number(s ?? 0),
  )
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return day >= 1 && day <= days && hour! < 24 && minute! < 60 && second! < 60
}

const RESOLVABLE = ['str', 'bool', 'int', 'float', 'null', 'timestamp']
const shortTag = (tag: string): string =>
  tag.startsWith(TAG_PREFIX) ? `!!${tag.slice(TAG_PREFIX.length)}` : tag

/** A scalar with a tag of the text (`!!str 5`). */
export function resolveTagged(tag: string, text: string): Resolved {
  const name = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : ''
  if (name === 'binary') return { tag: 'other', value: decodeBase64(text) }
  if (!RESOLVABLE.includes(name)) return { tag: 'other', value: text }
  if (name === 'str') return str(text)
  let found = resolvePlain(text)
  if (found.tag === 'timestamp' && name !== 'timestamp') found = str(text)
  if (found.tag === name || (name === 'float' && found.tag === 'int')) return found
  throw contentError(`cannot decode !!${found.tag} \`${text}\` as a ${shortTag(tag)}`)
}

function decodeBase64(text: string): string {
  const clean = text.replace(/[\r\n]/g, '')
  if (clean.length % 4 || !/^[A-Za-z\d+/]*={0,2}$/.test(clean))
    throw contentError('!!binary value contains invalid base64 data')
  const decoded = fromBytes(fromBase64(clean)!)
  return isText(decoded) ? decoded : '\ufffd' // bytes that are no text: Go puts the replacement character for each of them
}
