// What the cluster has recorded lately.
import type { EventRow } from '../../worker/protocol.ts'
import { clockText } from '../clock-text.ts'
import { h } from '../dom.ts'
import type { Lab } from './part.ts'

/** So many are shown, and so many kept. */
const shown = 60
const most = 500

export class EventList {
  readonly element = h('ol', { class: 'events' })
  readonly #t: Lab['t']
  #known = new Map<string, EventRow>()

  constructor({ connection, t }: Lab) {
    this.#t = t
    connection.on('events', ({ reset, events }) => this.#update(reset, events))
    this.#update(true, [])
  }

  #update(reset: boolean, events: readonly EventRow[]): void {
    if (reset) this.#known = new Map()
    for (const each of events) this.#known.set(each.uid, each)
    const latest = [...this.#known.values()].sort((a, b) => b.at - a.at).slice(0, shown)
    if (this.#known.size > most) this.#known = new Map(latest.map(each => [each.uid, each]))
    this.element.replaceChildren(
      ...(latest.length ? latest.map(eventItem) : [h('li', { class: 'empty' }, this.#t.clusterNoEvents)]),
    )
  }
}

export function eventItem(event: EventRow): HTMLElement {
  return h(
    'li',
    { class: event.type === 'Warning' ? 'warning' : undefined },
    h('time', {}, clockText(event.at)),
    h(
      'span',
      {},
      h('strong', {}, event.reason, event.count > 1 ? ` ×${event.count}` : ''),
      ` ${event.object} `,
      h('span', { class: 'event-message' }, event.message),
    ),
  )
}
