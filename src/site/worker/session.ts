// One reader's lab in the worker: a history, and the world in which it is lived through. The session performs inputs and
// lets time pass; all that the page is told comes from observers, and each of the page's messages goes to the one that
// takes it. It has no timer of its own: `tick` tells it how much real time has passed, `idle` that there is time to spare,
// `turn` how long it may go on before it must listen again: a world that computes without end falls behind the time
// outside, and a Ctrl-C comes through.
import type { Language } from '../../i18n/strings.ts'
import { type Deed, History } from '../../lesson/history.ts'
import type { Input, Untimed } from '../../lesson/input.ts'
import type { Life } from '../../lesson/life.ts'
import { Replay } from '../../lesson/replay.ts'
import type { Script } from '../../lesson/script.ts'
import { Clock } from './observers/clock.ts'
import { Details } from './observers/details.ts'
import { EditorsObserver } from './observers/editors.ts'
import { Events } from './observers/events.ts'
import { Faults } from './observers/faults.ts'
import { Guide, type GuideStage } from './observers/guide.ts'
import { Objects } from './observers/objects.ts'
import type { Observer, Stage } from './observers/observer.ts'
import { Problems } from './observers/problems.ts'
import { Requests } from './observers/requests.ts'
import { Saver } from './observers/saver.ts'
import { Terminals } from './observers/terminals.ts'
import { Time } from './observers/time.ts'
import { Travel, type TravelStage } from './observers/travel.ts'
import { Verdicts } from './observers/verdicts.ts'
import { Past } from './past.ts'
import type { FromWorker, Start, ToWorker } from './protocol.ts'
import { skipRunning, takeUp } from './saved.ts'

/** A command that is typed while time stands still gets this much time to finish. */
const pausedCommandMs = 3000
/** Virtual ms of a command that the reader need not wait for: to load the program and to ask the server once. */
const headStartMs = 100
/** The next event is waited for so long. */
const nextEventMs = 60_000
/** What comes in one breath with it belongs to it, up to a limit. */
const breathMs = 250
const longestBreathMs = 1500

/** The least that the world goes on at a time. */
const sliceMs = 1

/** Begins a turn: the function that it gives says when it has been long enough. */
export type Turn = () => () => boolean

/** Where a session stands, so that it can be brought there again. */
interface Place {
  readonly deed: Deed | undefined
  readonly elapsed: number
  /** Commands that the guide has still to play. */
  readonly left: number
  /** What a command may still take while the clock stands still, virtual ms. */
  readonly granted: number
  /** The look at what was, if one looked: its moment, how fast time goes there, and how fast it went before. */
  readonly look?: { readonly at: number; readonly speed: number; readonly before: number } | undefined
}

const nowhere: Place = { deed: undefined, elapsed: 0, left: 0, granted: 0 }

type Saved = Pick<Start, 'saved' | 'skipRunning' | 'otherVersion'>

export class Session implements GuideStage, TravelStage {
  readonly script: Script
  readonly post: (message: FromWorker) => void
  history: History
  life!: Life
  readonly #observers: Observer[]
  readonly #late = new Set<string>()
  readonly #clock: Clock
  readonly #guide: Guide
  readonly #saver: Saver
  readonly #time: Time
  /** A second world on its way to where Back leads. */
  #spare: Replay | undefined
  /** A look at what was; the present waits meanwhile. */
  #past: Past | undefined
  /** Where the world stood before the present message or tick. */
  #before: Place = nowhere

  readonly #turn: Turn
  /** What a command may still take although the clock stands still, in virtual ms. */
  #granted = 0

