// The last writes to one resource, from which a watch goes on at the version it knows (the watch cache's window).
import type { Stored } from './store.ts'

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly revision: number
  readonly old: Stored | undefined
  /** The new state; of a removal, the last one. */
  readonly stored: Stored
}

const window = 1000

export class History {
  #events: StoreEvent[] = []
  #forgotten = 0

  add(event: StoreEvent): void {
    this.#events.push(event)
    if (this.#events.length < 2 * window) return
    this.#forgotten = this.#events[window - 1]!.revision
    this.#events = this.#events.slice(window)
  }

  /** The oldest version a watch may go on from. */
  get oldest(): number {
    return this.#forgotten
  }

  /** Events after `revision`, or undefined where some of them are forgotten. */
  after(revision: number): readonly StoreEvent[] | undefined {
    if (revision < this.#forgotten) return undefined
    const events = this.#events
    let low = 0
    for (let high = events.length; low < high; ) {
      const middle = (low + high) >> 1
      if (events[middle]!.revision <= revision) low = middle + 1
      else high = middle
    }
    return events.slice(low)
  }
}
