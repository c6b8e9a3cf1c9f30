// Values of jq: their order, arithmetic, text forms, and how a path leads into them. Words of errors: jq 1.7's jv.c.
import { held, heldAtMost, MemoryExhausted } from '../../../engine/holding.ts'

export type Json = any
export type Path = readonly Json[]

/** `jq: error (at <stdin>:N): MESSAGE`; `try` and `?` catch it. */
export class JqError extends Error {
  readonly value: Json
  constructor(value: Json) {
    super(typeof value === 'string' ? value : JSON.stringify(value))
    this.value = value
  }
}

/** The program's functions call each other without end, or too often for this machine: nothing catches it. */
export class TooDeep extends Error {}

export const typeOf = (value: Json): string =>
  value === null || value === undefined ? 'null' : Array.isArray(value) ? 'array' : typeof value

export const truth = (value: Json): boolean => value !== false && value !== null && value !== undefined

/** More than this no memory holds. */
export const mostItems = 4_000_000

const order = ['null', 'false', 'true', 'number', 'string', 'array', 'object']
const rank = (value: Json): number =>
  order.indexOf(typeof value === 'boolean' ? String(value) : typeOf(value))

export function compare(a: Json, b: Json): number {
  const [x, y] = [rank(a), rank(b)]
  if (x !== y) return x - y
  if (Array.isArray(a)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const first = compare(a[i], b[i])
      if (first) return first
    }
    return a.length - b.length
  }
  if (x === 6) {
    const [left, right] = [Object.keys(a).sort(), Object.keys(b).sort()]
    const keys = compare(left, right)
    if (keys) return keys
    for (const key of left) {
      const first = compare(a[key], b[key])
      if (first) return first
    }
    return 0
  }
  return a < b ? -1 : a > b ? 1 : 0
}

const short = (value: Json): string => {
  const text = JSON.stringify(value) ?? 'null'
  return text.length > 11 ? `${text.slice(0, 10)}...` : text
}
const named = (value: Json): string => `${typeOf(value)} (${short(value)})`

export function arithmetic(mark: string, a: Json, b: Json): Json {
  const [x, y] = [typeOf(a), typeOf(b)]
  if (mark === '+') {
    if (a === null || a === undefined) return b
    if (b === null || b === undefined) return a
    if (x === y) {
      if (x === 'array') return [...a, ...b]
      if (x === 'object') return { ...a, ...b }
      if (x === 'number') return a + b
      if (x === 'string') return held(a + b)
    }
    throw new JqError(`${named(a)} and ${named(b)} cannot be added`)
  }
  if (mark === '-') {
    if (x === 'number' && y === 'number') return a - b
    if (x === 'array' && y === 'array')
      return a.filter((each: Json) => !b.some((other: Json) => compare(each, other) === 0))
    throw new JqError(`${named(a)} and ${named(b)} cannot be subtracted`)
  }
  if (mark === '*') {
    if (x === 'number' && y === 'number') return a * b
    if (x === 'string' && y === 'number') return b > 0 ? repeated(a, Math.ceil(b)) : null
    if (x === 'object' && y === 'object') return merged(a, b)
    throw new JqError(`${named(a)} and ${named(b)} cannot be multiplied`)
  }
  if (mark === '/' && x === 'string' && y === 'string') return a === '' ? [] : a.split(b)
  if (x !== 'number' || y !== 'number') throw new JqError(`${named(a)} and ${named(b)} cannot be divided`)
  if (b === 0 || (mark === '%' && Math.trunc(b) === 0))
    throw new JqError(`${named(a)} and ${named(b)} cannot be divided because the divisor is zero`)
  return mark === '/' ? a / b : Math.trunc(a) % Math.trunc(b)
}

function repeated(text: string, times: number): string {
  if (text.length * times > heldAtMost) throw new MemoryExhausted()
  return text.repeat(times)
}

function merged(a: Json, b: Json): Json {
  const out = { ...a }
  for (const [key, value] of Object.entries(b))
    out[key] = typeOf(value) === 'object' && typeOf(a[key]) === 'object' ? merged(a[key], value) : value
  return out
}

/** `.key`, `.[3]`, and slices, of a value. */
export function get(value: Json, key: Json): Json {
  const type = typeOf(value)
  if (key && typeof key === 'object' && !Array.isArray(key)) return slice(value, key.start, key.end)
  if (type === 'null' && (typeof key === 'string' || typeof key === 'number' || key === null)) return null
  if (type === 'object' && typeof key === 'string') return Object.hasOwn(value, key) ? value[key] : null
  if (type === 'array' && typeof key === 'number') return value.at(Math.floor(key)) ?? null
  if (type === 'array' && Array.isArray(key))
    return value
      .map((_: Json, i: number) => i)
      .filter((i: number) => key.every((each, k) => compare(value[i + k] ?? null, each) === 0))
  if (type === 'object' || typeof key === 'string')
    throw new JqError(
      `Cannot index ${type} with ${typeof key === 'string' ? JSON.stringify(key) : typeOf(key)}`,
    )
  throw new JqError(`Cannot index ${type} with ${typeOf(key)}`)
}

