// What describers ask of the cluster besides the object itself, and small words of theirs.
import type { AnyObject, KubeObject } from '../../kinds/object.ts'
import { StatusError } from '../errors.ts'
import { byCodePoint } from '../print/values.ts'
import type { Description } from './parts.ts'

export function list<T extends KubeObject = AnyObject>(
  { ctx }: Description,
  plural: string,
  group: string,
  namespace: string,
  query: Record<string, string> = {},
): T[] {
  return ctx.client.list<T>(ctx.discovery.known(plural, group), namespace, query).items
}

/** The object, or undefined where the server has none or refuses. */
export function find(
  { ctx }: Description,
  plural: string,
  group: string,
  namespace: string,
  name: string,
): AnyObject | undefined {
  try {
    return ctx.client.get(ctx.discovery.known(plural, group), namespace, name)
  } catch (error) {
    if (error instanceof StatusError) return undefined
    throw error
  }
}
export const orUnset = (value: unknown): string =>
  value === undefined || value === null || value === '' ? '<unset>' : String(value)
export const keysOf = (map: Readonly<Record<string, unknown>> | undefined): string[] =>
  Object.keys(map ?? {}).sort(byCodePoint)
/** As Go prints a list: `[a b]`. */
export const goList = (items: readonly unknown[] | undefined): string => `[${(items ?? []).join(' ')}]`
