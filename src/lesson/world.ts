// The whole: a cluster and the learner's workstation under one clock. Its state is a function of the options and of the
// inputs, each at its virtual time; nothing else changes it. So replaying the inputs brings the same bytes.
import { type Cluster, type ClusterOptions, createCluster } from '../cluster/cluster.ts'
import type { Fault } from '../cluster/fault.ts'
import type { Engine } from '../engine/engine.ts'
import { FileError } from '../engine/files.ts'
import type { MemoryFiles } from '../engine/memory-files.ts'
import { Buffer, emptyInput } from '../engine/pipe.ts'
import type { Program } from '../engine/process.ts'
import { Fiber, signalNumbers } from '../engine/task.ts'
import { kubectlCompleter } from '../kubectl/completer.ts'
import type { Completer } from '../shell/complete.ts'
import { bash } from '../shell/dialect.ts'
import { createShell, runToEnd, streamsOf } from '../shell/sh.ts'
import { Terminal } from '../shell/terminal.ts'
import { Editors } from './editors.ts'
import type { WorldInput } from './input.ts'
import { faultParts } from './loaders.ts'
import { aliases, completions, createWorkstation, type Workstation, writeFile } from './workstation.ts'

export interface WorldOptions extends ClusterOptions {
  readonly seed: number
  /** Files of the working directory, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** What runs in place of one of the workstation's own programs. */
  readonly instead?: (name: string, own: Program | undefined) => Program | undefined
}

export interface Output {
  readonly stdout: string
  readonly stderr: string
  /** Null where the time limit ended it. */
  readonly exit: number | null
}

export interface RunOptions {
  /** Ctrl-C after that time. */
  readonly forMs?: number
  readonly limitMs?: number
}

/** How long a command may go on after Ctrl-C before it is killed. */
const interruptLimit = 5000
const runLimit = 180_000

export class World {
  readonly options: WorldOptions
  readonly cluster: Cluster
  /** The editors that commands have opened and wait for. */
  readonly editors: Editors
  /** Called with each input before it happens, `at` being the moment at which it does. */
  onInput: (input: WorldInput) => void = () => {}
  readonly #workstation: Workstation
  readonly #terminals = new Map<number, Terminal>()
  readonly #history: string[] = []
  #start: number

  constructor(options: WorldOptions) {
    this.options = options
    this.cluster = createCluster(options)
    this.#start = this.engine.now
    this.editors = new Editors()
    this.#workstation = createWorkstation(this.cluster, options.files ?? {}, this.editors, options.instead)
  }

  get engine(): Engine {
    return this.cluster.engine
  }

  get files(): MemoryFiles {
    return this.#workstation.files
  }

  /** Programs that can be called by their name. */
  get programNames(): readonly string[] {
    return this.#workstation.programNames
  }

  /** The lines that were typed in its terminals, the latest last. */
  get typed(): readonly string[] {
    return this.#history
  }

  /** Virtual ms since the start. */
  get elapsed(): number {
    return this.engine.now - this.#start
  }

  /** What a lesson begins with has been set up: its time begins here. */
  begin(): void {
    this.#start = this.engine.now
  }

  advance(ms: number): void {
    if (ms > 0) this.engine.advance(ms)
  }

  /** Terminals by number, from 1; each has a shell of its own, all share the files. */
  terminal(id: number): Terminal {
    let terminal = this.#terminals.get(id)
    if (!terminal) {
      const { process, table, programNames } = this.#workstation
      const ofKubectl = kubectlCompleter(this.cluster.api)
      const complete: Completer = words =>
        words[0] === 'fault' ? faultParts.get('fault').faultCompleter(this.cluster)(words) : ofKubectl(words)
      terminal = new Terminal({
        process,
        table,
        aliases,
        completions,
        programNames,
        complete,
        history: this.#history,
      })
      this.#terminals.set(id, terminal)
      // The shell comes to its first prompt.
      this.engine.advance(0)
    }
    return terminal
  }

