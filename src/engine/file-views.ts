// File systems seen otherwise: under other names, or one directory of them as a whole.
import { type Files, resolvePath } from './files.ts'

/** A file system seen under other names: `at` says what each path stands for. */
export function renamed(files: Files, at: (path: string) => string): Files {
  return {
    stat: (path, options) => files.stat(at(path), options),
    exists: path => files.exists(at(path)),
    read: path => files.read(at(path)),
    write: (path, text, options) => files.write(at(path), text, options),
    list: path => files.list(at(path)),
    mkdir: (path, options) => files.mkdir(at(path), options),
    remove: (path, options) => files.remove(at(path), options),
    rename: (from, to) => files.rename(at(from), at(to)),
    link: (target, path) => files.link(target, at(path)),
    readLink: path => files.readLink(at(path)),
    chmod: (path, mode) => files.chmod(at(path), mode),
    chown: (path, uid, gid) => files.chown(at(path), uid, gid),
    isReadOnly: path => files.isReadOnly(at(path)),
    permits: (path, what) => files.permits(at(path), what),
    mount: (path, other, options) => files.mount(at(path), other, options),
  }
}

/** A directory (or one file) of another file system as a file system of its own: a volume's subPath, a hostPath. */
export const subtree = (files: Files, root: string): Files =>
  root === '/' ? files : renamed(files, path => (path === '/' ? root : root + resolvePath('/', path)))
