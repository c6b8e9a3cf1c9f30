// JSON as Go reads and writes it: encoding/json's scanner, whose messages kubectl prints, and its Marshal (keys sorted,
// <, > and & escaped).
import { YamlError } from './error.ts'
import { setKey, type YamlValue } from './parse.ts'

export interface JsonStyle {
  /** Spaces for each level; absent: all on one line. */
  readonly indent?: number
  /** Writes <, > and & as they are. */
  readonly plainHtml?: boolean
}

/** json.Marshal and json.MarshalIndent of a value without types. */
export function encodeJson(value: unknown, style: JsonStyle = {}): string {
  const text = encode(value, style.indent ? '\n' : '', ' '.repeat(style.indent ?? 0))
  const escaped = style.plainHtml ? /[\u2028\u2029]/g : /[<>&\u2028\u2029]/g
  return text.replace(escaped, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function encode(value: unknown, line: string, step: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const inner = line && line + step
  if (Array.isArray(value))
    return value.length ? `[${value.map(item => inner + encode(item, inner, step)).join(',')}${line}]` : '[]'
  const object = value as Record<string, unknown>
  const members = Object.keys(object)
    .sort()
    .filter(key => object[key] !== undefined)
    .map(key => `${inner}${JSON.stringify(key)}:${line && ' '}${encode(object[key], inner, step)}`)
  return members.length ? `{${members.join(',')}${line}}` : '{}'
}

/** A fault in JSON text: what encoding/json says, and after how many bytes. */
export class JsonError extends YamlError {
  readonly bytes: number
  /** The text ended too early: no fault of one character. */
  readonly truncated: boolean
  constructor(problem: string, text: string, offset: number, truncated = false) {
    const before = text.slice(0, offset).split('\n')
    super(problem, problem, { offset, line: before.length - 1, column: before.at(-1)!.length })
    this.name = 'JsonError'
    this.bytes = utf8Length(text.slice(0, offset)) + 1
    this.truncated = truncated
  }
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const c of text) bytes += c < '\x80' ? 1 : c < '\u0800' ? 2 : c.length > 1 ? 4 : 3
  return bytes
}

/** The whole text as one value. */
export function parseJson(text: string): YamlValue {
  const found = readJson(text, 0)
  if (!found) throw new JsonError('unexpected end of JSON input', text, text.length, true)
  const rest = skipSpace(text, found.end)
  if (rest < text.length) throw unexpected(text, rest, 'after top-level value')
  return found.value
}

/** The next value of a stream of them, as json.Decoder reads it; undefined where only space is left. */
export function readJson(text: string, from: number): { value: YamlValue; end: number } | undefined {
  const start = skipSpace(text, from)
  if (start === text.length) return undefined
  const end = scanValue(text, start)
  return { value: sorted(JSON.parse(text.slice(start, end))), end }
}

/** What json.Unmarshal says of a fault: of text that ends too early, only that. */
export const unmarshalFault = ({ truncated, message }: JsonError): string =>
  truncated ? 'unexpected end of JSON input' : message

/**
 * All keys of the objects in a good JSON text, in order, as the way to them: `spec.containers[0].image`. `again`: it stood
 * in that object before.
 */
export function eachKey(text: string, visit: (path: string, again: boolean) => void): void {
  let at = 0
  const next = (): string => text[(at = skipSpace(text, at))]!
  const string = (): string => {
    const from = at
    at = scanString(text, at)
    return JSON.parse(text.slice(from, at)) as string
  }
  const walk = (path: string): void => {
    const open = next()
    if (open === '{') {
      const seen = new Set<string>()
      for (at++; next() !== '}'; ) {
        if (text[at] === ',') {
          at++
          continue
        }
        const key = string()
        const here = path && key ? `${path}.${key}` : path || key
        visit(here, seen.has(key))
        seen.add(key)
        next()
        at++ // the colon
        walk(here)
      }
      at++
    } else if (open === '[') {
      let i = 0
      for (at++; next() !== ']'; )
        if (text[at] === ',') at++
        else walk(`${path}[${i++}]`)
      at++
    } else at = scanValue(text, at)
  }
  walk('')
}

/** Maps come out of Go sorted. */
function sorted(value: YamlValue): YamlValue {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(sorted)
  const object = {}
  for (const key of Object.keys(value).sort()) setKey(object, key, sorted(value[key]!))
  return object
}

const MAX_DEPTH = 1000 // see compose.ts

function skipSpace(text: string, from: number): number {
  let i = from
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\t' || text[i] === '\r') i++
  return i
}

function unexpected(text: string, at: number, where: string): JsonError {
  if (at >= text.length) return new JsonError('unexpected EOF', text, at, true)
  return new JsonError(`invalid character ${quoteCharacter(text.codePointAt(at)!)} ${where}`, text, at)
}

/** Go looks at bytes: of a character of several it names the first. */
function quoteCharacter(code: number): string {
  if (code === 39) return "'\\''"
  if (code === 34) return `'"'`
  const byte =
    code < 0x80
      ? code
      : code < 0x800
        ? 0xc0 | (code >> 6)
        : code < 0x10000
          ? 0xe0 | (code >> 12)
          : 0xf0 | (code >> 18)
  const short: Record<number, string> = {
    7: 'a',
    8: 'b',
    9: 't',
    10: 'n',
    11: 'v',
    12: 'f',
    13: 'r',
    92: '\\',
  }
  if (short[byte]) return `'\\${short[byte]}'`
  return byte < 32 || byte === 127
    ? `'\\x${byte.toString(16).padStart(2, '0')}'`
    : `'${String.fromCharCode(byte)}'`
}

/** Steps over one value and returns where it ends: scanner.go's states, with the open objects and arrays on a stack. */
function scanValue(text: string, start: number): number {
  const open: ('{' | '[')[] = []
  let at = start
  for (;;) {
    at = skipSpace(text, at)
    const c = text[at]
    if (c === '{' || c === '[') {
      open.push(c)
      if (open.length > MAX_DEPTH) throw new JsonError('exceeded max depth', text, at)
      at = skipSpace(text, at + 1)
      if (text[at] !== (c === '{' ? '}' : ']')) {
        if (c === '{') at = scanKey(text, at)
        continue
      }
    } else if (c === '"') {
      at = scanString(text, at)
    } else if (c === '-' || (c !== undefined && c >= '0' && c <= '9')) {
      at = scanNumber(text, at)
    } else {
      at = scanWord(text, at)
    }
    // after a value, or at the end of an empty object or array
    for (;;) {
      if (!open.length) return at
      at = skipSpace(text, at)
      const inObject = open.at(-1) === '{'
      if (text[at] === ',') {
        at = skipSpace(text, at + 1)
        if (inObject) at = scanKey(text, at)
        break
      }
      if (text[at] !== (inObject ? '}' : ']'))
        throw unexpected(text, at, inObject ? 'after object key:value pair' : 'after array element')
      open.pop()
      at++
    }
  }
}

function scanKey(text: string, from: number): number {
  if (text[from] !== '"') throw unexpected(text, from, 'looking for beginning of object key string')
  const at = skipSpace(text, scanString(text, from))
  if (text[at] !== ':') throw unexpected(text, at, 'after object key')
  return at + 1
}

function scanString(text: string, from: number): number {
  for (let i = from + 1; ; i++) {
    const c = text[i]
    if (c === '"') return i + 1
    if (c === undefined || c < ' ') throw unexpected(text, i, 'in string literal')
    if (c !== '\\') continue
    const letter = text[++i]
    if (letter === undefined || !'"\\/bfnrtu'.includes(letter))
      throw unexpected(text, i, 'in string escape code')
    if (letter === 'u')
      for (const end = i + 4; i < end; ) {
        const hex = text[++i]
        if (hex === undefined || !/[\da-fA-F]/.test(hex))
          throw unexpected(text, i, 'in \\u hexadecimal character escape')
      }
  }
}

function scanNumber(text: string, from: number): number {
  const digits = (at: number): number => {
    let i = at
    while (text[i] !== undefined && text[i]! >= '0' && text[i]! <= '9') i++
    return i
  }
  const some = (at: number, where: string): number => {
    const end = digits(at)
    if (end === at) throw unexpected(text, at, where)
    return end
  }
  let at = from
  if (text[at] === '-') at++
  at = text[at] === '0' ? at + 1 : some(at, 'in numeric literal')
  if (text[at] === '.') at = some(at + 1, 'after decimal point in numeric literal')
  if (text[at] === 'e' || text[at] === 'E') {
    at++
    if (text[at] === '+' || text[at] === '-') at++
    at = some(at, 'in exponent of numeric literal')
  }
  return at
}

function scanWord(text: string, from: number): number {
  const word = ['true', 'false', 'null'].find(w => w[0] === text[from])
  if (!word) throw unexpected(text, from, 'looking for beginning of value')
  for (let i = 1; i < word.length; i++)
    if (text[from + i] !== word[i])
      throw unexpected(text, from + i, `in literal ${word} (expecting '${word[i]}')`)
  return from + word.length
}
