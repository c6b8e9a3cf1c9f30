// What a program sees of the machine it runs on: arguments, environment, files, streams, the network, the clock.
// The shell's tools, kubectl and the programs of containers are all of this one type.
import type { Engine } from './engine.ts'
import type { Files } from './files.ts'
import type { Identity } from './identity.ts'
import type { Network } from './network.ts'
import type { Readable, Writable } from './pipe.ts'
import type { Signal, Task } from './task.ts'

export interface Process {
  readonly engine: Engine
  readonly pid: number
  /** argv[0] is the name the program was called by. */
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  readonly user: string
  /** Root, who may do everything, where absent. */
  readonly identity?: Identity
  readonly hostname: string
  readonly files: Files
  readonly network: Network
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  /** Size of the terminal that stdout is, if it is one. */
  readonly terminal: { readonly columns: number; readonly rows: number } | undefined
  /** Turns off, or on again, that its terminal shows what is typed into it: for passwords. */
  readonly echo?: (on: boolean) => void
  /** Whether stdin is a terminal, whatever stdout is. */
  readonly typed?: boolean
  /** The program that a name (by PATH) or a path stands for on this machine; run it with `yield* program({ ...process, argv })`. */
  readonly find: (name: string) => Program | undefined
  /** The processes that `ps` sees. */
  readonly processes?: () => readonly {
    readonly pid: number
    readonly argv: readonly string[]
    readonly user?: string
  }[]
  /** Sends a signal to a process of this machine (a container's own, seen from inside); false where there is none. */
  readonly kill?: (pid: number, signal: Signal | 'SIGKILL') => boolean | 'forbidden'
  /**
   * A process of its own kind that it starts, with a number and a line in `ps`, but no code: what the child does, it does
   * itself. `signalled` says what comes for the child.
   */
  readonly fork?: (
    argv: readonly string[],
    signalled: (signal: Signal | 'SIGKILL') => void,
  ) => { readonly pid: number; readonly exit: () => void }
  /** It wants more memory than there is: true where it is killed for that (a container with a limit), at its next wait. */
  readonly outOfMemory?: () => boolean
  /** Processes of shells that it stands in; none where absent. */
  readonly within?: number
  /** It takes so many bytes more, and keeps them: past its container's limit it is killed at its next wait. */
  readonly takeMemory?: (bytes: number) => void
  /** Ports that its container declares, for stand-ins of programs that this world does not know. */
  readonly ports?: readonly number[]
}

/**
 * A program: a generator over its process that returns its exit code. A signal arrives as an `Interrupt` thrown where
 * it waits; a program that lets it pass ends with 128 + the signal's number. A program that computes for long without
 * waiting must `sleep` now and then, or Ctrl-C cannot reach it.
 */
export type Program = (process: Process) => Task<number>
