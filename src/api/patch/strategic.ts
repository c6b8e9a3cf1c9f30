// Strategic merge patch: k8s.io/apimachinery/pkg/util/strategicpatch/patch.go, as the server applies it (parallel lists
// merged, nulls that match nothing ignored). Merge keys and strategies come from the schema.
import type { FieldType, ListType, StructType, ValueType } from '../../kinds/schema.ts'
import { badRequest, failure, plainError } from '../errors.ts'
import { equalJson, isObject, set } from '../json.ts'
import { goValue } from './go-format.ts'

type Json = Record<string, unknown>

const directive = '$patch'
const retainKeys = '$retainKeys'
const deletePrefix = '$deleteFromPrimitiveList/'
const orderPrefix = '$setElementOrder/'

/**
 * The patched object; `original` is not changed, and what the patch does not name is shared. The patch loses the nulls
 * and directives that were dealt with: messages quote what is left of it.
 */
export function strategicMergePatch(original: object, patch: object, type: StructType): Json {
  return mergeMap(original as Json, patch as Json, type)
}

const badRetainKeys = () => badRequest('invalid patch format of retainKeys')
const noMergeKey = (item: Json, key: string) =>
  plainError(`map: ${goValue(item)} does not contain declared merge key: ${key}`)
const badPatchType = (type: unknown, item: Json) =>
  plainError(`unknown patch type '${goValue(type)}' in map: '${goValue(item)}'`)
const badArgument = (name: string, value: unknown) =>
  plainError(
    `expected a ${name}, but received a ${Array.isArray(value) ? '[]interface {}' : isObject(value) ? 'map[string]interface {}' : typeof value}`,
  )

/** Type of a field: of a struct's by its name, of a map's values whatever their name. */
function fieldOf(type: ValueType | undefined, name: string): Partial<FieldType> {
  if (type?.form === 'struct') return type.field(name) ?? {}
  return type?.form === 'map' ? { type: type.values } : {}
}

function mergeMap(originalMap: Json, patchMap: Json, type: ValueType | undefined): Json {
  if (directive in patchMap) {
    const { [directive]: what, ...rest } = patchMap
    if (what === 'replace') return rest
    if (what === 'delete') return {}
    throw badPatchType(what, patchMap)
  }
  const original: Json = { ...originalMap }
  const patch = patchMap
  applyRetainKeys(original, patch)
  applyElementOrders(original, patch, type)
  for (const key of Object.keys(patch).sort()) {
    const value = patch[key]
    const deletes = key.startsWith(deletePrefix)
    const name = deletes ? key.slice(deletePrefix.length) : key
    if (deletes && !Array.isArray(value)) throw badRequest('invalid patch format of primitive list')
    if (value === null) {
      delete original[name]
      continue
    }
    const current = Object.hasOwn(original, name) ? original[name] : undefined
    if (current === undefined || kindOf(current) !== kindOf(value)) {
      if (!deletes) {
        dropNulls(value)
        set(original, name, withoutDirectives(value))
      }
      continue
    }
    const field = fieldOf(type, name)
    const strategy = field.patchStrategy?.find(s => s !== 'retainKeys')
    if (isObject(value))
      set(original, name, strategy === 'replace' ? value : mergeMap(current as Json, value, field.type))
    else if (Array.isArray(value))
      set(
        original,
        name,
        strategy === 'merge' || deletes
          ? mergeList(current as unknown[], value, itemType(field.type), field.mergeKey ?? '', deletes)
          : value,
      )
    else set(original, name, value)
  }
  return original
}

const itemType = (type: ValueType | undefined): ValueType | undefined =>
  type?.form === 'list' ? (type as ListType).items : undefined

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'list' : isObject(value) ? 'map' : typeof value

/** discardNullValuesFromPatch */
function dropNulls(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) dropNulls(item)
  else if (isObject(value))
    for (const key of Object.keys(value))
      if (value[key] === null) delete value[key]
      else dropNulls(value[key])
}

