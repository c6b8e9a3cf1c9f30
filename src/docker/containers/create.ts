// The daemon makes a container: what it was told is checked, its name and its own layer of files are there, nothing runs.
// Order and words of the checks: moby 28, daemon/container.go and daemon/create.go.
import { imageFiles } from '../../containers/image-files.ts'
import { Disk } from '../../engine/disk.ts'
import { Deferred, Notifier } from '../../engine/task.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { ContainerSettings, DockerContainer, MountPoint } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'
import type { StoredImage } from '../images/store.ts'
import { copyTree, createVolume } from '../volumes/volumes.ts'
import { containerEvent } from './events.ts'
import { checkMounts } from './mount-flags.ts'
import { newName } from './names.ts'

/** What the image says where the command line said nothing. */
export interface Wanted extends ContainerSettings {
  /** Empty: the daemon makes one up. */
  readonly name: string
}

const leastMemory = 6 * 2 ** 20
const wellFormed = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/
const policies = ['no', 'always', 'on-failure', 'unless-stopped', '']

/** Refuses what no container can have, before its image is looked for. */
function verify({ workingDir, memory, nanoCpus, restart, hostname }: Wanted): void {
  if (workingDir && !workingDir.startsWith('/'))
    throw new DaemonError(`the working directory '${workingDir}' is invalid, it needs to be an absolute path`)
  if (hostname && (hostname.length > 63 || !/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(hostname)))
    throw new DaemonError(`invalid hostname ${hostname}`)
  if (memory > 0 && memory < leastMemory) throw new DaemonError('Minimum memory limit allowed is 6MB')
  if (nanoCpus < 0 || nanoCpus > 2e9)
    throw new DaemonError('range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available')
  if (!policies.includes(restart.name))
    throw new DaemonError(
      `invalid restart policy: unknown policy '${restart.name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    )
  if (restart.most !== 0 && restart.name !== 'on-failure')
    throw new DaemonError(`invalid restart policy: maximum retry count can only be used with 'on-failure'`)
}

/** Throws DaemonError; `No such image` where the image is not there. */
export function createContainer(daemon: Daemon, wanted: Wanted): DockerContainer {
  verify(wanted)
  const image = daemon.image(wanted.imageName)
  const settings = withImage(wanted, image)
  if (!settings.entrypoint?.length && !settings.cmd?.length) throw new DaemonError('no command specified')
  const name = reserve(daemon, wanted.name)
  checkMounts(settings.mounts)
  const id = daemon.random.hex(64)
  const layer = new Disk(Number.POSITIVE_INFINITY, daemon.machine.storage)
  const files = imageFiles(() => daemon.engine.now, image).fork({ disk: layer })
  const container: DockerContainer = {
    id,
    name,
    settings: { ...settings, hostname: settings.hostname || defaultHostname(daemon, settings, id) },
    created: daemon.engine.now,
    status: 'created',
    container: undefined,
    files,
    layer,
    startedAt: undefined,
    finishedAt: undefined,
    exitCode: 0,
    error: '',
    outOfMemory: false,
    restartCount: 0,
    stoppedByHand: false,
    endpoints: new Map(),
    published: [],
    network: undefined,
    logs: [],
    ended: new Deferred(),
    removed: new Deferred(),
    resumed: new Notifier(),
    backoff: 0,
    cancelRestart: undefined,
    health: undefined,
  }
  container.settings = { ...container.settings, mounts: prepareMounts(daemon, container) }
  if (settings.workingDir) files.mkdir(settings.workingDir, { parents: true })
  daemon.containers.set(id, container)
  containerEvent(daemon, container, 'create')
  return container
}

/** The machine's name with its network, else the short id. */
function defaultHostname(daemon: Daemon, { network }: ContainerSettings, id: string): string {
  if (network === 'host') return daemon.machine.name
  if (network.startsWith('container:'))
    return daemon.findContainer(network.slice(10))?.settings.hostname ?? ''
  return id.slice(0, 12)
}

function withImage(wanted: Wanted, { id, content: { config } }: StoredImage): ContainerSettings {
  const { name: _, ...settings } = wanted
  const own = settings.env.map(each => each.split('=')[0]!)
  const env = (config.env ?? []).filter(each => !own.includes(each.split('=')[0]!))
  const taken = new Set(settings.mounts.map(({ target }) => target))
  const volumes = (config.volumes ?? []).filter(target => !taken.has(target))
  return {
    ...settings,
    imageId: id,
    entrypoint: settings.entrypoint ?? config.entrypoint,
    // Another entrypoint takes none of the arguments that the image has for its own.
    cmd: settings.cmd ?? (settings.entrypoint ? undefined : config.cmd),
    env: [...settings.env, ...env],
    workingDir: settings.workingDir || config.workingDir || '',
    user: settings.user || config.user || '',
    labels: { ...config.labels, ...settings.labels },
    exposed: [...new Set([...settings.exposed, ...(config.exposed ?? [])])],
    stopSignal: settings.stopSignal || config.stopSignal || '',
    healthcheck: settings.healthcheck ?? config.healthcheck,
    mounts: [
      ...settings.mounts,
      ...volumes.map((target): MountPoint => ({ type: 'volume', source: '', target, readOnly: false })),
    ],
  }
}

function reserve(daemon: Daemon, wanted: string): string {
  if (!wanted) return newName(daemon)
  if (!wellFormed.test(wanted.replace(/^\//, '')))
    throw new DaemonError(`Invalid container name (${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`)
  return checkName(daemon, wanted.replace(/^\//, ''))
}

export function checkName(daemon: Daemon, name: string): string {
  for (const other of daemon.containers.values())
    if (other.name === name)
      throw new DaemonError(
        `Conflict. The container name "/${name}" is already in use by container "${other.id}". You have to remove (or rename) that container to be able to reuse that name.`,
      )
  return name
}

/** Looks for what is mounted, makes the volumes that are not there, and fills an empty one from the image. */
function prepareMounts(daemon: Daemon, container: DockerContainer): MountPoint[] {
  const files = container.files!
  return container.settings.mounts.map(mount => {
    if (mount.type === 'tmpfs') return mount
    if (mount.type === 'bind') {
      if (!mount.on!.exists(mount.source)) mount.on!.mkdir(mount.source, { parents: true })
      return mount
    }
    const volume = createVolume(daemon, mount.source)
    const { target } = mount
    if (files.exists(target) && files.stat(target).type === 'directory' && !volume.files.list('/').length)
      copyTree(files, target, volume.files)
    return { ...mount, source: volume.name }
  })
}
