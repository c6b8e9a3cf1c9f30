// The processes of a container: what each is given of it, signals among them, and their common end.
import type { Engine } from '../engine/engine.ts'
import { late, renamed } from '../engine/file-views.ts'
import { FileError, type Files } from '../engine/files.ts'
import { isOutOfMemory } from '../engine/holding.ts'
import { capable, type Identity } from '../engine/identity.ts'
import type { Readable, Writable } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { Fiber, type Outcome, type Signal } from '../engine/task.ts'
import { UserFiles } from '../engine/user-files.ts'
import { capabilityMask } from './capabilities.ts'
import type { Container } from './container.ts'
import { ContainerNetwork } from './container-network.ts'
import type { Own } from './container-options.ts'
import type { Executable } from './images/image.ts'
import type { ProcessFacts } from './processes.ts'

interface Running {
  fiber?: Fiber<number>
  readonly remove: () => void
}

export class ContainerProcesses {
  readonly network: ContainerNetwork
  readonly #container: Container
  readonly #running = new Map<number, Running>()
  /** The first program has a handler for signals. */
  signalsHandled = false

  constructor(container: Container) {
    this.#container = container
    this.network = new ContainerNetwork(container.options)
  }

  /** False where it is gone already. The kernel drops what the first process has no handler for. */
  deliver(pid: number, signal: Signal | 'SIGKILL'): boolean {
    const fiber = this.#running.get(pid)?.fiber
    if (!fiber) return false
    if (signal === 'SIGKILL') fiber.kill()
    else if (pid !== 1 || this.signalsHandled) fiber.interrupt(signal)
    return true
  }

  /** Starts a process; `joined`: from outside, by exec. */
  spawn(
    { run, threads = 0 }: Executable,
    argv: readonly string[],
    streams: { stdin: Readable; stdout: Writable; stderr: Writable },
    terminal?: Process['terminal'],
    startedAt = this.#container.options.engine.now,
    own: Own = {},
    joined = false,
  ): { fiber: Fiber<number>; pid: number } {
    const container = this.#container
    const { engine, hostname, pids } = container.options
    const { env = container.options.env, cwd = container.options.cwd } = own
    const { security = container.options.security } = own
    const { identity } = security
    // A caller may hand over all of its own process, whose files are another machine's.
    const { stdin, stdout, stderr } = streams
    const { pid, remove } = pids.add(
      {
        argv,
        identity,
        startedAt,
        signal: signal => this.deliver(pid, signal),
        about: this.#about(streams, { env, cwd, security }),
      },
      { threads },
    )
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
      // Most never look at one, and an image's files are many.
      files: late(() => (files ??= processFiles(container.files, pid, identity))),
      network: this.network.of(joined),
      stdin,
      stdout,
      stderr,
      terminal,
      typed: terminal !== undefined,
      find: name => {
        const found = container.resolve(name, env)
        return typeof found === 'string' ? undefined : found.run
      },
      processes: () => container.processes,
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
      outOfMemory: () => container.outOfMemory(),
      takeMemory: bytes => engine.after(0, () => container.leak(bytes)),
      ports: (container.options.spec.ports ?? []).map(
        ({ containerPort }: { containerPort: number }) => containerPort,
      ),
    }
    const entry: Running = { remove }
    this.#running.set(pid, entry)
    const fiber = new Fiber(engine, run(process), container.bound)
    entry.fiber = fiber
    onSettled(engine, fiber, outcome => {
      this.#running.delete(pid)
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
    const container = this.#container
    const { mountTable, cgroup, namespaces } = container.options
    return {
      cwd,
      env,
      bounding: () => capabilityMask(security.bounding),
      effective: () => capabilityMask(security.identity.capabilities),
      noNewPrivileges: security.noNewPrivileges,
      seccomp: security.seccomp,
      cgroup: () => cgroup ?? `/kubepods/${container.state.id}`,
      mounts: mountTable ?? (() => ''),
      ...(namespaces && { namespaces }),
      memory: () => container.memory,
      oomScoreAdj: container.oomScoreAdj,
      outputs: { stdout: text => stdout.write(text), stderr: text => stderr.write(text) },
    }
  }

  /** A signal from one of its processes to one that it sees. */
  #kill(target: number, signal: Signal | 'SIGKILL'): boolean | 'forbidden' {
    const { engine, pids, security } = this.#container.options
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

  /** They get no more of the processor, until they are thawed. */
  freeze(): void {
    for (const { fiber } of this.#running.values()) fiber?.freeze()
  }

  thaw(): void {
    for (const { fiber } of this.#running.values()) fiber?.thaw()
  }

  /** The end of all, and of what they opened. */
  end(): void {
    this.network.close()
    for (const { fiber, remove } of [...this.#running.values()]) {
      fiber?.kill()
      remove()
    }
    this.#running.clear()
  }
}

/** The files as a process of a container sees them: by its own user's rights, and with itself as /proc/self. */
export function processFiles(files: Files, pid: number, identity: Identity): Files {
  const own = renamed(files, path => path.replace(/^\/proc\/(?:self(?=\/|$)|(?=mounts$))/, `/proc/${pid}/`))
  return isAlmighty(identity) ? own : new UserFiles(own, identity)
}

/** No check stops it: its own view of the files need not ask. */
const isAlmighty = ({ capabilities }: Identity): boolean =>
  capabilities.has('DAC_OVERRIDE') && capabilities.has('FOWNER') && capabilities.has('CHOWN')

export function onSettled<T>(engine: Engine, fiber: Fiber<T>, then: (outcome: Outcome<T>) => void): void {
  fiber.outcome.start(engine, then)
}
