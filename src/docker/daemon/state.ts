// What a daemon keeps beside its images: containers, networks, volumes. Plain data; who changes it says so in the files
// of ../containers.
import type { Container } from '../../containers/container.ts'
import type { MemoryFiles } from '../../engine/memory-files.ts'
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
  readonly mounts: readonly MountPoint[]
  /** `bridge`, `host`, `none` or the name of a network. */
  readonly network: string
  readonly tty: boolean
  readonly openStdin: boolean
  readonly autoRemove: boolean
  readonly readOnlyRoot: boolean
  readonly privileged: boolean
  /** Bytes; 0: as much as there is. */
  readonly memory: number
  /** In billionths of a CPU; 0: as much as there is. */
  readonly nanoCpus: number
  readonly extraHosts: readonly string[]
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
  readonly created: number
  /** `172.17.0.0/16`; empty for `host` and `none`. */
  readonly subnet: string
  readonly gateway: string
  readonly labels: Readonly<Record<string, string>>
  readonly internal: boolean
}

export interface DockerVolume {
  readonly name: string
  readonly created: number
  readonly labels: Readonly<Record<string, string>>
  /** Made by docker, without a name of its own. */
  readonly anonymous: boolean
  readonly files: MemoryFiles
}
