// Tar archives (ustar; long names as GNU and POSIX have them), for `tar` in containers, `kubectl cp` and docker. They are
// text whose bytes (bytes.ts) are those of a real archive.
import { byteLength, fromBytes, toBytes } from './bytes.ts'

export interface Entry {
  /** Directories end with a slash. */
  readonly name: string
  readonly content: string
  readonly mode: number
  /** Where a symbolic link leads. */
  readonly link?: string
}

const block = 512
const nameBytes = 100
const prefixBytes = 155

export function writeTar(entries: readonly Entry[]): string {
  return entries.map(member).join('') + '\0'.repeat(2 * block)
}

const padded = (content: string): string =>
  content + '\0'.repeat((block - (byteLength(content) % block)) % block)

function member(entry: Entry): string {
  const { name, content, mode } = entry
  const [prefix, rest] = split(name)
  const isDirectory = name.endsWith('/')
  const size = isDirectory ? 0 : byteLength(content)
  const own = header(prefix, rest, mode, size, isDirectory ? '5' : '0') + padded(content)
  if (byteLength(rest) <= nameBytes) return own
  // As GNU does it, busybox too: an entry before it that has the name.
  return header('', '././@LongLink', 0o644, byteLength(name) + 1, 'L') + padded(`${name}\0`) + own
}

/** A name that is too long for its field goes on in another, from a slash on. */
function split(name: string): [prefix: string, rest: string] {
  if (byteLength(name) <= nameBytes) return ['', name]
  for (let at = name.indexOf('/'); at > 0 && at < name.length - 1; at = name.indexOf('/', at + 1)) {
    const [prefix, rest] = [name.slice(0, at), name.slice(at + 1)]
    if (byteLength(prefix) <= prefixBytes && byteLength(rest) <= nameBytes) return [prefix, rest]
  }
  return ['', name]
}

function header(prefix: string, name: string, mode: number, size: number, type: string): string {
  const field = (text: string, length: number) => {
    const bytes = toBytes(text).subarray(0, length)
    return fromBytes(bytes) + '\0'.repeat(length - bytes.length)
  }
  const octal = (n: number, length: number) => `${n.toString(8).padStart(length - 1, '0')}\0`
  const before = `${field(name, nameBytes)}${octal(mode & 0o7777, 8)}${octal(0, 8)}${octal(0, 8)}${octal(size, 12)}${octal(0, 12)}`
  const after = `${type}${field('', 100)}ustar\0${'00'}${field('root', 32)}${field('root', 32)}${octal(0, 8)}${octal(0, 8)}${field(prefix, prefixBytes)}${field('', 12)}`
  let sum = 0
  for (const byte of toBytes(`${before}        ${after}`)) sum += byte
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`
}

export function readTar(archive: string): Entry[] {
  const entries: Entry[] = []
  const bytes = toBytes(archive)
  let at = 0
  const text = (from: number, length: number) =>
    fromBytes(bytes.subarray(at + from, at + from + length)).replace(/\0[\s\S]*$/, '')
  /** What an entry before says of the next one. */
  let longName = ''
  while (at + block <= bytes.length) {
    const short = text(0, nameBytes)
    if (!short) break
    const prefix = text(257, 5) === 'ustar' && text(263, 2) === '00' ? text(345, prefixBytes) : ''
    const mode = Number.parseInt(text(100, 8), 8) || 0o644
    const size = Number.parseInt(text(124, 12), 8) || 0
    const type = text(156, 1)
    const link = text(157, nameBytes)
    at += block
    const content = fromBytes(bytes.subarray(at, at + size))
    at += Math.ceil(size / block) * block
    if (type === 'L') longName = content.replace(/\0[\s\S]*$/, '')
    else if (type === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? ''
    else if (type !== 'g') {
      const name = longName || (prefix ? `${prefix}/${short}` : short)
      longName = ''
      if (type === '5') entries.push({ name: name.replace(/\/*$/, '/'), content: '', mode })
      else if (type === '2') entries.push({ name, content: '', mode, link })
      else entries.push({ name, content, mode })
    }
  }
  return entries
}
