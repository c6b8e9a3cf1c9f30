// jq's own functions: those that are plain functions of values, those that need their arguments as filters, and those
// that the manual defines in jq itself.
import { formatTime, parseTime } from '../../../engine/engine.ts'
import { held } from '../../../engine/holding.ts'
import { each } from './each.ts'
import type { Evaluator, Spot, Values } from './evaluate.ts'
import { loops } from './loops.ts'
import { readPattern, splitBy, type Wanted, withoutPlaces } from './matching.ts'
import { parse } from './parser.ts'
import type { Scope } from './scope.ts'
import { CompileError } from './tokens.ts'
import type { Filter } from './tree.ts'
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

type Builtin = (machine: Evaluator, at: Spot, args: readonly Filter[], scope: Scope) => Values

const fail = (message: string): never => {
  throw new JqError(message)
}
const must = (value: Json, type: string, what: string): Json =>
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
const plain: Readonly<Record<string, (value: Json) => Json>> = {
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
const withValues: Readonly<Record<string, (value: Json, ...args: Json[]) => Json>> = {
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

/** Those that take filters, and those that give several values. */
const special: Readonly<Record<string, Builtin>> = {
  *'empty/0'() {},
  *'error/0'(_, { value }) {
    throw new JqError(value)
  },
  *'select/1'(machine, at, [condition], scope) {
    for (const value of machine.values(condition!, at.value, scope)) if (truth(value)) yield at
  },
  *'map/1'(machine, at, [filter], scope) {
    const out: Json[] = []
    for (const own of each({ value: at.value })) out.push(...machine.values(filter!, own.value, scope))
    yield { value: out }
  },
  *'path/1'(machine, at, [filter], scope) {
    for (const path of machine.paths(filter!, at.value, scope)) yield { value: path }
  },
  *'del/1'(machine, at, [filter], scope) {
    yield { value: machine.deletePaths(at.value, [...machine.paths(filter!, at.value, scope)]) }
  },
  *'paths/0'(machine, at, _, scope) {
    for (const path of machine.paths({ type: 'recurse' }, at.value, scope))
      if (path.length) yield { value: path }
  },
  *'getpath/1'(machine, at, [filter], scope) {
    for (const path of machine.values(filter!, at.value, scope))
      yield {
        value: path.reduce((own: Json, key: Json) => (own === null ? null : get(own, key)), at.value),
        path: at.path && [...at.path, ...path],
      }
  },
  *'range/1'(machine, at, [to], scope) {
    for (const end of machine.values(to!, at.value, scope)) yield* numbers(machine, 0, end, 1)
  },
  *'range/2'(machine, at, [from, to], scope) {
    for (const start of machine.values(from!, at.value, scope))
      for (const end of machine.values(to!, at.value, scope)) yield* numbers(machine, start, end, 1)
  },
  *'range/3'(machine, at, [from, to, by], scope) {
    for (const start of machine.values(from!, at.value, scope))
      for (const end of machine.values(to!, at.value, scope))
        for (const step of machine.values(by!, at.value, scope)) yield* numbers(machine, start, end, step)
  },
  *'sort_by/1'(machine, at, [by], scope) {
    yield { value: keyed(machine, at, by!, scope).map(([, own]) => own) }
  },
  *'group_by/1'(machine, at, [by], scope) {
    yield { value: groups(keyed(machine, at, by!, scope)) }
  },
  *'unique_by/1'(machine, at, [by], scope) {
    yield { value: groups(keyed(machine, at, by!, scope)).map(group => group[0]) }
  },
  *'min_by/1'(machine, at, [by], scope) {
    yield { value: keyed(machine, at, by!, scope)[0]?.[1] ?? null }
  },
  *'max_by/1'(machine, at, [by], scope) {
    yield { value: keyed(machine, at, by!, scope).at(-1)?.[1] ?? null }
  },
  *'first/1'(machine, at, [filter], scope) {
    for (const spot of machine.run(filter!, at, scope)) {
      yield spot
      return
    }
  },
  *'limit/2'(machine, at, [count, filter], scope) {
    for (const most of machine.values(count!, at.value, scope)) {
      let left = most
      if (left > 0)
        for (const spot of machine.run(filter!, at, scope)) {
          yield spot
          if (--left <= 0) break
        }
    }
  },
  *'isempty/1'(machine, at, [filter], scope) {
    yield { value: machine.values(filter!, at.value, scope).next().done === true }
  },
  *'env/0'(machine) {
    yield { value: machine.context.env }
  },
  *'now/0'(machine) {
    yield { value: machine.context.now / 1000 }
  },
  *'input/0'(machine) {
    const next = machine.context.inputs.next()
    if (next.done) fail('No more inputs')
    yield { value: next.value }
  },
  *'inputs/0'(machine) {
    for (let next = machine.context.inputs.next(); !next.done; next = machine.context.inputs.next())
      yield { value: next.value }
  },
  *'debug/0'(machine, at) {
    machine.context.debug(at.value)
    yield at
  },
  *'test/1'(machine, at, [source], scope) {
    for (const own of machine.values(source!, at.value, scope))
      yield { value: machine.matches(at.value, readPattern(own, null)).length > 0 }
  },
  *'test/2'(machine, at, [source, flags], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const letters of machine.values(flags!, at.value, scope))
        yield { value: machine.matches(at.value, readPattern(own, letters)).length > 0 }
  },
  *'match/1'(machine, at, [source], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const match of machine.matches(at.value, readPattern(own, null)))
        yield { value: withoutPlaces(match) }
  },
  *'match/2'(machine, at, [source, flags], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const letters of machine.values(flags!, at.value, scope))
        for (const match of machine.matches(at.value, readPattern(own, letters)))
          yield { value: withoutPlaces(match) }
  },
  *'capture/1'(machine, at, [source], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const match of machine.matches(at.value, readPattern(own, null))) yield { value: match.groups }
  },
  *'scan/1'(machine, at, [source], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const match of machine.matches(at.value, readPattern(own, null, 'g')))
        yield {
          value: match.captures.length ? match.captures.map((each: Json) => each.string) : match.string,
        }
  },
  *'sub/2'(machine, at, [source, replacement], scope) {
    for (const own of machine.values(source!, at.value, scope))
      yield { value: replaced(machine, at.value, readPattern(own, null), replacement!, scope) }
  },
  *'gsub/2'(machine, at, [source, replacement], scope) {
    for (const own of machine.values(source!, at.value, scope))
      yield { value: replaced(machine, at.value, readPattern(own, null, 'g'), replacement!, scope) }
  },
  *'sub/3'(machine, at, [source, replacement, flags], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const letters of machine.values(flags!, at.value, scope))
        yield { value: replaced(machine, at.value, readPattern(own, letters), replacement!, scope) }
  },
  *'split/2'(machine, at, [source, flags], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const letters of machine.values(flags!, at.value, scope))
        yield { value: splitBy(at.value, readPattern(own, letters), machine.spend) }
  },
  *'splits/1'(machine, at, [source], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const value of splitBy(at.value, readPattern(own, null), machine.spend)) yield { value }
  },
  *'gsub/3'(machine, at, [source, replacement, flags], scope) {
    for (const own of machine.values(source!, at.value, scope))
      for (const letters of machine.values(flags!, at.value, scope))
        yield { value: replaced(machine, at.value, readPattern(own, letters, 'g'), replacement!, scope) }
  },
}

