// The order in which problems are worth mending: what causes another comes first. By what they are about (a text that
// cannot be read hides everything, a kind that nothing knows hides its fields …), and by trial: what is gone once a problem
// is mended was its consequence, and follows it.
import type { Diagnostic } from './diagnostic.ts'

/** From the text to what objects mean to each other; all other codes are about values. */
const stages: readonly (readonly [RegExp, number])[] = [
  [/^(yaml-|json-|missing-space|invisible|too-long-to-check)/, 0],
  [/^(not-an-object|missing-(api-version|kind)|type-not-text|unknown-kind|foreign-kind|other-version)/, 1],
  [/^(unknown-field|want-|unquote|bad-|duplicate-key|full-width)/, 2],
  [/^(duplicate-object|service-)/, 5],
]

function stageOf({ code, severity }: Diagnostic): number {
  const stage = stages.find(([pattern]) => pattern.test(code))?.[1]
  return stage ?? (severity === 'error' ? 3 : 4)
}

/** No more of them are mended on trial: each costs another diagnosis. */
const most = 4

const same = (one: Diagnostic, other: Diagnostic): boolean =>
  one.code === other.code && one.message === other.message

/**
 * The problems in that order. `without`: what is wrong once a problem is mended; undefined where nothing mends it.
 * `follows`: it goes with the last one before it that does not follow.
 */
export function byCause<P extends Diagnostic>(
  problems: readonly P[],
  without: (problem: P) => readonly Diagnostic[] | undefined,
): (P & { readonly follows?: true })[] {
  let left = problems.toSorted((a, b) => stageOf(a) - stageOf(b))
  const ordered: (P & { readonly follows?: true })[] = []
  let trials = left.length > 1 ? most : 0
  while (left.length) {
    const [cause, ...others] = left as [P, ...P[]]
    ordered.push(cause)
    const after = trials > 0 && others.length ? without(cause) : undefined
    if (after) trials--
    // A mended text shows faults that were hidden: those that were seen before and are gone count.
    const gone = after ? others.filter(each => !after.some(still => same(still, each))) : []
    for (const each of gone) ordered.push({ ...each, follows: true })
    left = others.filter(each => !gone.includes(each))
  }
  return ordered
}
