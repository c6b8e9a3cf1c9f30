// What a container finds of its image: the executables, and the files that every container of it starts from.
import { readBinary } from '../engine/binary.ts'
import { MemoryFiles } from '../engine/memory-files.ts'
import type { Programs } from './executables.ts'
import { systemPrograms } from './images/busybox.ts'
import type { Executable } from './images/image.ts'
import type { FoundImage } from './registry.ts'

const programTables = new WeakMap<object, Programs>()

/** The executables of an image, with a small system's where it has a shell. */
export function programsOf({ image }: Pick<FoundImage, 'image'>): Programs {
  let table = programTables.get(image)
  if (!table) {
    const all = new Map<string, Executable>(Object.entries(image.programs))
    if (image.shell)
      for (const [path, executable] of systemPrograms(image.shell))
        if (!all.has(path)) all.set(path, executable)
    // Of what the image was built on, a step may have taken something away, or put something else in its place.
    const { root } = image
    if (root)
      for (const path of all.keys()) if (!root.exists(path) || readBinary(root.read(path))) all.delete(path)
    table = { find: path => all.get(path), paths: [...all.keys()] }
    programTables.set(image, table)
  }
  return table
}

/** The files that every container of an image starts from. */
export function imageFiles(now: () => number, found: Pick<FoundImage, 'image'>): MemoryFiles {
  const { root } = found.image
  if (root) return root.fork({ now })
  const files = new MemoryFiles({ now })
  for (const directory of [
    '/bin',
    '/dev',
    '/etc',
    '/home',
    '/proc',
    '/root',
    '/sys',
    '/tmp',
    '/usr/bin',
    '/var',
  ])
    files.mkdir(directory, { parents: true })
  files.chmod('/root', 0o700)
  files.chmod('/tmp', 0o1777)
  files.write('/etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n')
  files.write('/etc/group', 'root:x:0:\nnobody:x:65534:\n')
  for (const path of programsOf(found).paths) {
    files.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { parents: true })
    files.write(path, '\x7fELF', { mode: 0o755 })
  }
  for (const path of found.image.directories ?? []) files.mkdir(path, { parents: true })
  for (const [path, text] of Object.entries(found.image.files ?? {})) {
    files.mkdir(path.slice(0, path.lastIndexOf('/')) || '/', { parents: true })
    files.write(path, text)
  }
  return files
}
