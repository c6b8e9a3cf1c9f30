// jq's functions of values alone: of the input, and of the input and of arguments' values.
import { formatTime, parseTime } from '../../../engine/engine.ts'
import {
  arithmetic,
  compare,
  deletePath,
  get,
  JqError,
  type Json,
  type Path,
  setPath,
  text,
  truth,
  typeOf,
} from './values.ts'

/** Ends the filter with an error. */
export const fail = (message: string): never => {
  throw new JqError(message)
}
/** A value that has to be of a type. */
export const must = (value: Json, type: string, what: string): Json =>
  typeOf(value) === type ? value : fail(`${typeOf(value)} (${JSON.stringify(value)}) ${what}`)

const sorted = (value: Json): Json[] =>
  [...must(value, 'array', 'cannot be sorted, as it is not an array')].sort(compare)

function contains(a: Json, b: Json): boolean {
  if (typeOf(a) !== typeOf(b))
    return fail(
      `${typeOf(a)} (${JSON.stringify(a)}) and ${typeOf(b)} (${JSON.stringify(b)}) cannot have their containment checked`,
    )
  if (typeof a === 'string') return a.includes(b)
  if (Array.isArray(a))
    return b.every((each: Json) => a.some((own: Json) => typeOf(own) === typeOf(each) && contains(own, each)))
  if (typeOf(a) === 'object')
    return Object.entries(b).every(
      ([key, each]) => key in a && typeOf(a[key]) === typeOf(each) && contains(a[key], each),
    )
  return compare(a, b) === 0
}

const flatten = (value: Json[], depth: number): Json[] =>
  value.flatMap(each => (Array.isArray(each) && depth > 0 ? flatten(each, depth - 1) : [each]))

function toNumber(value: Json): number {
  if (typeof value === 'number') return value
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isNaN(number) ? fail(`Cannot be parsed as a number: ${JSON.stringify(value)}`) : number
}

function fromJson(value: string): Json {
  try {
    return JSON.parse(value)
  } catch {
    return fail(`${value} (while parsing '${value}')`)
  }
}

/** Of the value alone. */
export const plain: Readonly<Record<string, (value: Json) => Json>> = {
  not: value => !truth(value),
  length: value =>
    value === null
      ? 0
      : typeof value === 'number'
        ? Math.abs(value)
        : typeof value === 'string'
          ? [...value].length
          : typeof value === 'boolean'
            ? fail(`boolean (${value}) has no length`)
            : Object.keys(value).length,
  utf8bytelength: value =>
    [...value].reduce(
      (sum: number, c: string) =>
        sum +
        (c.codePointAt(0)! < 128 ? 1 : c.codePointAt(0)! < 2048 ? 2 : c.codePointAt(0)! < 65_536 ? 3 : 4),
      0,
    ),
  keys: value =>
    Array.isArray(value) ? [...value.keys()] : Object.keys(must(value, 'object', 'has no keys')).sort(),
  keys_unsorted: value =>
    Array.isArray(value) ? [...value.keys()] : Object.keys(must(value, 'object', 'has no keys')),
  add: value =>
    (Array.isArray(value) ? value : Object.values(value ?? {})).reduce(
      (sum: Json, next: Json) => arithmetic('+', sum, next),
      null,
    ),
  any: value => value.some(truth),
  all: value => value.every(truth),
  type: typeOf,
  sort: sorted,
  unique: value => sorted(value).filter((own, i, list) => i === 0 || compare(own, list[i - 1]) !== 0),
  min: value => sorted(value)[0] ?? null,
  max: value => sorted(value).at(-1) ?? null,
  reverse: value =>
    typeof value === 'string' ? [...value].reverse().join('') : [...(value ?? [])].reverse(),
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  sqrt: Math.sqrt,
  abs: Math.abs,
  tostring: text,
  tonumber: toNumber,
  tojson: value => JSON.stringify(value),
  fromjson: fromJson,
  ascii_downcase: value => must(value, 'string', 'cannot be lowercased').toLowerCase(),
  ascii_upcase: value => must(value, 'string', 'cannot be uppercased').toUpperCase(),
  explode: value => [...value].map((c: string) => c.codePointAt(0)),
  implode: value => String.fromCodePoint(...value),
  trim: value => must(value, 'string', 'cannot be trimmed').trim(),
  ltrim: value => value.trimStart(),
  rtrim: value => value.trimEnd(),
  to_entries: value =>
    Object.entries(must(value, 'object', 'has no keys')).map(([key, own]) => ({ key, value: own })),
  from_entries: value =>
    Object.fromEntries(
      value.map((entry: Json) => [
        text(entry.key ?? entry.k ?? entry.name ?? entry.Name ?? entry.Key ?? 'null'),
        entry.value ?? entry.v ?? entry.Value ?? null,
      ]),
    ),
  flatten: value => flatten(value, 1e9),
  first: value => value[0] ?? null,
  last: value => value.at(-1) ?? null,
  transpose: value =>
    Array.from({ length: Math.max(0, ...value.map((row: Json[]) => row.length)) }, (_, i) =>
      value.map((row: Json[]) => row[i] ?? null),
    ),
  todate: value => formatTime(value * 1000),
  todateiso8601: value => formatTime(value * 1000),
  fromdate: value => Math.floor(parseTime(must(value, 'string', 'cannot be parsed as a date')) / 1000),
  fromdateiso8601: value => Math.floor(parseTime(value) / 1000),
  infinite: () => Number.POSITIVE_INFINITY,
  nan: () => Number.NaN,
  isnan: Number.isNaN,
  ascii: value => String.fromCharCode(value),
}

