// A file system as one user may use it: the permission checks of Linux (path_resolution(7), inode(7)) before each call.
// Every directory on the way to a file must let the user through; a read-only place says so before a missing permission.
import { type Access, canStat, FileError, type FileStat, type Files, resolvePath } from './files.ts'
import { type Identity, isMember } from './identity.ts'

const maximumLinks = 40
const [read, write, search] = [4, 2, 1]

export class UserFiles implements Files {
  readonly #files: Files
  readonly #identity: Identity

  constructor(files: Files, identity: Identity) {
    this.#files = files
    this.#identity = identity
  }

  stat(path: string, { followLinks = true } = {}): FileStat {
    return this.#files.stat(this.#reach(path, followLinks), { followLinks: false })
  }

  exists(path: string): boolean {
    return canStat(this, path)
  }

  read(path: string): string {
    const at = this.#reach(path)
    if (!/^\/dev\/null$/.test(at)) this.#need(at, read, path)
    return this.#files.read(at)
  }

  write(path: string, text: string, options: { append?: boolean; mode?: number } = {}): void {
    const at = this.#reach(path)
    if (this.#files.exists(at)) {
      if (this.#files.isReadOnly(at)) throw new FileError('EROFS', path)
      this.#need(at, write, path)
      this.#files.write(at, text, options)
    } else this.#create(at, path, () => this.#files.write(at, text, options))
  }

  list(path: string): string[] {
    const at = this.#reach(path)
    if (this.#files.stat(at).type === 'directory') this.#need(at, read, path)
    return this.#files.list(at)
  }

  mkdir(path: string, { parents = false } = {}): void {
    const up = resolvePath('/', `${path}/..`)
    if (parents) {
      if (this.exists(path) && this.stat(path).type === 'directory') return
      if (up !== '/') this.mkdir(up, { parents })
    }
    const at = this.#reach(path, false)
    if (this.#files.exists(at)) throw new FileError('EEXIST', path)
    this.#create(at, path, () => this.#files.mkdir(at))
  }

  remove(path: string, { recursive = false } = {}): void {
    const at = this.#reach(path, false)
    const { type } = this.#files.stat(at, { followLinks: false })
    if (recursive && type === 'directory') {
      const names = this.list(at)
      for (const name of names) this.remove(`${at}/${name}`, { recursive })
    }
    this.#takeFrom(at, path)
    this.#files.remove(at)
  }

  rename(from: string, to: string): void {
    const [source, target] = [this.#reach(from, false), this.#reach(to, false)]
    this.#takeFrom(source, from)
    this.#mayChangeDirectory(target, to)
    if (this.#files.exists(target)) this.#takeFrom(target, to)
    const { uid, gid } = this.#files.stat(source, { followLinks: false })
    this.#files.rename(source, target)
    this.#files.chown(target, uid, gid)
  }

  link(target: string, path: string): void {
    const at = this.#reach(path, false)
    this.#create(at, path, () => this.#files.link(target, at))
  }

  readLink(path: string): string {
    return this.#files.readLink(this.#reach(path, false))
  }

  chmod(path: string, mode: number): void {
    const at = this.#reach(path)
    const { uid } = this.#files.stat(at)
    if (this.#files.isReadOnly(at)) throw new FileError('EROFS', path)
    if (!this.#owns(uid)) throw new FileError('EPERM', path)
    this.#files.chmod(at, mode)
  }

  chown(path: string, uid: number, gid: number): void {
    const at = this.#reach(path, false)
    const old = this.#files.stat(at, { followLinks: false })
    if (this.#files.isReadOnly(at)) throw new FileError('EROFS', path)
    // Without the capability an owner may give a file to another of his groups, and to nobody else.
    const mine = old.uid === this.#identity.uid && uid === old.uid && isMember(this.#identity, gid)
    if (!mine && !this.#identity.capabilities.has('CHOWN')) throw new FileError('EPERM', path)
    this.#files.chown(at, uid, gid)
  }

  isReadOnly(path: string): boolean {
    return this.#files.isReadOnly(path)
  }

  permits(path: string, what: Access): boolean {
    const at = this.#reach(path)
    if (what === 'write' && this.#files.isReadOnly(at)) return false
    return this.#may(this.#files.stat(at), { read, write, execute: search }[what])
  }

  mount(path: string, files: Files, options?: { readOnly?: boolean }): void {
    this.#files.mount(path, files, options)
  }

  #owns(uid: number): boolean {
    return uid === this.#identity.uid || this.#identity.capabilities.has('FOWNER')
  }

  #may({ uid, gid, mode, type }: FileStat, what: number): boolean {
    const { capabilities } = this.#identity
    if (capabilities.has('DAC_OVERRIDE')) return what !== search || type === 'directory' || (mode & 0o111) > 0
    const shift = uid === this.#identity.uid ? 6 : isMember(this.#identity, gid) ? 3 : 0
    return ((mode >> shift) & what) === what
  }

  #need(at: string, what: number, path: string): void {
    if (!this.#may(this.#files.stat(at), what)) throw new FileError('EACCES', path)
  }

  /** A new file is its maker's, and of the maker's group where its directory has no say in that. */
  #create(at: string, path: string, make: () => void): void {
    const parent = this.#mayChangeDirectory(at, path)
    make()
    this.#files.chown(at, this.#identity.uid, parent.mode & 0o2000 ? parent.gid : this.#identity.gid)
  }

  #mayChangeDirectory(at: string, path: string): FileStat {
    const up = resolvePath(at, '..')
    const parent = this.#files.stat(up)
    if (parent.type !== 'directory') throw new FileError('ENOTDIR', path)
    if (this.#files.isReadOnly(at)) throw new FileError('EROFS', path)
    this.#need(up, write | search, path)
    return parent
  }

  /** From a sticky directory (/tmp) everybody takes only what is his own. */
  #takeFrom(at: string, path: string): void {
    const parent = this.#mayChangeDirectory(at, path)
    if (!(parent.mode & 0o1000) || this.#owns(parent.uid)) return
    if (!this.#owns(this.#files.stat(at, { followLinks: false }).uid)) throw new FileError('EPERM', path)
  }

  /** The path without links, where every directory on the way lets the user through. */
  #reach(path: string, followLast = true): string {
    const rest = resolvePath('/', path).split('/').filter(Boolean)
    let at = ''
    let here: FileStat | undefined
    for (let links = 0; rest.length > 0; ) {
      const part = rest.shift()!
      const next = `${at}/${part}`
      if (!this.#may(here ?? this.#files.stat(at || '/'), search)) throw new FileError('EACCES', path)
      here = undefined
      try {
        here = this.#files.stat(next, { followLinks: false })
      } catch (error) {
        if (!(error instanceof FileError) || error.code !== 'ENOENT') throw error
        // What is not there may be about to be made; more names after it lead nowhere.
        if (rest.length > 0) throw new FileError('ENOENT', path)
      }
      if (here?.type === 'link' && (followLast || rest.length > 0)) {
        if (++links > maximumLinks) throw new FileError('ELOOP', path)
        const target = resolvePath(at || '/', this.#files.readLink(next))
        rest.unshift(...target.split('/').filter(Boolean))
        at = ''
        here = undefined
      } else if (here && here.type !== 'directory' && rest.length > 0) throw new FileError('ENOTDIR', path)
      else at = next
    }
    return at || '/'
  }
}
