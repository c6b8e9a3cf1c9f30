// A process that is there all the time, unless somebody stops it: what it has to do meanwhile waits until it runs again.
import type { Engine } from './engine.ts'

export class Daemon {
  readonly #engine: Engine
  readonly #held = new Set<() => void>()
  running = true

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** True where it does not run: then `again` is called, in an event of its own, as soon as it does. */
  holds(again: () => void): boolean {
    if (!this.running) this.#held.add(again)
    return !this.running
  }

  stop(): void {
    this.running = false
  }

  start(): void {
    if (this.running) return
    this.running = true
    const held = [...this.#held]
    this.#held.clear()
    for (const again of held) this.#engine.after(0, again)
  }
}
