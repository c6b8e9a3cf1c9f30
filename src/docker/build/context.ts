// The files of a build's context: what the client sends of its directory, after .dockerignore.
import type { Files } from '../../engine/files.ts'
import { type Ignore, parseIgnore } from './ignore.ts'
import type { SentFile } from './transfer.ts'

/** All below a directory that is not ignored, in the order in which they are sent. */
export function contextFiles(files: Files, directory: string, ignore: Ignore): SentFile[] {
  const all: SentFile[] = []
  const walk = (path: string, relative: string) => {
    for (const name of files.list(path)) {
      const below = relative ? `${relative}/${name}` : name
      const full = `${path === '/' ? '' : path}/${name}`
      const stat = files.stat(full, { followLinks: false })
      const isDirectory = stat.type === 'directory'
      // A directory that is ignored may hold what a later pattern takes back in.
      const before = all.length
      const ignored = ignore.matches(below)
      const { size, modified, mode } = stat
      if (!ignored)
        all.push({
          path: below,
          isDirectory,
          size: isDirectory ? 0 : size,
          modified,
          mode: mode & 0o777,
          ...(stat.type === 'link' && { target: files.readLink(full) }),
        })
      if (!isDirectory) continue
      const at = all.length
      walk(full, below)
      if (ignored && all.length > at)
        all.splice(before, 0, { path: below, isDirectory, size: 0, modified, mode: mode & 0o777 })
    }
  }
  // A Dockerfile that came by stdin has no directory beside it.
  if (files.exists(directory)) walk(directory, '')
  return all
}

/** Only what is below the paths that are asked for (`go.mod`, `src/*.go`), with the directories above. */
export function following(all: readonly SentFile[], wanted: readonly string[]): SentFile[] {
  if (wanted.includes('')) return [...all]
  const tests = wanted.map(pathPattern)
  const hit = (path: string) => tests.some(test => test.test(path))
  const needed = new Set<string>()
  for (const { path } of all)
    if (hit(path)) {
      const parts = path.split('/')
      for (let i = 1; i <= parts.length; i++) needed.add(parts.slice(0, i).join('/'))
    }
  return all.filter(({ path }) => needed.has(path))
}

const pathPattern = (path: string): RegExp =>
  new RegExp(
    `^${path.replace(/[\s\S]/g, c => (c === '*' ? '[^/]*' : c === '?' ? '[^/]' : c.replace(/[\\^$.|+(){}[\]/]/g, '\\$&')))}(?:/.*)?$`,
  )

export interface IgnoreFile {
  readonly ignore: Ignore
  /** As it stands on the client's disk; undefined where there is none. */
  readonly text: string | undefined
  readonly name: string
}

/** `Dockerfile.dockerignore` beside the Dockerfile comes before the context's own. */
export function ignoreFile(files: Files, directory: string, dockerfile: string): IgnoreFile {
  for (const [path, name] of [
    [`${dockerfile}.dockerignore`, `${dockerfile.split('/').at(-1)}.dockerignore`],
    [`${directory === '/' ? '' : directory}/.dockerignore`, '.dockerignore'],
  ] as const)
    if (files.exists(path)) {
      const text = files.read(path)
      return { ignore: parseIgnore(text), text, name }
    }
  return { ignore: parseIgnore(''), text: undefined, name: '.dockerignore' }
}
