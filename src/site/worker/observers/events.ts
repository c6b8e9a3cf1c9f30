// What the cluster has recorded lately: its events, as rows.
import { parseTime } from '../../../engine/engine.ts'
import type { AnyObject } from '../../../kinds/object.ts'
import type { Life } from '../../../lesson/life.ts'
import type { EventRow, FromWorker } from '../protocol.ts'
import { isShown, watchKinds } from './objects.ts'
import type { Observer } from './observer.ts'

/** So many are kept, and so many told to a page that knows none. */
const most = 2000
const atFirst = 60

export class Events implements Observer {
  readonly part = 'inspect'
  /** Grows with every event. */
  changes = 0
  #life!: Life
  #stop = () => {}
  #fresh = false
  #new: EventRow[] = []
  readonly #rows = new Map<string, EventRow>()

  show(life: Life): void {
    this.#life = life
    this.#fresh = true
    this.#new = []
    this.#rows.clear()
    this.#stop()
    this.#stop = watchKinds(
      life.world,
      ({ kind, group }) => kind === 'Event' && !group,
      (type, event) => {
        if (type !== 'DELETED') this.#note(event)
      },
    )
  }

  again(): void {
    this.#fresh = true
  }

  flush(): FromWorker[] {
    const reset = this.#fresh
    const latest = () => [...this.#rows.values()].sort((a, b) => a.at - b.at).slice(-atFirst)
    const events = reset ? latest() : this.#new
    this.#new = []
    this.#fresh = false
    return reset || events.length ? [{ type: 'events', reset, events }] : []
  }

  /** The latest ones of an object, `pod/web-1`, the latest first. */
  of(object: string, count: number): EventRow[] {
    return [...this.#rows.values()]
      .filter(each => each.object === object)
      .slice(-count)
      .reverse()
  }

  #note(event: AnyObject): void {
    if (!isShown(event)) return
    const { uid = '' } = event.metadata
    const involved = event.involvedObject ?? {}
    const time = parseTime(
      event.series?.lastObservedTime ??
        event.lastTimestamp ??
        event.eventTime ??
        event.metadata.creationTimestamp ??
        '',
    )
    const { engine, elapsed } = this.#life.world
    const row: EventRow = {
      uid,
      at: Math.max(0, time - (engine.now - elapsed)) || 0,
      type: event.type ?? 'Normal',
      reason: event.reason ?? '',
      object: `${String(involved.kind ?? '').toLowerCase()}/${involved.name ?? ''}`,
      message: event.message ?? '',
      count: event.series?.count ?? event.count ?? 1,
    }
    this.#rows.delete(uid)
    this.#rows.set(uid, row)
    if (this.#rows.size > most) {
      const [oldest] = this.#rows.keys()
      if (oldest) this.#rows.delete(oldest)
    }
    this.#new.push(row)
    this.changes++
  }
}
