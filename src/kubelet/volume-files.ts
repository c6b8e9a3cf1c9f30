// The file systems of volumes as `ls -l` and `df` tell of them: directories that all may write, on the node's disk or in
// memory, where their size may be bounded.

import { byteLength } from '../engine/bytes.ts'
import type { Disk } from '../engine/disk.ts'
import { FileError, type FileStat } from '../engine/files.ts'
import { MemoryFiles } from '../engine/memory-files.ts'

export interface VolumeFilesOptions {
  readonly now: () => number
  /** A tmpfs: secrets and tokens never touch the disk. */
  readonly inMemory: boolean
  /** What it takes up on a disk. */
  readonly disk?: Disk
  /** Bytes that fit in, where that is bounded. */
  readonly capacity?: number
}

export class VolumeFiles extends MemoryFiles {
  readonly #options: VolumeFilesOptions

  constructor(options: VolumeFilesOptions) {
    super(options)
    this.#options = options
    this.chmod('/', options.inMemory ? 0o1777 : 0o777)
  }

  override stat(path: string, options: { followLinks?: boolean } = {}): FileStat {
    const stat = super.stat(path, options)
    if (stat.type !== 'directory' || !this.#options.inMemory) return stat
    // A directory of a tmpfs has 20 bytes for each of its entries, `.` and `..` among them.
    return { ...stat, size: 20 * (this.list(path).length + 2) }
  }

  override write(path: string, text: string, options: { append?: boolean; mode?: number } = {}): void {
    const { capacity } = this.#options
    if (capacity !== undefined) {
      const old = this.exists(path) ? this.stat(path).size : 0
      const more = byteLength(text) - (options.append ? 0 : old)
      if (more > 0 && usage(this, '/') + more > capacity) throw new FileError('ENOSPC', path)
    }
    super.write(path, text, options)
  }
}

/** Bytes of all files below a path. */
function usage(files: Pick<MemoryFiles, 'stat' | 'list'>, path: string): number {
  const { type, size } = files.stat(path, { followLinks: false })
  if (type !== 'directory') return size
  return files.list(path).reduce((sum, name) => sum + usage(files, `${path === '/' ? '' : path}/${name}`), 0)
}
