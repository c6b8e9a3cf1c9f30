// Objects as structured merge sees them: structs and maps by field, lists by the keys of their items or whole.
// sigs.k8s.io/structured-merge-diff/typed: compare.go, tofieldset.go, merge.go, remove.go, helpers.go.
import type { ListType, ValueType } from '../../kinds/schema.ts'
import { equalJson, isObject, set } from '../json.ts'
import { type FieldSet, isLeaf, isMember, leaf, type MutableFieldSet } from './field-set.ts'

/** Type of a value that the schema says nothing of (the fields of custom resources): by field, lists whole. */
type Type = ValueType | undefined

export function fieldType(type: Type, name: string): Type {
  if (type?.form === 'struct') return type.field(name)?.type
  return type?.form === 'map' ? type.values : undefined
}

const isMapType = (type: Type, value: unknown): boolean =>
  type === undefined || type.form === 'raw'
    ? isObject(value)
    : (type.form === 'map' || type.form === 'struct') && !type.atomic

const isListType = (type: Type): type is ListType =>
  type?.form === 'list' && (type.listType === 'set' || type.listType === 'map')

/** The path element of a list's item: `k:{"name":"web"}` or `v:"a"`; undefined where it has none (see validate). */
export function itemElement(type: ListType, item: unknown): string | undefined {
  if (type.listType === 'set') return typeof item === 'object' ? undefined : `v:${JSON.stringify(item)}`
  if (!isObject(item)) return undefined
  const [only = ''] = type.keys
  if (type.keys.length === 1) {
    const value = item[only] ?? keyDefault(type, only)
    return value === undefined ? undefined : `k:{"${only}":${JSON.stringify(value)}}`
  }
  const key: Record<string, unknown> = {}
  for (const name of [...type.keys].sort()) {
    const value = item[name] ?? keyDefault(type, name)
    if (value === undefined) return undefined
    key[name] = value
  }
  return `k:${JSON.stringify(key)}`
}

/** OpenAPI states a default for what Go always writes: zero, where there is no better. */
export function keyDefault(type: ListType, name: string): unknown {
  const field = type.items.form === 'struct' ? type.items.field(name) : undefined
  if (!field || field.default !== undefined) return field?.default
  if (!field.required && !field.always) return undefined
  return field.type.form === 'string' ? '' : field.type.form === 'bool' ? false : 0
}

const emptyMap = (value: unknown): boolean => !isObject(value) || isLeaf(value as FieldSet)
const emptyList = (value: unknown): boolean => !Array.isArray(value) || value.length === 0

/** What changed from one object to another. */
export interface Comparison {
  readonly added: FieldSet
  readonly removed: FieldSet
  readonly modified: FieldSet
}

export function compare(type: Type, before: object, after: object): Comparison {
  const comparer = new Comparer()
  comparer.compare(type, before, after)
  return {
    added: comparer.added ?? leaf,
    removed: comparer.removed ?? leaf,
    modified: comparer.modified ?? leaf,
  }
}

/** The path elements of fields: few names come again and again, and a text that was put together is slow as a key. */
const fieldElements = new Map<string, string>()
const mostFieldElements = 4096

function fieldElement(name: string): string {
  let element = fieldElements.get(name)
  if (element === undefined) {
    if (fieldElements.size >= mostFieldElements) fieldElements.clear()
    fieldElements.set(name, (element = `f:${name}`))
  }
  return element
}

class Comparer {
  // The nodes of the value compared last: what a call leaves for its caller.
  added: FieldSet | undefined
  removed: FieldSet | undefined
  modified: FieldSet | undefined

  /** `undefined` stands for a field that is not there; null is a value. */
  compare(type: Type, before: unknown, after: unknown): void {
    this.added = this.removed = this.modified = undefined
    if (before === after) return
    const sample = after ?? before
    if (isMapType(type, sample) && !(emptyMap(before) && emptyMap(after)))
      this.#fields(type, isObject(before) ? before : none, isObject(after) ? after : none)
    else if (isListType(type) && !(emptyList(before) && emptyList(after)))
      this.#items(type, Array.isArray(before) ? before : [], Array.isArray(after) ? after : [])
    else {
      if (before === undefined) this.added = leaf
      else if (after === undefined) this.removed = leaf
      else if (!equalJson(before, after)) this.modified = leaf
      return
    }
    // A whole new value is a field of the set itself, as are the fields in it.
    const { added, removed } = this as Partial<Comparison>
    if (before === undefined) this.added = added ? { '.': leaf, ...added } : leaf
    else if (after === undefined) this.removed = removed ? { '.': leaf, ...removed } : leaf
  }

  #fields(type: Type, before: Record<string, unknown>, after: Record<string, unknown>): void {
    const sets: Sets = { added: undefined, removed: undefined, modified: undefined }
    for (const name in after) {
      const old = before[name]
      const value = after[name]
      if (old === value) continue
      this.compare(fieldType(type, name), Object.hasOwn(before, name) ? old : undefined, value)
      this.#collect(sets, fieldElement(name))
    }
    for (const name in before) {
      if (after[name] !== undefined) continue
      this.compare(fieldType(type, name), before[name], undefined)
      this.#collect(sets, fieldElement(name))
    }
    Object.assign(this, sets)
  }

  #items(type: ListType, before: unknown[], after: unknown[]): void {
    const sets: Sets = { added: undefined, removed: undefined, modified: undefined }
    const old = byElement(type, before)
    const now = byElement(type, after)
    for (const [element, item] of now) {
      this.compare(type.items, old.get(element), item)
      this.#collect(sets, element)
    }
    for (const [element, item] of old) {
      if (now.has(element)) continue
      this.compare(type.items, item, undefined)
      this.#collect(sets, element)
    }
    Object.assign(this, sets)
  }

  #collect(sets: Sets, element: string): void {
    if (this.added) (sets.added ??= {})[element] = this.added
    if (this.removed) (sets.removed ??= {})[element] = this.removed
    if (this.modified) (sets.modified ??= {})[element] = this.modified
  }
}