/** Of the value and of its arguments' values. */
export const withValues: Readonly<Record<string, (value: Json, ...args: Json[]) => Json>> = {
  'has/1': (value, key) =>
    Array.isArray(value)
      ? key >= 0 && key < value.length
      : Object.hasOwn(must(value, 'object', `cannot be checked for a key`), key),
  'in/1': (value, of) => (Array.isArray(of) ? value >= 0 && value < of.length : Object.hasOwn(of, value)),
  'contains/1': contains,
  'inside/1': (value, of) => contains(of, value),
  'startswith/1': (value, start) =>
    typeof value === 'string' ? value.startsWith(start) : fail('startswith() requires string inputs'),
  'endswith/1': (value, end) =>
    typeof value === 'string' ? value.endsWith(end) : fail('endswith() requires string inputs'),
  'ltrimstr/1': (value, start) =>
    typeof value === 'string' && value.startsWith(start) ? value.slice(start.length) : value,
  'rtrimstr/1': (value, end) =>
    typeof value === 'string' && end && value.endsWith(end) ? value.slice(0, -end.length) : value,
  'split/1': (value, mark) =>
    typeof value === 'string'
      ? value === ''
        ? []
        : value.split(mark)
      : fail('split input and separator must be strings'),
  'join/1': (value, mark) =>
    value
      .map((own: Json) =>
        own === null
          ? ''
          : typeof own === 'object'
            ? fail(`${typeOf(own)} (${JSON.stringify(own)}) cannot be added to a string`)
            : String(own),
      )
      .join(mark),
  'flatten/1': flatten,
  'index/1': (value, part) => found(value, part)[0] ?? null,
  'rindex/1': (value, part) => found(value, part).at(-1) ?? null,
  'indices/1': found,
  'getpath/1': (value, path) =>
    path.reduce((own: Json, key: Json) => (own === null ? null : get(own, key)), value),
  'setpath/2': setPath,
  'delpaths/1': (value, paths) =>
    [...paths]
      .sort(compare)
      .reverse()
      .reduce((own: Json, path: Path) => deletePath(own, path), value),
  'pow/2': (_, a, b) => a ** b,
  'error/1': (_, message) => {
    throw new JqError(message)
  },
  'strftime/1': (value, form) => date(form, value * 1000),
  'nth/1': (value, i) => value[i] ?? null,
  'tojson/0': value => JSON.stringify(value),
  'ltrimstr/0': value => value,
}

function found(value: Json, part: Json): number[] {
  if (value === null) return []
  if (typeof value === 'string') {
    const places: number[] = []
    for (let at = value.indexOf(part); at >= 0 && part; at = value.indexOf(part, at + 1)) places.push(at)
    return places
  }
  const wanted = Array.isArray(part) ? part : [part]
  return value
    .map((_: Json, i: number) => i)
    .filter((i: number) => wanted.every((own, k) => compare(value[i + k] ?? null, own) === 0))
}

function date(form: string, ms: number): string {
  const [, Y, m, d, H, M, S] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/.exec(formatTime(ms))!
  const values: Record<string, string> = {
    Y: Y!,
    m: m!,
    d: d!,
    H: H!,
    M: M!,
    S: S!,
    Z: 'UTC',
    F: `${Y}-${m}-${d}`,
    T: `${H}:${M}:${S}`,
    s: String(Math.floor(ms / 1000)),
  }
  return form.replace(/%([A-Za-z])/g, (_, letter: string) => values[letter] ?? '')
}
