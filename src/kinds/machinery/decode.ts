// A JSON value as the API server reads it: into the Go struct of its kind, with the errors of Go's decoder
// (sigs.k8s.io/json, as runtime/serializer/json uses it: names are case-sensitive, strict errors are collected), and
// written again, so that unknown fields and empty values are gone and the fields stand in the struct's order.
// Defaults that the types themselves state (`protocol: TCP`) are set on the way.
// Left out: duplicate keys, which a parsed value no longer has.

import { encodeBase64, fromBytes } from '../../engine/bytes.ts'
import {
  type FieldType,
  goTypeName,
  type ScalarType,
  StructType,
  structType,
  type ValueType,
} from '../schema.ts'
import { formatQuantity, tryParseQuantity } from './quantity.ts'
import { goQuote } from './quote.ts'
import { isPlainTime, timeFault, writtenTime } from './time.ts'

export interface Decoded {
  /** The object in its canonical form; without meaning where there is an error. */
  readonly object: any
  /** Why it cannot be read at all. */
  readonly error?: string
  /** What a strict decoder refuses: `unknown field "spec.a"`. At most 100. */
  readonly strict: readonly string[]
}

/** One fault and where it is: what an editor marks. */
export interface DecodeFault {
  readonly path: readonly (string | number)[]
  readonly message: string
  /** The name that the type does not have; absent where a value is of a wrong type. */
  readonly unknown?: string
  /** Where the value is, or the unknown field was looked for. */
  readonly type: ValueType
}

/**
 * Decodes `value` as the schema's struct. A kind that the tables do not describe keeps everything but odd metadata.
 * `report` gets every fault, not only those that the server's answer names.
 */
export function decode(schema: string, value: unknown, report?: (fault: DecodeFault) => void): Decoded {
  const type = structType(schema) ?? untyped
  return run(new Decoder(report), decoder => {
    if (isObject(value)) return decoder.struct(type, value)
    return value === null || value === undefined ? zeroStruct(type) : decoder.mismatch(value, type)
  })
}

/**
 * Decodes the value of one field of the schema's struct, as `decode` of the whole would; undefined where only that can
 * tell (nothing is left of the value, or there is no such field).
 */
export function decodeField(schema: string, name: string, value: object): Decoded | undefined {
  const field = structType(schema)?.field(name)
  if (field?.type.form !== 'struct') return undefined
  const decoded = run(new Decoder(), decoder => decoder.field(field, value))
  return decoded.error === undefined && noKeys(decoded.object) ? undefined : decoded
}

/**
 * A struct of values that are as decoding gives them (undefined: none), as decoding would write it: its fields in their
 * order, none that is empty.
 */
export function writeStruct<T extends object>(schema: string, values: T): T {
  const { fields, needed } = structType(schema)!
  const object: Record<string, unknown> = {}
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i]!
    const value = values[field.name as keyof T]
    if (value !== undefined && !isEmpty(field, value)) object[field.name] = value
    else if (needed.includes(i)) writeMissing(object, field)
  }
  return object as T
}

function run(decoder: Decoder, work: (decoder: Decoder) => unknown): Decoded {
  let object: unknown
  try {
    object = work(decoder)
  } catch (error) {
    if (!(error instanceof Fatal)) throw error
    return { object, error: error.message, strict: [] }
  }
  if (decoder.error !== undefined) return { object, error: decoder.error, strict: [] }
  return { object, strict: decoder.strict }
}

/** Fields of structs that were given an empty map or list, which is not written again. */
const emptied = new WeakMap<object, string[]>()

/** Whether a decoded struct was given an empty map or list: messages show `{}` or `[]`, and `null` for a missing one. */
export const hadEmpty = (object: object, field: string): boolean =>
  emptied.get(object)?.includes(field) ?? false

/** An error of a type's own UnmarshalJSON: it ends the decoding at once. */
class Fatal extends Error {}

