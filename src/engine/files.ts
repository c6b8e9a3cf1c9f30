// A file system in memory: directories, text files, symbolic links, and other file systems mounted on directories
// (a pod's volumes). Paths are absolute and may contain `.` and `..`.

export type SpecialType = 'socket' | 'character' | 'block'

export interface FileStat {
  readonly type: 'file' | 'directory' | 'link' | SpecialType
  /** Permission bits with those above them, such as 0o644 and 0o1777. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Hard links: a directory has one for itself, one in its parent and one for each directory in it. */
  readonly links: number
  readonly size: number
  /** Ms since 1970. */
  readonly modified: number
}

export type FileErrorCode =
  | 'ENOENT'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'EEXIST'
  | 'ENOTEMPTY'
  | 'EROFS'
  | 'ELOOP'
  | 'EACCES'
  | 'EPERM'
  | 'ENOSPC'
  | 'ENAMETOOLONG'

/** What went wrong with a path; each tool words it in its own way. */
export class FileError extends Error {
  readonly code: FileErrorCode
  readonly path: string
  constructor(code: FileErrorCode, path: string) {
    super(`${messages[code]}: ${path}`)
    this.code = code
    this.path = path
  }
  /** The words of the C library: `No such file or directory`. */
  get reason(): string {
    return messages[this.code]
  }
}

const messages: Record<FileErrorCode, string> = {
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EEXIST: 'File exists',
  ENOTEMPTY: 'Directory not empty',
  EROFS: 'Read-only file system',
  ELOOP: 'Too many levels of symbolic links',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  ENOSPC: 'No space left on device',
  ENAMETOOLONG: 'File name too long',
}

export type Access = 'read' | 'write' | 'execute'

/** Every call throws FileError where the path does not allow it. */
export interface Files {
  stat(path: string, options?: { followLinks?: boolean }): FileStat
  exists(path: string): boolean
  read(path: string): string
  write(path: string, text: string, options?: { append?: boolean; mode?: number }): void
  /** Names in a directory, sorted. */
  list(path: string): string[]
  mkdir(path: string, options?: { parents?: boolean }): void
  remove(path: string, options?: { recursive?: boolean }): void
  rename(from: string, to: string): void
  link(target: string, path: string): void
  readLink(path: string): string
  chmod(path: string, mode: number): void
  /** Gives it to a user and a group; of a link, the link itself. */
  chown(path: string, uid: number, gid: number): void
  /** Does the place of a path (there or not) refuse every change? */
  isReadOnly(path: string): boolean
  /** access(2): whoever holds this may read, write or run (enter) what is there. */
  permits(path: string, what: Access): boolean
  /** Makes `files` appear at the directory `path` (made if missing). */
  mount(path: string, files: Files, options?: { readOnly?: boolean }): void
}

/** A path that `resolvePath` changes: a relative one, or one with a part that is empty, `.` or `..`. */
const unresolved = /^(?!\/)|\/\.{0,2}(?:\/|$)/

/** Whether something is there that whoever asks may know of. */
export function canStat(files: Pick<Files, 'stat'>, path: string): boolean {
  try {
    files.stat(path)
    return true
  } catch {
    return false
  }
}

/** `path` seen from `cwd`, without `.`, `..` and doubled slashes. */
export function resolvePath(cwd: string, path: string): string {
  if (!unresolved.test(path)) return path
  const parts: string[] = []
  for (const part of `${path.startsWith('/') ? '' : `${cwd}/`}${path}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