interface Sets {
  added: MutableFieldSet | undefined
  removed: MutableFieldSet | undefined
  modified: MutableFieldSet | undefined
}

const none: Record<string, unknown> = Object.freeze({})

/** Items by their path elements; of equal ones the first counts. */
function byElement(type: ListType, list: readonly unknown[]): Map<string, unknown> {
  const items = new Map<string, unknown>()
  for (const item of list) {
    const element = itemElement(type, item)
    if (element !== undefined && !items.has(element)) items.set(element, item)
  }
  return items
}

/** All fields of a value, as the set that its applier owns. */
export function toFieldSet(type: Type, value: unknown): FieldSet {
  const result: MutableFieldSet = {}
  if (isMapType(type, value) && isObject(value)) {
    for (const name in value) {
      const child = value[name]
      const fields = toFieldSet(fieldType(type, name), child)
      const isField = type?.form === 'struct' && type.field(name) !== undefined
      const member = !isField || child === null || (isObject(child) && emptyMap(child))
      result[`f:${name}`] = member && !isMember(fields) ? { '.': leaf, ...fields } : fields
    }
  } else if (isListType(type) && Array.isArray(value)) {
    for (const [element, item] of byElement(type, value)) {
      const fields = toFieldSet(type.items, item)
      result[element] = isMember(fields) ? fields : { '.': leaf, ...fields }
    }
  }
  return result
}

/** `live` with what `config` says: an applied configuration over the object. */
export function mergeTyped(type: Type, live: unknown, config: unknown): unknown {
  if (config === undefined) return live
  if (live === undefined || live === null || config === null) return config
  if (isMapType(type, config) && isObject(live) && isObject(config)) {
    const result: Record<string, unknown> = { ...live }
    for (const name in config)
      set(
        result,
        name,
        mergeTyped(fieldType(type, name), Object.hasOwn(live, name) ? live[name] : undefined, config[name]),
      )
    return result
  }
  if (isListType(type) && Array.isArray(live) && Array.isArray(config)) return mergeLists(type, live, config)
  return config
}

/** The order of both lists is kept as far as they agree; where they do not, the configuration's wins. */
function mergeLists(type: ListType, live: unknown[], config: unknown[]): unknown[] {
  const left = live.map(item => itemElement(type, item))
  const right = config.map(item => itemElement(type, item))
  const old = byElement(type, live)
  const wanted = new Set(right)
  const sharedOrder = right.filter(element => element !== undefined && old.has(element))
  const merged = new Set<string | undefined>()
  const out: unknown[] = []
  const take = (r: number) => {
    const element = right[r]
    merged.add(element)
    out.push(mergeTyped(type.items, element === undefined ? undefined : old.get(element), config[r]))
  }
  let next = sharedOrder.shift()
  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    if (l < left.length && r < right.length) {
      if (left[l] === right[r]) {
        take(r++)
        l++
        next = sharedOrder.shift()
        continue
      }
      if (wanted.has(left[l]) && next !== undefined && next !== left[l]) {
        l++
        continue
      }
    }
    if (l < left.length) {
      if (!wanted.has(left[l])) {
        out.push(live[l++])
        continue
      }
      if (merged.has(left[l])) l++
    }
    if (r < right.length) {
      if (next !== undefined && next === right[r]) next = sharedOrder.shift()
      take(r++)
    }
  }
  return out
}

/** The value without the fields of `gone`, save what leads to fields of `kept`. */
export function removeFields(type: Type, value: unknown, gone: FieldSet, kept: FieldSet): unknown {
  if (isMapType(type, value) && isObject(value)) {
    let result: Record<string, unknown> | undefined
    for (const name of Object.keys(value)) {
      const leaving = gone[`f:${name}`]
      if (!leaving) continue
      const staying = kept[`f:${name}`]
      result ??= { ...value }
      if (isMember(leaving) && !staying) delete result[name]
      else {
        const rest = removeFields(fieldType(type, name), value[name], leaving, staying ?? leaf)
        // A map or list that lost everything it had goes with it, unless somebody owns it.
        if (!staying && rest !== value[name] && emptyMap(rest) && emptyList(rest) && type?.form === 'struct')
          delete result[name]
        else result[name] = rest
      }
    }
    return result ?? value
  }
  if (isListType(type) && Array.isArray(value)) {
    const items: unknown[] = []
    for (const item of value) {
      const element = itemElement(type, item)
      const leaving = element === undefined ? undefined : gone[element]
      const staying = element === undefined ? undefined : kept[element]
      if (leaving && isMember(leaving) && !staying) continue
      items.push(leaving ? removeFields(type.items, item, leaving, staying ?? leaf) : item)
    }
    return items
  }
  return value
}
