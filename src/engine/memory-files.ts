// The file system of the workstation, of a node, of a container: a tree of nodes in memory, with copy-on-write forks
// (every container of an image starts from one tree) and other file systems mounted on its directories.
// Whoever holds it may do everything, but in a read-only place; see user-files.ts for what one user may.
// Left out: hard links of files, devices but /dev/null.
import { claimedSize } from './binary.ts'
import { byteLength } from './bytes.ts'
import type { Disk } from './disk.ts'
import { type Access, FileError, type FileStat, type Files, resolvePath, type SpecialType } from './files.ts'
import { bytesOf, type Inode, linksOf, typeOf } from './inode.ts'
import { move } from './moving.ts'

interface Mount {
  readonly files: Files
  readonly readOnly: boolean
}

export interface MemoryFilesOptions {
  /** Where what is written takes its place; without one there is always room. */
  readonly disk?: Disk
  /** Virtual time for modification times. */
  readonly now: () => number
  /** Whose files these are in `ls -l`, and their group's number too; root's where absent. */
  readonly uid?: number
  /** Learns of every change of it (mounts have their own). */
  readonly changed?: (path: string) => void
  /** Nothing can be written in it (mounts have their own say). */
  readonly readOnly?: boolean
}

interface Located {
  readonly full: string
  /** What is there, or why nothing is: of this tree, not of what is mounted on it. */
  readonly found: Inode | 'ENOENT' | 'ENOTDIR'
}

const maximumLinks = 40
/** PATH_MAX of Linux, in characters here. */
const longestPath = 4096

export class MemoryFiles implements Files {
  #options: MemoryFilesOptions
  #root: Inode
  #tree: object = {}
  #mounts = new Map<string, Mount>()
  #renaming = false

  constructor(options: MemoryFilesOptions) {
    this.#options = options
    this.#root = this.#directory()
  }

