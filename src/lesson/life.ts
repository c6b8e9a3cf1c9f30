// A world together with what accompanies it from its first moment: the player of its lesson's commands, what its
// terminals have shown, the judge of its exercises. Here, and only here, inputs are performed: live, in a replay after a
// reload, and in a spare world for Back. Who performs the same inputs has the same life.
import { Attempt } from './failure.ts'
import type { Input, WorldInput } from './input.ts'
import { Journal } from './journal.ts'
import { ExerciseJudge } from './judge.ts'
import { Player } from './player.ts'
import { Screens } from './screens.ts'
import type { Script } from './script.ts'
import type { World } from './world.ts'

/** Virtual ms between two rests of a replay. */
const slice = 1000
/** A replay waits no longer than this for an input: a day of a quiet cluster. */
const longestWait = 24 * 3600_000

export class Life {
  readonly world: World
  readonly player: Player
  readonly judge: ExerciseJudge
  readonly screens = new Screens()
  readonly journal: Journal
  /** When each input happened that this life has lived through, in their order: virtual ms since the start. */
  readonly starts: number[] = []
  /** A command of the lesson is being played. */
  playing = false
  readonly #commands: number
  readonly #hooked = new Set<number>()
  /** The last whole second at which the judge was asked. */
  #second = 0

  constructor(script: Script) {
    this.world = script.createWorld()
    this.journal = new Journal(this.world)
    this.judge = new ExerciseJudge(this.world, script.exercises)
    this.#commands = script.commands.length
    this.player = new Player(this.world, script.commands, {
      terminal: id => this.terminal(id),
      echo: (id, prompt, text) => this.screens.echo(id, prompt, text),
    })
    this.terminal(1)
  }

  get elapsed(): number {
    return this.world.elapsed
  }

  /** Terminals that have been used. */
  get terminals(): ReadonlySet<number> {
    return this.#hooked
  }

  terminal(id: number) {
    const terminal = this.world.terminal(id)
    if (!this.#hooked.has(id)) {
      this.#hooked.add(id)
      const { api } = this.world.cluster
      const attempt = new Attempt(
        () => api.outsideChanges,
        name => api.handle({ method: 'GET', path: `/api/v1/namespaces/${name}`, looks: true }).code === 404,
      )
      terminal.onOutput = text => {
        this.screens.output(id, text)
        this.player.printed(id, text)
        attempt.print(text)
      }
      terminal.onBegin = command => attempt.begin(command)
      terminal.onEnd = exitCode => {
        const failure = attempt.end(exitCode)
        if (failure) this.screens.failed(id, failure)
      }
    }
    return terminal
  }

  /**
   * Lets an input happen now; a command of the lesson only begins: `advance` plays it. One that is still being played is
   * left: what it has done stays, and it goes on by itself.
   */
  begin(input: Input): void {
    if (this.playing) this.player.leave()
    this.playing = false
    this.starts.push(this.elapsed)
    if (input.type !== 'next') this.#happen(input)
    else if (this.player.position < this.#commands) {
      this.playing = true
      this.player.begin()
    }
  }

  /** Lets up to `ms` pass; the clock stops where a command of the lesson has ended. True where none is being played. */
  advance(ms: number): boolean {
    if (!this.playing) {
      this.#pass(ms)
      return true
    }
    this.playing = !this.player.advance(ms)
    return !this.playing
  }

  /** Performs an input at its time, and a command of the lesson to its end. Rests between pieces of work. */
  *perform(input: Input): Generator<void, void> {
    const start = Math.min(input.at, this.elapsed + longestWait)
    while (this.elapsed < start) {
      this.#pass(Math.min(slice, start - this.elapsed))
      yield
    }
    this.begin(input)
    while (!this.advance(this.playing ? slice : 0)) yield
  }

  /** A timed exercise is looked at in every second of the way, so that a replay finds it reached when it was. */
  #pass(ms: number): void {
    this.world.advance(ms)
    const second = Math.floor(this.elapsed / 1000)
    if (second === this.#second || !this.judge.timing) return
    this.#second = second
    this.judge.results()
  }

  #happen(input: WorldInput): void {
    if ('terminal' in input) {
      const terminal = this.terminal(input.terminal)
      if (input.type === 'input' && !terminal.silent) {
        this.screens.echo(input.terminal, terminal.busy ? '' : terminal.prompt, input.text)
        this.judge.typed(input.text)
      }
    }
    // The moment has come: what it says of the time was waited for.
    this.world.apply({ ...input, at: 0 })
    // Commands answer at once.
    if (input.type !== 'write') this.world.advance(1)
  }
}
