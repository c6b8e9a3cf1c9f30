// Between the JSON of an API object and its protobuf message, as k8s.io/api's generated.pb.go writes and reads it: values
// are always written, pointers, lists and maps where they are; unknown fields are skipped. What is read becomes the JSON
// that Go's encoder makes of the same struct.
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire'
import { type Field, type Message, messageOf } from './messages.ts'
import { type Codec, wellKnown } from './well-known.ts'

type Json = Record<string, unknown>

const wire = { varint: 0, fixed64: 1, bytes: 2 } as const
const scalars: Readonly<
  Record<
    string,
    {
      readonly wire: number
      readonly zero: unknown
      write(writer: BinaryWriter, value: any): void
      read(reader: BinaryReader): unknown
    }
  >
> = {
  string: { wire: wire.bytes, zero: '', write: (w, v) => w.string(v), read: r => r.string() },
  // Kept as base64, as JSON has them.
  bytes: {
    wire: wire.bytes,
    zero: '',
    write: (w, v) => w.bytes(Buffer.from(v, 'base64')),
    read: r => Buffer.from(r.bytes()).toString('base64'),
  },
  int: { wire: wire.varint, zero: 0, write: (w, v) => w.int64(v), read: r => Number(r.int64()) },
  bool: { wire: wire.varint, zero: false, write: (w, v) => w.bool(v), read: r => r.bool() },
  double: { wire: wire.fixed64, zero: 0, write: (w, v) => w.double(v), read: r => r.double() },
}
/** Messages within messages; no object of the API comes near it. */
const deepest = 200

// ── JSON to protobuf ────────────────────────────────────────────────────────────────────────────────────────────────

/** Throws where a value does not have its type. */
export function encode(schema: string, value: unknown): Uint8Array {
  const writer = new BinaryWriter()
  const own = wellKnown[schema]
  if (own) own.write(value, writer, codec)
  else writeMessage(messageOf(schema), value, writer)
  return writer.finish()
}

function writeMessage(message: Message, value: unknown, writer: BinaryWriter): void {
  if (message.isList) {
    writeField(message.fields[0]!, value, writer)
    return
  }
  const object = (value ?? {}) as Json
  if (typeof object !== 'object') throw new Error(`${message.schema} is no object`)
  for (const field of message.fields) writeField(field, field.name ? object[field.name] : object, writer)
}

function writeField({ number, type }: Field, value: unknown, writer: BinaryWriter): void {
  const { shape, of } = type
  const isThere = value !== undefined && value !== null
  if (shape === 'list') {
    if (isThere) for (const item of value as unknown[]) writeValue(number, of, item, writer)
  } else if (shape === 'map') {
    if (!isThere) return
    for (const key of Object.keys(value as Json).sort()) {
      const entry = new BinaryWriter()
      entry.tag(1, wire.bytes).string(key)
      writeValue(2, of, (value as Json)[key], entry)
      writer.tag(number, wire.bytes).bytes(entry.finish())
    }
  } else if (isThere || (shape === 'value' && of !== 'bytes')) writeValue(number, of, value, writer)
}

function writeValue(number: number, of: string, value: unknown, writer: BinaryWriter): void {
  const scalar = scalars[of]
  if (scalar) scalar.write(writer.tag(number, scalar.wire), value ?? scalar.zero)
  else writer.tag(number, wire.bytes).bytes(encode(of, value ?? undefined))
}

// ── protobuf to JSON ────────────────────────────────────────────────────────────────────────────────────────────────

/** Throws what Go's decoder says of bytes that are no such message. */
export function decode(schema: string, bytes: Uint8Array): unknown {
  return readMessage(schema, bytes, 0).value
}

interface Read {
  readonly value: unknown
  /** All of it is zero, as Go's omitzero means it. */
  readonly isZero: boolean
}

