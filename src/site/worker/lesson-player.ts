// Plays the lesson's commands in a world, one after another, in portions of virtual time; what each one printed is held
// against what the text prints.
import type { World } from '../../lesson/world.ts'
import type { Terminal } from '../../shell/terminal.ts'
import type { LessonScript } from './lesson-script.ts'
import type { TerminalId } from './protocol.ts'

/** What the play waits for: a condition, for so long at most. */
interface Wait {
  readonly until: () => boolean
  readonly limit: number
}

const never = () => false
/** A command that has not ended by then is left running. */
const commandLimit = 180_000

export interface Stage {
  terminal(id: TerminalId): Terminal
  echo(id: TerminalId, prompt: string, text: string): void
}

export class LessonPlayer {
  /** Commands that have run. */
  position = 0
  /** For each of them: whether it printed what the text prints. */
  readonly same: boolean[] = []
  /** Virtual time at the end of the last one, ms since the start. */
  endedAt = 0
  readonly #world: World
  readonly #script: LessonScript
  readonly #stage: Stage
  #play: Generator<Wait, void> | undefined
  #wait: Wait | undefined
  #left = 0
  #printed = ''

  constructor(world: World, script: LessonScript, stage: Stage) {
    this.#world = world
    this.#script = script
    this.#stage = stage
  }

  printed(text: string): void {
    this.#printed += text
  }

  /** Begins the next command. */
  begin(): void {
    this.#printed = ''
    this.#play = this.#run(this.position)
    this.#go()
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
    this.same.push(this.#printed === (this.#script.commands[this.position]?.output ?? ''))
    this.position++
    this.endedAt = this.#world.elapsed
  }

  *#run(index: number): Generator<Wait, void> {
    const command = this.#script.commands[index]
    if (!command) return
    for (const each of command.before) {
      if (each.type === 'wait') yield { until: never, limit: each.ms }
      else if (each.type === 'write') this.#world.write(each.file, each.text)
      else
        for (;;) {
          const running = this.#world.start(each.command)
          yield { until: () => running.done, limit: 90_000 }
          if (running.finish(0).exit === 0) break
          yield { until: never, limit: 500 }
        }
    }
    const id = command.terminal as TerminalId
    const terminal = this.#stage.terminal(id)
    this.#stage.echo(id, terminal.prompt, command.text)
    this.#world.type(id, command.text)
    if (command.forMs !== undefined) {
      yield { until: () => !terminal.busy, limit: command.forMs }
      if (terminal.busy) this.#world.interrupt(id)
    }
    yield { until: () => !terminal.busy, limit: commandLimit }
  }
}
