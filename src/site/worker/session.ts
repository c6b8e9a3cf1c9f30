// One reader's world in the worker: what the page asks for becomes actions of the world, and what changed becomes
// messages. It has no timer of its own: `tick` tells it how much real time has passed.
//
// Time always runs, so that the reader sees what a command sets off. The lesson's own commands are played on the
// lesson's own time, where none passes between two commands; so they print what the text prints: before the next
// one, the world is brought back to the moment at which the last one ended. Whoever types something of their own leaves
// that path: from then on there is only the one time.
import { customKinds } from '../../api/custom/definitions.ts'
import { fill } from '../../i18n/strings.ts'
import type { AnyObject } from '../../kinds/object.ts'
import type { ExerciseJudge } from '../../lesson/exercise.ts'
import type { Player } from '../../lesson/player.ts'
import type { World } from '../../lesson/world.ts'
import { diagnose } from '../../manifest/diagnose.ts'
import type { DiagnosticCode } from '../../manifest/diagnostic.ts'
import { ClusterFeed } from './cluster-feed.ts'
import type { LessonScript } from './lesson-script.ts'
import type { Action, FromWorker, SavedWorld, Start, TerminalId, ToWorker } from './protocol.ts'

/** A command that is typed while time stands still gets this much time to finish. */
const pausedCommandMs = 3000
/** Real time between two ticks that counts at most: a sleeping laptop is not an hour of cluster time. */
const longestTick = 250
/** More work than this in one tick would make the page wait. */
const replayLimit = 24 * 3600_000

