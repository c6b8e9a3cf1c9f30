// jq's functions that take filters, and those that give several values.
import { held } from '../../../engine/holding.ts'
import { each } from './each.ts'
import type { Evaluator, Spot, Values } from './evaluate.ts'
import { readPattern, splitBy, type Wanted, withoutPlaces } from './matching.ts'
import type { Scope } from './scope.ts'
import type { Filter } from './tree.ts'
import { fail, must } from './value-functions.ts'
import { compare, get, JqError, type Json, text, truth } from './values.ts'

export type Builtin = (machine: Evaluator, at: Spot, args: readonly Filter[], scope: Scope) => Values

/** Those that take filters, and those that give several values. */
export const special: Readonly<Record<string, Builtin>> = {
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
