// client-go's flowcontrol.Backoff: a wait that doubles with every use and is forgotten after twice its maximum.
import type { Engine } from '../engine/engine.ts'

interface Entry {
  readonly ms: number
  readonly updated: number
}

export class Backoff {
  readonly #engine: Engine
  readonly #initialMs: number
  readonly #maximumMs: number
  readonly #entries = new Map<string, Entry>()

  constructor(engine: Engine, initialMs: number, maximumMs: number) {
    this.#engine = engine
    this.#initialMs = initialMs
    this.#maximumMs = maximumMs
  }

  /** The present wait of a key. */
  get(key: string): number {
    return this.#entries.get(key)?.ms ?? 0
  }

  /** Doubles the wait: another try begins now. */
  next(key: string, since: number): void {
    const entry = this.#entries.get(key)
    const ms =
      !entry || this.#expired(entry, since) ? this.#initialMs : Math.min(entry.ms * 2, this.#maximumMs)
    this.#entries.set(key, { ms, updated: this.#engine.now })
  }

  /** Is it too early, when the last failure was at `since`? */
  isInBackOffSince(key: string, since: number): boolean {
    const entry = this.#entries.get(key)
    return !!entry && !this.#expired(entry, since) && this.#engine.now - since < entry.ms
  }

  /** The same, counted from the last try. */
  isInBackOffSinceUpdate(key: string): boolean {
    const entry = this.#entries.get(key)
    return !!entry && !this.#expired(entry, this.#engine.now) && this.#engine.now - entry.updated < entry.ms
  }

  forget(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key)
  }

  #expired(entry: Entry, since: number): boolean {
    return since - entry.updated > this.#maximumMs * 2
  }
}
