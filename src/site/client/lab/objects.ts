// The objects of the cluster as they are at this moment: deployments over replica sets over pods, then everything else by
// kind. It only draws what the worker says has changed.
import { fill } from '../../../i18n/fill.ts'
import type { ObjectRow } from '../../worker/protocol.ts'
import { h } from '../dom.ts'
import type { Lab } from './part.ts'

/** More pods of one owner than this are counted, not drawn. */
const maximumPods = 40
/** Kinds in the order in which a reader meets them; others follow by name. */
const order = ['Node', 'Deployment', 'ReplicaSet', 'Pod', 'Service', 'EndpointSlice', 'ConfigMap']

export class ObjectList {
  readonly element = h('div', { class: 'objects' })
  readonly #t: Lab['t']
  readonly #open: (object: string) => void
  readonly #objects = new Map<string, ObjectRow>()
  #scheduled = false
  #fresh = new Set<string>()

  constructor({ connection, t }: Lab, open: (object: string) => void) {
    this.#t = t
    this.#open = open
    connection.on('objects', ({ reset, changed, deleted }) => this.#update(reset, changed, deleted))
    this.#draw()
  }

  #update(reset: boolean, changed: readonly ObjectRow[], deleted: readonly string[]): void {
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

  #draw(): void {
    const t = this.#t
    const rows = [...this.#objects.values()]
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
    const within = this.element.contains(document.activeElement)
    this.element.replaceChildren(...(drawn.length ? drawn : [h('p', { class: 'empty' }, t.clusterEmpty)]))
    this.#fresh.clear()
    if (within && focused)
      this.element.querySelector<HTMLElement>(`[data-object="${CSS.escape(focused)}"]`)?.focus()
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
      { class: 'object-pods' },
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
        class: `object ${row.kind === 'Pod' ? 'object-pod ' : ''}${row.tone}${this.#fresh.has(row.uid) ? ' fresh' : ''}`,
        'data-object': object,
        title: `${row.kind} ${row.name}`,
        onclick: () => this.#open(object),
      },
      h('span', { class: 'object-name' }, text),
      h('span', { class: 'object-state' }, row.state),
      row.note ? h('span', { class: 'object-note' }, row.note) : undefined,
    )
  }
}

const byName = (a: ObjectRow, b: ObjectRow): number => (a.name < b.name ? -1 : 1)
