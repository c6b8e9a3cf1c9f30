// The cluster as it is at this moment: deployments over replica sets over pods, then everything else by kind; below, what
// happened lately. It only draws what the worker says has changed.
import { fill, type Strings } from '../../../i18n/strings.ts'
import type { EventRow, ObjectDetails, ObjectRow } from '../../worker/protocol.ts'
import { h } from '../dom.ts'

/** More pods of one owner than this are counted, not drawn. */
const maximumPods = 40
const systemNamespaces = new Set(['kube-system', 'kube-public', 'kube-node-lease'])
/** Kinds in the order in which a reader meets them; others follow by name. */
const order = ['Node', 'Deployment', 'ReplicaSet', 'Pod', 'Service', 'EndpointSlice', 'ConfigMap']

export const clockText = (ms: number): string => {
  const s = Math.floor(ms / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  return s >= 3600
    ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`
    : `${two(Math.floor(s / 60))}:${two(s % 60)}`
}

export class ClusterView {
  readonly element: HTMLElement
  readonly #objects = new Map<string, ObjectRow>()
  readonly #list: HTMLElement
  readonly #events: HTMLElement
  readonly #details: HTMLElement
  readonly #t: Strings
  readonly #describe: (command: string) => void
  readonly #select: (object: string | undefined) => void
  #known = new Map<string, EventRow>()
  #selected: string | undefined
  #scheduled = false
  #fresh = new Set<string>()

  constructor(t: Strings, describe: (command: string) => void, select: (object: string | undefined) => void) {
    this.#t = t
    this.#describe = describe
    this.#select = select
    this.#list = h('div', { class: 'objects' })
    this.#events = h('ol', { class: 'events' })
    this.#details = h('section', { class: 'details', hidden: true, tabindex: '-1' })
    this.element = h(
      'div',
      { class: 'cluster', tabindex: '0', role: 'region', 'aria-label': t.cluster },
      this.#details,
      this.#list,
      h('h3', {}, t.clusterEvents),
      this.#events,
    )
    this.#draw()
    this.setEvents(true, [])
  }

  update(reset: boolean, changed: readonly ObjectRow[], deleted: readonly string[]): void {
    if (reset) this.#objects.clear()
    for (const row of changed) {
      if (!reset && this.#objects.get(row.uid)?.state !== row.state) this.#fresh.add(row.uid)
      this.#objects.set(row.uid, row)
    }
    for (const uid of deleted) this.#objects.delete(uid)
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => {
      this.#scheduled = false
      this.#draw()
    })
  }

  setEvents(reset: boolean, events: readonly EventRow[]): void {
    if (reset) this.#known = new Map()
    for (const each of events) this.#known.set(each.uid, each)
    const latest = [...this.#known.values()].sort((a, b) => b.at - a.at).slice(0, 60)
    if (this.#known.size > 500) this.#known = new Map(latest.map(each => [each.uid, each]))
    this.#events.replaceChildren(
      ...(latest.length ? latest.map(eventItem) : [h('li', { class: 'empty' }, this.#t.clusterNoEvents)]),
    )
  }

  /** Opens the card of an object: `deployment/web`. */
  open(object: string): void {
    this.#selected = object
    this.#select(object)
    this.#details.hidden = false
    this.#details.setAttribute('aria-label', fill(this.#t.objectDetails, { object }))
    this.element.scrollTop = 0
    this.#details.focus({ preventScroll: true })
  }

  showDetails(details: ObjectDetails): void {
    if (details.object !== this.#selected) return
    const t = this.#t
    const close = () => {
      this.#selected = undefined
      this.#select(undefined)
      this.#details.hidden = true
    }
    const head = h(
      'div',
      { class: 'details-head' },
      h('h3', {}, h('code', {}, details.object)),
      details.row && h('span', { class: `state ${details.row.tone}` }, details.row.state),
      h('button', { type: 'button', onclick: close }, t.close),
    )
    if (!details.found) {
      this.#details.replaceChildren(head, h('p', {}, fill(t.objectGone, { object: details.object })))
      return
    }
    const [kind = '', ...rest] = details.object.split('/')
    const name = rest.at(-1) ?? ''
    const namespace = details.row?.namespace
    const describe = `kubectl describe ${kind} ${name}${namespace && namespace !== 'default' ? ` -n ${namespace}` : ''}`
    this.#details.replaceChildren(
      head,
      ...(details.owner
        ? [
            h(
              'p',
              {},
              `${t.objectOwner} `,
              h(
                'button',
                { type: 'button', class: 'link', onclick: () => this.open(details.owner ?? '') },
                details.owner,
              ),
            ),
          ]
        : []),
      ...details.lines.map(line => h('p', { class: 'details-line' }, line)),
      ...(details.conditions.length
        ? [
            h('h4', {}, t.objectConditions),
            h(
              'ul',
              { class: 'conditions' },
              ...details.conditions.map(each =>
                h(
                  'li',
                  {},
                  h('span', { class: `state ${each.tone}` }, `${each.type}=${each.status}`),
                  h('span', {}, [each.reason, each.message].filter(Boolean).join(': ')),
                ),
              ),
            ),
          ]
        : []),
      ...(details.events.length
        ? [h('h4', {}, t.objectLatestEvents), h('ol', { class: 'events' }, ...details.events.map(eventItem))]
        : []),
      h(
        'button',
        { type: 'button', class: 'action', onclick: () => this.#describe(describe) },
        t.objectDescribe,
      ),
    )
  }

  #draw(): void {
    const t = this.#t
    const rows = [...this.#objects.values()].filter(each => !systemNamespaces.has(each.namespace))
    const owned = Map.groupBy(rows, each => (each.owner && this.#objects.has(each.owner) ? each.owner : ''))
    const byKind = Map.groupBy(owned.get('') ?? [], each => each.kind)
    const rank = (kind: string) => (order.indexOf(kind) + 1 || 99) + (kind === 'Node' ? 50 : 0)
    const groups = [...byKind.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    const drawn = groups.map(kind => {
      const members = (byKind.get(kind) ?? []).sort(byName)
      const pods = kind === 'Pod'
      return h(
        'section',
        { class: 'kind' },
        h('h3', {}, `${kind} `, h('span', { class: 'count' }, String(members.length))),
        pods ? this.#pods(members) : h('ul', {}, ...members.map(each => this.#node(each, owned))),
      )
    })
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.object
    const within = this.#list.contains(document.activeElement)
    this.#list.replaceChildren(...(drawn.length ? drawn : [h('p', { class: 'empty' }, t.clusterEmpty)]))
    this.#fresh.clear()
    if (within && focused)
      this.#list.querySelector<HTMLElement>(`[data-object="${CSS.escape(focused)}"]`)?.focus()
  }

  #node(row: ObjectRow, owned: Map<string, ObjectRow[]>): HTMLElement {
    const children = (owned.get(row.uid) ?? []).sort(byName)
    const pods = children.filter(each => each.kind === 'Pod')
    const others = children.filter(each => each.kind !== 'Pod')
    return h(
      'li',
      {},
      this.#button(row, row.name),
      others.length ? h('ul', {}, ...others.map(each => this.#node(each, owned))) : undefined,
      pods.length ? this.#pods(pods) : undefined,
    )
  }

  #pods(pods: ObjectRow[]): HTMLElement {
    const shown = pods.slice(0, maximumPods)
    return h(
      'ul',
      { class: 'pods' },
      ...shown.map(each =>
        h('li', {}, this.#button(each, each.owner ? (each.name.split('-').at(-1) ?? each.name) : each.name)),
      ),
      pods.length > shown.length &&
        h('li', { class: 'more' }, fill(this.#t.clusterMore, { n: pods.length - shown.length })),
    )
  }

  #button(row: ObjectRow, text: string): HTMLElement {
    const object = `${row.kind.toLowerCase()}/${row.namespace && row.namespace !== 'default' ? `${row.namespace}/` : ''}${row.name}`
    return h(
      'button',
      {
        type: 'button',
        class: `object ${row.kind === 'Pod' ? 'pod ' : ''}${row.tone}${this.#fresh.has(row.uid) ? ' fresh' : ''}`,
        'data-object': object,
        title: `${row.kind} ${row.name}`,
        onclick: () => this.open(object),
      },
      h('span', { class: 'object-name' }, text),
      h('span', { class: 'object-state' }, row.state),
      row.note ? h('span', { class: 'object-note' }, row.note) : undefined,
    )
  }
}

const byName = (a: ObjectRow, b: ObjectRow): number => (a.name < b.name ? -1 : 1)

function eventItem(event: EventRow): HTMLElement {
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