  constructor(
    script: Script,
    language: Language,
    post: (message: FromWorker) => void,
    turn: Turn = () => () => false,
    more: readonly Observer[] = [],
  ) {
    this.script = script
    this.post = post
    this.#turn = turn
    this.history = new History(script.header)
    this.#clock = new Clock(this)
    this.#guide = new Guide(this)
    this.#saver = new Saver(this)
    const objects = new Objects()
    const events = new Events()
    this.#time = new Time(this)
    this.#observers = [
      new Terminals(this),
      objects,
      events,
      new Requests(),
      new Details(objects, events),
      this.#clock,
      this.#guide,
      new Faults(this),
      new Verdicts(),
      new EditorsObserver(this),
      new Problems(this, language),
      new Travel(this),
      this.#time,
      this.#saver,
      ...more,
    ]
  }

  /** Takes up what was saved, if it belongs here; `catchUp` then lives through it. */
  load({ saved, skipRunning: skip, otherVersion = false }: Saved): void {
    if (saved !== undefined) {
      const taken = takeUp(saved, this.script, otherVersion)
      if (taken instanceof History) this.history = taken
      else this.post(taken)
    }
    const skipped = skip && skipRunning(this.history)
    if (skipped) this.post(skipped)
    this.#before = { ...nowhere, deed: this.history.at, elapsed: this.history.elapsed }
  }

  /** Pieces of work until `rest` says that it is enough; true once the world stands where its history does. */
  catchUp(rest: () => boolean = () => false): boolean {
    this.#spare ??= new Replay(this.script)
    const path = this.history.path()
    while (!this.#spare.step(path, this.history.elapsed)) if (rest()) return false
    this.#arrive(this.#spare)
    return true
  }

  /** Leaves the way to where its history stands: the world stands where it has come to. */
  stopShort(): void {
    const { history } = this
    const replay = this.#spare ?? new Replay(this.script)
    const all = history.path().length
    history.at = replay.reached
    if (history.at) history.at.ended = false
    this.post({ type: 'cut', done: history.path().length, of: all })
    this.#arrive(replay)
  }

  handle(message: ToWorker): void {
    this.#remember()
    if (message.type === 'next-event') this.#nextEvent()
    if (message.type === 'pass') this.lookNow()
    for (const { takes } of this.#observers) takes?.[message.type]?.(message as never)
    const starts = message.type === 'run' || message.type === 'next'
    if (starts && this.#guide.running) this.#guide.play(headStartMs / 10)
    this.#flush()
  }

  /** A late part of the page is there now. `make`: its observer, where it has one that came with it. */
  open(part: string, make?: (stage: Stage) => Observer): void {
    if (make && !this.#late.has(part)) {
      const observer = make(this)
      observer.show?.(this.life)
      this.#late.add(part)
      this.#observers.push(observer)
    } else for (const each of this.#observers) if (each.part === part) each.again?.()
    this.#flush()
  }

  /** `real` ms have passed outside. */
  tick(real: number): void {
    this.#remember()
    if (this.#guide.running) this.#guide.play(this.#clock.real(real))
    else if (this.#past) {
      const ms = this.#clock.virtual(real)
      if (ms > 0) this.#playPast(this.#past, ms)
    } else {
      const ms = this.#clock.virtual(real)
      if (ms > 0) this.#goOn(ms)
      else if (this.#granted > 0) this.#letCommandRun(this.#granted)
      else return
    }
    this.#flush()
  }

  /** A piece of work on the world that Back will show; false where there is none to do. */
  idle(): boolean {
    const undone = this.history.undoable
    if (!undone || this.#guide.running) return false
    if (this.#past) return this.#past.idle(undone)
    const path = this.history.pathTo(undone.before)
    if (!this.#spare?.leadsTo(path, undone.input.at)) this.#spare = new Replay(this.script)
    return !this.#spare.step(path, undone.input.at)
  }

  /** A part of the program was missing for the spare world: it is built anew. */
  dropSpare(): void {
    this.#spare = undefined
    this.#past?.forget()
  }

  /** A part of the program was missing for the last message or tick: the world comes back as it was before it. */
  restore(): void {
    const { deed, elapsed, left, granted, look } = this.#before
    this.dropSpare()
    this.#endPast()
    this.history.at = deed
    const path = this.history.pathTo(deed?.before)
    const life = new Replay(this.script).finish(path, deed?.input.at ?? 0)
    if (deed) life.begin(deed.input)
    while (life.elapsed < elapsed) life.advance(elapsed - life.elapsed)
    this.#guide.left = left
    this.#show(life)
    this.#granted = granted
    if (!look) return
    this.#clock.speed = look.before
    this.look(look.at)
    this.#clock.speed = look.speed
  }

  /** The history as it is kept, up to this moment. */
  get kept(): string {
    return this.#saver.message().history
  }

  // ---- what observers do with it

  get diverged(): boolean {
    return this.history.path().some(each => each.input.type !== 'next')
  }

  get running(): boolean {
    return this.#guide.running
  }

  finish(): void {
    this.#guide.finish()
  }

  do(what: Untimed): void {
    this.finish()
    this.#perform(what)
    if ('terminal' in what) this.#letCommandRun(this.#clock.speed === 0 ? pausedCommandMs : headStartMs)
  }

  begin(): void {
    this.#perform({ type: 'next' })
  }

  rewind(position: number): void {
    const nexts = this.history.path().filter(each => each.input.type === 'next')
    const { player, elapsed, playing } = this.life
    if (!this.diverged && nexts.length === position && !playing && elapsed === player.endedAt) {
      this.#leavePast()
      return
    }
    this.#noteEnd()
    this.history.at = undefined
    for (let i = 0; i < position; i++) this.history.add({ at: 0, type: 'next' })
    this.goTo(this.history.at, 0)
  }

  goTo(deed: Deed | undefined, elapsed: number): void {
    this.#guide.stop()
    this.#noteEnd()
    this.#leavePast()
    this.history.at = deed
    const path = this.history.path()
    const replay = this.#spare?.leadsTo(path, elapsed) ? this.#spare : new Replay(this.script)
    this.#spare = undefined
    this.#show(replay.finish(path, elapsed))
  }

  /** The life in which the present is, also while one looks at what was before it. */
  get present(): Life {
    return this.#past?.present ?? this.life
  }

  look(at: number): void {
    this.finish()
    if (at >= this.present.elapsed) {
      this.lookNow()
      return
    }
    this.#past ??= this.#startPast()
    this.#clock.speed = 0
    this.#lookAt(this.#past, at)
  }

  lookNow(): void {
    const past = this.#past
    if (!past) return
    this.history.at = past.place.deed
    this.#endPast()
    this.#show(past.present)
  }

  // ---- its own

  #arrive({ life }: Replay): void {
    this.#spare = undefined
    this.post({ type: 'ready' })
    this.#show(life)
    this.#flush()
  }

  #startPast(): Past {
    const { history, life, script } = this
    const place = { deed: history.at, elapsed: this.diverged ? life.elapsed : 0 }
    history.present = place
    return new Past(script, history.path(), life, place, this.#clock.speed)
  }

  #lookAt(past: Past, at: number): void {
    const life = past.lookAt(at)
    this.history.at = past.deed
    if (life !== this.life) this.#show(life)
  }

  /** What was goes on as it did, up to the present. */
  #playPast(past: Past, ms: number): void {
    const at = this.life.elapsed + ms
    if (at < past.present.elapsed) this.#lookAt(past, at)
    else this.lookNow()
  }

  /** From now on the world that is shown is the one that goes on. */
  #leavePast(): void {
    if (!this.#past) return
    const { deed, elapsed } = this.#past.place
    if (elapsed > 0) this.#keepEnd(deed, elapsed)
    this.#endPast()
  }

  #endPast(): void {
    const speed = this.#past?.speed ?? 0
    this.history.present = undefined
    this.#past = undefined
    if (this.#clock.speed === 0) this.#clock.speed = speed
  }

  /** The present is left: how far one came on its branch is kept. */
  #noteEnd(): void {
    if (!this.#past && this.diverged) this.#keepEnd(this.history.at, this.life.elapsed)
  }

  #keepEnd(deed: Deed | undefined, elapsed: number): void {
    const { history } = this
    if (deed && !history.after(deed).length) history.ends.set(deed, elapsed)
  }

  #remember(): void {
    const past = this.#past
    this.#before = {
      deed: past ? past.place.deed : this.history.at,
      elapsed: this.present.elapsed,
      left: this.#guide.left,
      granted: this.#granted,
      look: past && { at: this.life.elapsed, speed: this.#clock.speed, before: past.speed },
    }
  }

  /** The only place where something is done: noted and told first, so that it is known if the world hangs in it. */
  #perform(what: Untimed): void {
    this.#leavePast()
    const { life, history } = this
    const onPath = what.type === 'next' && !this.diverged
    // Inputs happen at whole milliseconds.
    const at = onPath ? 0 : Math.ceil(life.elapsed)
    if (at > life.elapsed) life.advance(at - life.elapsed)
    const input = { ...what, at } as Input
    history.add(input, false)
    this.post(this.#saver.message())
    life.begin(input)
  }

  /** As far as one turn leads. */
  #goOn(ms: number): void {
    const { life } = this
    const enough = this.#turn()
    const end = life.elapsed + ms
    while (life.elapsed < end && !enough()) life.advance(Math.min(sliceMs, end - life.elapsed))
  }

  /** As far as one turn leads; what is left of its time it gets in the next ones. */
  #letCommandRun(ms: number): void {
    const { life } = this
    const { engine } = life.world
    const idle = () => [...life.terminals].every(id => !life.terminal(id).busy)
    const enough = this.#turn()
    const end = life.elapsed + ms
    let done = idle()
    while (!done && life.elapsed < end && !enough())
      done = engine.runUntil(idle, Math.min(sliceMs, end - life.elapsed))
    this.#granted = done || this.#clock.speed > 0 ? 0 : end - life.elapsed
  }

  /** On to the next thing that is worth a sentence; then time stands still. In the past, to the one that came next. */
  #nextEvent(): void {
    this.finish()
    this.#clock.speed = 0
    if (this.#past) {
      const next = this.#time.after(this.life.elapsed)
      if (next === undefined) this.lookNow()
      else this.#lookAt(this.#past, next)
      return
    }
    const { engine } = this.life.world
    const seen = () => this.#time.seen
    const before = seen()
    if (!engine.runUntil(() => seen() !== before, nextEventMs)) return
    const end = this.life.elapsed + longestBreathMs
    for (let last = seen(); this.life.elapsed < end; last = seen())
      if (!engine.runUntil(() => seen() !== last, breathMs)) return
  }

  #show(life: Life): void {
    this.life = life
    this.#granted = 0
    for (const each of this.#observers) each.show?.(life)
  }

  #flush(): void {
    this.#noteEnds()
    for (const each of this.#observers) for (const message of each.flush?.() ?? []) this.post(message)
  }

  /** What has been performed has ended once its terminal is free again. */
  #noteEnds(): void {
    if (this.#past) return
    const { life, history } = this
    for (const deed of history.deeds) {
      if (deed.ended) continue
      const { input } = deed
      if ('terminal' in input) deed.ended = !life.terminal(input.terminal).busy
      else deed.ended = input.type !== 'next' || !life.playing
    }
  }
}
