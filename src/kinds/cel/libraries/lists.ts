// Lists and sets: k8s.io/apiserver/pkg/cel/library/lists.go, cel-go/ext/sets.go; and regular expressions (regex.go).
import { TooManySteps } from '../../../engine/expressions/errors.ts'
import { expression } from '../../../engine/expressions/expression.ts'
import { fail, type Library, Namespace } from './library.ts'

class Sets extends Namespace {}

type Comparable = bigint | number | string | boolean

/** Equality of CEL values: an int equals a double of the same value. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'bigint' && typeof b === 'number') return Number(a) === b
  if (typeof a === 'number' && typeof b === 'bigint') return a === Number(b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    left.length === right.length &&
    left.every(([name, field]) => same(field, (b as Record<string, unknown>)[name]))
  )
}

const contains = (list: readonly unknown[], of: readonly unknown[]): boolean =>
  of.every(item => list.some(other => same(item, other)))

export const lists: Library = environment => {
  const extreme = (name: string, better: (a: Comparable, b: Comparable) => boolean) => (list: Comparable[]) =>
    list.length
      ? list.reduce((best, item) => (better(item, best) ? item : best))
      : fail(`${name} called on empty list`)
  environment
    .registerFunction('list.isSorted(): bool', (list: Comparable[]) =>
      list.every((item, i) => i === 0 || list[i - 1]! <= item),
    )
    .registerFunction(
      'list.sum(): dyn',
      (list: unknown[]) =>
        list.reduce<unknown>(
          (sum, item) => (sum === undefined ? item : (sum as number) + (item as number)),
          undefined,
        ) ?? 0n,
    )
    .registerFunction(
      'list.min(): dyn',
      extreme('min', (a, b) => a < b),
    )
    .registerFunction(
      'list.max(): dyn',
      extreme('max', (a, b) => a > b),
    )
    .registerFunction('list.indexOf(dyn): int', (list: unknown[], value: unknown) =>
      BigInt(list.findIndex(item => same(item, value))),
    )
    .registerFunction('list.lastIndexOf(dyn): int', (list: unknown[], value: unknown) =>
      BigInt(list.findLastIndex(item => same(item, value))),
    )
    .registerType('SetsNamespace', Sets)
    .registerConstant('sets', 'SetsNamespace', new Sets())
    .registerFunction('SetsNamespace.contains(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      contains(a, b),
    )
    .registerFunction(
      'SetsNamespace.equivalent(list, list): bool',
      (_: Sets, a: unknown[], b: unknown[]) => contains(a, b) && contains(b, a),
    )
    .registerFunction('SetsNamespace.intersects(list, list): bool', (_: Sets, a: unknown[], b: unknown[]) =>
      a.some(item => contains(b, [item])),
    )
    .registerFunction(
      'string.find(string): string',
      (text: string, pattern: string) => found(text, pattern, 1)[0] ?? '',
    )
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) =>
      found(text, pattern, -1),
    )
    .registerFunction(
      'string.findAll(string, int): list<string>',
      (text: string, pattern: string, limit: bigint) => found(text, pattern, Number(limit)),
    )
}

function found(text: string, pattern: string, limit: number): string[] {
  const out: string[] = []
  try {
    for (const match of expression(pattern, 'perl').all(text)) {
      if (out.length === limit) break
      out.push(match.groups[0]!)
    }
  } catch (error) {
    if (error instanceof TooManySteps) return fail('operation cancelled: actual cost limit exceeded')
    return fail(`Illegal regex: ${pattern}`)
  }
  return out
}
