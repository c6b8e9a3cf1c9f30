// The lesson's commands: plays them, tells which come next and whether they printed what the text prints.
//
// Time always runs, so that the reader sees what a command sets off. The lesson's own commands are played on the
// lesson's own time, where none passes between two commands; so they print what the text prints: before the next one, the
// world is brought back to the moment at which the last one ended. Whoever types something of their own leaves that path:
// from then on there is only the one time.
import type { FromWorker, ToWorker } from '../protocol.ts'
import type { Observer, Stage, Takes } from './observer.ts'

/** How many times as fast as outside a command is played at first; long waits are played faster and faster. */
const firstSpeed = 10
const fasterEvery = 1500

/** What the guide does with the session's world. */
export interface GuideStage extends Stage {
  begin(): void
  /** The world as it was when so many commands of the lesson had run and nothing else; where it is there, it stays. */
  rewind(position: number): void
}

export class Guide implements Observer {
  readonly takes: Takes
  readonly #stage: GuideStage
  /** Commands still to be played, the present one among them. */
  left = 0
  #speed = firstSpeed
  #told = ''

  constructor(stage: GuideStage) {
    this.#stage = stage
    this.takes = { run: message => this.#run(message), next: message => this.#run(message) }
  }

  get running(): boolean {
    return this.left > 0
  }

  /** `real` ms pass outside while commands are played. */
  play(real: number): void {
    if (!this.#stage.life.playing) this.#begin()
    this.#speed *= 1 + real / fasterEvery
    if (this.#stage.life.advance(real * this.#speed)) this.left--
  }

  /** Plays them all, at once. */
  finish(): void {
    for (; this.left > 0; this.left--) {
      if (!this.#stage.life.playing) this.#begin()
      this.#stage.life.advance(Number.POSITIVE_INFINITY)
    }
  }

  /** What was to be played is not wanted any more. */
  stop(): void {
    this.left = 0
  }

  show(): void {
    this.#told = ''
  }

  flush(): FromWorker[] {
    const { script, history, life, diverged } = this.#stage
    const { position, same } = life.player
    const { commands } = script
    const next = commands[position]
    const guide: FromWorker = {
      type: 'guide',
      position,
      total: commands.length,
      ...(next && { next: { step: script.stepOf(position), command: next.text } }),
      running: this.running,
      diverged,
      undoable: history.undoable !== undefined,
      same: same.slice(0, position),
    }
    const text = JSON.stringify(guide)
    if (text === this.#told) return []
    this.#told = text
    return [guide]
  }

  #run({ type, step, instant }: Extract<ToWorker, { type: 'run' | 'next' }>): void {
    const stage = this.#stage
    stage.finish()
    const { from, to } = stage.script.range(step)
    const { position } = stage.life.player
    // A step that has run runs again from its start; one further on first needs those before it.
    if (position < from || position >= to) stage.rewind(from)
    else if (!stage.diverged) stage.rewind(position)
    this.left =
      type === 'run' ? to - stage.life.player.position : Math.min(1, to - stage.life.player.position)
    if (instant) this.finish()
  }

  #begin(): void {
    this.#speed = firstSpeed
    this.#stage.begin()
  }
}
