// fsGroup: a volume's files are given to a group that the pod's processes are in, and its directories hand that group on
// (SetVolumeOwnership of pkg/volume/volume_linux.go).
import type { Files } from '../engine/files.ts'

const [readWrite, readOnly, enter, handOn] = [0o660, 0o440, 0o110, 0o2000]

export interface OwnershipOptions {
  readonly readOnly: boolean
  /** Leave everything as it is where the volume's own directory is already right (fsGroupChangePolicy). */
  readonly onRootMismatch?: boolean
}

export function setVolumeOwnership(files: Files, group: number, options: OwnershipOptions): void {
  const bits = options.readOnly ? readOnly : readWrite
  const root = files.stat('/')
  const wanted = bits | enter | handOn
  if (options.onRootMismatch && root.gid === group && (root.mode & wanted) === wanted) return
  const give = (path: string): void => {
    const { type, uid, mode } = files.stat(path, { followLinks: false })
    files.chown(path, uid, group)
    if (type === 'link') return
    files.chmod(path, mode | bits | (type === 'directory' ? enter | handOn : 0))
    if (type !== 'directory') return
    for (const name of files.list(path)) give(`${path === '/' ? '' : path}/${name}`)
  }
  give('/')
}
