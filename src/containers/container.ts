// A container of the runtime: its processes, output and files. The first process is the image's program (or the pod's
// command); when it ends, the others are killed. What containerd and runc do, as far as a pod can tell.
// Left out: image layers, memory that nobody asked for in so many bytes (a program reads an endless device, takes some
// by itself, or is made to leak).
import { userName } from '../engine/accounts.ts'
import type { Files } from '../engine/files.ts'
import { type Bound, heldAtMost, KilledForMemory } from '../engine/holding.ts'
import { emptyInput, Pipe, type Readable, type Writable } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { Deferred, type Fiber, type Outcome, type Signal, signalNumbers } from '../engine/task.ts'
import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import type { ResourceRequirements } from '../kinds/schema/types.ts'
import type { ContainerOptions, Own } from './container-options.ts'
import { ContainerProcesses, onSettled, processFiles } from './container-processes.ts'
import { findExecutable, type Place, type Programs } from './executables.ts'
import type { Executable } from './images/image.ts'
import { ContainerLog } from './logs.ts'
import type { MemoryUser } from './memory.ts'
import type { ContainerState } from './types.ts'

/** From the start of its first process, however little that does: about 50 ms after the runtime's answer. Nobody measured it. */
const shortestLifeMs = 56
/** What a container has that does nothing. */
const ownMemory = 2 * 2 ** 20
/** Of that, room for small values: files in memory may fill all else. */
const ownRoom = 64 * 2 ** 10
/** runc itself, which becomes the first process, needs as much (docker refuses smaller limits for that). */
export const leastMemory = 6 * 2 ** 20
/** Its words where it gets less. */
export const initKilled = 'container init was OOM-killed (memory limit too low?)'

/** Of a pseudo-terminal that nobody has told its size. */
const terminalSize = { columns: 80, rows: 24 }

export class Container implements MemoryUser, Place {
  state: ContainerState
  readonly log: ContainerLog
  readonly ended = new Deferred<void>()
  readonly stdin = new Pipe()
  readonly #options: ContainerOptions
  readonly #processes: ContainerProcesses
  #files: Files | undefined
  #first = 1
  #outOfMemory = false
  #terminal: { columns: number; rows: number } | undefined
  #command: readonly string[]

  constructor(options: ContainerOptions) {
    this.#options = options
    this.#processes = new ContainerProcesses(this)
    this.#command = options.argv
    this.log = new ContainerLog(options.engine)
    const { id, spec, found, restartCount } = options
    this.state = {
      id,
      name: spec.name,
      state: 'created',
      image: found.name,
      imageRef: found.digest,
      spec,
      restartCount,
      createdAt: options.engine.now,
    }
  }