export class Session {
  readonly #script: LessonScript
  readonly #explanations: Readonly<Record<DiagnosticCode, string>>
  readonly #post: (message: FromWorker) => void
  #world!: World
  #feed!: ClusterFeed
  #player!: Player
  #judge!: ExerciseJudge
  #actions: Action[] = []
  #terminals = new Set<TerminalId>()
  #output = new Map<TerminalId, string>()
  #prompts = new Map<TerminalId, string>()
  #speed = 1
  #visible = true
  /** Steps of the lesson still to be played, and how fast. */
  #toPlay = 0
  #playing = false
  #instant = false
  #playSpeed = 10
  #guide = ''
  #clock = ''
  #exercises = new Map<string, boolean>()
  #opened: string | undefined
  #savedLength = -1
  #savedAt = 0
  #before: { readonly actions: readonly Action[]; readonly elapsed: number; readonly toPlay: number } = {
    actions: [],
    elapsed: 0,
    toPlay: 0,
  }

  constructor(
    start: Start,
    script: LessonScript,
    explanations: Readonly<Record<DiagnosticCode, string>>,
    post: (message: FromWorker) => void,
  ) {
    this.#explanations = explanations
    this.#script = script
    this.#post = post
    const { saved } = start
    if (saved?.version === 1) this.#rebuild(saved.actions, saved.elapsed)
    else this.#rebuild([])
    post({ type: 'ready' })
    this.#flush()
  }

  handle(message: ToWorker): void {
    this.#remember()
    switch (message.type) {
      case 'input':
      case 'interrupt':
      case 'end-of-input':
      case 'write':
        this.#finishPlaying()
        this.#act(withoutApply(message, this.#world.elapsed))
        if (message.type === 'write' && message.apply && !this.#terminal(message.apply).busy)
          this.#act({
            type: 'input',
            terminal: message.apply,
            text: `kubectl apply -f ${message.file}`,
            at: this.#world.elapsed,
          })
        if (this.#speed === 0) this.#letCommandRun()
        break
      case 'complete': {
        const { text, choices } = this.#terminal(message.terminal).complete(message.text)
        this.#post({ type: 'completions', id: message.id, text, choices })
        break
      }
      case 'pace':
        this.#finishPlaying()
        this.#speed = message.speed
        break
      case 'next-event':
        this.#finishPlaying()
        this.#speed = 0
        this.#nextEvent()
        break
      case 'visible':
        this.#visible = message.visible
        break
      case 'diagnose':
        this.#post({
          type: 'diagnostics',
          id: message.id,
          diagnostics: diagnose(message.text, { customKinds, definitions: this.#definitions() }).map(
            each => ({
              ...each,
              explanation: fill(this.#explanations[each.code], each.params),
            }),
          ),
        })
        return
      case 'run':
      case 'next':
      case 'back':
      case 'reset':
        this.#finishPlaying()
        this.#step(message)
        break
      case 'details':
        this.#opened = message.object
        this.#feed.open(message.object)
        break
      case 'restart':
        this.#rebuild([])
        break
    }
    this.#flush()
  }

  /** `real` ms have passed outside. */
  tick(real: number): void {
    const ms = Math.min(real, longestTick)
    this.#remember()
    if (this.#toPlay > 0) this.#play(ms)
    else if (this.#visible && this.#speed > 0) this.#world.advance(ms * this.#speed)
    else return
    this.#flush()
  }

  #remember(): void {
    const [actions, toPlay] = [[...this.#actions], this.#toPlay - (this.#playing ? 1 : 0)]
    this.#before = { actions, elapsed: this.#world.elapsed, toPlay }
  }

  /** The last message or tick met code that was not loaded: the world comes back as it was before, by replay. */
  restore(): void {
    const { actions, elapsed, toPlay } = this.#before
    this.#rebuild(actions, elapsed)
    this.#toPlay = toPlay
  }

  get #diverged(): boolean {
    return this.#actions.some(each => each.type !== 'next')
  }

  /** The kinds that the cluster has beside its own. */
  #definitions(): readonly AnyObject[] {
    const { api } = this.#world.cluster
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    return api.handle({ method: 'GET', path, managedFields: false }).body.items ?? []
  }

  #terminal(id: TerminalId) {
    const terminal = this.#world.terminal(id)
    if (!this.#terminals.has(id)) {
      this.#terminals.add(id)
      terminal.onOutput = text => {
        this.#output.set(id, (this.#output.get(id) ?? '') + text)
        this.#player.printed(id, text)
      }
    }
    return terminal
  }

  #act(action: Action): void {
    this.#perform(action)
    this.#actions.push(action)
  }

  #perform(action: Action): void {
    if (action.type === 'next') return
    if (action.type === 'write') {
      this.#world.write(action.file, action.text)
      return
    }
    const terminal = this.#terminal(action.terminal)
    if (action.type === 'input') {
      this.#echo(action.terminal, terminal.busy ? '' : terminal.prompt, action.text)
      this.#prompts.delete(action.terminal) // the page waits to hear when it is idle again
      this.#world.type(action.terminal, action.text)
    } else if (action.type === 'interrupt') this.#world.interrupt(action.terminal)
    else this.#world.endOfInput(action.terminal)
    this.#world.advance(1)
  }

  #letCommandRun(): void {
    const terminals = [...this.#terminals].map(id => this.#terminal(id))
    this.#world.engine.runUntil(() => terminals.every(each => !each.busy), pausedCommandMs)
  }

  /** On to the next moment at which the page has something new to show. */
  #nextEvent(): void {
    const revision = this.#feed.changes
    this.#world.engine.runUntil(() => this.#feed.changes !== revision, 60_000)
  }

  // ---- the lesson's steps

  #step(message: Extract<ToWorker, { type: 'run' | 'next' | 'back' | 'reset' }>): void {
    const { from, to } = this.#script.range(message.step)
    const { position } = this.#player
    if (message.type === 'run' || message.type === 'next') {
      this.#instant = message.instant
      const inStep = position >= from && position < to
      // A step that has run runs again from its start; one further on first needs those before it.
      if (!inStep) this.#rebuild(nexts(from))
      else if (!this.#diverged && this.#world.elapsed > this.#player.endedAt) this.#rebuild(nexts(position))
      this.#toPlay = message.type === 'run' ? to - this.#player.position : 1
      this.#playSpeed = 10
      if (this.#instant) this.#finishPlaying()
    } else if (message.type === 'back') this.#rebuild(nexts(Math.max(from, position - 1)))
    else this.#rebuild(nexts(from))
  }

  #play(ms: number): void {
    if (!this.#playing) this.#begin()
    // Long waits are played faster and faster.
    this.#playSpeed *= 1 + ms / 1500
    if (!this.#player.advance(ms * this.#playSpeed)) return
    this.#playing = false
    this.#toPlay--
  }

  #begin(): void {
    this.#actions.push({ type: 'next', at: this.#world.elapsed })
    this.#playSpeed = 10
    this.#playing = true
    this.#player.begin()
  }

  #finishPlaying(): void {
    for (; this.#toPlay > 0; this.#toPlay--) {
      if (!this.#playing) this.#begin()
      this.#player.advance(Number.POSITIVE_INFINITY)
      this.#playing = false
    }
  }

  // ---- replay

  /** A fresh world that lives through the actions. */
  #rebuild(actions: readonly Action[], elapsed = 0): void {
    this.#world = this.#script.createWorld()
    this.#terminals = new Set()
    this.#output.clear()
    this.#prompts.clear()
    for (const terminal of [1, 2] as const) this.#post({ type: 'clear', terminal })
    this.#feed = new ClusterFeed(this.#world)
    if (this.#opened) this.#feed.open(this.#opened)
    this.#judge = this.#script.createJudge(this.#world)
    this.#player = this.#script.createPlayer(this.#world, {
      terminal: id => this.#terminal(id as TerminalId),
      echo: (id, prompt, text) => this.#echo(id as TerminalId, prompt, text),
    })
    this.#terminal(1)
    this.#toPlay = 0
    this.#playing = false
    this.#actions = []
    this.#clock = ''
    for (const action of actions) {
      if (this.#diverged || action.type !== 'next')
        this.#world.advance(Math.min(action.at - this.#world.elapsed, replayLimit))
      if (action.type !== 'next') this.#act({ ...action, at: this.#world.elapsed })
      else if (this.#player.position < this.#script.commands.length) {
        this.#actions.push({ type: 'next', at: this.#world.elapsed })
        this.#player.begin()
        this.#player.advance(Number.POSITIVE_INFINITY)
      }
    }
    this.#world.advance(Math.min(elapsed - this.#world.elapsed, replayLimit))
  }

  // ---- telling the page

  #flushOutput(id: TerminalId): void {
    const text = this.#output.get(id)
    if (!text) return
    this.#output.delete(id)
    this.#post({ type: 'output', terminal: id, text })
  }

  #flush(): void {
    for (const id of this.#output.keys()) this.#flushOutput(id)
    for (const id of [1, 2] as const) this.#sendPrompt(id)
    for (const message of this.#feed.flush()) this.#post(message)
    const elapsed = Math.floor(this.#world.elapsed)
    const clock = `${Math.floor(elapsed / 1000)} ${this.#speed}`
    if (clock !== this.#clock) {
      this.#clock = clock
      this.#post({ type: 'clock', elapsed, speed: this.#speed })
    }
    this.#sendGuide()
    this.#sendVerdicts()
    this.#save(elapsed)
  }

  #echo(id: TerminalId, prompt: string, text: string): void {
    this.#terminals.add(id)
    this.#flushOutput(id)
    this.#post({ type: 'echo', terminal: id, prompt, text })
  }

  #sendPrompt(id: TerminalId): void {
    const used = this.#terminals.has(id)
    const prompt = used ? this.#terminal(id).prompt : '~/k8s $ '
    const busy = used && this.#terminal(id).busy
    const text = `${busy} ${prompt}`
    if (this.#prompts.get(id) === text) return
    this.#prompts.set(id, text)
    this.#post({ type: 'prompt', terminal: id, prompt, busy })
  }

  #sendGuide(): void {
    const { position, same } = this.#player
    const { commands } = this.#script
    const next = commands[position]
    const guide: FromWorker = {
      type: 'guide',
      position,
      total: commands.length,
      ...(next && { next: { step: this.#script.stepOf(position), command: next.text } }),
      running: this.#toPlay > 0,
      diverged: this.#diverged,
      same: same.slice(0, position),
    }
    const text = JSON.stringify(guide)
    if (text === this.#guide) return
    this.#guide = text
    this.#post(guide)
  }

  #sendVerdicts(): void {
    for (const [name, done] of this.#judge.results()) {
      if (this.#exercises.get(name) === done) continue
      this.#exercises.set(name, done)
      this.#post({ type: 'exercise', name, done })
    }
  }

  #save(elapsed: number): void {
    if (this.#toPlay > 0) return
    if (this.#actions.length === this.#savedLength && Math.abs(elapsed - this.#savedAt) < 2000) return
    this.#savedLength = this.#actions.length
    this.#savedAt = elapsed
    const saved: SavedWorld = { version: 1, actions: this.#actions, elapsed: this.#diverged ? elapsed : 0 }
    this.#post({ type: 'saved', saved })
  }
}

const nexts = (count: number): Action[] => Array.from({ length: count }, () => ({ type: 'next', at: 0 }))

function withoutApply(
  message: Extract<ToWorker, { type: 'input' | 'interrupt' | 'end-of-input' | 'write' }>,
  at: number,
): Action {
  if (message.type === 'write') return { type: 'write', file: message.file, text: message.text, at }
  if (message.type === 'input') return { type: 'input', terminal: message.terminal, text: message.text, at }
  return { type: message.type, terminal: message.terminal, at }
}