function* numbers(machine: Evaluator, from: number, to: number, by: number): Values {
  for (let i = from; by > 0 ? i < to : by < 0 && i > to; i += by) {
    machine.spend(1)
    yield { value: i }
  }
}

function replaced(
  machine: Evaluator,
  value: Json,
  wanted: Wanted,
  replacement: Filter,
  scope: Scope,
): string {
  let out = ''
  let at = 0
  for (const { start, end, groups } of machine.matches(value, wanted)) {
    out = held(out + value.slice(at, start) + text(machine.values(replacement, groups, scope).next().value))
    at = end
  }
  return out + value.slice(at)
}

/** Elements with their keys, in the order of these. */
function keyed(machine: Evaluator, at: Spot, by: Filter, scope: Scope): (readonly [Json, Json])[] {
  const list: Json[] = must(at.value, 'array', 'cannot be sorted, as it is not an array')
  return list
    .map(own => [[...machine.values(by, own, scope)], own] as const)
    .sort(([a], [b]) => compare(a, b))
}

function groups(list: readonly (readonly [Json, Json])[]): Json[][] {
  const out: Json[][] = []
  for (const [i, [key, own]] of list.entries())
    if (i && compare(key, list[i - 1]![0]) === 0) out.at(-1)!.push(own)
    else out.push([own])
  return out
}