/** `__proto__` is a name like any other. */
function setKey(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** For kinds that the tables leave out (webhooks, flow schemas …): only the metadata is typed. */
const untyped = new StructType('untyped', '$')

/** Smallest magnitude that does not fit. */
const integerLimits = { int32: 2 ** 31, int64: 2 ** 63 } as const

class Decoder {
  error: string | undefined
  strict: string[] = []
  /** Fields, map keys and list positions that lead to the value at hand. */
  #path: (FieldType | string | number)[] = []
  readonly #report: ((fault: DecodeFault) => void) | undefined

  constructor(report?: (fault: DecodeFault) => void) {
    this.#report = report
  }

  field(field: FieldType, value: unknown): unknown {
    this.#path.push(field)
    const decoded = this.value(field.type, value)
    this.#path.pop()
    return decoded
  }

  struct(type: StructType, value: Record<string, unknown>): object {
    const { fields } = type
    // Of the fields that the document has: where the struct has them, and what they hold.
    const places: number[] = []
    const items: unknown[] = []
    let extra: Record<string, unknown> | undefined
    for (const key in value) {
      const index = type.index(key)
      if (index === undefined) {
        if (type === untyped) setKey((extra ??= {}), key, value[key])
        else this.#unknown(key, type)
        continue
      }
      const field = fields[index]!
      const item = value[key]
      if (item === undefined) continue // not JSON: left out, as JSON.stringify does
      if (item === null && (field.pointer || field.type.form === 'list' || field.type.form === 'map'))
        continue
      const decoded = this.field(field, item)
      let at = places.length
      while (at > 0 && places[at - 1]! > index) at--
      if (at === places.length) {
        places.push(index)
        items.push(decoded)
      } else {
        places.splice(at, 0, index)
        items.splice(at, 0, decoded)
      }
    }
    const object: Record<string, unknown> = {}
    let empty: string[] | undefined
    const { needed } = type
    let next = 0
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!
      for (; next < needed.length && needed[next]! <= place; next++)
        if (needed[next]! < place) writeMissing(object, fields[needed[next]!]!)
      const field = fields[place]!
      let item = items[i]
      if (item === undefined) {
        if (needed.includes(place)) writeMissing(object, field)
        continue
      }
      const isList = isEmptyList(item)
      if (isEmpty(field, item)) {
        if (field.default !== undefined) object[field.name] = item = field.default
      } else object[field.name] = isList ? zeroOf(field) : item
      if (field.type.form === 'map' ? noKeys(item as object) : isList) (empty ??= []).push(field.name)
    }
    for (; next < needed.length; next++) writeMissing(object, fields[needed[next]!]!)
    if (empty) emptied.set(object, empty)
    return extra ? Object.assign(object, extra) : object
  }

  /** undefined stands for a zero value that needs no writing (null for a time …). */
  value(type: ValueType, value: unknown): unknown {
    switch (type.form) {
      case 'struct':
        return isObject(value)
          ? this.struct(type, value)
          : value === null
            ? undefined
            : this.mismatch(value, type)
      case 'list': {
        if (!Array.isArray(value)) return this.mismatch(value, type)
        const list: unknown[] = new Array(value.length)
        for (let i = 0; i < value.length; i++) {
          this.#path.push(i)
          const item = this.value(type.items, value[i])
          list[i] = item === undefined ? zeroValue(type.items) : item
          this.#path.pop()
        }
        return list
      }
      case 'map': {
        if (!isObject(value)) return this.mismatch(value, type)
        const map: Record<string, unknown> = {}
        let last = ''
        let sorted = true
        const keys = Object.keys(value)
        for (const key of keys) {
          if (key < last) sorted = false
          last = key
          this.#path.push(key)
          const item = this.value(type.values, value[key])
          setKey(map, key, item === undefined ? zeroValue(type.values) : item)
          this.#path.pop()
        }
        return sorted ? map : Object.fromEntries(keys.sort().map(key => [key, map[key]]))
      }
      case 'string':
        if (typeof value === 'string') return value
        return value === null ? undefined : this.mismatch(value, type)
      case 'bool':
        if (typeof value === 'boolean') return value
        return value === null ? undefined : this.mismatch(value, type)
      case 'int32':
      case 'int64':
        if (typeof value === 'number') {
          if (
            Number.isInteger(value) &&
            value < integerLimits[type.form] &&
            value >= -integerLimits[type.form]
          )
            return value
          return this.#mismatch(`number ${numberText(value)}`, type)
        }
        return value === null ? undefined : this.mismatch(value, type)
      case 'float64':
        return typeof value === 'number' ? value : value === null ? undefined : this.mismatch(value, type)
      case 'raw':
        return value === null ? undefined : value
      case 'bytes':
        return this.#bytes(value, type)
      default:
        return this.#custom(type, value)
    }
  }

  /** Types with an UnmarshalJSON of their own. */
  #custom(type: ScalarType, value: unknown): unknown {
    if (type.form === 'intOrString') {
      if (typeof value === 'string') return value
      if (value === null) return 0
      if (typeof value === 'number' && Number.isInteger(value) && value <= 2147483647 && value >= -2147483648)
        return value
      return this.#fatal(
        this.#typeError(typeof value === 'number' ? `number ${numberText(value)}` : jsonType(value), 'int32'),
        type,
      )
    }
    if (value === null) return type.form === 'quantity' ? '0' : undefined
    if (type.form === 'quantity') {
      const text = typeof value === 'string' ? value : typeof value === 'number' ? numberText(value) : 'x'
      const quantity = tryParseQuantity(text.trim())
      if (typeof quantity === 'string') return this.#fatal(quantity, type)
      return formatQuantity(quantity)
    }
    if (typeof value !== 'string') return this.#fatal(this.#typeError(jsonType(value), 'string'), type)
    const micro = type.form === 'microTime'
    if (isPlainTime(value, micro)) return value
    const fault = timeFault(value, micro)
    return fault ? this.#fatal(fault, type) : writtenTime(value, micro)
  }

  #bytes(value: unknown, type: ScalarType): unknown {
    if (value === null) return undefined
    if (Array.isArray(value)) return this.#byteArray(value, type)
    if (typeof value !== 'string') return this.mismatch(value, type)
    const text = value.replace(/[\r\n]/g, '')
    const bad = base64Fault(text)
    if (bad >= 0) this.#fault(`illegal base64 data at input byte ${bad}`, type)
    return text
  }

  /** A []byte may also be a list of numbers. */
  #byteArray(list: readonly unknown[], type: ScalarType): unknown {
    const bad = list.find(
      item => item !== null && !(Number.isInteger(item) && Number(item) >= 0 && Number(item) < 256),
    )
    if (bad !== undefined) {
      const what = typeof bad === 'number' ? `number ${numberText(bad)}` : jsonType(bad)
      this.#fault(this.#typeError(what, 'uint8'), type)
      return undefined
    }
    return encodeBase64(fromBytes(list.map(Number)))
  }

  mismatch(value: unknown, type: ValueType): undefined {
    return this.#mismatch(jsonType(value), type)
  }

  #mismatch(what: string, type: ValueType): undefined {
    this.#fault(this.#typeError(what, goTypeName(type)), type)
    return undefined
  }

  #fault(message: string, type: ValueType): void {
    this.error ??= message
    this.#report?.({ path: this.#names(), message, type })
  }

  #names(): (string | number)[] {
    return this.#path.map(step => (typeof step === 'object' ? step.name : step))
  }

  /** With someone to report to, the decoding goes on. */
  #fatal(message: string, type: ValueType): undefined {
    if (!this.#report) throw new Fatal(message)
    this.#fault(message, type)
    return undefined
  }

  #typeError(what: string, goType: string): string {
    let owner = ''
    let path = ''
    for (const step of this.#path) {
      if (typeof step !== 'object') continue
      owner = step.owner
      path += `.${step.embedded ? `${step.embedded}.` : ''}${step.name}`
    }
    return owner
      ? `json: cannot unmarshal ${what} into Go struct field ${owner}${path} of type ${goType}`
      : `json: cannot unmarshal ${what} into Go value of type ${goType}`
  }

  #unknown(key: string, type: ValueType): void {
    if (this.strict.length >= 100) return
    let path = ''
    for (const step of this.#path)
      if (typeof step === 'number') path += `[${step}]`
      else path += `${path && '.'}${typeof step === 'string' ? step : step.name}`
    const text = `unknown field ${goQuote(`${path}${path && '.'}${key}`)}`
    if (!this.strict.includes(text)) this.strict.push(text)
    this.#report?.({ path: [...this.#names(), key], message: text, unknown: key, type })
  }
}

