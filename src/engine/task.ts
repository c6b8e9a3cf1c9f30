// Work that waits. A Task is a generator that yields what it waits for and is resumed by the engine; a Fiber is a
// task that runs. Whatever can be waited for is a Wait: it starts, and later wakes the fiber once, or is cancelled.
import type { Engine } from './engine.ts'
import type { Timer } from './event-queue.ts'
import { type Bound, bound, setBound } from './holding.ts'
import { countMoved, movedSince, movingTime } from './moving.ts'

export type Cancel = () => void

export interface Wait<T> {
  /** Begins to wait; `wake` is called at most once, at once or later. Returns how to give up waiting. */
  start(engine: Engine, wake: (value: T) => void): Cancel
}

export type Task<T = void> = Generator<Wait<any>, T, any>

/** A signal that reached a task at the place where it waited. It may be caught, as a program traps SIGTERM. */
export class Interrupt extends Error {
  readonly signal: Signal
  constructor(signal: Signal) {
    super(`interrupted by ${signal}`)
    this.signal = signal
  }
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGQUIT' | 'SIGPIPE' | 'SIGUSR1' | 'SIGUSR2'

export const signalNumbers: Readonly<Record<Signal | 'SIGKILL', number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGTERM: 15,
}

export const isSignal = (name: string): name is Signal | 'SIGKILL' => Object.hasOwn(signalNumbers, name)

/** `const line = yield* wait(pipe.readLine())`: waits, with the type of what comes. */
export function* wait<T>(awaited: Wait<T>): Task<T> {
  return (yield awaited) as T
}

const pause = (ms: number): Wait<undefined> => ({
  start(engine, wake) {
    const timer = engine.after(ms, () => wake(undefined))
    return () => timer.cancel()
  },
})

export function* sleep(ms: number): Task {
  yield pause(ms)
}

/** The first of several waits that comes: its index and value; the others are cancelled. */
export function anyOf(...waits: Wait<unknown>[]): Wait<{ index: number; value: any }> {
  return {
    start(engine, wake) {
      const cancels: Cancel[] = []
      let done = false
      for (const [index, each] of waits.entries()) {
        if (done) break
        cancels.push(
          each.start(engine, value => {
            if (done) return
            done = true
            for (const cancel of cancels) cancel()
            wake({ index, value })
          }),
        )
      }
      if (done) for (const cancel of cancels) cancel()
      return () => {
        done = true
        for (const cancel of cancels) cancel()
      }
    },
  }
}

/** `anyOf` with a time limit: undefined where `ms` passed first. */
export function* withTimeout<T>(awaited: Wait<T>, ms: number): Task<T | undefined> {
  const timer: Wait<void> = {
    start(engine, wake) {
      const t = engine.after(ms, () => wake())
      return () => t.cancel()
    },
  }
  const first = yield* wait(anyOf(awaited, timer))
  return first.index === 0 ? (first.value as T) : undefined
}

/** What a fiber returned; what it threw is thrown here. Undefined where a signal ended it. */
export function* join<T>(fiber: Fiber<T>): Task<T | undefined> {
  const outcome = yield* wait(fiber.outcome)
  if (outcome.type === 'threw') throw outcome.error
  return outcome.type === 'returned' ? outcome.value : undefined
}

/** A value that can be waited for, set once (an exit code, a first answer). */
export class Deferred<T> implements Wait<T> {
  #value: { value: T } | undefined
  #waiters: Set<(value: T) => void> | undefined
  /** Somebody has asked for it. */
  wanted = false

  get settled(): boolean {
    return this.#value !== undefined
  }

  get value(): T | undefined {
    this.wanted = true
    return this.#value?.value
  }

