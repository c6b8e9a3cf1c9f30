// The file system of a container: the image's files, the kernel's own (/dev, /proc, /sys), and what is mounted on them;
// and the mount table that tells of it.
import type { Files } from '../engine/files.ts'
import type { MemoryFiles } from '../engine/memory-files.ts'
import { quantityValue } from '../kinds/machinery/quantity.ts'
import { cgroupFiles } from './cgroup.ts'
import type { Container } from './container.ts'
import { devices } from './devices.ts'
import { usualSharedMemory } from './memory-disk.ts'
import { procFiles } from './proc.ts'

export interface BindMount {
  readonly path: string
  /** Those of a file system in the container's memory are made with it. */
  readonly files: Files | ((container: Container) => Files)
  readonly readOnly?: boolean
  /** As the mount table names it; the machine's disk where absent. */
  readonly device?: string
  readonly type?: string
  /** `rw,relatime` where absent. */
  readonly options?: string
}

const disk = '/dev/vda1'

/** Lines of /proc/mounts, in the order in which things were mounted. */
export function mountTable(
  mounts: readonly BindMount[],
  readOnlyRoot: boolean,
  privileged: boolean,
  sharedMemory = usualSharedMemory,
): string {
  const guarded = privileged ? 'rw' : 'ro'
  const lines = [
    `overlay / overlay ${readOnlyRoot ? 'ro' : 'rw'},relatime 0 0`,
    'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
    'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0',
    'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666 0 0',
    'mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec,relatime 0 0',
    `sysfs /sys sysfs ${guarded},nosuid,nodev,noexec,relatime 0 0`,
    `cgroup /sys/fs/cgroup cgroup ${guarded},nosuid,nodev,noexec,relatime,memory 0 0`,
    `shm /dev/shm tmpfs rw,nosuid,nodev,noexec,relatime,size=${Math.ceil(sharedMemory / 1024)}k 0 0`,
    ...mounts.map(({ path, device = disk, type = 'ext4', options = 'relatime', readOnly }) => {
      return `${device} ${path} ${type} ${readOnly ? 'ro' : 'rw'},${options} 0 0`
    }),
  ]
  return `${lines.join('\n')}\n`
}

/** `base` is the container's own copy of its image's files; deeper mounts come after those above them. */
export function rootFiles(
  container: Container,
  base: MemoryFiles,
  mounts: readonly BindMount[],
  machineMemory: number,
): Files {
  const { engine, pids, hostname, security, sysctls: settings } = container.options
  const { requests } = container.state.spec.resources ?? {}
  base.mount('/dev', devices(container, engine))
  base.mount(
    '/proc',
    procFiles({ engine, pids, memory: machineMemory, hostname, ...(settings && { settings }) }),
  )
  const control = cgroupFiles(
    {
      memoryLimit: () => container.memoryLimit,
      memoryUsage: () => container.memory,
      cpuLimit: () => container.cpuLimit,
      cpuRequest: () => quantityValue(requests?.cpu ?? '0') * 1000,
    },
    () => engine.now,
  )
  base.mount('/sys/fs/cgroup', control, { readOnly: !security.privileged })
  for (const { path, files, readOnly = false } of mounts)
    base.mount(path, typeof files === 'function' ? files(container) : files, { readOnly })
  if (security.readOnlyRoot) base.seal()
  return base
}
