// A binary heap of timed events, ordered by (time, sequence): equal times run first in, first out.

/** A scheduled event; `cancel` may be called at any moment, also after it ran. */
export interface Timer {
  cancel(): void
}

class TimedEvent implements Timer {
  readonly time: number
  readonly sequence: number
  readonly background: boolean
  run: () => void
  queue: EventQueue | undefined

  constructor(time: number, sequence: number, run: () => void, background: boolean, queue: EventQueue) {
    this.time = time
    this.sequence = sequence
    this.run = run
    this.background = background
    this.queue = queue
  }

  cancel(): void {
    this.queue?.drop(this)
  }
}

const nothing = () => {}

export class EventQueue {
  #heap: TimedEvent[] = []
  #sequence = 0
  #live = 0
  /** Events that are not background and not cancelled. */
  foreground = 0

  get size(): number {
    return this.#live
  }

  add(time: number, run: () => void, background: boolean): Timer {
    const event = new TimedEvent(time, this.#sequence++, run, background, this)
    this.#heap.push(event)
    this.#up(this.#heap.length - 1)
    this.#live++
    if (!background) this.foreground++
    return event
  }

  /** Removes and returns the first event that is due at `end` or before. */
  takeUntil(end: number): TimedEvent | undefined {
    for (let first = this.#heap[0]; first; first = this.#heap[0]) {
      if (first.queue && first.time > end) return undefined
      this.#pop()
      if (!first.queue) continue // cancelled
      this.#leave(first)
      return first
    }
    return undefined
  }

  /** Marks an event as cancelled; it leaves the heap when its time comes, or when most of the heap is such. */
  drop(event: TimedEvent): void {
    this.#leave(event)
    event.run = nothing
    if (this.#heap.length > 64 && this.#live < this.#heap.length / 4) this.#compact()
  }

  #leave(event: TimedEvent): void {
    event.queue = undefined
    this.#live--
    if (!event.background) this.foreground--
  }

  #compact(): void {
    this.#heap = this.#heap.filter(event => event.queue)
    for (let i = (this.#heap.length >> 1) - 1; i >= 0; i--) this.#down(i)
  }

  #pop(): void {
    const last = this.#heap.pop()
    if (last && this.#heap.length > 0) {
      this.#heap[0] = last
      this.#down(0)
    }
  }

  #up(index: number): void {
    const heap = this.#heap
    const event = heap[index]!
    const { time } = event
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = heap[parent]!
      // What is added comes after all that are due at the same time.
      if (time >= above.time) break
      heap[index] = above
      index = parent
    }
    heap[index] = event
  }

  #down(index: number): void {
    const heap = this.#heap
    const { length } = heap
    const event = heap[index]!
    const { time, sequence } = event
    // Comparisons stand here themselves: this loop runs more often than anything else.
    for (let child = 2 * index + 1; child < length; child = 2 * index + 1) {
      let first = heap[child]!
      if (child + 1 < length) {
        const other = heap[child + 1]!
        if (other.time < first.time || (other.time === first.time && other.sequence < first.sequence)) {
          first = other
          child++
        }
      }
      if (time < first.time || (time === first.time && sequence < first.sequence)) break
      heap[index] = first
      index = child
    }
    heap[index] = event
  }
}
