// What happened to the daemon's objects, for `docker events`: the last 256 events, as dockerd keeps them.
import type { Engine } from '../../engine/engine.ts'
import { Notifier } from '../../engine/task.ts'

export interface DockerEvent {
  /** Ms since 1970. */
  readonly at: number
  readonly type: 'container' | 'image' | 'network' | 'volume'
  /** `start`, `exec_create: ls -l` */
  readonly action: string
  readonly id: string
  /** Sorted by name when shown. */
  readonly attributes: Readonly<Record<string, string>>
}

const kept = 256

export class EventLog {
  readonly changed = new Notifier()
  readonly #engine: Engine
  readonly #events: DockerEvent[] = []
  #dropped = 0

  constructor(engine: Engine) {
    this.#engine = engine
  }

  add(event: Omit<DockerEvent, 'at'>): void {
    this.#events.push({ at: this.#engine.now, ...event })
    if (this.#events.length > kept) {
      this.#events.shift()
      this.#dropped++
    }
    this.changed.notify()
  }

  /** The number of events so far: where one begins who wants only those to come. */
  get end(): number {
    return this.#dropped + this.#events.length
  }

  from(number: number): readonly DockerEvent[] {
    return this.#events.slice(Math.max(0, number - this.#dropped))
  }
}