  /** An independent copy that shares what neither side changes; mounts stay behind. */
  fork(options: Partial<MemoryFilesOptions> = {}): MemoryFiles {
    const copy = new MemoryFiles({ ...this.#options, ...options })
    copy.#root = this.#root
    this.#tree = {}
    return copy
  }

  stat(path: string, { followLinks = true } = {}): FileStat {
    const mounted = this.#mounted(path, followLinks)
    if (mounted) return mounted.files.stat(mounted.path, { followLinks })
    const node = this.#node(path, followLinks)
    const { mode, uid, gid, modified } = node
    const size = node.entries ? 4096 : (node.claimed ?? bytesOf(node))
    return { type: typeOf(node), mode, uid, gid, links: linksOf(node), size, modified }
  }

  exists(path: string): boolean {
    try {
      const mounted = this.#mounted(path)
      return mounted ? mounted.files.exists(mounted.path) : typeof this.#find(path) === 'object'
    } catch {
      return false // a path that leads nowhere: it goes round in circles, or is too long
    }
  }

  #isDirectory(path: string): boolean {
    try {
      const mounted = this.#mounted(path)
      if (mounted) return mounted.files.stat(mounted.path).type === 'directory'
      const found = this.#find(path)
      return typeof found === 'object' && found.entries !== undefined
    } catch {
      return false // a path that leads nowhere
    }
  }

  read(path: string): string {
    if (path === '/dev/null') return ''
    const mounted = this.#mounted(path)
    if (mounted) return mounted.files.read(mounted.path)
    const node = this.#node(path)
    if (node.entries) throw new FileError('EISDIR', path)
    return node.text!
  }

  write(
    path: string,
    text: string,
    { append = false, mode }: { append?: boolean; mode?: number } = {},
  ): void {
    if (path === '/dev/null') return
    this.#change(path, {
      mounted: (files, at) => files.write(at, text, { append, mode }),
      own: (parent, name, old) => {
        if (old?.entries) throw new FileError('EISDIR', path)
        if (!name) throw new FileError('EISDIR', path)
        const modified = this.#options.now()
        const bytes = byteLength(text)
        move(bytes)
        this.#take(bytes - (append ? 0 : this.#written(old)), path)
        const claimed = append && old?.text ? old.claimed : claimedSize(text)
        parent.entries!.set(name, {
          tree: this.#tree,
          mode: mode ?? old?.mode ?? 0o644,
          uid: old?.uid ?? this.#uid,
          gid: old?.gid ?? this.#gidIn(parent),
          modified,
          text: append && old ? old.text + text : text,
          bytes: append && old ? bytesOf(old) + bytes : bytes,
          ...(claimed !== undefined && { claimed }),
        })
        if (!old) parent.modified = modified
      },
    })
  }

  list(path: string): string[] {
    const mounted = this.#mounted(path)
    if (mounted) return mounted.files.list(mounted.path)
    const node = this.#node(path)
    if (!node.entries) throw new FileError('ENOTDIR', path)
    return [...node.entries.keys()].sort((a, b) => (a < b ? -1 : 1))
  }

  mkdir(path: string, { parents = false } = {}): void {
    if (path.length > longestPath) throw new FileError('ENAMETOOLONG', path)
    if (parents) {
      if (this.#isDirectory(path)) return
      const up = resolvePath('/', `${path}/..`)
      if (!this.#isDirectory(up)) this.mkdir(up, { parents })
    }
    this.#change(path, {
      mounted: (files, at) => files.mkdir(at),
      own: (parent, name, old) => {
        if (old || !name) throw new FileError('EEXIST', path)
        const gid = this.#gidIn(parent)
        // In a directory of a group, directories are too.
        const mode = 0o755 | (parent.mode & 0o2000)
        parent.entries!.set(name, { ...this.#directory(), gid, mode })
        parent.modified = this.#options.now()
      },
    })
  }

  remove(path: string, { recursive = false } = {}): void {
    const at = resolvePath('/', path)
    if (this.#mounts.has(at)) throw new FileError('EACCES', path)
    this.#change(
      path,
      {
        mounted: (files, at) => files.remove(at, { recursive }),
        own: (parent, name, old) => {
          if (!old) throw new FileError('ENOENT', path)
          if (old.entries?.size && !recursive) throw new FileError('ENOTEMPTY', path)
          if (!this.#renaming) this.#take(-this.#written(old), path)
          parent.entries!.delete(name)
          parent.modified = this.#options.now()
        },
      },
      false,
    )
  }

  rename(from: string, to: string): void {
    let moved = false
    const source = this.#mounted(from, false)
    const target = this.#mounted(to)
    if (source && target && source.files === target.files) {
      if (target.readOnly) throw new FileError('EROFS', to)
      source.files.rename(source.path, target.path)
      return
    }
    if (source || target) {
      this.write(to, this.read(from), { mode: this.stat(from).mode }) // directories: the tool's task
    } else {
      const node = this.#node(from, false)
      this.#change(to, {
        mounted: () => {},
        own: (parent, name, old) => {
          if (old?.entries && !node.entries) throw new FileError('EISDIR', to)
          if (old?.entries?.size) throw new FileError('ENOTEMPTY', to)
          if (old !== node) this.#take(-this.#written(old), to)
          moved = old !== node
          parent.entries!.set(name, node)
        },
      })
    }
    // What has a new name takes its place as before.
    this.#renaming = moved
    this.remove(from, { recursive: true })
    this.#renaming = false
  }

  /** Bytes that the disk holds of a node: what a fork shares with others is not on it. */
  #written(node: Inode | undefined): number {
    if (!this.#options.disk || node?.tree !== this.#tree) return 0
    let bytes = node.text === undefined ? 0 : bytesOf(node)
    for (const inner of node.entries?.values() ?? []) bytes += this.#written(inner)
    return bytes
  }

  #take(bytes: number, path: string): void {
    if (this.#options.disk?.take(bytes) === false) throw new FileError('ENOSPC', path)
  }

  link(target: string, path: string): void {
    this.#change(
      path,
      {
        mounted: (files, at) => files.link(target, at),
        own: (parent, name, old) => {
          if (old || !name) throw new FileError('EEXIST', path)
          const modified = this.#options.now()
          const gid = this.#gidIn(parent)
          parent.entries!.set(name, { tree: this.#tree, mode: 0o777, uid: this.#uid, gid, modified, target })
          parent.modified = modified
        },
      },
      false,
    )
  }

  readLink(path: string): string {
    const mounted = this.#mounted(path, false)
    if (mounted) return mounted.files.readLink(mounted.path)
    const { target } = this.#node(path, false)
    if (target === undefined) throw new FileError('ENOENT', path)
    return target
  }

  chmod(path: string, mode: number): void {
    this.#set(path, true, { mode }, (files, at) => files.chmod(at, mode))
  }

  chown(path: string, uid: number, gid: number): void {
    this.#set(path, false, { uid, gid }, (files, at) => files.chown(at, uid, gid))
  }

  /** When it was last written, for who copies files with their times. Ms since 1970. */
  setModified(path: string, modified: number): void {
    this.#set(path, true, { modified }, () => {})
  }

  /** Changes what is known of a file, but not its content. */
  #set(
    path: string,
    followLast: boolean,
    change: Partial<Inode>,
    mounted: (files: Files, at: string) => void,
  ): void {
    const own = (parent: Inode, name: string, old: Inode | undefined) => {
      if (!old) throw new FileError('ENOENT', path)
      const changed = { ...old, ...change, tree: old.entries ? old.tree : this.#tree }
      // The root has no parent that holds it.
      if (name) parent.entries!.set(name, changed)
      else Object.assign(parent, change)
    }
    this.#change(path, { mounted, own }, followLast)
  }

  permits(path: string, what: Access): boolean {
    if (what === 'write') return !this.isReadOnly(path)
    if (what === 'read') return true
    const { type, mode } = this.stat(path)
    return type === 'directory' || (mode & 0o111) !== 0
  }

  /** Makes a socket or a device, also of what was a file. */
  makeSpecial(path: string, special: SpecialType, mode = 0o660): void {
    this.#change(path, {
      mounted: () => {
        throw new FileError('EPERM', path)
      },
      own: (parent, name) => {
        const gid = this.#gidIn(parent)
        const modified = this.#options.now()
        parent.entries!.set(name, {
          tree: this.#tree,
          special,
          mode,
          uid: this.#uid,
          gid,
          modified,
          text: '',
        })
      },
    })
  }

  isReadOnly(path: string): boolean {
    const mounted = this.#mounted(path)
    if (!mounted) return this.#options.readOnly === true
    return mounted.readOnly || mounted.files.isReadOnly(mounted.path)
  }

  mount(path: string, files: Files, { readOnly = false } = {}): void {
    const at = resolvePath('/', path)
    if (!this.exists(at)) {
      // The runtime makes mount points before anything is sealed: read-only places do not refuse them.
      const above = this.#mounted(at)
      if (above) above.files.mkdir(above.path, { parents: true })
      else {
        const options = this.#options
        this.#options = { ...options, readOnly: false }
        this.mkdir(at, { parents: true })
        this.#options = options
      }
    }
    this.#mounts.set(at, { files, readOnly })
  }

  /** Takes a mounted file system away again; the directory it was mounted on stays. */
  unmount(path: string): void {
    this.#mounts.delete(resolvePath('/', path))
  }

  /** From now on nothing can be changed in it, until it is unsealed. */
  seal(readOnly = true): void {
    this.#options = { ...this.#options, readOnly }
  }

  get #uid(): number {
    return this.#options.uid ?? 0
  }

  /** The group of something new: that of a directory which gives its own on (its set-group-id bit). */
  #gidIn(parent: Inode): number {
    return parent.mode & 0o2000 ? parent.gid : this.#uid
  }

  #directory(): Inode {
    return {
      tree: this.#tree,
      mode: 0o755,
      uid: this.#uid,
      gid: this.#uid,
      modified: this.#options.now(),
      entries: new Map(),
    }
  }

  /** The deepest mount above or at a path without links, with the path inside it. */
  #mountOf(full: string): (Mount & { path: string }) | undefined {
    if (this.#mounts.size === 0) return undefined
    for (let at = full; ; at = at.slice(0, at.lastIndexOf('/'))) {
      const mount = this.#mounts.get(at || '/')
      if (mount) return { ...mount, path: full.slice(at.length) || '/' }
      if (!at) return undefined
    }
  }

  #mounted(path: string, followLast = true): (Mount & { path: string }) | undefined {
    return this.#mounts.size === 0 ? undefined : this.#mountOf(this.#real(path, followLast))
  }

  #real(path: string, followLast: boolean): string {
    return this.#locate(path, followLast).full
  }

  /** The path with the links of this tree followed, and what is there; what a mount holds is left to it. */
  #locate(path: string, followLast: boolean): Located {
    let full = resolvePath('/', path)
    if (full.length > longestPath) throw new FileError('ENAMETOOLONG', path)
    for (let links = 0; links <= maximumLinks; links++) {
      if (this.#mountOf(full)) return { full, found: 'ENOENT' }
      if (full === '/') return { full, found: this.#root }
      const parts = full.split('/')
      let node = this.#root
      let missing: 'ENOENT' | 'ENOTDIR' | undefined
      let redirected: string | undefined
      for (let i = 1; i < parts.length && !missing; i++) {
        const next = node.entries?.get(parts[i]!)
        if (!next) missing = node.entries ? 'ENOENT' : 'ENOTDIR'
        else if (next.target !== undefined && (followLast || i < parts.length - 1)) {
          const rest = parts.slice(i + 1).join('/')
          redirected = resolvePath(parts.slice(0, i).join('/') || '/', `${next.target}/${rest}`)
          break
        } else node = next
      }
      if (redirected === undefined) return { full, found: missing ?? node }
      full = redirected
    }
    throw new FileError('ELOOP', path)
  }

  #node(path: string, followLast = true): Inode {
    const found = this.#find(path, followLast)
    if (typeof found === 'string') throw new FileError(found, path)
    return found
  }

  /** What is at a path, or why nothing is; throws where the path itself leads nowhere. */
  #find(path: string, followLast = true): Inode | 'ENOENT' | 'ENOTDIR' {
    return this.#locate(path, followLast).found
  }

  /** Finds the parent of a path, makes it this tree's own, and lets one entry of it be changed. */
  #change(
    path: string,
    act: {
      mounted: (files: Files, path: string) => void
      own: (parent: Inode, name: string, old: Inode | undefined) => void
    },
    followLast = true,
  ): void {
    const full = this.#real(path, followLast)
    const mount = this.#mountOf(full)
    if (mount) {
      if (mount.readOnly) throw new FileError('EROFS', path)
      act.mounted(mount.files, mount.path)
      return
    }
    const parts = full.split('/').filter(Boolean)
    const name = parts.pop() ?? ''
    let parent = this.#own(this.#root)
    const chain: [Inode, string][] = []
    for (const part of parts) {
      const next: Inode | undefined = parent.entries?.get(part)
      if (!next) throw new FileError(parent.entries ? 'ENOENT' : 'ENOTDIR', path)
      chain.push([parent, part])
      parent = next.entries ? this.#own(next) : next
    }
    if (!parent.entries) throw new FileError('ENOTDIR', path)
    if (this.#options.readOnly) throw new FileError('EROFS', path)
    act.own(parent, name, name ? parent.entries.get(name) : this.#root)
    // Only now, when nothing was thrown, do the copies take the place of the shared nodes.
    for (const [above, part] of chain.reverse()) {
      above.entries!.set(part, parent)
      parent = above
    }
    this.#root = parent
    this.#options.changed?.(full)
  }

  #own(node: Inode): Inode {
    if (node.tree === this.#tree) return node
    return { ...node, tree: this.#tree, entries: new Map(node.entries), merged: true }
  }
}
