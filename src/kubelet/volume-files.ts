// The file systems of volumes as `ls -l` and `stat` tell of them: directories that all may write, in memory or on the
// node's disk, with the pod's fsGroup.
import type { FileStat } from '../engine/files.ts'
import { MemoryFiles } from '../engine/memory-files.ts'

export interface VolumeFilesOptions {
  readonly now: () => number
  /** A tmpfs: secrets and tokens never touch the disk. */
  readonly inMemory: boolean
  readonly group: string | undefined
}

export class VolumeFiles extends MemoryFiles {
  readonly #options: VolumeFilesOptions

  constructor(options: VolumeFilesOptions) {
    super(options)
    this.#options = options
  }

  override stat(path: string, options: { followLinks?: boolean } = {}): FileStat {
    const stat = super.stat(path, options)
    const { inMemory, group } = this.#options
    // Setting the group lets it read what the owner may read (SetVolumeOwnership).
    const own = group === undefined ? stat.mode : stat.mode | 0o440
    const mode = path === '/' ? (inMemory ? 0o1777 : 0o777) : own
    const size = stat.type === 'directory' && inMemory ? 20 * (this.list(path).length + 2) : stat.size
    return { ...stat, mode, size, ...(group !== undefined && { group }) }
  }
}
