// The volumes of a daemon: folders of its machine, with names or without.

import { subtree } from '../../engine/file-views.ts'
import type { Files } from '../../engine/files.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer, DockerVolume } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'

const root = '/var/lib/docker/volumes'
const wellFormed = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

export const mountpointOf = ({ name }: Pick<DockerVolume, 'name'>): string => `${root}/${name}/_data`

/** A volume of this name, made where there is none; without a name a new one that docker names itself. */
export function createVolume(
  daemon: Daemon,
  wanted = '',
  labels: Readonly<Record<string, string>> = {},
): DockerVolume {
  const { engine, machine } = daemon
  const known = daemon.volumes.get(wanted)
  if (known) return known
  if (wanted && !wellFormed.test(wanted))
    throw new DaemonError(
      wanted.length === 1
        ? `create ${wanted}: volume name is too short, names should be at least two alphanumeric characters`
        : `create ${wanted}: ${JSON.stringify(wanted)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    )
  const name = wanted || daemon.random.hex(64)
  const path = mountpointOf({ name })
  machine.files.mkdir(path, { parents: true })
  const volume: DockerVolume = {
    name,
    created: engine.now,
    labels: wanted ? labels : { 'com.docker.volume.anonymous': '', ...labels },
    anonymous: !wanted,
    files: subtree(machine.files, path),
  }
  daemon.volumes.set(name, volume)
  daemon.events.add({ type: 'volume', action: 'create', id: name, attributes: { driver: 'local' } })
  return volume
}

/** The containers that have it, whether they run or not. */
export const usersOf = (daemon: Daemon, { name }: DockerVolume): DockerContainer[] =>
  [...daemon.containers.values()].filter(({ settings }) =>
    settings.mounts.some(({ type, source }) => type === 'volume' && source === name),
  )

export function removeVolume(daemon: Daemon, volume: DockerVolume): void {
  const { name } = volume
  daemon.volumes.delete(name)
  const { files } = daemon.machine
  if (files.exists(`${root}/${name}`)) files.remove(`${root}/${name}`, { recursive: true })
  daemon.events.add({ type: 'volume', action: 'destroy', id: name, attributes: { driver: 'local' } })
}

/** Bytes of all files in a tree. */
export function sizeOfTree(files: Files, path = '/'): number {
  let size = 0
  for (const name of files.list(path)) {
    const at = path === '/' ? `/${name}` : `${path}/${name}`
    const stat = files.stat(at, { followLinks: false })
    size += stat.type === 'directory' ? sizeOfTree(files, at) : stat.type === 'file' ? stat.size : 0
  }
  return size
}

/** Copies what is in one tree into another: an empty volume begins with what the image has at its place. */
export function copyTree(from: Files, path: string, to: Files, target = ''): void {
  for (const name of from.list(path)) {
    const [source, at] = [path === '/' ? `/${name}` : `${path}/${name}`, `${target}/${name}`]
    const { type, mode, uid, gid } = from.stat(source, { followLinks: false })
    if (type === 'link') to.link(from.readLink(source), at)
    else if (type === 'directory') {
      to.mkdir(at)
      copyTree(from, source, to, at)
      to.chmod(at, mode)
    } else if (type === 'file') to.write(at, from.read(source), { mode })
    if (type === 'file' || type === 'directory') to.chown(at, uid, gid)
  }
}
