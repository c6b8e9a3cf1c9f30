// What describers ask of the cluster besides the object itself, and small words of theirs.
import { StatusError } from '../errors.ts'
import { byCodePoint } from '../print/values.ts'
import type { Description } from './parts.ts'

export function list<Plural extends string, Group extends string>(
  { ctx }: Description,
  plural: Plural,
  group: Group,
  namespace: string,
  query: Record<string, string> = {},
) {
  return ctx.client.list(ctx.discovery.known(plural, group), namespace, query).items
}

/** The object, or undefined where the server has none or refuses. */
export function find<Plural extends string, Group extends string>(
  { ctx }: Description,
  plural: Plural,
  group: Group,
  namespace: string,
  name: string,
) {
  try {
    return ctx.client.get(ctx.discovery.known(plural, group), namespace, name)
  } catch (error) {
    if (error instanceof StatusError) return undefined
    throw error
  }
}
export const orUnset = (value: unknown): string =>
  value === undefined || value === null || value === '' ? '<unset>' : String(value)
/** In the order of their keys, as all of kubectl's maps are told. */
export const entriesOf = <T>(map: Readonly<Record<string, T>> | undefined): [key: string, value: T][] =>
  Object.entries(map ?? {}).sort(([a], [b]) => byCodePoint(a, b))
export const keysOf = (map: Readonly<Record<string, unknown>> | undefined): string[] =>
  Object.keys(map ?? {}).sort(byCodePoint)
/** As Go prints a list: `[a b]`. */
export const goList = (items: readonly unknown[] | undefined): string => `[${(items ?? []).join(' ')}]`
