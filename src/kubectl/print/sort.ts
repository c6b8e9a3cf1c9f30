// `--sort-by` (kubectl pkg/cmd/get/sorter.go): by the values at a JSONPath; objects without it come first.
import { approximateQuantity } from '../../kinds/machinery/quantity.ts'
import { CommandError, UnsortableField } from '../errors.ts'
import { JsonPath, relaxedPath } from './jsonpath.ts'

/** A sorted copy; throws where no object has the field. */
export function sortByPath<T>(items: readonly T[], objectOf: (item: T) => unknown, path: string): T[] {
  const field = relaxedPath(path)
  let parsed: JsonPath
  try {
    parsed = new JsonPath(field)
  } catch (error) {
    throw new CommandError(`sorting error: ${(error as Error).message}`)
  }
  const keyed = items.map(item => ({ item, key: parsed.find(objectOf(item))[0]?.[0] }))
  if (keyed.length && keyed.every(({ key }) => key === undefined))
    throw new CommandError(
      `couldn't find any field with path ${JSON.stringify(field)} in the list of objects`,
    )
  const odd = keyed.find(({ key }) => isUnsortable(key))
  if (odd && keyed.length > 1) throw new UnsortableField(field, goTypeOf(odd.key))
  return keyed.sort((a, b) => compareValues(a.key, b.key)).map(({ item }) => item)
}

const isUnsortable = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'object' && value !== null)

const goTypeOf = (value: unknown): string =>
  typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'

function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1
  if (b === undefined || b === null) return 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== 'string' || typeof b !== 'string') return 0
  const [x, y] = [approximateQuantity(a), approximateQuantity(b)]
  if (x !== undefined && y !== undefined) return x - y
  return naturalOrder(a, b)
}

/** Runs of digits compare as numbers (github.com/fvbommel/sortorder). */
function naturalOrder(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? []
  const [x, y] = [parts(a), parts(b)]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [p, q] = [x[i]!, y[i]!]
    if (p === q) continue
    if (/^\d/.test(p) && /^\d/.test(q) && Number(p) !== Number(q)) return Number(p) - Number(q)
    return p < q ? -1 : 1
  }
  return x.length - y.length
}
