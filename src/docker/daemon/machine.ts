// What the daemon needs of the machine it runs on. Who puts the world together (src/lesson/docker.ts) provides it, so that
// docker knows neither the cluster nor its network.
import type { Container } from '../../containers/container.ts'
import type { MachineMemory } from '../../containers/memory.ts'
import type { PidNamespace } from '../../containers/processes.ts'
import type { Registry } from '../../containers/registry.ts'
import type { Disk } from '../../engine/disk.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Files } from '../../engine/files.ts'
import type { Network } from '../../engine/network.ts'

/** A network namespace on one of docker's bridges. */
export interface Attachment {
  readonly network: Network
  /** Takes it off the bridge. */
  leave(): void
}

/** An address with what it is called. */
export interface KnownName {
  readonly address: string
  readonly names: readonly string[]
}

/** One published port. */
export interface PublishedPort {
  /** Of the machine's addresses; all of them where it is `0.0.0.0` or empty. */
  readonly hostAddress: string
  readonly hostPort: number
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
}

export interface Machine {
  readonly engine: Engine
  /** `k8s-master` */
  readonly name: string
  /** Its disk: volumes, daemon.json, what is mounted from it. */
  readonly files: Files
  /** What is written on that disk. */
  readonly storage: Disk
  /** All of its processes. */
  readonly pids: PidNamespace
  readonly memory: MachineMemory<Container>
  readonly registry: Registry
  /** The machine's own network, as processes of `--network host` and pulls use it. */
  readonly network: Network
  /** How many times longer than usual its disk takes. */
  readonly disk: { readonly slowness: number }
  /** The daemon as a service of the machine (`systemctl stop docker`). */
  readonly service: { readonly active: boolean }
  /**
   * A namespace with this address on a bridge. `names`: what docker's own name server knows there now, beside the lines
   * of /etc/hosts; the default bridge's knows no names, and asks the machine's, which does not answer.
   */
  attach(address: string, names: () => readonly KnownName[]): Attachment
  /** False where the port is taken on the machine. */
  publish(port: PublishedPort): boolean
  unpublish(port: PublishedPort): void
}
