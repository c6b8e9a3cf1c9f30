// Process numbers: a PID namespace knows the processes of one container, of a pod that shares them, or of a machine. What
// runs in a namespace is seen from those above it too, under other numbers.
import type { Identity } from '../engine/identity.ts'
import type { Signal } from '../engine/task.ts'

export interface RunningProcess {
  readonly argv: readonly string[]
  readonly identity: Identity
  readonly startedAt: number
  /** False: it is gone. */
  signal(signal: Signal | 'SIGKILL'): boolean
  /** What /proc says of it beyond what every process has. */
  readonly about?: ProcessFacts
}

export interface ProcessFacts {
  readonly cwd: string
  readonly env: ReadonlyMap<string, string>
  /** Hexadecimal, as /proc prints it. */
  readonly bounding: string
  readonly effective: string
  readonly noNewPrivileges: boolean
  readonly seccomp: boolean
  readonly cgroup: string
  readonly mounts: () => string
  /** Resident memory, bytes. */
  readonly memory: () => number
  readonly oomScoreAdj: number
  readonly outputs?: { stdout(text: string): void; stderr(text: string): void }
}

/** The runtime's own processes take numbers too. */
const step = 7

export class PidNamespace {
  readonly parent: PidNamespace | undefined
  readonly #processes = new Map<number, RunningProcess>()
  #next: number

  constructor(parent?: PidNamespace, first = 1) {
    this.parent = parent
    this.#next = first
  }

  /** By number, in the order of their start. */
  get processes(): ReadonlyMap<number, RunningProcess> {
    return this.#processes
  }

  /** The number that it gets (`at`, where it had one before anybody looked), and how to take it out again. */
  add(process: RunningProcess, at?: number): { pid: number; remove: () => void } {
    const pid = at ?? this.#next
    this.#next = Math.max(this.#next, pid + step)
    this.#processes.set(pid, process)
    const above = this.parent?.add(process)
    return {
      pid,
      remove: () => {
        this.#processes.delete(pid)
        above?.remove()
      },
    }
  }
}
