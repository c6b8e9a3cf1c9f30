// A terminal with an interactive bash: takes typed lines and keys, shows what comes back, knows whether something runs.
// The line being edited belongs to whoever draws the terminal; what is typed while a program runs goes to its input.
import { isOutOfMemory } from '../engine/holding.ts'
import type { Process } from '../engine/process.ts'
import { Fiber, Interrupt, type Task } from '../engine/task.ts'
import { Turns } from '../engine/turns.ts'
import { noMemory } from './command.ts'
import { type Completer, type Completion, completeLine } from './complete.ts'
import { bash } from './dialect.ts'
import type { Interpreter } from './interpreter.ts'
import { reportJobs } from './jobs.ts'
import type { ProcessTable } from './processes.ts'
import { createShell } from './sh.ts'
import { Leave } from './state.ts'
import { SharedInput, type Streams } from './streams.ts'
import { TerminalInput } from './terminal-input.ts'
import { Unfinished } from './unfinished.ts'

/** To take a line, and to parse a character of a command that has begun. */
const lineSteps = 1000
const characterSteps = 20

export interface TerminalOptions {
  /** The machine and user as a process sees them; streams are the terminal's own. */
  readonly process: Omit<Process, 'stdin' | 'stdout' | 'stderr' | 'terminal'>
  readonly table: ProcessTable
  readonly aliases?: Readonly<Record<string, string>>
  /** As `complete -F` has been told: functions by the command whose arguments they complete. */
  readonly completions?: Readonly<Record<string, string>>
  readonly history?: string[]
  readonly programNames?: readonly string[]
  readonly columns?: number
  readonly rows?: number
  /** Completion of a program's arguments. */
  readonly complete?: Completer
}

export class Terminal {
  /** Called with each piece of output, in the order in which a terminal shows it; keys that it echoes come as `stderr`. */
  onOutput: (text: string, stream: 'stdout' | 'stderr') => void = () => {}
  /** Called when a command begins, with its whole text. */
  onBegin: (command: string) => void = () => {}
  /** … and when it has come to its end by itself, with its exit code. */
  onEnd: (exitCode: number) => void = () => {}
  readonly #options: TerminalOptions
  readonly #input = new TerminalInput()
  #streams!: Streams
  #shell!: Interpreter
  #fiber: Fiber<void> | undefined
  #busy = true
  /** Lines of a command that goes on. */
  readonly #typed = new Unfinished()
  readonly #turns = new Turns()
  /** A program has asked that what is typed is not shown. */
  #silent = false
  /** Typed lines not yet taken by a reader. */
  #waiting = 0

  constructor(options: TerminalOptions) {
    this.#options = options
    this.#open()
  }

  /** Something runs (or lines are waiting to): typed text goes to its input. */
  get busy(): boolean {
    return this.#busy || this.#waiting > 0
  }

  /** What is typed is not shown, nor that a line has ended. */
  get silent(): boolean {
    return this.#silent && this.busy
  }

  /** Exit code of the last command. */
  get exitCode(): number {
    return this.#shell.state.status
  }

  get cwd(): string {
    return this.#shell.state.cwd
  }

  get prompt(): string {
    if (this.#typed.text) return '> '
    const home = this.#options.process.env.get('HOME') ?? '/'
    const { cwd } = this
    return `${cwd === home || cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd} $ `
  }

  get history(): readonly string[] {
    return this.#shell.state.history
  }

  /** A typed line (or several), as after Enter. */
  input(text: string): void {
    for (const line of text.replace(/\n$/, '').split('\n')) {
      this.#waiting++
      this.#input.type(`${line}\n`)
    }
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.onOutput('^C\n', 'stderr')
    this.#input.flush()
    this.#waiting = 0
    this.#fiber!.interrupt('SIGINT')
  }

  /** Ctrl-D. */
  endOfInput(): void {
    this.#waiting++
    this.#input.type(undefined)
  }

  /** What Tab makes of a line before the cursor. */
  complete(text: string): Completion {
    return completeLine(text, this.#shell, this.#options.complete)
  }

  #open(): void {
    const {
      process,
      table,
      aliases = {},
      completions = {},
      history = [],
      columns = 120,
      rows = 40,
    } = this.#options
    const to = (stream: 'stdout' | 'stderr') => ({
      write: (text: string) => {
        this.onOutput(text, stream)
        return true
      },
    })
    const counted = {
      read: (): Task<string | undefined> => this.#taken(),
    }
    this.#streams = { input: new SharedInput(counted), output: to('stdout'), error: to('stderr') }
    const shell = createShell(
      {
        ...process,
        pid: table.next++,
        stdin: this.#streams.input,
        stdout: this.#streams.output,
        stderr: this.#streams.error,
        terminal: { columns, rows },
        echo: on => {
          this.#silent = !on
        },
        typed: true,
      },
      bash,
      table,
    )
    shell.interactive = true
    shell.state.history = history
    shell.programNames = this.#options.programNames ?? []
    for (const [name, value] of Object.entries(aliases)) shell.state.aliases.set(name, value)
    for (const [name, by] of Object.entries(completions)) shell.state.completions.set(name, by)
    this.#shell = shell
    const fiber = new Fiber(process.engine, this.#session(shell))
    // One that an end of input was typed ahead for has ended, and opened the next one, by now.
    if (!fiber.done) this.#fiber = fiber
  }

  *#taken(): Task<string | undefined> {
    const text = yield* this.#input.read()
    this.#waiting = Math.max(0, this.#waiting - 1)
    return text
  }

  *#session(shell: Interpreter): Task {
    for (;;) {
      try {
        reportJobs(shell, this.#streams)
        this.#busy = false
        const line = yield* this.#streams.input.line()
        this.#silent = false
        this.#busy = true
        if (line === undefined) {
          if (!this.#typed.text) throw new Leave('exit', shell.state.status)
          this.#typed.clear()
          continue
        }
        yield* this.#line(shell, line)
      } catch (error) {
        this.#typed.clear()
        if (error instanceof Interrupt) shell.state.status = 130
        else if (error instanceof Leave) {
          this.#streams.error.write('exit\n')
          this.#open()
          return
        } else {
          const what = isOutOfMemory(error) ? noMemory : `internal error: ${(error as Error).message}`
          this.#streams.error.write(`bash: ${what}\n`)
          shell.state.status = 70
        }
      }
    }
  }

  /** `!!`, `!12` and `!kub` at the start of a word stand for earlier lines; the line is shown as it becomes. */
  #recalled(line: string): string {
    const { history } = this
    const out = line.replace(/(^|\s)!(!|\d+|[a-z]\w*)/g, (all, before, what) => {
      const old =
        what === '!'
          ? history.at(-1)
          : /^\d/.test(what)
            ? history[Number(what) - 1]
            : history.findLast(each => each.startsWith(what))
      return old === undefined ? all : before + old
    })
    if (out !== line) this.#streams.error.write(out)
    return out
  }

  *#line(shell: Interpreter, line: string): Task {
    const isWhole = this.#typed.add(this.#recalled(line))
    this.#turns.spend(lineSteps + this.#typed.looked * characterSteps)
    if (this.#turns.over) yield* this.#turns.rest()
    if (!isWhole) return
    const { text } = this.#typed
    this.#typed.clear()
    const whole = text.trimEnd()
    if (!whole) return
    const { history } = shell.state
    if (history.at(-1) !== whole) history.push(whole)
    this.onBegin(whole)
    yield* shell.run(text, this.#streams)
    this.onEnd(shell.state.status)
  }
}
