// How much a client sends to the builder, byte by byte: tonistiigi/fsutil sends a message for each file's name and times,
// the content of those that the builder lacks, and an end. BuildKit shows the sum as `transferring context: 435B`.
import { byteLength } from '../../engine/bytes.ts'

export interface SentFile {
  /** Relative to the context. */
  readonly path: string
  readonly isDirectory: boolean
  /** Bytes. */
  readonly size: number
  /** Ms since 1970. */
  readonly modified: number
  readonly mode: number
  /** Of a symbolic link. */
  readonly target?: string
}

/** Bytes of a protobuf varint. */
function varint(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++
  return bytes
}

/** A field with a length before it: tag, length, content. */
const field = (length: number): number => 1 + varint(length) + length

const pieceLength = 32 * 1024
const endOfFile = 2
/** Nanoseconds since 1970 take nine bytes from 2004 on. */
const timeLength = 1 + 9
const directoryBit = 2 ** 31
const linkBit = 2 ** 27

/** fsutil.types.Packet of type STAT with a Stat in it. */
function statMessage({ path, isDirectory, size, mode, target }: SentFile): number {
  const bits = (mode & 0o777) + (isDirectory ? directoryBit : target === undefined ? 0 : linkBit)
  let stat = field(byteLength(path)) + 1 + varint(bits) + timeLength
  if (!isDirectory && size > 0) stat += 1 + varint(size)
  if (target !== undefined) stat += field(byteLength(target))
  return field(stat)
}

/** Packets of type DATA: the content in pieces, and an empty one at its end. */
function dataMessages(size: number, id: number): number {
  const head = 2 + (id > 0 ? 1 + varint(id) : 0)
  let sum = head
  for (let left = size; left > 0; left -= pieceLength) sum += head + field(Math.min(left, pieceLength))
  return sum
}

/** What the builder has of an earlier build, by path: the same size, time and mode mean the same content. */
export type Known = ReadonlyMap<string, SentFile>

const isSame = (a: SentFile, b: SentFile | undefined): boolean =>
  !!b && a.size === b.size && a.modified === b.modified && a.mode === b.mode && a.target === b.target

export function transferred(files: readonly SentFile[], known: Known = new Map()): number {
  let sum = endOfFile
  for (const [id, file] of files.entries()) {
    sum += statMessage(file)
    if (!file.isDirectory && file.target === undefined && !isSame(file, known.get(file.path)))
      sum += dataMessages(file.size, id)
  }
  return sum
}
