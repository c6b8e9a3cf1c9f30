// Runs a filter: every filter takes one value and gives any number. Where a path is asked for (assignments, `del`,
// `paths`) a value carries the path that led to it.
import { builtins } from './builtins.ts'
import { each } from './each.ts'
import { matchesOf, type Wanted } from './matching.ts'
import type { Closure, Scope } from './scope.ts'
import type { Filter, Pattern } from './tree.ts'
import {
  arithmetic,
  compare,
  format,
  get,
  JqError,
  type Json,
  type Path,
  setPath,
  slice,
  TooDeep,
  text,
  truth,
  typeOf,
} from './values.ts'

/** A value, and where it stands in the input as far as that is known. */
export interface Spot {
  readonly value: Json
  readonly path?: Path | undefined
}

export type Values = Generator<Spot>

/** What a program may ask of the world. */
export interface Context {
  readonly env: Json
  readonly now: number
  readonly codec: Parameters<typeof format>[2]
  /** Further inputs, for `input` and `inputs`. */
  readonly inputs: Iterator<Json>
  debug(value: Json): void
}

/** Steps to one value without a rest: what goes on for longer is stopped, since nothing could interrupt it. */
const maximumSteps = 400_000
/** Calls of the program's own functions within each other. */
const deepest = 250
/** So many steps of matching are one of these. */
const matchingSteps = 200

export class Evaluator {
  readonly context: Context
  /** Since the last rest. */
  #steps = 0
  /** Calls that are at work just now: not those that wait for who wants their next value. */
  #calls = 0

  constructor(context: Context) {
    this.context = context
  }

