// Files that kubectl reads into Go structs of its own (kustomizations, kubeconfigs): whether their values fit, and what
// encoding/json says where they do not.

import { setKey } from '../yaml/parse.ts'
import { CommandError } from './errors.ts'
import { byCodePoint, type Dict, isObject } from './print/values.ts'

export interface GoStructs {
  /** Go's package: what types are named with. */
  readonly name: string
  /**
   * By name, fields as `name:type`: s string, b bool, n int64, i int, y bytes, S list of strings, M map of strings, B map of
   * bools, L map of lists of strings, * anything; a struct's name; [] for a list of them; = for a text with a type of its own.
   */
  readonly structs: Readonly<Record<string, string>>
  /** Fields that are null stay so: what is read is written again. */
  readonly keepsNulls?: boolean
  /** Where fields that no struct has are refused: in these words. */
  readonly unknown?: (field: string) => CommandError
}

const scalars: Readonly<Record<string, readonly [js: string, go: string]>> = {
  s: ['string', 'string'],
  b: ['boolean', 'bool'],
  n: ['number', 'int64'],
  i: ['number', 'int'],
  y: ['string', '[]uint8'],
}
const lists: Readonly<Record<string, string>> = { S: 's' }
const maps: Readonly<Record<string, string>> = { M: 's', B: 'b', L: 'S' }

const zeros: Readonly<Record<string, unknown>> = { s: '', b: false, n: 0, i: 0, y: '' }

const goName = (type: string): string =>
  lists[type]
    ? `[]${goName(lists[type])}`
    : maps[type]
      ? `map[string]${goName(maps[type])}`
      : scalars[type]![1]

/** As encoding/json calls it. */
export const jsonKind = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : isObject(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value

/** What null is read as: the zero value, where one must be there. */
const zero = (type: string): unknown =>
  type === '*'
    ? null
    : lists[type] || type.startsWith('[]')
      ? []
      : (zeros[type] ?? (type.startsWith('=') ? '' : {}))

/**
 * The struct's value: fields that are null are not there (or stay null), and items of lists that are null are the zero value. Throws where
 * something does not fit into it, the first fault in the order of the keys, after `prefix`.
 */
export function readStruct(value: unknown, struct: string, go: GoStructs, prefix: string): Dict {
  const read = new Reader(go, prefix).read(value, struct, '', '')
  return isObject(read) ? read : {}
}

class Reader {
  readonly #go: GoStructs
  readonly #prefix: string

  constructor(go: GoStructs, prefix: string) {
    this.#go = go
    this.#prefix = prefix
  }

  /** `owner`: the struct around it; `path`: from the top, without indices. */
  read(value: unknown, type: string, owner: string, path: string): unknown {
    if (value === null || value === undefined) return zero(type)
    if (type === '*') return value
    const { name, structs, unknown, keepsNulls } = this.#go
    const wrong = (of: string) => {
      const where = path ? `Go struct field ${owner}.${path}` : 'Go value'
      return new CommandError(
        `${this.#prefix}json: cannot unmarshal ${jsonKind(value)} into ${where} of type ${of}`,
      )
    }
    const scalar = type.startsWith('=') ? (['string', `${name}.${type.slice(1)}`] as const) : scalars[type]
    if (scalar) {
      // Bytes may be a list of numbers.
      if (typeof value !== scalar[0] && !(type === 'y' && Array.isArray(value))) throw wrong(scalar[1])
      return value
    }
    if (lists[type] || type.startsWith('[]')) {
      if (!Array.isArray(value)) throw wrong(lists[type] ? goName(type) : `[]${name}.${type.slice(2)}`)
      return value.map(item => this.read(item, lists[type] ?? type.slice(2), owner, path))
    }
    const values = maps[type]
    if (!isObject(value)) throw wrong(values ? goName(type) : `${name}.${type}`)
    const result: Dict = {}
    const fields = structs[type]?.split(/\s+/).map(field => field.split(':') as [string, string])
    for (const key of Object.keys(value).sort(byCodePoint)) {
      const field = values ?? fields?.find(([each]) => each === key)?.[1]
      if (field === undefined && unknown) throw unknown(key)
      if (field === undefined) setKey(result, key, value[key])
      else if (values) setKey(result, key, this.read(value[key], values, owner, path))
      else if (value[key] === null && keepsNulls) setKey(result, key, null)
      else if (value[key] !== null)
        setKey(result, key, this.read(value[key], field, type, path ? `${path}.${key}` : key))
    }
    return result
  }
}