function readMessage(schema: string, bytes: Uint8Array, depth: number): Read {
  if (depth > deepest) throw new Error('exceeded max depth')
  const own = wellKnown[schema]
  if (own) {
    const value = own.read(bytes, codec)
    return { value: value === undefined ? own.zero : value, isZero: value === undefined }
  }
  const message = messageOf(schema)
  const fields = new Map(message.fields.map(field => [field.number, field]))
  const found = new Map<Field, unknown>()
  eachField(bytes, (number, reader, type) => {
    const field = fields.get(number)
    if (!field) return false
    const { shape, of } = field.type
    if (shape === 'map') {
      expectWire(field, type, wire.bytes)
      const map = (found.get(field) as Map<string, unknown>) ?? new Map<string, unknown>()
      found.set(field, map.set(...readEntry(of, reader.bytes(), depth)))
    } else if (shape === 'list') {
      const list = (found.get(field) as unknown[]) ?? []
      found.set(field, list)
      const scalar = scalars[of]
      if (type === wire.bytes && scalar && scalar.wire !== wire.bytes) {
        // Packed: newer encoders may write numbers so.
        const packed = new BinaryReader(reader.bytes())
        while (packed.pos < packed.len) list.push(scalar.read(packed))
      } else list.push(readValue(field, of, reader, type, depth).value)
    } else found.set(field, readValue(field, of, reader, type, depth))
    return true
  })
  if (message.isList) return { value: found.get(message.fields[0]!) ?? [], isZero: found.size === 0 }

  const value: Json = {}
  let isZero = true
  for (const field of message.fields) {
    const read = settle(field, found.get(field), depth)
    if (!read) continue
    if (!read.isZero) isZero = false
    if (read.isZero && field.omitZero) continue
    if (!field.name) Object.assign(value, read.value)
    else
      Object.defineProperty(value, field.name, {
        value: read.value,
        enumerable: true,
        writable: true,
        configurable: true,
      })
  }
  return { value, isZero }
}

/** What JSON has of a field; undefined where it is left out. */
function settle({ type, omitEmpty }: Field, found: unknown, depth: number): Read | undefined {
  const { shape, of } = type
  if (shape === 'list' || shape === 'map' || of === 'bytes') {
    const read = of === 'bytes' && shape !== 'list' && shape !== 'map' ? (found as Read)?.value : found
    if (read === undefined || read === '') return omitEmpty ? undefined : { value: null, isZero: true }
    return { value: read instanceof Map ? Object.fromEntries(read) : read, isZero: false }
  }
  if (shape === 'pointer') {
    if (found) return { value: (found as Read).value, isZero: false }
    return omitEmpty ? undefined : { value: null, isZero: true }
  }
  const scalar = scalars[of]
  if (!scalar) return (found as Read) ?? readMessage(of, new Uint8Array(), depth + 1)
  const read = (found as Read) ?? { value: scalar.zero, isZero: true }
  return read.isZero && omitEmpty ? undefined : read
}

function readValue(field: Field, of: string, reader: BinaryReader, type: number, depth: number): Read {
  const scalar = scalars[of]
  expectWire(field, type, scalar?.wire ?? wire.bytes)
  if (!scalar) return readMessage(of, reader.bytes(), depth + 1)
  const value = scalar.read(reader)
  return { value, isZero: value === scalar.zero }
}

function readEntry(of: string, bytes: Uint8Array, depth: number): [string, unknown] {
  let key = ''
  let value: unknown = scalars[of]?.zero
  eachField(bytes, (number, reader, type) => {
    if (number === 1) key = reader.string()
    else if (number === 2) value = readValue(entryValue, of, reader, type, depth).value
    else return false
    return true
  })
  if (value === undefined) value = readMessage(of, new Uint8Array(), depth + 1).value
  return [key, value]
}
const entryValue: Field = {
  name: 'value',
  number: 2,
  type: { shape: 'value', of: 'string' },
  omitEmpty: false,
  omitZero: false,
}

function expectWire({ name }: Field, found: number, expected: number): void {
  if (found === expected) return
  const go = name.slice(0, 1).toUpperCase() + name.slice(1)
  throw new Error(`proto: wrong wireType = ${found} for field ${go}`)
}

function eachField(
  bytes: Uint8Array,
  each: (number: number, reader: BinaryReader, wireType: number) => boolean,
): void {
  const reader = new BinaryReader(bytes)
  try {
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag()
      if (!each(number, reader, wireType)) reader.skip(wireType, number)
    }
  } catch (error) {
    // The library's words for bytes that end too early.
    throw error instanceof RangeError && /premature|EOF|range/i.test(error.message)
      ? new Error('unexpected EOF')
      : error
  }
}

const codec: Codec = { encode, decode, fields: eachField }
