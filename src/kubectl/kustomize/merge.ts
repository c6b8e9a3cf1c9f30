// A strategic merge patch as kustomize carries it out (kyaml yaml/merge2): like the server's, but what the patch adds to
// a list comes first, in the order of the patch.
import type { FieldType, ValueType } from '../../kinds/schema.ts'
import { type Dict, isObject } from '../print/values.ts'

const directive = '$patch'

/** Undefined: deleted. */
export function mergeValues(
  old: unknown,
  patch: unknown,
  type: ValueType | undefined,
  field?: Partial<FieldType>,
): unknown {
  if (patch === null) return undefined
  if (isObject(patch)) return mergeMaps(isObject(old) ? old : undefined, patch, type)
  if (Array.isArray(patch))
    return field?.patchStrategy?.includes('merge')
      ? mergeLists(Array.isArray(old) ? old : [], patch, type, field.mergeKey)
      : patch
  return patch
}

function mergeMaps(old: Dict | undefined, given: Dict, type: ValueType | undefined): Dict | undefined {
  const { [directive]: what, ...patch } = given
  if (what === 'delete') return undefined
  const result: Dict = what === 'replace' ? {} : { ...old }
  for (const key of Object.keys(patch)) {
    const field: Partial<FieldType> | undefined =
      type?.form === 'struct' ? type.field(key) : type?.form === 'map' ? { type: type.values } : undefined
    const merged = mergeValues(result[key], patch[key], field?.type, field)
    if (merged === undefined) delete result[key]
    else result[key] = merged
  }
  return result
}

function mergeLists(
  old: readonly unknown[],
  given: readonly unknown[],
  type: ValueType | undefined,
  mergeKey: string | undefined,
): unknown[] {
  const whole = given.find(item => isObject(item) && directive in item && Object.keys(item).length === 1)
  const patch = given.filter(item => item !== whole)
  if (isObject(whole) && whole[directive] !== 'merge') return whole[directive] === 'replace' ? patch : []
  if (!mergeKey) return [...patch, ...old.filter(item => !patch.includes(item))]
  // Of the keys of the list those count that some element has: a port's protocol only where one is named.
  const keys = (type?.form === 'list' && type.keys.length ? type.keys : [mergeKey]).filter(key =>
    [...old, ...patch].some(item => isObject(item) && item[key] !== undefined),
  )
  const items = type?.form === 'list' ? type.items : undefined
  const same = (a: unknown, b: unknown) =>
    isObject(a) && isObject(b) && keys.length > 0 && keys.every(key => a[key] === b[key])
  const first = patch.map(item =>
    mergeValues(
      old.find(o => same(o, item)),
      item,
      items,
    ),
  )
  return [...first.filter(item => item !== undefined), ...old.filter(o => !patch.some(item => same(o, item)))]
}