  readonly spend = (steps: number): void => {
    this.#steps += steps
    if (this.#steps > maximumSteps) throw new JqError('stopped: this program goes on for too long')
  }

  matches(value: Json, wanted: Wanted): Json[] {
    return matchesOf(value, wanted, steps => this.spend(steps / matchingSteps))
  }

  /** How many there were since the last rest: it is now. */
  takeSteps(): number {
    const steps = this.#steps
    this.#steps = 0
    return steps
  }

  /** All values of a filter for one input. */
  *values(filter: Filter, value: Json, scope: Scope): Generator<Json> {
    for (const spot of this.run(filter, { value }, scope)) yield spot.value
  }

  *paths(filter: Filter, value: Json, scope: Scope): Generator<Path> {
    for (const { path, value: found } of this.run(filter, { value, path: [] }, scope)) {
      if (!path) throw new JqError(`Invalid path expression with result ${JSON.stringify(found)}`)
      yield path
    }
  }

  *run(filter: Filter, at: Spot, scope: Scope): Values {
    this.spend(1)
    switch (filter.type) {
      case 'identity':
        yield at
        return
      case 'recurse':
        yield* this.#recurse(at)
        return
      case 'literal':
        yield { value: filter.value }
        return
      case 'text':
        for (const value of this.#interpolate(filter.parts, filter.format, at.value, scope)) yield { value }
        return
      case 'format':
        yield { value: format(filter.name, at.value, this.context.codec) }
        return
      case 'index':
        for (const of of this.run(filter.of, at, scope))
          for (const key of this.values(filter.key, at.value, scope))
            yield { value: get(of.value, key), path: of.path && [...of.path, key] }
        return
      case 'slice': {
        const none: Filter = { type: 'literal', value: null }
        for (const of of this.run(filter.of, at, scope))
          for (const end of this.values(filter.to ?? none, at.value, scope))
            for (const start of this.values(filter.from ?? none, at.value, scope))
              yield { value: slice(of.value, start, end), path: of.path && [...of.path, { start, end }] }
        return
      }
      case 'iterate':
        for (const of of this.run(filter.of, at, scope)) yield* each(of)
        return
      case 'try':
        try {
          yield* this.run(filter.body, at, scope)
        } catch (error) {
          if (!(error instanceof JqError)) throw error
          if (filter.otherwise) yield* this.run(filter.otherwise, { value: error.value }, scope)
        }
        return
      case 'array':
        yield { value: filter.body ? [...this.values(filter.body, at.value, scope)] : [] }
        return
      case 'object':
        for (const value of this.#object(filter.entries, 0, at.value, scope)) yield { value }
        return
      case 'negate':
        for (const value of this.values(filter.body, at.value, scope)) {
          if (typeof value !== 'number')
            throw new JqError(`${typeOf(value)} (${JSON.stringify(value)}) cannot be negated`)
          yield { value: -value }
        }
        return
      case 'binary':
        yield* this.#binary(filter.mark, filter.left, filter.right, at, scope)
        return
      case 'if':
        for (const condition of this.values(filter.condition, at.value, scope)) {
          const chosen = truth(condition) ? filter.then : filter.otherwise
          if (chosen) yield* this.run(chosen, at, scope)
          else yield at
        }
        return
      case 'variable':
        if (filter.name === 'ENV' && !scope.has('ENV')) yield { value: this.context.env }
        else yield { value: scope.variable(filter.name) }
        return
      case 'bind':
        for (const value of this.values(filter.source, at.value, scope))
          for (const inner of this.match(filter.pattern, value, scope))
            yield* this.run(filter.body, at, inner)
        return
      case 'fold':
        yield* this.#fold(filter, at, scope)
        return
      case 'define':
        yield* this.run(filter.rest, at, scope.define(filter.name, filter.parameters, filter.body))
        return
      case 'call':
        yield* this.#call(filter.name, filter.args, at, scope)
    }
  }

  *#recurse(at: Spot): Values {
    yield at
    if (at.value && typeof at.value === 'object') for (const inner of each(at)) yield* this.#recurse(inner)
  }

  *#interpolate(
    parts: readonly (string | Filter)[],
    form: string | undefined,
    value: Json,
    scope: Scope,
  ): Generator<string> {
    const [first, ...rest] = parts
    if (first === undefined) {
      yield ''
      return
    }
    const heads = typeof first === 'string' ? [first] : this.values(first, value, scope)
    for (const head of heads) {
      const shown =
        typeof first === 'string' ? first : form ? format(form, head, this.context.codec) : text(head)
      for (const tail of this.#interpolate(rest, form, value, scope)) yield shown + tail
    }
  }

  *#object(
    entries: readonly (readonly [Filter, Filter])[],
    i: number,
    value: Json,
    scope: Scope,
  ): Generator<Json> {
    const entry = entries[i]
    if (!entry) {
      yield {}
      return
    }
    for (const key of this.values(entry[0], value, scope)) {
      if (typeof key !== 'string') throw new JqError(`Object keys must be strings`)
      for (const own of this.values(entry[1], value, scope))
        for (const rest of this.#object(entries, i + 1, value, scope)) yield { [key]: own, ...rest }
    }
  }

  *#binary(mark: string, left: Filter, right: Filter, at: Spot, scope: Scope): Values {
    switch (mark) {
      case '|':
        for (const middle of this.run(left, at, scope)) yield* this.run(right, middle, scope)
        return
      case ',':
        yield* this.run(left, at, scope)
        yield* this.run(right, at, scope)
        return
      case '//': {
        let found = false
        try {
          for (const spot of this.run(left, at, scope))
            if (truth(spot.value)) {
              found = true
              yield spot
            }
        } catch (error) {
          if (!(error instanceof JqError)) throw error
        }
        if (!found) yield* this.run(right, at, scope)
        return
      }
      case 'and':
      case 'or':
        for (const a of this.values(left, at.value, scope)) {
          if (truth(a) === (mark === 'or')) yield { value: mark === 'or' }
          else for (const b of this.values(right, at.value, scope)) yield { value: truth(b) }
        }
        return
      case '|=': {
        let value = at.value
        const gone: Path[] = []
        for (const path of [...this.paths(left, at.value, scope)]) {
          const next = this.values(right, path.reduce(get, value), scope).next()
          if (next.done) gone.push(path)
          else value = setPath(value, path, next.value)
        }
        yield { value: this.deletePaths(value, gone) }
        return
      }
      case '=':
        for (const next of this.values(right, at.value, scope)) {
          let value = at.value
          for (const path of this.paths(left, at.value, scope)) value = setPath(value, path, next)
          yield { value }
        }
        return
    }
    if (mark.length > 1 && mark.endsWith('=') && !/^[=!<>]/.test(mark)) {
      for (const operand of this.values(right, at.value, scope)) {
        let value = at.value
        for (const path of [...this.paths(left, at.value, scope)]) {
          const old = path.reduce(get, value)
          value = setPath(
            value,
            path,
            mark === '//=' ? (truth(old) ? old : operand) : arithmetic(mark.slice(0, -1), old, operand),
          )
        }
        yield { value }
      }
      return
    }
    for (const b of this.values(right, at.value, scope))
      for (const a of this.values(left, at.value, scope)) yield { value: operate(mark, a, b) }
  }

  deletePaths(value: Json, paths: readonly Path[]): Json {
    const sorted = [...paths].sort(compare).reverse()
    return sorted.reduce((left, path) => builtins.deletePath(left, path), value)
  }

  /** What a pattern binds: a scope for each way. */
  *match(pattern: Pattern, value: Json, scope: Scope): Generator<Scope> {
    if (pattern.type === 'variable') {
      yield scope.with({ [pattern.name]: value })
      return
    }
    const parts: (readonly [Json, Pattern])[] =
      pattern.type === 'array'
        ? pattern.items.map((item, i) => [i, item])
        : pattern.entries.map(([key, inner]) => [this.values(key, value, scope).next().value, inner])
    let scopes: Scope[] = [scope]
    for (const [key, inner] of parts)
      scopes = scopes.flatMap(each => [...this.match(inner, get(value, key), each)])
    yield* scopes
  }

  *#fold({ how, source, pattern, steps }: Extract<Filter, { type: 'fold' }>, at: Spot, scope: Scope): Values {
    const [initial, update, extract] = steps
    for (const start of this.values(initial!, at.value, scope)) {
      let state = start
      for (const value of this.values(source, at.value, scope))
        for (const inner of this.match(pattern, value, scope)) {
          let last: Json = null
          for (const next of this.values(update!, state, inner)) {
            last = next
            if (how === 'foreach') {
              if (extract) for (const shown of this.values(extract, next, inner)) yield { value: shown }
              else yield { value: next }
            }
          }
          state = last
        }
      if (how === 'reduce') yield { value: state }
    }
  }

