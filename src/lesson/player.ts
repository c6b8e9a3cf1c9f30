// Plays a transcript's commands in a world, one after another, as someone at its terminals would. The build, the check
// of the examples and the page all play by this; only how virtual time is portioned differs.
import type { Terminal } from '../shell/terminal.ts'
import type { TranscriptCommand } from './transcript.ts'
import type { World } from './world.ts'

/** What the play waits for: a condition, for so long at most. */
interface Wait {
  readonly until: () => boolean
  readonly limit: number
}

const never = () => false
/** A command that has not ended by then is left running. */
const commandLimit = 180_000
const untilLimit = 90_000
const untilInterval = 500
/** A command in the background begins so long before the next one. */
const headStart = 700
/** Between two lines typed to a running command. */
const typingTime = 500

/** Who shows the terminals. */
export interface Stage {
  terminal(id: number): Terminal
  /** Something was typed, at this prompt ('' to a running program). */
  echo(id: number, prompt: string, text: string): void
}

interface Background {
  readonly index: number
  readonly terminal: number
  readonly end: number | undefined
}

export class Player {
  /** Commands that have begun and, but for those in the background, ended. */
  position = 0
  /** For each of them: whether it printed what the text prints. */
  readonly same: boolean[] = []
  readonly outputs: string[] = []
  /** Virtual time at the end of the last one, ms since the start. */
  endedAt = 0
  readonly #world: World
  readonly #commands: readonly TranscriptCommand[]
  readonly #stage: Stage
  #play: Generator<Wait, void> | undefined
  #wait: Wait | undefined
  #left = 0
  /** Whose output a terminal shows at the moment. */
  readonly #owners = new Map<number, number>()
  readonly #background: Background[] = []

  constructor(world: World, commands: readonly TranscriptCommand[], stage: Stage) {
    this.#world = world
    this.#commands = commands
    this.#stage = stage
  }

  /** A terminal showed something: to be called for all output. */
  printed(terminal: number, text: string): void {
    const owner = this.#owners.get(terminal)
    if (owner !== undefined) this.outputs[owner] = (this.outputs[owner] ?? '') + text
  }

  /** Begins the next command. */
  begin(): void {
    if (this.position >= this.#commands.length) return
    this.#play = this.#run(this.position)
    this.#go()
  }

  /** Waits no longer for the command that has begun. */
  leave(): void {
    this.#compare(this.position)
    this.#play = undefined
    this.#wait = undefined
    this.position++
    this.endedAt = this.#world.elapsed
  }

  /** Lets up to `ms` of virtual time pass; true when the command has ended, the clock at that moment. */
  advance(ms: number): boolean {
    let budget = ms
    while (this.#wait) {
      const { until } = this.#wait
      const before = this.#world.elapsed
      const met = this.#world.engine.runUntil(until, Math.min(budget, this.#left))
      const passed = this.#world.elapsed - before
      budget -= passed
      this.#left -= passed
      if (!met && this.#left > 0) return false
      this.#go()
    }
    return true
  }

  #go(): void {
    const next = this.#play?.next()
    if (next && !next.done) {
      this.#wait = next.value
      this.#left = next.value.limit
      return
    }
    this.#play = undefined
    this.#wait = undefined
    this.position++
    this.endedAt = this.#world.elapsed
  }

  *#run(index: number): Generator<Wait, void> {
    const command = this.#commands[index]!
    for (const each of command.before) {
      if (each.type === 'wait') yield { until: never, limit: each.ms }
      else if (each.type === 'write') this.#world.write(each.file, each.text)
      else if (each.type === 'act') this.#world.apply({ ...each.act, at: 0 })
      else yield* this.#until(each.command)
    }
    const id = command.terminal
    for (const other of this.#background.filter(each => each.terminal === id)) yield* this.#stop(other)
    const terminal = this.#stage.terminal(id)
    this.outputs[index] = ''
    this.#owners.set(id, index)
    this.#stage.echo(id, terminal.prompt, command.text)
    this.#world.type(id, command.text)
    for (const typed of command.typed) {
      yield { until: never, limit: typingTime }
      if (typed.type === 'end-of-input') this.#world.endOfInput(id)
      else {
        if (!terminal.silent) {
          this.#stage.echo(id, '', typed.text)
          this.printed(id, `${typed.text}\n`)
        }
        this.#world.type(id, typed.text)
      }
    }
    const idle = () => !terminal.busy
    if (command.background) {
      this.same[index] = true // until it has ended
      const end = command.forMs === undefined ? undefined : this.#world.elapsed + command.forMs
      this.#background.push({ index, terminal: id, end })
      yield { until: never, limit: headStart }
    } else {
      if (command.forMs !== undefined) {
        yield { until: idle, limit: command.forMs }
        if (terminal.busy) this.#world.interrupt(id)
      }
      yield { until: idle, limit: commandLimit }
      this.#compare(index)
    }
    if (command.last) for (const each of [...this.#background]) yield* this.#stop(each)
  }

  *#until(command: string): Generator<Wait, void> {
    const end = this.#world.elapsed + untilLimit
    for (;;) {
      const running = this.#world.start(command)
      yield { until: () => running.done, limit: Math.max(0, end - this.#world.elapsed) }
      if (running.finish(0).exit === 0 || this.#world.elapsed >= end) return
      yield { until: never, limit: untilInterval }
    }
  }

  *#stop(background: Background): Generator<Wait, void> {
    const { index, terminal: id, end } = background
    const terminal = this.#stage.terminal(id)
    const idle = () => !terminal.busy
    if (end !== undefined) yield { until: idle, limit: Math.max(0, end - this.#world.elapsed) }
    if (terminal.busy) this.#world.interrupt(id)
    yield { until: idle, limit: commandLimit }
    this.#background.splice(this.#background.indexOf(background), 1)
    this.#compare(index)
  }

  #compare(index: number): void {
    this.same[index] = this.outputs[index] === this.#commands[index]!.output
  }
}

/** Plays everything at once; what each command printed. `after` is told how many have been played, with each. */
export function play(
  world: World,
  commands: readonly TranscriptCommand[],
  after?: (position: number) => void,
): string[] {
  const hooked = new Set<number>()
  const player = new Player(world, commands, {
    terminal(id) {
      const terminal = world.terminal(id)
      if (!hooked.has(id)) {
        hooked.add(id)
        terminal.onOutput = text => player.printed(id, text)
      }
      return terminal
    },
    echo() {},
  })
  while (player.position < commands.length) {
    player.begin()
    player.advance(Number.POSITIVE_INFINITY)
    after?.(player.position)
  }
  return player.outputs
}