/** What a patch adds whole: its directives and nulls have nothing to act on. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (const item of value) {
      if (isObject(item) && directive in item) {
        if (item[directive] === 'delete' || item[directive] === 'replace') continue
        throw badPatchType(item[directive], item)
      }
      items.push(withoutDirectives(item))
    }
    return items
  }
  if (!isObject(value)) return value
  const result: Json = {}
  for (const key of Object.keys(value)) {
    if (
      key === directive ||
      key === retainKeys ||
      key.startsWith(deletePrefix) ||
      key.startsWith(orderPrefix)
    )
      continue
    if (value[key] !== null) set(result, key, withoutDirectives(value[key]))
  }
  return result
}

function applyRetainKeys(original: Json, patch: Json): void {
  if (!(retainKeys in patch)) return
  const keys = patch[retainKeys]
  delete patch[retainKeys]
  if (!Array.isArray(keys)) throw badRetainKeys()
  for (const key of Object.keys(patch))
    if (
      patch[key] !== null &&
      !key.startsWith(deletePrefix) &&
      !key.startsWith(orderPrefix) &&
      !keys.includes(key)
    )
      throw badRetainKeys()
  for (const key of Object.keys(original)) if (!keys.includes(key)) delete original[key]
}

/** `$setElementOrder/x`: merges the list x and puts it in the order that the client has. */
function applyElementOrders(original: Json, patch: Json, type: ValueType | undefined): void {
  for (const key of Object.keys(patch)) {
    if (!key.startsWith(orderPrefix)) continue
    const name = key.slice(orderPrefix.length)
    const order = patch[key]
    delete patch[key]
    if (!Array.isArray(order)) throw badArgument('[]interface {}', order)
    const before = original[name]
    const items = patch[name]
    if (before !== undefined && !Array.isArray(before)) throw badArgument('[]interface {}', before)
    if (items !== undefined && !Array.isArray(items)) throw badArgument('[]interface {}', items)
    const field = fieldOf(type, name)
    const mergeKey = field.mergeKey ?? ''
    const merges = field.patchStrategy?.includes('merge')
    if (items) checkOrder(items, order, mergeKey)
    let merged: unknown[]
    if (before && items)
      merged = merges ? mergeList(before, items, itemType(field.type), mergeKey, false) : items
    else if (before ?? items) merged = before ?? (withoutDirectives(items) as unknown[])
    else continue
    const inPatch = merged.filter(item => indexOf(order, item, mergeKey) >= 0)
    const others = merged.filter(item => indexOf(order, item, mergeKey) < 0)
    set(
      original,
      name,
      inOrder(inPatch, others, order, orderLeftBehind(before ?? [], items ?? [], mergeKey), mergeKey),
    )
    delete patch[name]
  }
}

/**
 * The order of the server's list after the merge. The original deletes and appends in place, so that new items take the
 * places that deleted ones freed and count as the server's own there.
 */
function orderLeftBehind(before: readonly unknown[], items: readonly unknown[], mergeKey: string): unknown[] {
  const gone = items.filter(item => isObject(item) && item[directive] === 'delete')
  const left = before.filter(item => indexOf(gone, item, mergeKey) < 0)
  const added = items.filter(
    item => !(isObject(item) && directive in item) && indexOf(left, item, mergeKey) < 0,
  )
  return [...left, ...added.slice(0, before.length - left.length)]
}

function checkOrder(items: unknown[], order: unknown[], mergeKey: string): void {
  let at = 0
  for (const item of items) {
    if (isObject(item) && item[directive] !== undefined) continue
    while (at < order.length && !same(order[at], item, mergeKey)) at++
    if (at === order.length)
      throw plainError(
        `The order in patch list:\n${goValue(items)}\n doesn't match ${orderPrefix.slice(0, -1)} list:\n${goValue(order)}\n`,
      )
  }
}

