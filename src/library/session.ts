// One terminal as a program uses it: a command is typed, and what comes back until the prompt is its result.
import type { World as LessonWorld } from '../lesson/world.ts'
import { milliseconds } from './duration.ts'
import { WorldError } from './error.ts'
import type { CommandResult, RunningCommand, RunOptions } from './types.ts'

/** Between two lines typed to a running command, ms. */
const typingTime = 500
const runLimit = { minutes: 3 }
/** How long a command may go on after Ctrl-C, ms. */
const interruptLimit = 10_000
/** kubectl opens an editor again where what was saved is no good. */
const mostEdits = 10

export class Session {
  readonly #world: LessonWorld
  readonly #id: number
  #edits = 0

  constructor(world: LessonWorld, id: number) {
    this.#world = world
    this.#id = id
  }

  get busy(): boolean {
    return this.#terminal.busy
  }

  get #terminal() {
    return this.#world.terminal(this.#id)
  }

  run(command: string, options: RunOptions = {}): CommandResult {
    const { input = [], limit = runLimit } = options
    const forMs = options.for && milliseconds(options.for)
    const limitMs = milliseconds(limit)
    const started = this.start(command)
    const end = this.#world.elapsed + limitMs
    const left = () => Math.max(0, end - this.#world.elapsed)
    this.#edits = 0
    for (const [i, line] of input.entries()) {
      this.#wait(Math.min(typingTime, left()), options)
      if (!started.running)
        throw new WorldError(`The command ended before it read line ${i + 1} of its input`, started.stop())
      started.type(line)
    }
    this.#wait(Math.min(forMs ?? Number.POSITIVE_INFINITY, left()), options)
    const timedOut = started.running && (forMs === undefined || left() === 0)
    const result = started.stop()
    return timedOut ? { ...result, exitCode: null } : result
  }

  start(command: string): RunningCommand {
    const world = this.#world
    const id = this.#id
    const terminal = this.#terminal
    if (terminal.busy) throw new WorldError('The command before still runs')
    const printed = { stdout: '', stderr: '', output: '' }
    terminal.onOutput = (text, stream) => {
      printed[stream] += text
      printed.output += text
    }
    let result: CommandResult | undefined
    const running = () => result === undefined && terminal.busy
    world.type(id, command)
    const stop = (): CommandResult => {
      if (result) return result
      if (running()) world.interrupt(id)
      world.engine.runUntil(() => !terminal.busy, interruptLimit)
      if (terminal.busy) throw new WorldError(`Ctrl-C did not end it: ${command}`)
      if (terminal.prompt === '> ') {
        world.interrupt(id)
        world.engine.advance(0)
        throw new WorldError(`The command is not complete, bash waits for the rest of it: ${command}`)
      }
      result = { command, ...printed, exitCode: terminal.exitCode }
      terminal.onOutput = () => {}
      return result
    }
    return {
      command,
      get running() {
        return running()
      },
      get output() {
        return printed.output
      },
      type(line) {
        if (!running()) throw new WorldError(`It reads nothing any more, it has ended: ${command}`)
        world.type(id, line)
      },
      stop,
    }
  }

  /** Until the command has ended, `ms` at most; editors that it opens are seen to. */
  #wait(ms: number, { edit }: RunOptions): void {
    const world = this.#world
    const end = world.elapsed + ms
    for (;;) {
      const ready = () => !this.#terminal.busy || world.editors.open.length > 0
      world.engine.runUntil(ready, Math.max(0, end - world.elapsed))
      const editor = this.#terminal.busy ? world.editors.open.at(-1) : undefined
      if (!editor) return
      const { file, text } = editor
      const saved = edit && this.#edits++ < mostEdits ? edit(text, file) : undefined
      world.apply({
        at: world.elapsed,
        type: 'edited',
        file,
        ...(saved !== undefined && { text: saved }),
      })
      world.engine.runUntil(() => !world.editors.open.includes(editor), interruptLimit)
      if (!edit) {
        world.engine.runUntil(() => !this.#terminal.busy, interruptLimit)
        throw new WorldError(`It opened an editor on ${file}; say what is saved there: { edit: text => … }`)
      }
    }
  }
}
