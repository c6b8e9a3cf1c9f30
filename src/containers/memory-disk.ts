// Files in a container's memory (tmpfs): /dev/shm, and what docker mounts so. Their pages count for the container, as those
// of its processes do; past its limit the kernel kills whoever writes (Documentation/admin-guide/cgroup-v2, "Memory Ownership").
import { Disk } from '../engine/disk.ts'
import { KilledForMemory } from '../engine/holding.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import type { Container } from './container.ts'

/** Bytes that fit into /dev/shm where nobody says another number. */
export const usualSharedMemory = 64 * 2 ** 20

class MemoryDisk extends Disk {
  readonly #container: Container

  constructor(container: Container, capacity: number) {
    super(capacity)
    this.#container = container
  }

  override take(bytes: number): boolean {
    if (!super.take(bytes)) return false
    if (this.#container.allocate(bytes)) return true
    super.take(-bytes)
    throw new KilledForMemory()
  }
}

/** An empty file system in memory that all may write. `capacity`: bytes that fit in. */
export function memoryFiles(container: Container, capacity: number, mode = 0o1777): MemoryFiles {
  const { engine } = container.options
  const files = new MemoryFiles({ now: () => engine.now, disk: new MemoryDisk(container, capacity) })
  files.chmod('/', mode)
  return files
}