function mergeList(
  original: unknown[],
  patch: unknown[],
  type: ValueType | undefined,
  mergeKey: string,
  deletes: boolean,
): unknown[] {
  if (original.length === 0 && patch.length === 0) return original
  const all = [...original, ...patch]
  if (Array.isArray(all[0])) throw failure(422, undefined, 'lists of lists are not supported')
  if (all.some(item => kindOf(item) !== kindOf(all[0])))
    throw plainError(`list element types are not identical: ${goValue([original, patch])}`)
  let merged: unknown[]
  let added = patch
  if (!isObject(all[0])) {
    if (deletes) return original.filter(item => !patch.includes(item))
    merged = [...new Set(all)]
  } else {
    if (!mergeKey) throw plainError('cannot merge lists without merge key for ')
    ;[merged, added] = applySpecialItems(original as Json[], patch as Json[], mergeKey)
    original = merged
    merged = mergeItems(merged as Json[], added as Json[], type, mergeKey)
  }
  const inPatch = merged.filter(item => indexOf(added, item, mergeKey) >= 0)
  const others = merged.filter(item => indexOf(added, item, mergeKey) < 0)
  return inOrder(inPatch, others, added, original, mergeKey)
}

/** Items with `$patch: delete` take their match away; one with `$patch: replace` takes all. */
function applySpecialItems(original: Json[], patch: Json[], mergeKey: string): [Json[], Json[]] {
  const plain: Json[] = []
  let replace = false
  for (const item of patch) {
    const what = item[directive]
    if (what === undefined) plain.push(item)
    else if (what === 'delete') {
      if (!(mergeKey in item)) throw noMergeKey(item, mergeKey)
      original = original.filter(o => !equalJson(keyOf(o, mergeKey), item[mergeKey]))
    } else if (what === 'replace') replace = true
    else if (what === 'merge') throw plainError('merging lists cannot yet be specified in the patch')
    else throw badPatchType(what, item)
  }
  return replace ? [plain, []] : [original, plain]
}

function keyOf(item: Json, mergeKey: string): unknown {
  if (!(mergeKey in item)) throw noMergeKey(item, mergeKey)
  return item[mergeKey]
}

function mergeItems(original: Json[], patch: Json[], type: ValueType | undefined, mergeKey: string): Json[] {
  const merged = [...original]
  for (const item of patch) {
    const key = keyOf(item, mergeKey)
    const at = merged.findIndex(o => equalJson(keyOf(o, mergeKey), key))
    if (at < 0) merged.push(withoutDirectives(item) as Json)
    else merged[at] = mergeMap(merged[at]!, item, type)
  }
  return merged
}

const same = (a: unknown, b: unknown, mergeKey: string): boolean =>
  isObject(a) && isObject(b) && mergeKey ? equalJson(a[mergeKey], b[mergeKey]) : equalJson(a, b)

const indexOf = (list: readonly unknown[], item: unknown, mergeKey: string): number =>
  list.findIndex(other => same(other, item, mergeKey))

/** normalizeElementOrder: the patch's items in its order, the server's own in theirs, woven by the old order. */
function inOrder(
  patchItems: unknown[],
  serverItems: unknown[],
  patchOrder: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const sorted = (items: unknown[], order: readonly unknown[]) => {
    const at = new Map(items.map(item => [item, indexOf(order, item, mergeKey)]))
    return items.toSorted((a, b) => at.get(a)! - at.get(b)!)
  }
  const left = sorted(serverItems, serverOrder)
  const right = sorted(patchItems, patchOrder)
  const result: unknown[] = []
  let i = 0
  let j = 0
  while (i < left.length || j < right.length) {
    if (i >= left.length) result.push(right[j++])
    else if (j >= right.length) result.push(left[i++])
    else {
      const l = indexOf(serverOrder, left[i], mergeKey)
      const r = indexOf(serverOrder, right[j], mergeKey)
      result.push(l >= 0 && r >= 0 && l < r ? left[i++] : right[j++])
    }
  }
  return result
}
