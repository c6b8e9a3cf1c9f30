// File systems seen otherwise: under other names, or one directory of them as a whole.
import { type Access, type Files, resolvePath } from './files.ts'

/** A file system seen under other names: `at` says what each path stands for. */
export const renamed = (files: Files, at: (path: string) => string): Files => new View(() => files, at)

/** A file system that is there when somebody first looks at it: `files` is asked each time. */
export const late = (files: () => Files): Files => new View(files, same)

const same = (path: string): string => path

/** A class, as every process and volume has one: the methods are not made for each. */
class View implements Files {
  readonly #files: () => Files
  readonly #at: (path: string) => string

  constructor(files: () => Files, at: (path: string) => string) {
    this.#files = files
    this.#at = at
  }

  stat(...[path, options]: Parameters<Files['stat']>) {
    return this.#files().stat(this.#at(path), options)
  }
  exists(path: string) {
    return this.#files().exists(this.#at(path))
  }
  read(path: string) {
    return this.#files().read(this.#at(path))
  }
  write(...[path, text, options]: Parameters<Files['write']>) {
    this.#files().write(this.#at(path), text, options)
  }
  list(path: string) {
    return this.#files().list(this.#at(path))
  }
  mkdir(...[path, options]: Parameters<Files['mkdir']>) {
    this.#files().mkdir(this.#at(path), options)
  }
  remove(...[path, options]: Parameters<Files['remove']>) {
    this.#files().remove(this.#at(path), options)
  }
  rename(from: string, to: string) {
    this.#files().rename(this.#at(from), this.#at(to))
  }
  link(target: string, path: string) {
    this.#files().link(target, this.#at(path))
  }
  readLink(path: string) {
    return this.#files().readLink(this.#at(path))
  }
  chmod(path: string, mode: number) {
    this.#files().chmod(this.#at(path), mode)
  }
  chown(path: string, uid: number, gid: number) {
    this.#files().chown(this.#at(path), uid, gid)
  }
  isReadOnly(path: string) {
    return this.#files().isReadOnly(this.#at(path))
  }
  permits(path: string, what: Access) {
    return this.#files().permits(this.#at(path), what)
  }
  mount(...[path, other, options]: Parameters<Files['mount']>) {
    this.#files().mount(this.#at(path), other, options)
  }
}

/** A directory (or one file) of another file system as a file system of its own: a volume's subPath, a hostPath. */
export const subtree = (files: Files, root: string): Files =>
  root === '/' ? files : renamed(files, path => (path === '/' ? root : root + resolvePath('/', path)))
