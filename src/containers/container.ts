// A container of the runtime: its processes, output and files. The first process is the image's program (or the pod's
// command); when it ends, the others are killed. What containerd and runc do, as far as a pod can tell.
// Left out: image layers, memory that nobody asked for in so many bytes (a program reads an endless device, takes some
// by itself, or is made to leak).
import { userName } from '../engine/accounts.ts'
import { readBinary } from '../engine/binary.ts'
import type { Disk } from '../engine/disk.ts'
import type { Engine } from '../engine/engine.ts'
import { renamed } from '../engine/file-views.ts'
import { FileError, type Files } from '../engine/files.ts'
import { type Bound, heldAtMost, isOutOfMemory, KilledForMemory } from '../engine/holding.ts'
import { type Capability, capable, type Identity } from '../engine/identity.ts'
import type { Listener, Network } from '../engine/network.ts'
import { emptyInput, Pipe, type Readable, type Writable } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { Deferred, Fiber, type Outcome, type Signal, signalNumbers } from '../engine/task.ts'
import { UserFiles } from '../engine/user-files.ts'
import { quantityMilliValue, quantityValue } from '../kinds/machinery/quantity.ts'
import { capabilityMask } from './capabilities.ts'
import type { Executable } from './images/image.ts'
import { ContainerLog } from './logs.ts'
import type { MachineMemory, MemoryUser } from './memory.ts'
import type { PidNamespace, ProcessFacts } from './processes.ts'
import { binaryParts } from './programs/loaders.ts'
import type { FoundImage } from './registry.ts'
import type { Security } from './security.ts'
import type { ContainerSpec, ContainerState } from './types.ts'

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

/** Finds an executable by path; a bare name is looked for in PATH by the caller. */
export interface Programs {
  find(path: string): Executable | undefined
  /** Every path there is, for listings of the file system. */
  readonly paths: readonly string[]
}

/** What a further process has of its own; the rest is the container's. */
export type Own = Partial<Pick<ContainerOptions, 'env' | 'cwd' | 'security'>>

const shortestLifeMs = 50
/** What a container has that does nothing. */
const ownMemory = 2 * 2 ** 20
/** Of that, room for small values: files in memory may fill all else. */
const ownRoom = 64 * 2 ** 10
/** runc itself, which becomes the first process, needs as much (docker refuses smaller limits for that). */
export const leastMemory = 6 * 2 ** 20
/** Its words where it gets less. */
export const initKilled = 'container init was OOM-killed (memory limit too low?)'
const firstPort = 1024
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Of a pseudo-terminal that nobody has told its size. */
const terminalSize = { columns: 80, rows: 24 }

interface Running {
  fiber?: Fiber<number>
  readonly remove: () => void
}

export class Container implements MemoryUser {
  state: ContainerState
  readonly log: ContainerLog
  readonly ended = new Deferred<void>()
  readonly stdin = new Pipe()
  readonly #options: ContainerOptions
  readonly #processes = new Map<number, Running>()
  readonly #listeners = new Set<Listener>()
  #files: Files | undefined
  #first = 1
  #outOfMemory = false
  #terminal: { columns: number; rows: number } | undefined
  #signalsHandled = false
  #command: readonly string[]
  #fileCapabilities: readonly string[] = []

