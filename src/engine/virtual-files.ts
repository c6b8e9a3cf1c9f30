// Files that are made up when somebody looks at them, as those of /proc and /sys. Nothing can be made or removed there.
import { type Access, canStat, FileError, type FileStat, type Files, resolvePath } from './files.ts'

/**
 * One of `names` (a directory), `target` (a link) and `text` says what it is. A link to a place outside of this file system
 * has a `text` too, where what stands there is known.
 */
export interface VirtualNode {
  readonly names?: () => Iterable<string>
  readonly target?: () => string
  readonly text?: () => string
  /** Bytes; files of a kernel have none. */
  readonly size?: () => number
  /** Takes what is written into the file; a file without it cannot be written. */
  readonly write?: (text: string) => void
  /** 0o444, or 0o555 of a directory, where absent. */
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

/** The node of a path, which begins with a slash and has no links in it. */
export type FindNode = (path: string) => VirtualNode | undefined

export class VirtualFiles implements Files {
  readonly #find: FindNode
  readonly #now: () => number

  constructor(find: FindNode, now: () => number) {
    this.#find = find
    this.#now = now
  }

  stat(path: string, { followLinks = true } = {}): FileStat {
    const node = this.#node(path, followLinks)
    const { mode, uid = 0, gid = 0 } = node
    const common = { uid, gid, size: 0, modified: this.#now() }
    if (node.names) return { ...common, type: 'directory', mode: mode ?? 0o555, links: 2 }
    if (node.target && !(followLinks && node.text))
      return { ...common, type: 'link', mode: 0o777, links: 1, size: node.target().length }
    const size = node.size?.() ?? 0
    return { ...common, type: 'file', mode: mode ?? (node.write ? 0o644 : 0o444), links: 1, size }
  }

  exists(path: string): boolean {
    return canStat(this, path)
  }

  read(path: string): string {
    const node = this.#node(path)
    if (node.names) throw new FileError('EISDIR', path)
    return node.text?.() ?? ''
  }

  write(path: string, text: string): void {
    const node = this.#node(path)
    if (node.names) throw new FileError('EISDIR', path)
    if (!node.write) throw new FileError('EACCES', path)
    node.write(text)
  }

  list(path: string): string[] {
    const node = this.#node(path)
    if (!node.names) throw new FileError('ENOTDIR', path)
    return [...node.names()].sort()
  }

  mkdir(path: string, { parents = false } = {}): void {
    if (!this.exists(path)) throw new FileError('ENOENT', path)
    if (!parents) throw new FileError('EEXIST', path)
  }

  remove(path: string): void {
    this.#refuse(path)
  }

  rename(from: string): void {
    this.#refuse(from)
  }

  link(_target: string, path: string): void {
    this.#refuse(path)
  }

  readLink(path: string): string {
    const { target } = this.#node(path, false)
    if (!target) throw new FileError('ENOENT', path)
    return target()
  }

  chmod(path: string): void {
    this.#refuse(path)
  }

  chown(path: string): void {
    this.#refuse(path)
  }

  isReadOnly(): boolean {
    return false
  }

  permits(path: string, what: Access): boolean {
    const { names, write } = this.#node(path)
    return what === 'read' || (what === 'write' ? write !== undefined : names !== undefined)
  }

  mount(path: string): void {
    this.#refuse(path)
  }

  #refuse(path: string): never {
    this.#node(path, false)
    throw new FileError('EPERM', path)
  }

  /** Links lead to other places of the same file system. */
  #node(path: string, followLast = true): VirtualNode {
    const rest = resolvePath('/', path).split('/').filter(Boolean)
    let at = ''
    while (rest.length > 0) {
      const next = `${at}/${rest.shift()}`
      const node = this.#find(next)
      if (!node) throw new FileError('ENOENT', path)
      // What an absolute link leads to is known to whoever has mounted this.
      const target = node.target?.()
      if (target?.startsWith('/')) {
        if (rest.length > 0) this.#missing(path)
        return node
      }
      if (target !== undefined && (followLast || rest.length > 0)) {
        rest.unshift(
          ...resolvePath(at || '/', target)
            .split('/')
            .filter(Boolean),
        )
        at = ''
      } else at = next
    }
    return this.#find(at || '/') ?? this.#missing(path)
  }

  #missing(path: string): never {
    throw new FileError('ENOENT', path)
  }
}