  get files(): Files {
    return (this.#files ??= this.#options.makeFiles(this))
  }

  /** The files as its first process sees them. */
  get ownFiles(): Files {
    return processFiles(this.files, this.#first, this.#options.security.identity)
  }

  get programs(): Programs {
    return this.#options.programs
  }

  /** The program that a command names, or why runc cannot start it. */
  resolve(command: string, env: ReadonlyMap<string, string>): Executable | string {
    return findExecutable(command, env, this)
  }

  get options(): ContainerOptions {
    return this.#options
  }

  get running(): boolean {
    return this.state.state === 'running'
  }

  /** What its first process runs: the command line, or what a script of the image put in its own place. */
  get command(): readonly string[] {
    return this.#command
  }

  /** Starts the first process; answers with runc's words where it cannot. `startedAt`: where it runs already. */
  start(stdin: boolean, startedAt = this.#options.engine.now): string | undefined {
    const { engine, argv, env } = this.#options
    const found = this.resolve(argv[0] ?? '', env)
    const first = typeof found === 'string' ? (this.#options.found.image.fallback ?? found) : found
    if (typeof first === 'string') return first
    const { memoryLimit } = this
    if (memoryLimit !== undefined && memoryLimit < leastMemory) return initKilled
    let executable = first
    for (let next = first.becomes?.(argv, env); next; next = executable.becomes?.(next, env)) {
      const replacement = this.resolve(next[0] ?? '', env)
      if (typeof replacement === 'string') break
      executable = replacement
      this.#command = next
    }
    this.#processes.signalsHandled = executable.handlesSignals === true
    this.#processes.network.fileCapabilities = executable.fileCapabilities ?? []
    this.#set({ state: 'running', startedAt })
    const output: Writable = { write: text => this.log.write(text) }
    // A terminal has one stream, in which things stand in the order in which they were written.
    const { tty } = this.state.spec
    const errors: Writable = tty ? output : { write: text => this.log.write(text, 'stderr') }
    const streams = { stdin: stdin ? this.stdin : emptyInput, stdout: output, stderr: errors }
    const terminal = tty ? { ...(this.#options.terminal ?? terminalSize) } : undefined
    this.#terminal = terminal
    const { fiber, pid } = this.#processes.spawn(executable, this.#command, streams, terminal, startedAt)
    this.#first = pid
    onSettled(engine, fiber, outcome => {
      // Even a program that does nothing takes the kernel a moment.
      const rest = this.state.startedAt! + shortestLifeMs - engine.now
      const end = () => this.#end(exitCode(outcome, errors))
      if (rest > 0 && outcome.type === 'returned') engine.after(rest, end)
      else end()
    })
    return undefined
  }

  /** It runs already, since `startedAt`, under this id. */
  adopt(id: string, restartCount: number, startedAt: number): void {
    this.state = { ...this.state, id, restartCount }
    this.start(false, startedAt)
    this.state = { ...this.state, createdAt: startedAt }
  }

  /** Ends at once with a failure to start (RunContainerError, StartError). */
  failStart(message: string): void {
    this.#set({
      state: 'exited',
      startedAt: 0,
      finishedAt: this.#options.engine.now,
      exitCode: 128,
      reason: 'StartError',
      message,
    })
    this.ended.settle()
  }

  /** A further process: exec, probes, hooks. */
  exec(
    argv: readonly string[],
    streams: { stdin: Readable; stdout: Writable; stderr: Writable },
    terminal?: Process['terminal'],
    own: Own = {},
  ): { fiber: Fiber<number> } | { error: string } {
    const executable = this.resolve(argv[0] ?? '', own.env ?? this.#options.env)
    if (typeof executable === 'string') return { error: executable }
    return this.#processes.spawn(executable, argv, streams, terminal, undefined, own, true)
  }

  /** Its processes get no more of the processor, until they are thawed. */
  freeze(): void {
    this.#processes.freeze()
  }

  thaw(): void {
    this.#processes.thaw()
  }

  /** A signal to the first process, as the runtime sends it. The kernel drops what it has no handler for. */
  signal(signal: Signal | 'SIGKILL'): void {
    this.#processes.deliver(this.#first, signal)
  }

  /** The terminal of its first process, if it has one, has another size; programs look at it anew each time. */
  resizeTerminal(size: { readonly columns: number; readonly rows: number }): void {
    if (this.#terminal) Object.assign(this.#terminal, size)
  }

  /** Its limits change while it runs. */
  resize(resources: ResourceRequirements): void {
    this.state = { ...this.state, spec: { ...this.state.spec, resources } }
  }

  /** Bytes that its processes have beyond what they usually need. */
  leaked = 0

  get memory(): number {
    return ownMemory + this.leaked
  }

  get oomScoreAdj(): number {
    return this.#options.oomScoreAdj ?? 0
  }

  /** Bytes that it may have, where it is limited. */
  get memoryLimit(): number | undefined {
    const limit = this.state.spec.resources?.limits?.memory
    return limit === undefined ? undefined : quantityValue(limit)
  }

  /** Millicores that it may use, where it is limited. */
  get cpuLimit(): number | undefined {
    const limit = this.state.spec.resources?.limits?.cpu
    return limit === undefined ? undefined : quantityMilliValue(limit)
  }

  /** It takes more memory; past its limit (or the machine's whole memory) the kernel kills. */
  leak(bytes: number): void {
    if (!this.allocate(bytes)) this.killForMemory()
  }

  /** Some more memory for one of its processes, or less; false where the kernel kills that process for it. */
  allocate(bytes: number): boolean {
    if (!this.running) return bytes <= 0
    this.leaked += bytes
    if (this.memory > (this.memoryLimit ?? Number.POSITIVE_INFINITY)) {
      this.leaked -= bytes
      this.#outOfMemory = true
      return false
    }
    if (this.leaked > 0) this.#options.memory?.add(this)
    return true
  }

  /** What its processes may hold: as much as its limit leaves. */
  readonly bound: Bound = new OwnBound(this)

  /** Kills everything, as for memory: the container's end tells why. */
  killForMemory(): void {
    this.#outOfMemory = true
    this.signal('SIGKILL')
  }

  /** A process wants more than there is: where memory is limited the kernel kills, once the caller waits. */
  outOfMemory(): boolean {
    if (this.memoryLimit === undefined) return false
    this.#options.engine.after(0, () => this.killForMemory())
    return true
  }

  /** Those that it sees. */
  get processes(): { pid: number; argv: readonly string[]; user: string }[] {
    const { files, pids } = { files: this.files, pids: this.#options.pids }
    return [...pids.processes].map(([pid, { argv, identity }]) => ({
      pid,
      argv,
      user: userName(files, identity.uid),
    }))
  }

  #end(code: number): void {
    if (this.state.state === 'exited') return
    this.#processes.end()
    this.leaked = 0
    this.#options.memory?.remove(this)
    for (const pipe of this.log.attached) pipe.close()
    const reason = this.#outOfMemory ? 'OOMKilled' : code === 0 ? 'Completed' : 'Error'
    const message = this.#terminationMessage(code)
    this.#set({
      state: 'exited',
      finishedAt: this.#options.engine.now,
      exitCode: code,
      reason,
      ...(message && { message }),
    })
    this.ended.settle()
    this.log.changed.notify()
  }

  /** What the program left in its termination file, or the end of its log where the spec asks for that. */
  #terminationMessage(code: number): string {
    const { terminationMessagePath, terminationMessagePolicy } = this.#options.spec
    let text = ''
    if (this.#files && terminationMessagePath && this.#files.exists(terminationMessagePath))
      text = this.#files.read(terminationMessagePath)
    if (!text && code !== 0 && terminationMessagePolicy === 'FallbackToLogsOnError')
      text = this.log.text({ tailLines: 80 }).slice(-2048)
    return text.slice(0, 4096)
  }

  #set(change: Partial<ContainerState>): void {
    this.state = { ...this.state, ...change }
    this.#options.onChange()
  }
}

function exitCode(outcome: Outcome<number>, stderr: Writable): number {
  if (outcome.type === 'returned') return outcome.value & 255
  if (outcome.type === 'signalled') return 128 + signalNumbers[outcome.signal]
  if (outcome.error instanceof KilledForMemory) return 128 + signalNumbers.SIGKILL
  stderr.write(`${outcome.error instanceof Error ? outcome.error.message : String(outcome.error)}\n`)
  return 1
}

class OwnBound implements Bound {
  readonly #container: Container

  constructor(container: Container) {
    this.#container = container
  }

  get most(): number {
    const { memoryLimit, memory } = this.#container
    return memoryLimit === undefined
      ? heldAtMost
      : Math.min(heldAtMost, Math.max(ownRoom, memoryLimit - memory))
  }
}
