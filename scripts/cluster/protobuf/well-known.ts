// Types that JSON writes in a way of their own: times, quantities, numbers or words, and any JSON
// (generated.proto of k8s.io/apimachinery's meta/v1, resource, intstr and runtime, and of apiextensions/v1).
import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire'
import { formatMicroTime, formatTime, parseTime } from '../../../src/engine/engine.ts'

/** How the codecs come back to messages from within such a type. */
export interface Codec {
  encode(schema: string, value: unknown): Uint8Array
  decode(schema: string, bytes: Uint8Array): unknown
  /** Calls back with the number of each field, which it must read or leave to be skipped (false). */
  fields(bytes: Uint8Array, each: (number: number, reader: BinaryReader) => boolean): void
}

interface WellKnown {
  write(value: unknown, writer: BinaryWriter, codec: Codec): void
  /** What JSON has; undefined for the zero value. */
  read(bytes: Uint8Array, codec: Codec): unknown
  /** What JSON has for the zero value. */
  readonly zero: unknown
}

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const extensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.'
const wire = { varint: 0, bytes: 2 } as const

const time = (format: (ms: number) => string, hasNanos: boolean): WellKnown => ({
  zero: null,
  write(value, writer) {
    if (typeof value !== 'string') return
    const ms = parseTime(value)
    if (Number.isNaN(ms)) throw new Error(`${value} is no time`)
    const seconds = Math.floor(ms / 1000)
    const nanos = hasNanos ? Math.round((ms - seconds * 1000) * 1000) * 1000 : 0
    writer.tag(1, wire.varint).int64(seconds).tag(2, wire.varint).int32(nanos)
  },
  read(bytes, codec) {
    let seconds = 0
    let nanos = 0
    codec.fields(bytes, (number, reader) => {
      if (number === 1) seconds = Number(reader.int64())
      else if (number === 2) nanos = reader.int32()
      else return false
      return true
    })
    // Go's zero time is the year 1; an empty message stands for it.
    if (!bytes.length) return undefined
    return format(seconds * 1000 + nanos / 1e6)
  },
})

const quantity: WellKnown = {
  zero: '0',
  write: (value, writer) => void writer.tag(1, wire.bytes).string(value === undefined ? '0' : String(value)),
  read: (bytes, codec) => textOf(bytes, codec) || undefined,
}

function textOf(bytes: Uint8Array, codec: Codec): string {
  let text = ''
  codec.fields(bytes, (number, reader) => {
    if (number !== 1) return false
    text = reader.string()
    return true
  })
  return text
}

const intOrString: WellKnown = {
  zero: 0,
  write(value, writer) {
    const isText = typeof value === 'string'
    writer.tag(1, wire.varint).int64(isText ? 1 : 0)
    writer.tag(2, wire.varint).int32(isText ? 0 : Number(value ?? 0))
    writer.tag(3, wire.bytes).string(isText ? value : '')
  },
  read(bytes, codec) {
    let isText = false
    let int = 0
    let text = ''
    codec.fields(bytes, (number, reader) => {
      if (number === 1) isText = Number(reader.int64()) === 1
      else if (number === 2) int = reader.int32()
      else if (number === 3) text = reader.string()
      else return false
      return true
    })
    return isText ? text : int || undefined
  },
}

/** runtime.RawExtension, FieldsV1 and the like: JSON within bytes. */
const raw: WellKnown = {
  zero: null,
  write(value, writer) {
    if (value !== undefined) writer.tag(1, wire.bytes).bytes(Buffer.from(JSON.stringify(value)))
  },
  read(bytes, codec) {
    const text = textOf(bytes, codec)
    return text ? JSON.parse(text) : undefined
  },
}

const props = `${extensions}JSONSchemaProps`

/** Either of two: a schema, and something else (a truth, a list). */
const schemaOr = (isOther: (value: unknown) => boolean, other: Either): WellKnown => ({
  zero: null,
  write(value, writer, codec) {
    if (value === undefined || value === null) return
    if (isOther(value)) other.write(value, writer, codec)
    else {
      if (other.always) other.write(other.always, writer, codec)
      writer.tag(other.schema, wire.bytes).bytes(codec.encode(props, value))
    }
  },
  read(bytes, codec) {
    let schema: unknown
    let rest: unknown
    codec.fields(bytes, (number, reader) => {
      if (number === other.schema) schema = codec.decode(props, reader.bytes())
      else if (number === other.number) rest = other.read(reader, rest, codec)
      else return false
      return true
    })
    return schema ?? rest
  },
})
interface Either {
  /** Number of the field that holds the schema. */
  readonly schema: number
  readonly number: number
  /** What stands beside a schema all the same. */
  readonly always?: unknown
  write(value: any, writer: BinaryWriter, codec: Codec): void
  read(reader: BinaryReader, before: any, codec: Codec): unknown
}

const isList = (value: unknown) => Array.isArray(value)
const schemaOrBool = schemaOr(value => typeof value === 'boolean', {
  schema: 2,
  number: 1,
  always: true,
  write: (value, writer) => writer.tag(1, wire.varint).bool(value),
  read: reader => reader.bool(),
})
const schemaOrArray = schemaOr(isList, {
  schema: 1,
  number: 2,
  write(values, writer, codec) {
    for (const value of values) writer.tag(2, wire.bytes).bytes(codec.encode(props, value))
  },
  read: (reader, before = [], codec) => [...before, codec.decode(props, reader.bytes())],
})
const schemaOrStrings = schemaOr(isList, {
  schema: 1,
  number: 2,
  write(values, writer) {
    for (const value of values) writer.tag(2, wire.bytes).string(value)
  },
  read: (reader, before = []) => [...before, reader.string()],
})

export const wellKnown: Readonly<Record<string, WellKnown>> = {
  [`${meta}Time`]: time(formatTime, false),
  [`${meta}MicroTime`]: time(formatMicroTime, true),
  [`${meta}FieldsV1`]: raw,
  'io.k8s.apimachinery.pkg.api.resource.Quantity': quantity,
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': intOrString,
  'io.k8s.apimachinery.pkg.runtime.RawExtension': raw,
  [`${extensions}JSON`]: raw,
  [`${extensions}JSONSchemaPropsOrBool`]: schemaOrBool,
  [`${extensions}JSONSchemaPropsOrArray`]: schemaOrArray,
  [`${extensions}JSONSchemaPropsOrStringArray`]: schemaOrStrings,
}