  constructor(options: ContainerOptions) {
    this.#options = options
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

  /** The files as a process of it sees them: by its own user's rights, and with itself as /proc/self. */
  #filesOf(pid: number, identity: Identity): Files {
    const { files } = this
    const own = renamed(files, path => path.replace(/^\/proc\/(?:self(?=\/|$)|(?=mounts$))/, `/proc/${pid}/`))
    return isAlmighty(identity) ? own : new UserFiles(own, identity)
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

  /** The program that a command names, or why runc cannot start it. */
  resolve(command: string, env: ReadonlyMap<string, string>): Executable | string {
    const { programs } = this.#options
    if (!command.includes('/')) {
      const path = (env.get('PATH') ?? defaultPath).split(':')
      for (const directory of path) {
        const program = programs.find(`${directory}/${command}`)
        if (program) return program
      }
      // What was put there since: into the image by a build, into the container by a copy.
      for (const directory of path)
        if (this.#isExecutable(`${directory}/${command}`)) return this.resolve(`${directory}/${command}`, env)
      return `exec: "${command}": executable file not found in $PATH`
    }
    const program = programs.find(command)
    if (program) return program
    try {
      const files = this.#filesOf(this.#first, this.#options.security.identity)
      const { type } = files.stat(command)
      if (type === 'directory' || !files.permits(command, 'execute'))
        return `exec: "${command}": permission denied`
      const text = this.files.read(command)
      const binary = readBinary(text)
      if (binary && binaryParts.has(binary.kind)) return binaryParts.get(binary.kind)(binary.payload)
      // Made for another machine.
      if (binary) return `exec ${command}: exec format error`
      const [, interpreter, option] = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(text) ?? []
      if (!interpreter) return `exec ${command}: exec format error`
      const found = this.resolve(/\/env$/.test(interpreter) ? (option ?? '') : interpreter, env)
      if (typeof found === 'string') return `exec: "${command}": no such file or directory`
      const { run } = found
      return {
        ...found,
        run: process => run({ ...process, argv: [interpreter, command, ...process.argv.slice(1)] }),
      }
    } catch {
      return `exec: "${command}": stat ${command}: no such file or directory`
    }
  }

  #isExecutable(path: string): boolean {
    const { files } = this
    try {
      return files.stat(path).type === 'file' && files.permits(path, 'execute')
    } catch {
      return false
    }
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
    this.#signalsHandled = executable.handlesSignals === true
    this.#fileCapabilities = executable.fileCapabilities ?? []
    this.#set({ state: 'running', startedAt })
    const output: Writable = { write: text => this.log.write(text) }
    // A terminal has one stream, in which things stand in the order in which they were written.
    const { tty } = this.state.spec
    const errors: Writable = tty ? output : { write: text => this.log.write(text, 'stderr') }
    const streams = { stdin: stdin ? this.stdin : emptyInput, stdout: output, stderr: errors }
    const terminal = tty ? { ...(this.#options.terminal ?? terminalSize) } : undefined
    this.#terminal = terminal
    const { fiber, pid } = this.#spawn(executable, this.#command, streams, terminal, startedAt)
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
    return this.#spawn(executable, argv, streams, terminal, undefined, own, true)
  }

  /** Its processes get no more of the processor, until they are thawed. */
  freeze(): void {
    for (const { fiber } of this.#processes.values()) fiber?.freeze()
  }

  thaw(): void {
    for (const { fiber } of this.#processes.values()) fiber?.thaw()
  }

  /** A signal to the first process, as the runtime sends it. The kernel drops what it has no handler for. */
  signal(signal: Signal | 'SIGKILL'): void {
    this.#deliver(this.#first, signal)
  }

  /** The terminal of its first process, if it has one, has another size; programs look at it anew each time. */
  resizeTerminal(size: { readonly columns: number; readonly rows: number }): void {
    if (this.#terminal) Object.assign(this.#terminal, size)
  }

  /** Its limits change while it runs. */
  resize(resources: unknown): void {
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
  get #bound(): Bound {
    const container = this
    return {
      get most() {
        const limit = container.memoryLimit
        if (limit === undefined) return heldAtMost
        return Math.min(heldAtMost, Math.max(ownRoom, limit - container.memory))
      },
    }
  }

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

  #deliver(pid: number, signal: Signal | 'SIGKILL'): boolean {
    const fiber = this.#processes.get(pid)?.fiber
    if (!fiber) return false
    if (signal === 'SIGKILL') fiber.kill()
    else if (pid !== 1 || this.#signalsHandled) fiber.interrupt(signal)
    return true
  }

  #spawn(
    { run, threads = 0 }: Executable,
    argv: readonly string[],
    streams: { stdin: Readable; stdout: Writable; stderr: Writable },
    terminal?: Process['terminal'],
    startedAt = this.#options.engine.now,
    own: Own = {},
    joined = false,
  ): { fiber: Fiber<number>; pid: number } {
    const { engine, hostname, pids } = this.#options
    const { env, cwd, security } = { ...this.#options, ...own }
    const { identity } = security
    // A caller may hand over all of its own process, whose files are another machine's.
    const { stdin, stdout, stderr } = streams
    const { pid, remove } = pids.add(
      {
        argv,
        identity,
        startedAt,
        signal: signal => this.#deliver(pid, signal),
        about: this.#about(streams, { env, cwd, security }),
      },
      { threads },
    )
    const container = this
    let files: Files | undefined
    const process: Process = {
      engine,
      pid,
      argv,
      env,
      cwd,
      user: security.user,
      identity,
      hostname,
      get files() {
        return (files ??= container.#filesOf(pid, identity))
      },
      network: this.#networkOf(joined),
      stdin,
      stdout,
      stderr,
      terminal,
      typed: terminal !== undefined,
      find: name => {
        const found = this.resolve(name, env)
        return typeof found === 'string' ? undefined : found.run
      },
      processes: () => this.processes,
      kill: (target, signal) => this.#kill(target, signal),
      fork: (argv, signalled) => {
        const child = pids.add(
          {
            argv,
            identity,
            startedAt: engine.now,
            signal: signal => {
              signalled(signal)
              return true
            },
            about: this.#about(streams, { env, cwd, security }),
          },
          { parent: pid, forked: true },
        )
        return { pid: child.pid, exit: child.remove }
      },
      outOfMemory: () => this.outOfMemory(),
      takeMemory: bytes => engine.after(0, () => this.leak(bytes)),
      ports: (this.#options.spec.ports ?? []).map(
        ({ containerPort }: { containerPort: number }) => containerPort,
      ),
    }
    const entry: Running = { remove }
    this.#processes.set(pid, entry)
    const fiber = new Fiber(engine, run(process), this.#bound)
    entry.fiber = fiber
    onSettled(engine, fiber, outcome => {
      this.#processes.delete(pid)
      remove()
      // A program that breaks off for a file says so as programs do; anything else is a fault of ours.
      if (outcome.type === 'threw' && !(outcome.error instanceof FileError) && !isOutOfMemory(outcome.error))
        engine.fail(outcome.error)
    })
    return { fiber, pid }
  }

  #about(
    { stdout, stderr }: { stdout: Writable; stderr: Writable },
    { cwd, env, security }: Required<Own>,
  ): ProcessFacts {
    const { mountTable } = this.#options
    return {
      cwd,
      env,
      bounding: capabilityMask(security.bounding),
      effective: capabilityMask(security.identity.capabilities),
      noNewPrivileges: security.noNewPrivileges,
      seccomp: security.seccomp,
      cgroup: this.#options.cgroup ?? `/kubepods/${this.state.id}`,
      mounts: mountTable ?? (() => ''),
      memory: () => this.memory,
      oomScoreAdj: this.oomScoreAdj,
      outputs: { stdout: text => stdout.write(text), stderr: text => stderr.write(text) },
    }
  }

  /** A signal from one of its processes to one that it sees. */
  #kill(target: number, signal: Signal | 'SIGKILL'): boolean | 'forbidden' {
    const { engine, pids, security } = this.#options
    const found = pids.processes.get(target)
    if (!found) return false
    const { identity } = security
    if (found.identity.uid !== identity.uid && !capable({ identity }, 'KILL')) return 'forbidden'
    // The kernel keeps the first process of a namespace from the SIGKILL of those within.
    if (target === 1 && signal === 'SIGKILL') return true
    // Not within the sender's own call: it may end with the container.
    engine.after(2, () => found.signal(signal))
    return true
  }

  /**
   * The pod's network, with the ports that this container opened, so that they close with it. What a process that joined
   * the container asks is told apart from what the container's own ask.
   */
  #networkOf(joined: boolean): Network {
    const { network } = this.#options
    const told = <T>(request: T): T => (joined ? { ...request, aside: true } : request)
    return {
      address: network.address,
      get interfaces() {
        return network.interfaces
      },
      get listening() {
        return network.listening ?? []
      },
      get loopback() {
        return network.loopback ?? []
      },
      listen: (port, handler, dns, address) => {
        if (port < (this.#options.unprivilegedPorts ?? firstPort) && !this.#may('NET_BIND_SERVICE'))
          throw new FileError('EACCES', String(port))
        const listener = network.listen(port, handler, dns, address)
        if (listener) this.#listeners.add(listener)
        return listener
      },
      connect: (host, port, ms) => network.connect(host, port, ms),
      http: (url, request, ms) => network.http(url, told(request), ms),
      query: (name, type, ms, server) => network.query(name, type, ms, server),
      lookup: (name, request) => network.lookup(name, request && told(request)),
      keepServiceRules: () => {
        const listener = network.keepServiceRules?.() ?? { close() {} }
        this.#listeners.add(listener)
        return listener
      },
    }
  }

  #may(capability: Capability): boolean {
    const { security } = this.#options
    const byFile = this.#fileCapabilities.includes(capability) && security.bounding.has(capability)
    return byFile || capable(security, capability)
  }

  #end(code: number): void {
    if (this.state.state === 'exited') return
    for (const listener of this.#listeners) listener.close()
    this.#listeners.clear()
    for (const { fiber, remove } of [...this.#processes.values()]) {
      fiber?.kill()
      remove()
    }
    this.#processes.clear()
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

/** No check stops it: its own view of the files need not ask. */
const isAlmighty = ({ capabilities }: Identity): boolean =>
  capabilities.has('DAC_OVERRIDE') && capabilities.has('FOWNER') && capabilities.has('CHOWN')

function exitCode(outcome: Outcome<number>, stderr: Writable): number {
  if (outcome.type === 'returned') return outcome.value & 255
  if (outcome.type === 'signalled') return 128 + signalNumbers[outcome.signal]
  if (outcome.error instanceof KilledForMemory) return 128 + signalNumbers.SIGKILL
  stderr.write(`${outcome.error instanceof Error ? outcome.error.message : String(outcome.error)}\n`)
  return 1
}

export function onSettled<T>(engine: Engine, fiber: Fiber<T>, then: (outcome: Outcome<T>) => void): void {
  fiber.outcome.start(engine, then)
}
