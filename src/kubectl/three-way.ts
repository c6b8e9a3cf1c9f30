// The patch that `kubectl apply` sends: what changed from the live object to the file, and what was deleted since the
// file was applied last (apimachinery util/strategicpatch, CreateThreeWayMergePatch). Lists with merge keys become lists
// of patches, with `$setElementOrder` and `$patch: delete`; custom resources get a JSON merge patch.
import { type StructType, structType, type ValueType } from '../kinds/schema.ts'
import { setKey } from '../yaml/parse.ts'
import { byCodePoint, type Dict, isObject, plainText } from './print/values.ts'

interface Options {
  readonly ignoreDeletions: boolean
  readonly ignoreChanges: boolean
  readonly retainKeys?: boolean
}

/** What the schema says of a field: how it is merged, and the type of its values. */
interface Meta {
  readonly type: ValueType | undefined
  readonly strategies: readonly string[]
  readonly mergeKey: string
}

function lookUp(type: ValueType | undefined, key: string): Meta {
  if (type?.form === 'struct') {
    const field = (type as StructType).field(key)
    return { type: field?.type, strategies: field?.patchStrategy ?? [], mergeKey: field?.mergeKey ?? '' }
  }
  return { type: type?.form === 'map' ? type.values : undefined, strategies: [], mergeKey: '' }
}

const itemsOf = (type: ValueType | undefined): ValueType | undefined =>
  type?.form === 'list' ? type.items : undefined

/** A field by a name that a person chose: `__proto__` is a name like any other. */
const own = (object: Dict, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined)

/** Everything that both sides write the same way. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((v, i) => equal(v, b[i]))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && equal(a[key], b[key]))
  )
}

export function threeWayPatch(
  schema: string,
  original: Dict | undefined,
  changed: object,
  live: object,
): Dict {
  const [modified, current]: [Dict, Dict] = [{ ...changed }, { ...live }]
  const type = schema ? structType(schema) : undefined
  if (!type) return threeWayMergePatch(original ?? {}, modified, current)
  const delta = diffMaps(current, modified, type, { ignoreDeletions: true, ignoreChanges: false })
  const deletions = diffMaps(original ?? {}, modified, type, { ignoreDeletions: false, ignoreChanges: true })
  return mergeMaps(deletions, delta, type)
}

export function twoWayPatch(schema: string, before: object, after: object): Dict {
  const [original, modified]: [Dict, Dict] = [{ ...before }, { ...after }]
  const type = schema ? structType(schema) : undefined
  if (!type) return jsonMergeDiff(original, modified, true)
  return diffMaps(original, modified, type, { ignoreDeletions: false, ignoreChanges: false })
}

function diffMaps(original: Dict, modified: Dict, type: ValueType | undefined, options: Options): Dict {
  const patch: Dict = {}
  const { retainKeys, ...rest } = options
  for (const key of Object.keys(modified)) {
    const value = modified[key]
    if (!Object.hasOwn(original, key)) {
      if (!options.ignoreChanges) setKey(patch, key, value)
      continue
    }
    const before = original[key]
    if (isObject(before) && isObject(value)) diffMap(key, before, value, patch, lookUp(type, key), rest)
    else if (Array.isArray(before) && Array.isArray(value))
      diffList(key, before, value, patch, lookUp(type, key), rest)
    else if (!options.ignoreChanges && !equal(before, value)) setKey(patch, key, value)
  }
  if (!options.ignoreDeletions)
    for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) setKey(patch, key, null)
  if (retainKeys) {
    const kept = Object.keys(modified).filter(key => modified[key] !== null)
    const dropped = Object.keys(original).some(key => original[key] !== null && !Object.hasOwn(modified, key))
    if (kept.length && (Object.keys(patch).length || dropped)) patch.$retainKeys = kept.sort(byCodePoint)
  }
  return patch
}

function diffMap(key: string, before: Dict, value: Dict, patch: Dict, meta: Meta, options: Options): void {
  if (meta.strategies.includes('replace')) {
    if (!options.ignoreChanges) setKey(patch, key, value)
    return
  }
  const inner = diffMaps(before, value, meta.type, {
    ...options,
    retainKeys: meta.strategies.includes('retainKeys'),
  })
  if (Object.keys(inner).length) setKey(patch, key, inner)
}

function diffList(
  key: string,
  before: unknown[],
  value: unknown[],
  patch: Dict,
  meta: Meta,
  options: Options,
): void {
  if (!meta.strategies.includes('merge')) {
    if (!options.ignoreChanges && !equal(before, value)) setKey(patch, key, value)
    return
  }
  if (before.length === 0) {
    if (value.length && !options.ignoreChanges) setKey(patch, key, value)
    return
  }
  const maps = isObject(before[0] ?? value[0])
  if (maps && meta.mergeKey) {
    const { list, order } = diffLists(before as Dict[], value as Dict[], itemsOf(meta.type), meta.mergeKey, {
      ...options,
      retainKeys: meta.strategies.includes('retainKeys'),
    })
    if (list.length) setKey(patch, key, list)
    if (order.length) patch[`$setElementOrder/${key}`] = order
    return
  }
  const added = options.ignoreChanges ? [] : value.filter(v => !before.some(b => equal(b, v)))
  const gone = options.ignoreDeletions ? [] : before.filter(b => !value.some(v => equal(b, v)))
  if (added.length) setKey(patch, key, added)
  if (gone.length) patch[`$deleteFromPrimitiveList/${key}`] = gone
  if (gone.length || (!options.ignoreChanges && !equal(before, value)))
    patch[`$setElementOrder/${key}`] = value
}

function diffLists(
  before: Dict[],
  value: Dict[],
  type: ValueType | undefined,
  mergeKey: string,
  options: Options,
) {
  const changed: { item: Dict; at: number }[] = []
  const gone: Dict[] = []
  // Both lists by their keys, side by side: items that share a key (a port in TCP and UDP) meet in their order.
  const keyOf = (item: Dict | undefined) => item && plainText(item[mergeKey])
  const byKey = (items: readonly Dict[]) =>
    items.toSorted((a, b) => byCodePoint(plainText(a[mergeKey]), plainText(b[mergeKey])))
  const [old, now] = [byKey(before), byKey(value)]
  const place = (item: Dict) => value.findIndex(other => keyOf(other) === keyOf(item))
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    const [a, b] = [old[i], now[j]]
    const order = a && b ? byCodePoint(keyOf(a)!, keyOf(b)!) : a ? -1 : 1
    if (order <= 0) i++
    if (order >= 0) j++
    if (order === 0) {
      const inner = diffMaps(a!, b!, type, options)
      if (Object.keys(inner).length)
        changed.push({ item: { ...inner, [mergeKey]: b![mergeKey] }, at: place(b!) })
    } else if (order > 0) {
      if (!options.ignoreChanges) changed.push({ item: b!, at: place(b!) })
    } else if (!options.ignoreDeletions) gone.push({ $patch: 'delete', [mergeKey]: a![mergeKey] })
  }
  const list = changed.toSorted((a, b) => a.at - b.at).map(each => each.item)
  const all = [...list, ...gone]
  const sameOrder =
    before.length === value.length && before.every((b, i) => equal(b[mergeKey], value[i]![mergeKey]))
  const ordered =
    (!options.ignoreChanges && (all.length > 0 || !sameOrder)) || (!options.ignoreDeletions && all.length > 0)
  return { list: all, order: ordered ? value.map(item => ({ [mergeKey]: item[mergeKey] })) : [] }
}

/** The changes laid over the deletions; both are patches. */
function mergeMaps(deletions: Dict, delta: Dict, type: ValueType | undefined): Dict {
  const merged: Dict = { ...deletions }
  for (const key of Object.keys(delta)) {
    const [a, b] = [own(merged, key), delta[key]]
    const meta = lookUp(type, key)
    if (isObject(a) && isObject(b) && !meta.strategies.includes('replace'))
      setKey(merged, key, mergeMaps(a, b, meta.type))
    else if (
      Array.isArray(a) &&
      Array.isArray(b) &&
      meta.strategies.includes('merge') &&
      !key.startsWith('$')
    )
      setKey(merged, key, mergeLists(a, b, meta))
    else setKey(merged, key, b)
  }
  return merged
}

