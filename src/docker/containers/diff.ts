// What a container has changed in the files of its image: A added, C changed, D deleted (moby pkg/archive/changes.go).
import { sizeOf } from '../../containers/content.ts'
import { imageFiles } from '../../containers/image-files.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'

export interface Change {
  readonly kind: 'A' | 'C' | 'D'
  readonly path: string
  /** Bytes that the container's own layer has for it. */
  readonly size: number
}

/** The runtime mounts these itself: they are in no layer. */
const mounted = new Set(['/dev', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/proc', '/sys'])

export function changesOf(daemon: Daemon, { files, settings }: DockerContainer): Change[] {
  const image = daemon.images.get(settings.imageId)
  if (!files || !image) return []
  const now = () => daemon.engine.now
  const places = new Set(settings.mounts.map(({ target }) => target.replace(/(.)\/+$/, '$1')))
  const changes: Change[] = []
  // Mounts stay behind in a copy.
  compare(imageFiles(now, image), files.fork(), '', places, changes)
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Answers whether anything below changed. */
function compare(
  before: MemoryFiles,
  after: MemoryFiles,
  path: string,
  places: ReadonlySet<string>,
  changes: Change[],
): boolean {
  const at = path || '/'
  const old = new Set(before.exists(at) ? before.list(at) : [])
  let changed = false
  for (const name of after.list(at)) {
    const child = `${path}/${name}`
    if (mounted.has(child) || places.has(child)) {
      old.delete(name)
      continue
    }
    const stat = after.stat(child, { followLinks: false })
    const isDirectory = stat.type === 'directory'
    if (!old.delete(name)) {
      changes.push({ kind: 'A', path: child, size: isDirectory ? 0 : stat.size })
      if (isDirectory) compare(before, after, child, places, changes)
      changed = true
      continue
    }
    const was = before.stat(child, { followLinks: false })
    const differs =
      was.type !== stat.type ||
      was.mode !== stat.mode ||
      was.uid !== stat.uid ||
      was.gid !== stat.gid ||
      (stat.type === 'file' && before.read(child) !== after.read(child)) ||
      (stat.type === 'link' && before.readLink(child) !== after.readLink(child))
    const inner = isDirectory && was.type === 'directory' && compare(before, after, child, places, changes)
    if (differs || inner) {
      changes.push({ kind: 'C', path: child, size: isDirectory ? 0 : stat.size })
      changed = true
    }
  }
  for (const name of old) {
    if (mounted.has(`${path}/${name}`)) continue
    changes.push({ kind: 'D', path: `${path}/${name}`, size: 0 })
    changed = true
  }
  return changed
}

/** Bytes of its own layer, and of that with its image. */
export function sizesOf(daemon: Daemon, docker: DockerContainer): { own: number; whole: number } {
  const own = changesOf(daemon, docker).reduce((sum, { size }) => sum + size, 0)
  const image = daemon.images.get(docker.settings.imageId)
  return { own, whole: own + (image ? sizeOf(image.content) : 0) }
}