/** What the manual defines in jq. */
const definitions: Readonly<Record<string, string>> = {
  'values/0': 'select(. != null)',
  'nulls/0': 'select(. == null)',
  'booleans/0': 'select(type == "boolean")',
  'numbers/0': 'select(type == "number")',
  'strings/0': 'select(type == "string")',
  'arrays/0': 'select(type == "array")',
  'objects/0': 'select(type == "object")',
  'scalars/0': 'select(type != "array" and type != "object")',
  'iterables/0': 'select(type == "array" or type == "object")',
  'recurse/0': '..',
  'map_values/1': '.[] |= f',
  'with_entries/1': 'to_entries | map(f) | from_entries',
  'any/1': 'map(f) | any',
  'all/1': 'map(f) | all',
  'any/2': '[f | g] | any',
  'all/2': '[f | g] | all',
  'add/1': '[f] | add',
  'last/1': '[f] | last',
  'nth/2': '[limit((f) + 1; g)] | last',
  'leaf_paths/0': 'paths(scalars)',
  'paths/1': 'path(.. | select(f)) | select(length > 0)',
  'walk/1':
    'def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w',
  'pick/1': '. as $in | reduce path(f) as $p (null; setpath($p; $in | getpath($p)))',
  'in/2': 'f | in(g)',
  'IN/1': '. as $x | any(f; . == $x)',
  'ascii/0': '[.] | implode',
  'tojson/1': 'f | tojson',
  'del/2': 'del(f, g)',
  'finites/0': 'select(type == "number")',
  'halt/0': 'empty',
  'objects_or_arrays/0': 'select(type == "array" or type == "object")',
}

const parsed = new Map<string, Filter>()

function defined(name: string): Builtin | undefined {
  const source = definitions[name]
  if (source === undefined) return undefined
  const parameters = ['f', 'g', 'h'].slice(0, Number(name.split('/')[1]))
  let body = parsed.get(name)
  if (!body) {
    body = parse(
      `def own${parameters.length ? `(${parameters.join(';')})` : ''}: ${source}; own${parameters.length ? `(${parameters.map(each => `outer_${each}`).join(';')})` : ''}`,
    )
    parsed.set(name, body)
  }
  return function* (machine, at, args, scope) {
    let inner = scope
    for (const [i, arg] of args.entries())
      inner = inner.alias(`outer_${parameters[i]}/0`, { parameters: [], body: arg, scope })
    yield* machine.run(body!, at, inner)
  }
}

export const builtins = {
  CompileError,
  deletePath,
  find(name: string, count: number): Builtin | undefined {
    const key = `${name}/${count}`
    const own = special[key] ?? loops[key] ?? defined(key)
    if (own) return own
    const simple = count === 0 ? plain[name] : undefined
    if (simple)
      return function* (_machine, { value }) {
        yield { value: simple(value) }
      }
    const valued = withValues[key]
    if (!valued) return undefined
    return function* (machine, { value }, args, scope) {
      for (const values of combinations(machine, args, value, scope))
        yield { value: valued(value, ...values) }
    }
  },
}

function* combinations(
  machine: Evaluator,
  args: readonly Filter[],
  value: Json,
  scope: Scope,
): Generator<Json[]> {
  const [first, ...rest] = args
  if (!first) {
    yield []
    return
  }
  for (const tail of combinations(machine, rest, value, scope))
    for (const own of machine.values(first, value, scope)) yield [own, ...tail]
}