  *#call(name: string, args: readonly Filter[], at: Spot, scope: Scope): Values {
    const own = scope.function(`${name}/${args.length}`)
    if (own) {
      yield* this.#apply(own, args, 0, at, scope, own.scope)
      return
    }
    const builtin = builtins.find(name, args.length)
    if (!builtin)
      throw new builtins.CompileError(`${name}/${args.length} is not defined at <top-level>, line 1:`)
    yield* builtin(this, at, args, scope)
  }

  *#counted(values: Values): Values {
    for (;;) {
      if (++this.#calls > deepest) throw new TooDeep()
      let next: IteratorResult<Spot>
      try {
        next = values.next()
      } finally {
        this.#calls--
      }
      if (next.done) return
      yield next.value
    }
  }

  /** Arguments by name are filters of the caller; `$name` takes their values, one after the other. */
  *#apply(
    closure: Closure,
    args: readonly Filter[],
    i: number,
    at: Spot,
    caller: Scope,
    inner: Scope,
  ): Values {
    const parameter = closure.parameters[i]
    if (parameter === undefined) {
      yield* this.#counted(this.run(closure.body, at, inner))
      return
    }
    const closed: Closure = { parameters: [], body: args[i]!, scope: caller }
    if (!parameter.startsWith('$')) {
      yield* this.#apply(closure, args, i + 1, at, caller, inner.alias(`${parameter}/0`, closed))
      return
    }
    const variable = parameter.slice(1)
    for (const value of this.values(args[i]!, at.value, caller))
      yield* this.#apply(
        closure,
        args,
        i + 1,
        at,
        caller,
        inner.with({ [variable]: value }).alias(`${variable}/0`, closed),
      )
  }
}

function operate(mark: string, a: Json, b: Json): Json {
  switch (mark) {
    case '==':
      return compare(a, b) === 0
    case '!=':
      return compare(a, b) !== 0
    case '<':
      return compare(a, b) < 0
    case '<=':
      return compare(a, b) <= 0
    case '>':
      return compare(a, b) > 0
    case '>=':
      return compare(a, b) >= 0
  }
  return arithmetic(mark, a, b)
}