const jsonType = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

/** A number as its JSON text: JavaScript writes large ones with an exponent, documents mostly with digits. */
const numberText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < 1e300 ? BigInt(value).toString() : String(value)

/** A field that the document leaves out, and that is written all the same. */
function writeMissing(object: Record<string, unknown>, field: FieldType): void {
  object[field.name] = field.default ?? zeroOf(field)
}

function isEmpty(field: FieldType, value: unknown): boolean {
  if (field.always || field.pointer) return false
  if (typeof value === 'object') {
    if (Array.isArray(value)) return value.length === 0
    if (field.type.form === 'map') return noKeys(value as object)
    return field.omitZero && field.type.form === 'struct' && noKeys(value as object)
  }
  return field.type.form !== 'intOrString' && (value === '' || value === 0 || value === false)
}
/** What is stored comes back without a difference between an empty list and none. */
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

function noKeys(value: object): boolean {
  for (const _ in value) return false
  return true
}

const zeroOf = (field: FieldType): unknown => (field.pointer ? null : zeroValue(field.type))

/** What Go's zero value of a type is written as. */
export function zeroValue(type: ValueType): unknown {
  switch (type.form) {
    case 'struct':
      return zeroStruct(type)
    case 'string':
      return ''
    case 'bool':
      return false
    case 'int32':
    case 'int64':
    case 'float64':
    case 'intOrString':
      return 0
    case 'quantity':
      return '0'
    default:
      return null // lists, maps, bytes, times
  }
}

function zeroStruct(type: StructType): object {
  const object: Record<string, unknown> = {}
  for (const place of type.needed) writeMissing(object, type.fields[place]!)
  return object
}

/** Position of the first byte that is no base64 (with padding), -1 where all is well: encoding/base64's CorruptInputError. */
export function base64Fault(text: string): number {
  const good = /^(?:[A-Za-z0-9+/]{4})*/.exec(text)![0].length
  if (good === text.length) return -1
  const rest = text.slice(good)
  if (/^[A-Za-z0-9+/]{2}==$/.test(rest) || /^[A-Za-z0-9+/]{3}=$/.test(rest)) return -1
  const letters = /^[A-Za-z0-9+/]*/.exec(rest)![0].length
  if (letters === rest.length) return good // ends amid four
  if (rest[letters] !== '=' || letters < 2) return good + letters
  // Padding that is too short or followed by more.
  if (letters === 2 && rest[3] !== '=') return rest.length === 3 ? good + 3 : good + 3
  return good + 4
}
