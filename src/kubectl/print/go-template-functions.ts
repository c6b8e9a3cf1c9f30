// The functions of text/template and kubectl's own two, over decoded JSON values (funcs.go of Go 1.26).
import { byteLength, decodeBase64, fromBytes, toBytes } from '../../engine/bytes.ts'
import { base64Fault } from '../../kinds/machinery/decode.ts'
import { Float, goType, isNil, missing, sprint, sprintf, sprintln } from './go-fmt.ts'
import { type Dict, isObject } from './values.ts'

/** By their names; each says itself what it can do with what it is given. */
export type TemplateFunctions = Readonly<Record<string, (...args: unknown[]) => unknown>>

export const truth = (value: unknown): boolean => {
  if (isNil(value)) return false
  if (value instanceof Float) return value.value !== 0
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.keys(value).length > 0
  return Boolean(value)
}

/** What html, js and urlquery begin with: one string as it is, anything else as print writes it. */
const joined = (args: readonly unknown[]): string =>
  sprint(args.map(arg => (isNil(arg) ? '<no value>' : arg)))

/** Something else was to be called; its words are those of the template. */
export class NoFunction extends Error {
  readonly what: unknown
  constructor(what: unknown) {
    super()
    this.what = what
  }
}

const isInteger = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || Number.isInteger(value)

/** An index of what has `length` places (text/template, indexArg). */
function position(index: unknown, length: number): number {
  if (isNil(index)) throw new Error('cannot index slice/array with nil')
  if (!isInteger(index)) throw new Error(`cannot index slice/array with type ${goType(index)}`)
  const place = Number(index)
  if (place < 0 || place >= length) throw new Error(`index out of range: ${place}`)
  return place
}

/** Of a list, a map or the bytes of a string. */
function element(item: unknown, key: unknown): unknown {
  if (item === missing || item === null) throw new Error('index of untyped nil')
  if (Array.isArray(item)) return item[position(key, item.length)]
  if (typeof item === 'string') {
    const at = position(key, Number.POSITIVE_INFINITY)
    const byte = toBytes(item)[at]
    if (byte === undefined) throw new Error('reflect: string index out of range')
    return byte
  }
  if (!isObject(item) || item instanceof Float) throw new Error(`can't index item of type ${goType(item)}`)
  if (isNil(key)) throw new Error('value is nil; should be of type string')
  if (typeof key !== 'string') throw new Error(`value has type ${goType(key)}; should be string`)
  return Object.hasOwn(item, key) ? item[key] : missing
}

type Kind = 'int' | 'float' | 'string' | 'bool' | undefined

/** What text/template compares by; undefined where it is none of them. */
function basicKind(value: unknown): Kind {
  const type = isNil(value) ? '' : goType(value)
  return type.startsWith('int')
    ? 'int'
    : type === 'float64'
      ? 'float'
      : type === 'string' || type === 'bool'
        ? type
        : undefined
}

const comparable = (value: unknown): unknown =>
  value instanceof Float ? value.value : typeof value === 'bigint' ? Number(value) : value

const incompatible = (a: unknown, b: unknown): Error =>
  new Error(`incompatible types for comparison: ${goType(a)} and ${goType(b)}`)

function less(a: unknown, b: unknown): boolean {
  const [one, other] = [basicKind(a), basicKind(b)]
  if (one === undefined || other === undefined) throw new Error('invalid type for comparison')
  if (one !== other) throw incompatible(a, b)
  if (one === 'bool') throw new Error('invalid type for comparison')
  return (comparable(a) as string) < (comparable(b) as string)
}

function equal(a: unknown, ...others: unknown[]): boolean {
  if (others.length === 0) throw new Error('missing argument for comparison')
  return others.some(b => {
    if (basicKind(a) !== basicKind(b)) {
      if (isNil(a) || isNil(b)) return false
      throw incompatible(a, b)
    }
    if (isNil(a) || isNil(b)) return isNil(a) === isNil(b)
    if (basicKind(a) === undefined) throw new Error(`non-comparable type ${sprint([a])}: ${goType(a)}`)
    return comparable(a) === comparable(b)
  })
}

