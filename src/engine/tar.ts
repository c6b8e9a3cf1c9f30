// Tar archives of text files (ustar), for `tar` in containers and `kubectl cp`. Sizes count bytes of UTF-8, as in a real archive.
import { byteLength } from './bytes.ts'

export interface Entry {
  /** Directories end with a slash. */
  readonly name: string
  readonly content: string
  readonly mode: number
}

const block = 512

export function writeTar(entries: readonly Entry[]): string {
  return entries.map(entry => header(entry) + padded(entry.content)).join('') + '\0'.repeat(2 * block)
}

const padded = (content: string): string =>
  content + '\0'.repeat((block - (byteLength(content) % block)) % block)

function header({ name, content, mode }: Entry): string {
  const field = (text: string, size: number) => text.slice(0, size).padEnd(size, '\0')
  const octal = (n: number, size: number) => `${n.toString(8).padStart(size - 1, '0')}\0`
  const isDirectory = name.endsWith('/')
  const before = `${field(name, 100)}${octal(mode & 0o7777, 8)}${octal(0, 8)}${octal(0, 8)}${octal(isDirectory ? 0 : byteLength(content), 12)}${octal(0, 12)}`
  const after = `${isDirectory ? '5' : '0'}${field('', 100)}ustar\0${'00'}${field('root', 32)}${field('root', 32)}${octal(0, 8)}${octal(0, 8)}${field('', 155)}${field('', 12)}`
  let sum = 0
  for (const c of `${before}        ${after}`) sum += c.charCodeAt(0)
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`
}

export function readTar(archive: string): Entry[] {
  const entries: Entry[] = []
  let at = 0
  const text = (from: number, size: number) =>
    archive.slice(at + from, at + from + size).replace(/\0[\s\S]*$/, '')
  while (at + block <= archive.length) {
    const name = text(0, 100)
    if (!name) break
    const mode = Number.parseInt(text(100, 8), 8) || 0o644
    const size = Number.parseInt(text(124, 12), 8) || 0
    at += block
    // Characters may be several bytes long.
    let end = at
    for (let bytes = 0; bytes < size && end < archive.length; ) {
      const c = String.fromCodePoint(archive.codePointAt(end)!)
      bytes += byteLength(c)
      end += c.length
    }
    entries.push({ name, content: archive.slice(at, end), mode })
    at = end + ((block - (size % block)) % block)
  }
  return entries
}
