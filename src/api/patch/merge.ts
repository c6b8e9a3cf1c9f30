// JSON merge patch, RFC 7396. Objects that it merged have their keys sorted, as Go writes maps.
import { isObject, set, sortedKeys } from '../json.ts'

/** The value after the patch; neither argument is changed, unchanged parts are shared. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (value === null) delete result[key]
    else set(result, key, mergePatch(Object.hasOwn(result, key) ? result[key] : undefined, value))
  }
  return sortedKeys(result)
}