function mergeLists(a: Dict[], b: Dict[], { type, mergeKey }: Meta): unknown[] {
  if (!mergeKey) return [...b, ...a.filter(item => !b.some(other => equal(item, other)))]
  const same = (x: Dict, y: Dict) => plainText(x[mergeKey]) === plainText(y[mergeKey])
  const changed = b.map(item => {
    const other = a.find(old => same(old, item))
    return other ? mergeMaps(other, item, itemsOf(type)) : item
  })
  return [...changed, ...a.filter(old => !b.some(item => same(old, item)))]
}

/** For kinds without a Go type: jsonmergepatch.CreateThreeWayJSONMergePatch. */
function threeWayMergePatch(original: Dict, modified: Dict, current: Dict): Dict {
  const added = keep(jsonMergeDiff(current, modified, false), false)
  const removed = keep(jsonMergeDiff(original, modified, true), true)
  return overlay(removed, added)
}

function jsonMergeDiff(before: Dict, after: Dict, deletions: boolean): Dict {
  const patch: Dict = {}
  for (const key of Object.keys(after)) {
    const [a, b] = [own(before, key), after[key]]
    if (isObject(a) && isObject(b)) {
      const inner = jsonMergeDiff(a, b, deletions)
      if (Object.keys(inner).length) setKey(patch, key, inner)
    } else if (!equal(a, b)) setKey(patch, key, b)
  }
  if (deletions)
    for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) setKey(patch, key, null)
  return patch
}

/** Only the nulls of a merge patch, or all but them. */
function keep(patch: Dict, nulls: boolean): Dict {
  const kept: Dict = {}
  for (const key of Object.keys(patch)) {
    const value = patch[key]
    if (isObject(value)) {
      const inner = keep(value, nulls)
      if (Object.keys(inner).length) setKey(kept, key, inner)
      else if (!nulls && Object.keys(value).length === 0) setKey(kept, key, value)
    } else if ((value === null) === nulls) setKey(kept, key, value)
  }
  return kept
}

function overlay(under: Dict, over: Dict): Dict {
  const merged: Dict = { ...under }
  for (const key of Object.keys(over)) {
    const under = own(merged, key)
    setKey(merged, key, isObject(under) && isObject(over[key]) ? overlay(under, over[key]) : over[key])
  }
  return merged
}