  /** Lets time pass up to an input's moment, then lets it happen. */
  apply(input: WorldInput): void {
    this.advance(input.at - this.elapsed)
    this.onInput({ ...input, at: this.elapsed })
    if (input.type === 'write') this.#save(input.file, input.text)
    else if (input.type === 'edited') this.editors.close(input.file, input.text)
    else if (input.type === 'fault') this.cluster.faults.begin(input.fault)
    else if (input.type === 'repair') this.cluster.faults.end(input.fault)
    else if (input.type === 'add-node') this.cluster.addNode()
    else if (input.type === 'load-balancer') this.cluster.loadBalancer.enable(input.on)
    else if (input.type === 'metrics') this.cluster.metrics.enable(input.on)
    else if (input.type === 'any-image') this.cluster.registry.anyImage = input.on
    else if (input.type === 'load') this.cluster.metrics.load(input.load)
    else {
      const terminal = this.terminal(input.terminal)
      if (input.type === 'input') terminal.input(input.text)
      else if (input.type === 'interrupt') terminal.interrupt()
      else terminal.endOfInput()
    }
  }

  /** Where that cannot be written, because a directory stands there, all stays as it is. */
  #save(file: string, text: string): void {
    try {
      writeFile(this.files, file, text)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
    }
  }

  type(terminal: number, text: string): void {
    this.apply({ at: this.elapsed, type: 'input', terminal, text })
  }

  interrupt(terminal: number): void {
    this.apply({ at: this.elapsed, type: 'interrupt', terminal })
  }

  endOfInput(terminal: number): void {
    this.apply({ at: this.elapsed, type: 'end-of-input', terminal })
  }

  write(file: string, text: string): void {
    this.apply({ at: this.elapsed, type: 'write', file, text })
  }

  /** Breaks something of the cluster, until it is repaired. */
  inject(fault: Fault): void {
    this.apply({ at: this.elapsed, type: 'fault', fault })
  }

  repair(fault: Fault): void {
    this.apply({ at: this.elapsed, type: 'repair', fault })
  }

  /** Begins a command in a shell of its own (`bash -c`), without a terminal. */
  start(command: string, { forMs }: RunOptions = {}): Running {
    return new Running(this.#workstation, command, forMs)
  }

  /** Runs a command to its end, time passing; such commands are not among the inputs. */
  run(command: string, { forMs, limitMs = runLimit }: RunOptions = {}): Output {
    return this.start(command, { forMs }).finish(limitMs)
  }

  /** Repeats a command until it succeeds (true) or `limitMs` have passed (false). */
  until(command: string, { everyMs = 500, limitMs = 90_000 } = {}): boolean {
    const end = this.engine.now + limitMs
    for (;;) {
      const left = end - this.engine.now
      if (left <= 0) return false
      if (this.run(command, { limitMs: left }).exit === 0) return true
      this.advance(Math.min(everyMs, Math.max(0, end - this.engine.now)))
    }
  }
}

/** A command that was started and may still run. */
export class Running {
  readonly stdout = new Buffer()
  readonly stderr = new Buffer()
  readonly #engine: Engine
  readonly #fiber: Fiber<number>

  constructor({ process, table }: Workstation, command: string, forMs?: number) {
    this.#engine = process.engine
    const own = {
      ...process,
      pid: table.next++,
      stdin: emptyInput,
      stdout: this.stdout,
      stderr: this.stderr,
      terminal: undefined,
    }
    const shell = createShell(own, bash, table)
    for (const [name, value] of Object.entries(aliases)) shell.state.aliases.set(name, value)
    for (const [name, by] of Object.entries(completions)) shell.state.completions.set(name, by)
    this.#fiber = new Fiber(this.#engine, runToEnd(shell, command, streamsOf(own)))
    if (forMs !== undefined) {
      this.#engine.after(forMs, () => this.#fiber.interrupt('SIGINT'))
      this.#engine.after(forMs + interruptLimit, () => this.#fiber.kill())
    }
  }

  get done(): boolean {
    return this.#fiber.done
  }

  /** Lets time pass until the command has ended, `limitMs` at most, then kills it. */
  finish(limitMs = runLimit): Output {
    this.#engine.runUntil(() => this.#fiber.done, limitMs)
    const timedOut = !this.#fiber.done
    this.#fiber.kill()
    const outcome = this.#fiber.outcome.value!
    if (outcome.type === 'threw') throw outcome.error
    const exit = timedOut
      ? null
      : outcome.type === 'returned'
        ? outcome.value
        : 128 + signalNumbers[outcome.signal]
    return { stdout: this.stdout.text, stderr: this.stderr.text, exit }
  }
}
