// recurse, repeat, while and until: the manual defines them by calls of themselves at the end of a pipe, which jq carries
// out as jumps. So they are loops here, with a stack of what may still give more.
import type { Evaluator, Spot, Values } from './evaluate.ts'
import type { Scope } from './scope.ts'
import type { Filter } from './tree.ts'
import { TooDeep, truth } from './values.ts'

type Loop = (machine: Evaluator, at: Spot, args: readonly Filter[], scope: Scope) => Values

/** At each value: what comes out of the loop, and what it goes on with. */
type Step = (at: Spot) => Generator<{ readonly out: Spot } | { readonly next: Spot }>

/** Values within each other that may still give more. */
const deepest = 10_000
/** To go on with another value: in steps of the machine. */
const round = 3

/** `straight`: no value goes on with more than one, so that it is done with when that comes. */
function* walk(machine: Evaluator, start: Spot, step: Step, straight: boolean): Values {
  const open = [step(start)]
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { done, value } = top.next()
    if (done) open.pop()
    else if ('out' in value) yield value.out
    else {
      machine.spend(round)
      if (straight) open.pop()
      if (open.push(step(value.next)) > deepest) throw new TooDeep()
    }
  }
}

/** Whether a filter surely gives one value at most. */
function isSingle(filter: Filter, scope: Scope): boolean {
  const all = (...filters: readonly (Filter | undefined)[]) =>
    filters.every(each => !each || isSingle(each, scope))
  switch (filter.type) {
    case 'identity':
    case 'literal':
    case 'format':
    case 'variable':
    case 'array':
      return true
    case 'index':
      return all(filter.of, filter.key)
    case 'slice':
      return all(filter.of, filter.from, filter.to)
    case 'negate':
      return all(filter.body)
    case 'try':
      return all(filter.body, filter.otherwise)
    case 'text':
      return all(...filter.parts.map(part => (typeof part === 'string' ? undefined : part)))
    case 'object':
      return all(...filter.entries.flat())
    case 'binary':
      return filter.mark !== ',' && all(filter.left, filter.right)
    case 'if':
      return all(filter.condition, filter.then, filter.otherwise)
    case 'call': {
      const { name, args } = filter
      if (scope.function(`${name}/${args.length}`)) return false
      return args.length === 0 ? singles.has(name) : name === 'select' && all(...args)
    }
    default:
      return false
  }
}

/** Functions of the value alone that are likely in a loop. */
const singles = new Set('empty not length add floor sqrt tostring tonumber type first last'.split(' '))

const recurse: Loop = (machine, at, [filter, condition], scope) =>
  walk(
    machine,
    at,
    function* (own) {
      yield { out: own }
      for (const next of machine.run(filter!, own, scope))
        if (!condition) yield { next }
        else
          for (const goesOn of machine.values(condition, next.value, scope)) if (truth(goesOn)) yield { next }
    },
    isSingle(filter!, scope) && (!condition || isSingle(condition, scope)),
  )

export const loops: Readonly<Record<string, Loop>> = {
  'recurse/1': recurse,
  'recurse/2': recurse,
  'repeat/1': recurse,
  'while/2': (machine, at, [condition, update], scope) =>
    walk(
      machine,
      at,
      function* (own) {
        for (const goesOn of machine.values(condition!, own.value, scope))
          if (truth(goesOn)) {
            yield { out: own }
            for (const next of machine.run(update!, own, scope)) yield { next }
          }
      },
      isSingle(condition!, scope) && isSingle(update!, scope),
    ),
  'until/2': (machine, at, [condition, update], scope) =>
    walk(
      machine,
      at,
      function* (own) {
        for (const isThere of machine.values(condition!, own.value, scope))
          if (truth(isThere)) yield { out: own }
          else for (const next of machine.run(update!, own, scope)) yield { next }
      },
      isSingle(condition!, scope) && isSingle(update!, scope),
    ),
}