export function slice(value: Json, from: Json, to: Json): Json {
  if (value === null) return null
  if (typeof value !== 'string' && !Array.isArray(value))
    throw new JqError(`Cannot index ${typeOf(value)} with object`)
  // Of a string characters are meant, not units of its encoding.
  if (typeof value === 'string') return [...value].slice(from ?? 0, to ?? undefined).join('')
  return value.slice(from ?? 0, to ?? value.length)
}

/** A copy with another value at a path. */
export function setPath(value: Json, path: Path, next: Json): Json {
  if (!path.length) return next
  const [key, ...rest] = path
  if (key && typeof key === 'object') {
    const list = value ?? []
    const [from, to] = [key.start ?? 0, key.end ?? list.length]
    return [...list.slice(0, from), ...setPath(list.slice(from, to), rest, next), ...list.slice(to)]
  }
  if (typeof key === 'string') {
    if (value !== null && typeOf(value) !== 'object')
      throw new JqError(`Cannot index ${typeOf(value)} with "${key}"`)
    return { ...value, [key]: setPath(value && Object.hasOwn(value, key) ? value[key] : null, rest, next) }
  }
  if (value !== null && !Array.isArray(value)) throw new JqError(`Cannot index ${typeOf(value)} with number`)
  const list = [...(value ?? [])]
  const index = key < 0 ? list.length + key : key
  if (index < 0) throw new JqError('Out of bounds negative array index')
  if (index > mostItems) throw new JqError('Array index too large')
  while (list.length < index) list.push(null)
  list[index] = setPath(list[index] ?? null, rest, next)
  return list
}

export function deletePath(value: Json, path: Path): Json {
  const [key, ...rest] = path
  if (value === null || value === undefined || key === undefined) return value
  if (rest.length) {
    const inner = get(value, key)
    return inner === null ? value : setPath(value, [key], deletePath(inner, rest))
  }
  if (key && typeof key === 'object')
    return [...value.slice(0, key.start ?? 0), ...value.slice(key.end ?? value.length)]
  if (Array.isArray(value) && typeof key === 'number')
    return value.filter((_: Json, i: number) => i !== (key < 0 ? value.length + key : key))
  if (typeOf(value) !== 'object' || typeof key !== 'string')
    throw new JqError(`Cannot delete field at ${typeOf(value)} index`)
  const { [key]: _, ...others } = value
  return others
}

export const text = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null)

const entities: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&#39;',
  '"': '&quot;',
}

/** `@csv`, `@base64d` …: a value in a form. */
export function format(
  name: string,
  value: Json,
  codec: { encode(text: string): string; decode(text: string): string | undefined },
): string {
  const row = (cell: (each: Json) => string, mark: string): string => {
    if (!Array.isArray(value))
      throw new JqError(`${named(value)} cannot be ${name}-formatted, only an array can be`)
    return value
      .map(each => {
        if (each && typeof each === 'object')
          throw new JqError(`${named(each)} is not valid in a ${name} row`)
        return cell(each)
      })
      .join(mark)
  }
  const plain = (each: Json): string => (each === null ? '' : String(each))
  switch (name) {
    case 'text':
      return text(value)
    case 'json':
      return JSON.stringify(value)
    case 'csv':
      return row(each => (typeof each === 'string' ? `"${each.replaceAll('"', '""')}"` : plain(each)), ',')
    case 'tsv':
      return row(
        each =>
          plain(each).replace(
            /[\\\t\n\r]/g,
            c => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c]!,
          ),
        '\t',
      )
    case 'html':
      return text(value).replace(/[<>&'"]/g, c => entities[c]!)
    case 'uri':
      return encodeURIComponent(text(value)).replace(
        /[!'()*]/g,
        c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
      )
    case 'sh':
      return (Array.isArray(value) ? value : [value])
        .map(each => (typeof each === 'string' ? `'${each.replaceAll("'", "'\\''")}'` : text(each)))
        .join(' ')
    case 'base64':
      return codec.encode(text(value))
    case 'base64d': {
      const decoded = codec.decode(text(value))
      if (decoded === undefined) throw new JqError(`${named(value)} is not valid base64 data`)
      return decoded
    }
  }
  throw new JqError(`${name} is not a valid format`)
}