  settle(value: T): void {
    if (this.#value) return
    this.#value = { value }
    const waiters = this.#waiters
    this.#waiters = undefined
    if (waiters) for (const wake of [...waiters]) wake(value)
  }

  start(_engine: Engine, wake: (value: T) => void): Cancel {
    this.wanted = true
    if (this.#value) {
      wake(this.#value.value)
      return () => {}
    }
    const waiters = (this.#waiters ??= new Set())
    waiters.add(wake)
    return () => waiters.delete(wake)
  }
}

/** A condition that comes again and again: wakes everyone who waits at that moment. */
export class Notifier implements Wait<void> {
  #waiters: Set<(value: undefined) => void> | undefined

  notify(): void {
    const waiters = this.#waiters
    this.#waiters = undefined
    if (waiters) for (const wake of [...waiters]) wake(undefined)
  }

  start(_engine: Engine, wake: (value: undefined) => void): Cancel {
    const waiters = (this.#waiters ??= new Set())
    waiters.add(wake)
    return () => waiters.delete(wake)
  }
}

/** With what a task goes on: what it waited for, or what is thrown into it. */
interface Entry {
  readonly value: unknown
  readonly thrown?: Interrupt
}

export type Outcome<T> =
  | { readonly type: 'returned'; readonly value: T }
  /** It let a signal through (`signal`) or threw (`error`); a killed fiber has the signal SIGKILL. */
  | { readonly type: 'signalled'; readonly signal: Signal | 'SIGKILL' }
  | { readonly type: 'threw'; readonly error: unknown }

/**
 * What it throws comes out where its outcome is waited for; where nobody asks for that, the engine learns of it.
 * Where it has moved bytes in bulk it waits first for as long as that takes, and only then for what it asked for.
 */
export class Fiber<T> {
  readonly outcome = new Deferred<Outcome<T>>()
  readonly #engine: Engine
  readonly #task: Task<T>
  readonly #bound: Bound
  #cancel: Cancel | undefined
  /** What it waited for has come, and its own event is due. */
  #due: Timer | undefined
  #running = false
  #signals: Signal[] = []
  #frozen = false
  /** What it waited for came while it was frozen. */
  #held: (() => void) | undefined

  /** Starts at once, up to its first wait; within the bound of who starts it, or one of its own. */
  constructor(engine: Engine, task: Task<T>, own: Bound = bound()) {
    this.#engine = engine
    this.#task = task
    this.#bound = own
    this.#goOn(start)
  }

  get done(): boolean {
    return this.outcome.settled
  }

  /** Throws an Interrupt into the task where it waits. Its handler may go on waiting, or end. */
  interrupt(signal: Signal): void {
    if (this.done) return
    if (this.#running || this.#frozen) {
      this.#signals.push(signal) // delivered at its next wait
      return
    }
    this.#stopWaiting()
    this.#goOn({ value: undefined, thrown: new Interrupt(signal) })
  }

  /** Ends the task where it stands, as SIGKILL does: only its `finally` blocks run, and may not wait. */
  kill(): void {
    if (this.done) return
    this.#stopWaiting()
    this.outcome.settle({ type: 'signalled', signal: 'SIGKILL' })
    if (!this.#running) this.#task.return(undefined as T)
  }

  /** It gets no more of the processor, as under the kernel's freezer: what it waits for may come, and is held. */
  freeze(): void {
    this.#frozen = true
  }

  /** Goes on, with the signals that came meanwhile. */
  thaw(): void {
    const held = this.#held
    this.#frozen = false
    this.#held = undefined
    if (held) held()
    else if (this.#signals.length) this.interrupt(this.#signals.shift()!)
  }

  #stopWaiting(): void {
    this.#cancel?.()
    this.#due?.cancel()
    this.#cancel = this.#due = undefined
  }

  /** Runs the task until it waits for what is not there yet. */
  #goOn(entry: Entry | undefined): void {
    for (let next = entry; next && !this.done; ) {
      const result = this.#run(next)
      next = result && this.#follow(result)
    }
  }

  /** Runs the task up to its next wait or its end; undefined where it threw, or has to wait first for what it moved. */
  #run({ value, thrown }: Entry): IteratorResult<Wait<unknown>, T> | undefined {
    let result: IteratorResult<Wait<unknown>, T> | undefined
    let error: unknown
    const outerBound = setBound(this.#bound)
    const outerCount = countMoved()
    this.#running = true
    try {
      result = thrown ? this.#task.throw(thrown) : this.#task.next(value)
    } catch (caught) {
      error = caught
    }
    this.#running = false
    const moved = movedSince(outerCount)
    setBound(outerBound)
    if (!result) {
      if (error instanceof Interrupt) this.outcome.settle({ type: 'signalled', signal: error.signal })
      else this.#threw(error)
      return undefined
    }
    if (moved === 0 || this.done || this.#signals.length) return result
    const gone = result
    this.#wait(pause(movingTime(moved)), () => this.#goOn(this.#follow(gone)))
    return undefined
  }

  /** Does what the task asked for: ends it, or waits; what is there at once is returned. */
  #follow(result: IteratorResult<Wait<unknown>, T>): Entry | undefined {
    if (result.done) {
      this.outcome.settle({ type: 'returned', value: result.value })
      return undefined
    }
    if (this.done) {
      this.#task.return(undefined as T) // it killed itself while it ran
      return undefined
    }
    const signal = this.#signals.shift()
    return signal ? { value: undefined, thrown: new Interrupt(signal) } : this.#wait(result.value)
  }

  #threw(error: unknown): void {
    this.outcome.settle({ type: 'threw', error })
    const report = () => {
      if (!this.outcome.wanted) this.#engine.fail(error)
    }
    // Whoever has just begun it may ask in a moment.
    if (!this.outcome.wanted) this.#engine.after(0, report)
  }

  /** Starts a wait; what came at once is returned, with what comes later the task (or `then`) goes on in an event of its own. */
  #wait(awaited: Wait<unknown>, then?: () => void): Entry | undefined {
    let immediate: Entry | undefined
    let starting = true
    const cancel = awaited.start(this.#engine, value => {
      if (starting) {
        immediate = { value }
        return
      }
      // Never inside the waker's own call: a writer must not run its reader.
      this.#cancel = undefined
      this.#due = this.#engine.after(0, () => {
        this.#due = undefined
        if (this.#frozen) this.#held = then ?? (() => this.#goOn({ value }))
        else if (then) then()
        else this.#goOn({ value })
      })
    })
    starting = false
    if (immediate) return immediate
    this.#cancel = cancel
    return undefined
  }
}

const start: Entry = { value: undefined }
