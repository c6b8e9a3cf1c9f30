// What a daemon keeps beside its images: containers, networks, volumes. Plain data; who changes it says so in the files
// of ../containers.
import type { Container } from '../../containers/container.ts'
import type { Healthcheck } from '../../containers/content.ts'
import type { ContainerLog } from '../../containers/logs.ts'
import type { Disk } from '../../engine/disk.ts'
import type { Files } from '../../engine/files.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
import type { Deferred, Notifier } from '../../engine/task.ts'
import type { ContainerNetwork } from '../networks/container-network.ts'
import type { PublishedPort } from './machine.ts'

export interface PortBinding {
  /** `3000/tcp` */
  readonly port: string
  /** As it was asked for; empty: all addresses. */
  readonly hostAddress: string
  /** 0: any that is free. */
  readonly hostPort: number
}

export interface MountPoint {
  readonly type: 'bind' | 'volume' | 'tmpfs'
  /** A path of the machine, or the volume's name. */
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  /** Where the path of a bind is: the client's files. */
  readonly on?: Files
  /** `-v` makes a directory that is missing, `--mount` does not. */
  readonly mustExist?: boolean
  /** As it was asked for by `-v`, with the client's paths made whole. */
  readonly spec?: string
  /** Bytes that a tmpfs may hold; half of the machine's memory where absent. */
  readonly size?: number | undefined
}

/** A network that a container shall be on. */
export interface NetworkPlace {
  readonly name: string
  readonly aliases: readonly string[]
  /** The address that was asked for; empty: any. */
  readonly address: string
}

/** What `docker run` was told, with what the image says where it was told nothing. */
export interface ContainerSettings {
  /** As it was typed: `leigg/hellok8s:v1`. */
  readonly imageName: string
  readonly imageId: string
  readonly entrypoint: readonly string[] | undefined
  readonly cmd: readonly string[] | undefined
  readonly env: readonly string[]
  readonly workingDir: string
  readonly user: string
  readonly hostname: string
  readonly labels: Readonly<Record<string, string>>
  readonly exposed: readonly string[]
  readonly bindings: readonly PortBinding[]
  readonly publishAll: boolean
  readonly mounts: readonly MountPoint[]
  /** `bridge`, `host`, `none`, `container:ID` or the name of a network. */
  readonly network: string
  /** The networks it joins when it starts, the first one under `network`. */
  readonly places: readonly NetworkPlace[]
  /** `NAME:ALIAS` of containers that it knows on the default bridge. */
  readonly links: readonly string[]
  readonly tty: boolean
  readonly openStdin: boolean
  /** The streams that the client stays joined to, as `inspect` tells. */
  readonly attached: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }
  readonly autoRemove: boolean
  readonly readOnlyRoot: boolean
  readonly privileged: boolean
  readonly capAdd: readonly string[]
  readonly capDrop: readonly string[]
  readonly groups: readonly string[]
  /** docker-init shall be its first process. */
  readonly init: boolean
  /** `host`, `container:ID`, or empty: processes of its own. */
  readonly pid: string
  /** Bytes; 0: as much as there is. */
  readonly memory: number
  /** Bytes that fit into /dev/shm. */
  readonly sharedMemory: number
  /** In billionths of a CPU; 0: as much as there is. */
  readonly nanoCpus: number
  readonly extraHosts: readonly string[]
  readonly dns: readonly string[]
  readonly healthcheck: Healthcheck | undefined
  readonly restart: {
    readonly name: 'no' | 'always' | 'unless-stopped' | 'on-failure'
    readonly most: number
  }
  readonly stopSignal: string
  /** Seconds. */
  readonly stopTimeout: number | undefined
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removing' | 'dead'

/** One container of docker's, from create to rm: it may run several times, each time as a Container of its own. */
export interface DockerContainer {
  readonly id: string
  /** Without the slash. */
  name: string
  settings: ContainerSettings
  /** Ms since 1970. */
  readonly created: number
  status: ContainerStatus
  /** What runs, or ran last; undefined before its first start. */
  container: Container | undefined
  /** Its own layer above the image, which is kept between its runs. */
  files: MemoryFiles | undefined
  /** What that takes up on its machine's disk. */
  readonly layer: Disk
  startedAt: number | undefined
  finishedAt: number | undefined
  exitCode: number
  error: string
  outOfMemory: boolean
  restartCount: number
  /** Somebody stopped it: a restart policy heeds that. */
  stoppedByHand: boolean
  /** Its places on networks, by the network's name. */
  readonly endpoints: Map<string, Endpoint>
  /** What is published as long as it runs. */
  published: PublishedPort[]
  /** Its network as long as it runs, where it has one of its own. */
  network: ContainerNetwork | undefined
  /** What each of its runs wrote; the last one is that of `container`. */
  readonly logs: ContainerLog[]
  /** Its exit code, as soon as the daemon knows of the end of this run. */
  ended: Deferred<number>
  readonly removed: Deferred<void>
  /** It was paused, and runs again. */
  readonly resumed: Notifier
  /** Ms until the restart policy tries again, and how to give that up. */
  backoff: number
  cancelRestart: (() => void) | undefined
  health: Health | undefined
}

/** What the checks of a container's health found so far. */
export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy'
  failures: number
  readonly log: { start: number; end: number; exitCode: number; output: string }[]
}

export interface Endpoint {
  readonly id: string
  readonly address: string
  readonly mac: string
  readonly aliases: readonly string[]
}

export interface DockerNetwork {
  readonly id: string
  readonly name: string
  readonly driver: 'bridge' | 'host' | 'null'
  /** Those that docker has from the start. */
  readonly predefined: boolean
  readonly created: number
  /** `172.17.0.0/16`; empty for `host` and `none`. */
  readonly subnet: string
  /** Somebody chose the subnet, and so may choose addresses in it. */
  readonly isChosen?: boolean
  readonly gateway: string
  readonly labels: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, string>>
  readonly internal: boolean
}

export interface DockerVolume {
  readonly name: string
  readonly created: number
  readonly labels: Readonly<Record<string, string>>
  /** Made by docker, without a name of its own. */
  readonly anonymous: boolean
  /** `/var/lib/docker/volumes/NAME/_data` of the machine. */
  readonly files: Files
}
