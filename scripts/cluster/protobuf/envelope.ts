// How objects travel as application/vnd.kubernetes.protobuf: four bytes, then runtime.Unknown with the kind and the
// message (k8s.io/apimachinery/pkg/runtime/serializer/protobuf). Frames of a watch: their length and a WatchEvent.
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire'
import { decode, encode } from './codec.ts'
import { schemaOf } from './messages.ts'

const magic = Buffer.from('k8s\0')
const bytesWire = 2

export interface Kind {
  readonly apiVersion: string
  readonly kind: string
}

/** Why bytes are no object; `kind` where that much could be read. */
export class ProtobufError extends Error {
  readonly kind: Kind | undefined
  constructor(message: string, kind?: Kind) {
    super(message)
    this.kind = kind
  }
}

const metaKinds = 'v1'
/** Kinds of meta/v1 (DeleteOptions, Status) belong to every group. */
const schemaIn = ({ apiVersion, kind }: Kind): string | undefined =>
  schemaOf(apiVersion, kind) ?? (/Options$|^Status$/.test(kind) ? schemaOf(metaKinds, kind) : undefined)

/** Custom resources and Tables have none. */
export const hasProtobuf = ({ apiVersion = metaKinds, kind }: Partial<Kind>): boolean =>
  kind !== undefined && schemaIn({ apiVersion, kind }) !== undefined

/** Undefined where a kind has no protobuf form. */
export function encodeObject(object: Kind): Uint8Array | undefined {
  const apiVersion = object.apiVersion ?? metaKinds
  const schema = schemaIn({ apiVersion, kind: object.kind })
  if (!schema) return undefined
  const typeMeta = new BinaryWriter()
  typeMeta.tag(1, bytesWire).string(apiVersion).tag(2, bytesWire).string(object.kind)
  const unknown = new BinaryWriter()
  unknown.tag(1, bytesWire).bytes(typeMeta.finish())
  unknown.tag(2, bytesWire).bytes(encode(schema, object))
  unknown.tag(3, bytesWire).string('').tag(4, bytesWire).string('')
  return Buffer.concat([magic, unknown.finish()])
}

/** Throws ProtobufError. */
export function decodeObject(bytes: Buffer): Record<string, unknown> {
  if (!bytes.length) throw new ProtobufError('empty data')
  if (!bytes.subarray(0, magic.length).equals(magic))
    throw new ProtobufError(
      `provided data does not appear to be a protobuf message, expected prefix [${[...magic].join(' ')}]`,
    )
  let kind: Kind | undefined
  try {
    const unknown = readUnknown(bytes.subarray(magic.length))
    kind = unknown.kind
    if (!kind.kind) throw new Error("Object 'Kind' is missing in 'object'")
    const schema = schemaIn(kind)
    if (!schema)
      throw new Error(
        `no kind ${JSON.stringify(kind.kind)} is registered for version ${JSON.stringify(kind.apiVersion)} in scheme "pkg/runtime/scheme.go:111"`,
      )
    return { kind: kind.kind, apiVersion: kind.apiVersion, ...(decode(schema, unknown.raw) as object) }
  } catch (error) {
    throw new ProtobufError(error instanceof Error ? error.message : String(error), kind)
  }
}

function readUnknown(bytes: Uint8Array): { kind: Kind; raw: Uint8Array } {
  const unknown = fieldsOf(bytes)
  const typeMeta = fieldsOf(unknown.get(1) ?? new Uint8Array())
  const text = (number: number) => Buffer.from(typeMeta.get(number) ?? []).toString()
  return { kind: { apiVersion: text(1), kind: text(2) }, raw: unknown.get(2) ?? new Uint8Array() }
}

/** The fields of a message that are bytes, by their numbers. */
function fieldsOf(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>()
  const reader = new BinaryReader(bytes)
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag()
    if (wireType === bytesWire) found.set(number, reader.bytes())
    else reader.skip(wireType, number)
  }
  return found
}

/** One frame of a watch; undefined as for `encodeObject`. */
export function encodeFrame(type: string, object: Kind): Uint8Array | undefined {
  const encoded = encodeObject(object)
  if (!encoded) return undefined
  const raw = new BinaryWriter()
  raw.tag(1, bytesWire).bytes(encoded)
  const event = new BinaryWriter()
  event.tag(1, bytesWire).string(type).tag(2, bytesWire).bytes(raw.finish())
  const frame = event.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(frame.length)
  return Buffer.concat([length, frame])
}
