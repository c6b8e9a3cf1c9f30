// The processors of one machine, shared fairly: n pieces of work at once go on at cpus / n of their speed, none faster than
// alone. More than three at once wait for their turn, as a runtime's own locks make them: on the recorded cluster the pods
// of one file start about in its order, and three that start together are ready almost together.
import type { Engine } from './engine.ts'
import type { Timer } from './event-queue.ts'
import type { Cancel, Task, Wait } from './task.ts'

interface Work {
  /** What is left of it when the clock of shared time stands at 0: done when that clock passes it. */
  readonly due: number
  readonly done: () => void
}

const most = 3

export class Processor {
  readonly #engine: Engine
  readonly #cpus: number
  readonly #running = new Set<Work>()
  readonly #waiting = new Set<{ readonly ms: number; readonly done: () => void }>()
  /** How far a piece of work has come that has run from the start: it goes on at the speed that each one has. */
  #shared = 0
  #at: number
  #timer: Timer | undefined

  constructor(engine: Engine, cpus: number) {
    this.#engine = engine
    this.#cpus = cpus
    this.#at = engine.now
  }

  /** Works for `ms`, or longer where others work too. */
  *work(ms: number): Task {
    if (ms <= 0) return
    const work: Wait<void> = { start: (_engine, wake) => this.#add(ms, () => wake()) }
    yield work
  }

  #add(ms: number, wake: () => void): Cancel {
    let wanted = true
    const done = () => {
      if (wanted) wake()
    }
    if (this.#running.size < most) {
      this.#advance()
      this.#begin(ms, done)
      this.#plan()
    } else this.#waiting.add({ ms, done })
    // Work that nobody waits for any more goes on, as a runtime's does.
    return () => {
      wanted = false
    }
  }

  #begin(ms: number, done: () => void): void {
    this.#running.add({ due: this.#shared + ms, done })
  }

  get #speed(): number {
    return Math.min(1, this.#cpus / this.#running.size)
  }

  #advance(): void {
    const { now } = this.#engine
    if (this.#running.size > 0) this.#shared += (now - this.#at) * this.#speed
    this.#at = now
  }

  #plan(): void {
    this.#timer?.cancel()
    this.#timer = undefined
    if (this.#running.size === 0) return
    let next = Number.POSITIVE_INFINITY
    for (const { due } of this.#running) next = Math.min(next, due)
    this.#timer = this.#engine.after((next - this.#shared) / this.#speed, () => this.#finish(next))
  }

  #finish(due: number): void {
    this.#timer = undefined
    this.#at = this.#engine.now
    this.#shared = due
    const finished = [...this.#running].filter(work => work.due <= due)
    for (const work of finished) this.#running.delete(work)
    for (const next of this.#waiting) {
      if (this.#running.size >= most) break
      this.#waiting.delete(next)
      this.#begin(next.ms, next.done)
    }
    this.#plan()
    for (const { done } of finished) done()
  }
}
