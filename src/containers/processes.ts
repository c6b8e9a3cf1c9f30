// Process numbers: a PID namespace knows the processes of one container, of a pod that shares them, or of a machine. What
// runs in a namespace is seen from those above it too, under other numbers.
import type { Identity } from '../engine/identity.ts'
import type { Signal } from '../engine/task.ts'
import type { ProcessNamespaces } from './namespaces.ts'

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
  readonly bounding: () => string
  readonly effective: () => string
  readonly noNewPrivileges: boolean
  readonly seccomp: boolean
  readonly cgroup: () => string
  readonly mounts: () => string
  /** Absent where nobody keeps account of them. */
  readonly namespaces?: ProcessNamespaces
  /** Resident memory, bytes. */
  readonly memory: () => number
  readonly oomScoreAdj: number
  readonly outputs?: { stdout(text: string): void; stderr(text: string): void }
}

/**
 * What runc starts has first been runc's own init, a Go program whose threads take numbers too: nginx's workers are 7 and 8
 * where it is 1 (scenarios/03-pod/07-prestop), and what is exec'ed first is 8 (10-share-process-namespace).
 */
const initThreads = 5

export interface PidNamespaceOptions {
  /** The number of the process in the namespace above that starts what runs here. */
  readonly startedBy?: number
}

export class PidNamespace {
  readonly above: PidNamespace | undefined
  readonly #startedBy: number
  readonly #processes = new Map<number, RunningProcess>()
  /** Of those whose parent is seen from here. */
  #parents: Map<number, number> | undefined
  /** The highest number that was given. */
  #last = 0
  /** The first process, by its number in the namespace above: it becomes the parent of all that come after it. */
  #initAbove: number | undefined

  constructor(above?: PidNamespace, { startedBy = 0 }: PidNamespaceOptions = {}) {
    this.above = above
    this.#startedBy = startedBy
  }

  /** By number, in the order of their start. */
  get processes(): ReadonlyMap<number, RunningProcess> {
    return this.#processes
  }

  /** The number of its parent; 0 where that is not seen from here. */
  parentOf(pid: number): number {
    return this.#parents?.get(pid) ?? 0
  }

  /**
   * The number that it gets (`at`, where it had one before anybody looked), and how to take it out again. `parent` is a
   * number of this namespace, its first process where absent. `forked`: by a process that runs already, not by the
   * runtime. `threads`: those that it has beside its first one.
   */
  add(
    process: RunningProcess,
    {
      at,
      parent,
      forked = false,
      threads = 0,
    }: { at?: number; parent?: number; forked?: boolean; threads?: number } = {},
  ): { pid: number; remove: () => void } {
    const pid = at ?? this.#last + (forked || this.#last === 0 ? 1 : 2)
    this.#last = Math.max(this.#last, (forked ? pid : pid + initThreads) + threads)
    const [init = 0] = this.#processes.keys()
    this.#processes.set(pid, process)
    const up = parent ?? init
    if (up) (this.#parents ??= new Map()).set(pid, up)
    else this.#parents?.delete(pid)
    const above = this.above?.add(process, {
      parent: this.#initAbove ?? this.#startedBy,
      forked,
      threads,
    })
    this.#initAbove ??= above?.pid
    return {
      pid,
      remove: () => {
        this.#processes.delete(pid)
        this.#parents?.delete(pid)
        above?.remove()
      },
    }
  }
}
