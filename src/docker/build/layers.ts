// The difference between two states of a file system as a layer: what was written, what is gone. Its name is a hash of what
// it holds, so that the same change has the same name.

import { digestOf, type Layer } from '../../containers/content.ts'
import { claimedSize } from '../../engine/binary.ts'
import { byteLength } from '../../engine/bytes.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'

interface Change {
  readonly path: string
  readonly line: string
  /** Bytes of the file, and those that its compressed form takes. */
  readonly size: number
  readonly compressed: number
}

const fileSize = (text: string): number => claimedSize(text) ?? byteLength(text)
/** A program's bytes are denser than a text's; an archive itself takes some. */
const compressedSize = (text: string): number =>
  claimedSize(text) === undefined
    ? Math.round(byteLength(text) * 0.4) + 110
    : Math.round(fileSize(text) * 0.56)
const emptyArchive = 32
const directoryBytes = 61

/** What of a file is part of a layer. */
function describe(files: MemoryFiles, path: string): Change {
  const { type, mode, uid, gid, modified } = files.stat(path, { followLinks: false })
  const head = `${path} ${type} ${(mode & 0o7777).toString(8)} ${uid}:${gid}`
  if (type === 'link') return { path, line: `${head} ${files.readLink(path)}`, size: 0, compressed: 40 }
  if (type !== 'file') return { path, line: head, size: 0, compressed: directoryBytes }
  const text = files.read(path)
  return {
    path,
    line: `${head} ${modified} ${digestOf(text)}`,
    size: fileSize(text),
    compressed: compressedSize(text),
  }
}

function* changes(before: MemoryFiles, after: MemoryFiles, directory: string): Generator<Change> {
  const prefix = directory === '/' ? '' : directory
  const old = new Set(
    before.exists(directory) && isDirectory(before, directory) ? before.list(directory) : [],
  )
  for (const name of after.list(directory)) {
    const path = `${prefix}/${name}`
    const there = old.delete(name)
    const isNew = !there || !isSame(before, after, path)
    if (isNew) yield describe(after, path)
    if (isDirectory(after, path)) yield* changes(before, after, path)
  }
  for (const name of old)
    yield { path: `${prefix}/${name}`, line: `${prefix}/.wh.${name}`, size: 0, compressed: 45 }
}

const isDirectory = (files: MemoryFiles, path: string): boolean =>
  files.stat(path, { followLinks: false }).type === 'directory'

function isSame(before: MemoryFiles, after: MemoryFiles, path: string): boolean {
  const [a, b] = [before.stat(path, { followLinks: false }), after.stat(path, { followLinks: false })]
  if (a.type !== b.type || a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid) return false
  if (a.type === 'link') return before.readLink(path) === after.readLink(path)
  if (a.type !== 'file') return true
  return a.modified === b.modified || before.read(path) === after.read(path)
}

/** The layer between two states; `stamp` tells apart what is the same but for its time. */
export function layerBetween(before: MemoryFiles, after: MemoryFiles, stamp = ''): Layer {
  const all = [...changes(before, after, '/')]
  const text = `${all.map(({ line }) => `${line}\n`).join('')}${stamp}`
  return {
    diffId: digestOf(`tar\n${text}`),
    digest: digestOf(`tar+gzip\n${text}`),
    size: all.reduce((sum, { size }) => sum + size, 0),
    compressed: all.reduce((sum, { compressed }) => sum + compressed, emptyArchive),
  }
}
