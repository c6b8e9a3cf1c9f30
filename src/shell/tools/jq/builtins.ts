// jq's own functions by name: those of values, those that take filters, and those that the manual defines in jq itself.
import { dictionary } from '../../../engine/dictionary.ts'
import type { Evaluator } from './evaluate.ts'
import { type Builtin, special } from './filter-functions.ts'
import { loops } from './loops.ts'
import { parse } from './parser.ts'
import type { Scope } from './scope.ts'
import { CompileError } from './tokens.ts'
import type { Filter } from './tree.ts'
import { plain, withValues } from './value-functions.ts'
import { deletePath, type Json } from './values.ts'

/** What the manual defines in jq. */
const definitions: Readonly<Record<string, string>> = dictionary({
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
})

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