/** text/template, JSEscape. */
const js = (text: string) =>
  text.replace(/[\\'"<>&=\p{Cc}]/gu, c =>
    c === '\\' || c === "'" || c === '"'
      ? `\\${c}`
      : `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )

const html = (text: string) =>
  text.replace(/[&<>"']/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' })[c]!)

export const functions: TemplateFunctions = {
  not: value => !truth(value),
  call: fn => {
    if (isNil(fn)) throw new Error('call of nil')
    throw new NoFunction(fn)
  },
  len: value => {
    if (typeof value === 'string') return BigInt(byteLength(value))
    if (Array.isArray(value)) return BigInt(value.length)
    if (isNil(value)) throw new Error('reflect: call of reflect.Value.Type on zero Value')
    if (isObject(value) && !(value instanceof Float)) return BigInt(Object.keys(value).length)
    throw new Error(`len of type ${goType(value)}`)
  },
  index: (value, ...keys) => keys.reduce(element, value),
  slice: (value, ...indexes) => {
    if (isNil(value)) throw new Error('slice of untyped nil')
    if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`)
    const isString = typeof value === 'string'
    if (!isString && !Array.isArray(value)) throw new Error(`can't slice item of type ${goType(value)}`)
    if (isString && indexes.length === 3) throw new Error('cannot 3-index slice a string')
    // Strings are sliced by bytes.
    const whole = isString ? toBytes(value) : value
    const [from = 0, to = whole.length, most] = indexes.map(each => position(each, whole.length + 1))
    for (const [one, next] of [
      [from, to],
      [to, most ?? to],
    ] as const)
      if (one > next) throw new Error(`invalid slice index: ${one} > ${next}`)
    return isString ? fromBytes(toBytes(value).subarray(from, to)) : value.slice(from, to)
  },
  print: (...args) => sprint(args),
  println: (...args) => sprintln(args),
  printf: (format, ...args) => sprintf(format as string, args),
  html: (...args) => html(joined(args)),
  js: (...args) => js(joined(args)),
  urlquery: (...args) =>
    encodeURIComponent(joined(args))
      .replaceAll('%20', '+')
      .replace(/['()*!]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  eq: equal,
  ne: (a, b) => !equal(a, b),
  lt: less,
  le: (a, b) => less(a, b) || equal(a, b),
  gt: (a, b) => !less(a, b) && !equal(a, b),
  ge: (a, b) => !less(a, b),
  exists: (value, ...keys) => {
    let item = value
    for (const key of keys) {
      if (Array.isArray(item)) {
        if (!isInteger(key) || !Object.hasOwn(item, String(key))) return false
        item = item[Number(key)]
        continue
      }
      if (!isObject(item)) return false
      if (typeof key !== 'string')
        throw new Error(
          `reflect.Value.MapIndex: value of type ${goType(key)} is not assignable to type string`,
        )
      if (!Object.hasOwn(item, key)) return false
      item = (item as Dict)[key]
    }
    return true
  },
  base64decode: value => {
    const text = sprint([value])
    const bad = base64Fault(text)
    if (bad >= 0) throw new Error(`base64 decode failed: illegal base64 data at input byte ${bad}`)
    return decodeBase64(text) ?? ''
  },
}

/** How many arguments each takes; at least so many where `more` is set. */
export const arities: Readonly<Record<string, readonly [count: number, more?: boolean]>> = {
  and: [1, true],
  or: [1, true],
  not: [1],
  call: [1, true],
  len: [1],
  index: [1, true],
  slice: [1, true],
  printf: [1, true],
  eq: [1, true],
  ne: [2],
  lt: [2],
  le: [2],
  gt: [2],
  ge: [2],
  exists: [1, true],
  base64decode: [1],
}
