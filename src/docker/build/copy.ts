// COPY and ADD: which files a source stands for, and where they come to lie (buildkit solver/llbsolver/file, fsutil/copy).

import { digestOf } from '../../containers/content.ts'
import { FileError, type Files, resolvePath } from '../../engine/files.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'

/** A source that is not there: as the message names it. */
export class NotFound extends Error {
  readonly path: string
  constructor(path: string) {
    super(`"${path}": not found`)
    this.path = path
  }
}

const isPattern = (path: string): boolean => /[*?[]/.test(path)

function matching(files: Files, path: string): string[] {
  const parts = path.split('/').filter(Boolean)
  let found = ['']
  for (const part of parts) {
    const next: string[] = []
    for (const above of found) {
      if (!isPattern(part)) {
        if (files.exists(`${above}/${part}`)) next.push(`${above}/${part}`)
        continue
      }
      const test = new RegExp(
        `^${part.replace(/[\s\S]/g, c => (c === '*' ? '[^/]*' : c === '?' ? '[^/]' : /[[\]^-]/.test(c) ? c : c.replace(/[\\$.|+(){}]/g, '\\$&')))}$`,
      )
      const directory = above || '/'
      if (!files.exists(directory) || files.stat(directory).type !== 'directory') continue
      for (const name of files.list(directory)) if (test.test(name)) next.push(`${above}/${name}`)
    }
    found = next
  }
  return found.map(each => each || '/')
}

/** The paths that a source stands for; throws NotFound where there is none. */
export function sourcesOf(files: Files, source: string): string[] {
  const path = resolvePath('/', source)
  const found = matching(files, path)
  if (found.length === 0) throw new NotFound(path)
  return found
}

/** What the cache knows a copy by: names, rights and content, but no times. */
export function checksum(files: Files, paths: readonly string[], isWhole: (path: string) => boolean): string {
  const lines: string[] = []
  const add = (path: string, shown: string) => {
    if (!isWhole(path)) return
    const stat = files.stat(path, { followLinks: false })
    const head = `${shown} ${stat.type} ${stat.mode}`
    if (stat.type === 'directory') {
      lines.push(head)
      for (const name of files.list(path)) add(`${path === '/' ? '' : path}/${name}`, `${shown}/${name}`)
    } else lines.push(`${head} ${stat.type === 'link' ? files.readLink(path) : digestOf(files.read(path))}`)
  }
  for (const path of paths) add(path, files.stat(path).type === 'directory' ? '' : path.split('/').at(-1)!)
  return digestOf(lines.join('\n'))
}

export interface CopyOptions {
  readonly uid: number
  readonly gid: number
  /** Bits for files and directories; as they are where absent. */
  readonly mode: number | undefined
  /** Is a path of the source copied (not ignored, not excluded)? */
  readonly isWanted: (path: string) => boolean
}

/** `target` is absolute; `isDirectory`: it ends with a slash, or several things go there. */
export function copyInto(
  from: Files,
  paths: readonly string[],
  to: MemoryFiles,
  target: string,
  isDirectory: boolean,
  options: CopyOptions,
): void {
  for (const path of paths) {
    const { type } = from.stat(path)
    if (type === 'directory') {
      to.mkdir(target, { parents: true })
      // Of a directory its content is copied, not itself.
      for (const name of from.list(path)) copyOne(from, join(path, name), to, join(target, name), options)
      continue
    }
    const isInto = isDirectory || (to.exists(target) && to.stat(target).type === 'directory')
    const place = isInto ? join(target, path.split('/').at(-1)!) : target
    const above = place.slice(0, place.lastIndexOf('/')) || '/'
    if (!to.exists(above)) to.mkdir(above, { parents: true })
    copyOne(from, path, to, place, options)
  }
}

const join = (directory: string, name: string): string => `${directory === '/' ? '' : directory}/${name}`

function copyOne(from: Files, path: string, to: MemoryFiles, place: string, options: CopyOptions): void {
  if (!options.isWanted(path)) return
  const stat = from.stat(path, { followLinks: false })
  if (stat.type === 'directory') {
    if (!to.exists(place)) to.mkdir(place)
    to.chmod(place, options.mode ?? stat.mode & 0o7777)
    to.chown(place, options.uid, options.gid)
    for (const name of from.list(path)) copyOne(from, join(path, name), to, join(place, name), options)
    return
  }
  if (stat.type === 'link') {
    if (to.exists(place)) to.remove(place, { recursive: true })
    to.link(from.readLink(path), place)
    return
  }
  if (to.exists(place) && to.stat(place).type === 'directory') throw new FileError('EISDIR', place)
  to.write(place, from.read(path), { mode: options.mode ?? stat.mode & 0o7777 })
  to.chown(place, options.uid, options.gid)
  to.setModified(place, stat.modified)
}

/** Sources below a directory, none of which leads out of it. */
export function subtreePaths(files: Files, root: string, source: string): string[] {
  const path = resolvePath('/', source)
  try {
    return sourcesOf(files, `${root}${path === '/' ? '' : path}`)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new NotFound(path)
  }
}
