// dockerd of one machine: its images, containers, networks and volumes, and the cache of its builds. Its state is plain
// data; commands of the client act on it, each with the time that the real one takes.
import type { Engine } from '../../engine/engine.ts'
import type { Process } from '../../engine/process.ts'
import type { Random } from '../../engine/random.ts'
import { Fiber, join, sleep, type Task } from '../../engine/task.ts'
import { BuildCache } from '../build/cache.ts'
import { DaemonError, DockerError } from '../errors.ts'
import { familiarReference, parseReference, whatIsWrong } from '../images/reference.ts'
import { ImageStore, type StoredImage } from '../images/store.ts'
import { Chance, callMs } from './chance.ts'
import { EventLog } from './events.ts'
import type { Machine } from './machine.ts'
import type { DockerContainer, DockerNetwork, DockerVolume } from './state.ts'

const socket = '/var/run/docker.sock'

export class Daemon {
  readonly machine: Machine
  readonly engine: Engine
  /** A stream of its own: what docker draws shifts nobody else's chances. */
  readonly random: Random
  readonly chance: Chance
  readonly images = new ImageStore()
  /** In the order in which they were made. */
  readonly containers = new Map<string, DockerContainer>()
  readonly networks = new Map<string, DockerNetwork>()
  readonly volumes = new Map<string, DockerVolume>()
  readonly cache: BuildCache
  /** Bytes of the files in archives that `docker export` wrote, by the digest of the archive. */
  readonly exported = new Map<string, number>()
  /**
   * Layers (`sha256:…`) that a registry would not take over from another repository: the daemon forgets where they were
   * pushed to, and sends them again (moby distribution/push_v2.go, "removing association").
   */
  readonly unmountable = new Set<string>()
  readonly events: EventLog
  /** When it started, ms since 1970. */
  readonly started: number

  constructor(machine: Machine, random: Random) {
    this.machine = machine
    this.engine = machine.engine
    this.random = random
    this.events = new EventLog(machine.engine)
    this.started = machine.engine.epoch - 600_000
    this.cache = new BuildCache(this.random.fork('build cache'))
    for (const [name, driver, subnet] of [
      ['bridge', 'bridge', '172.17.0.0/16'],
      ['host', 'host', ''],
      ['none', 'null', ''],
    ] as const)
      this.networks.set(name, {
        id: this.random.hex(64),
        name,
        driver,
        created: this.started,
        subnet,
        gateway: subnet && '172.17.0.1',
        labels: {},
        options: {},
        predefined: true,
        internal: false,
      })
    // Of what was drawn already, so that it takes no number from others.
    this.chance = new Chance(Number.parseInt(this.networks.get('bridge')!.id.slice(0, 8), 16))
  }

  /** Asks the daemon: takes a moment, and fails where it does not run or may not be spoken to. `path`: of the API. */
  *call(process: Process, path: string, method = 'GET'): Task {
    yield* sleep(callMs)
    // Nobody else listens here, wherever the client is sent.
    const host = process.env.get('DOCKER_HOST') || local
    if (host !== local) throw new DockerError(notRunning(host))
    if (!mayTalk(process))
      throw new DockerError(
        `permission denied while trying to connect to the Docker daemon socket at unix://${socket}: ${method[0]}${method.slice(1).toLowerCase()} "http://%2Fvar%2Frun%2Fdocker.sock${path}": dial unix ${socket}: connect: permission denied`,
      )
    if (!this.machine.service.active) throw new DockerError(notRunning(local))
  }

  /** Does what the daemon was asked for to its end, also where the client goes away. */
  *work<T>(task: Task<T>): Task<T> {
    return (yield* join(new Fiber(this.engine, task))) as T
  }

  /** Ms of work on its machine's disk: longer where that is slow. */
  *onDisk(ms: number): Task {
    yield* sleep(ms * this.machine.disk.slowness)
  }

  /** An image by name or id, as the commands of docker look for one; throws where there is none. */
  image(text: string): StoredImage {
    const found = this.findImage(text)
    if (found) return found
    if (whatIsWrong(text)) throw new DaemonError(whatIsWrong(text)!)
    throw new DaemonError(`No such image: ${withTag(text)}`)
  }

  /** By its name, else by its id or the beginning of one. */
  findImage(text: string): StoredImage | undefined {
    if (text.startsWith('sha256:') || /^[0-9a-f]{64}$/.test(text)) return this.#byId(text)
    return (whatIsWrong(text) ? undefined : this.images.byName(parseReference(text))) ?? this.#byId(text)
  }

  /** The same for lists, to which a name that means nothing, or too much, is no fault. */
  findImageQuietly(text: string): StoredImage | undefined {
    try {
      return this.findImage(text)
    } catch (error) {
      if (!(error instanceof DaemonError)) throw error
      return undefined
    }
  }

  #byId(text: string): StoredImage | undefined {
    const found = this.images.byId(text)
    if (found === 'ambiguous') throw new DaemonError(`multiple IDs found with provided prefix: ${text}`)
    return found
  }

  /** A container by name, id or the beginning of an id; undefined where there is none. */
  findContainer(text: string): DockerContainer | undefined {
    const name = text.replace(/^\//, '')
    const byId = this.containers.get(text)
    if (byId) return byId
    for (const each of this.containers.values()) if (each.name === name) return each
    if (!/^[0-9a-f]+$/.test(text)) return undefined
    const found = [...this.containers.values()].filter(each => each.id.startsWith(text))
    if (found.length > 1) throw new DaemonError(`multiple IDs found with provided prefix: ${text}`)
    return found[0]
  }

  container(text: string): DockerContainer {
    const found = this.findContainer(text)
    if (!found) throw new DaemonError(`No such container: ${text}`)
    return found
  }

  /** The containers that are made of an image. */
  usersOf(image: StoredImage): DockerContainer[] {
    return [...this.containers.values()].filter(each => each.settings.imageId === image.id)
  }
}

const local = `unix://${socket}`
const notRunning = (host: string) =>
  `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`

const withTag = (text: string): string =>
  /^sha256:/.test(text) ? text : familiarReference(parseReference(text))

/** Root, and who is in the group `docker`. */
function mayTalk({ identity, files, user }: Process): boolean {
  if (!identity || identity.uid === 0) return true
  if (!files.exists('/etc/group')) return false
  const line = files
    .read('/etc/group')
    .split('\n')
    .find(each => each.startsWith('docker:'))
  return line?.split(':')[3]?.split(',').includes(user) ?? false
}
