// What a container is made with.
import type { Disk } from '../engine/disk.ts'
import type { Engine } from '../engine/engine.ts'
import type { Files } from '../engine/files.ts'
import type { Network } from '../engine/network.ts'
import type { Container } from './container.ts'
import type { Programs } from './executables.ts'
import type { MachineMemory } from './memory.ts'
import type { ProcessNamespaces } from './namespaces.ts'
import type { PidNamespace } from './processes.ts'
import type { FoundImage } from './registry.ts'
import type { Security } from './security.ts'
import type { ContainerSpec } from './types.ts'

export interface ContainerOptions {
  readonly engine: Engine
  readonly id: string
  readonly spec: ContainerSpec
  readonly found: FoundImage
  readonly restartCount: number
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly security: Security
  readonly hostname: string
  readonly network: Network
  /** Made when first needed: most containers never touch theirs. */
  readonly makeFiles: (container: Container) => Files
  /** Bytes that fit into /dev/shm; 64 MiB where absent. */
  readonly sharedMemory?: number
  /** What it takes up on its machine's disk. */
  readonly layer?: Disk
  readonly programs: Programs
  /** The processes that it sees: its own, or those of everyone who shares the namespace. */
  readonly pids: PidNamespace
  /** The namespaces that its processes are in, as /proc names them; not there where absent. */
  readonly namespaces?: ProcessNamespaces
  /** The machine's, which it takes memory from. */
  readonly memory?: MachineMemory<Container>
  readonly oomScoreAdj?: number
  /** The first port that needs no capability; 1024 where absent. */
  readonly unprivilegedPorts?: number
  /** Kernel settings of its pod, by name. */
  readonly sysctls?: ReadonlyMap<string, string>
  /** The lines of its mount table. */
  readonly mountTable?: () => string
  /** Of the terminal that its first process has. */
  readonly terminal?: { readonly columns: number; readonly rows: number } | undefined
  /** Where its processes are accounted. */
  readonly cgroup?: string
  readonly onChange: () => void
}

/** What a further process has of its own; the rest is the container's. */
export type Own = Partial<Pick<ContainerOptions, 'env' | 'cwd' | 'security'>>
