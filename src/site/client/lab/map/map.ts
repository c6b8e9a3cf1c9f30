// The map of the cluster, above the hands: who made what, how it is reached, where it is. It draws what the worker says has
// changed, once a frame.
import { fill } from '../../../../i18n/fill.ts'
import type { MapWords } from '../../../../i18n/lab/map.en.ts'
import type { PodRow, RequestRow } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import type { Lab, Part } from '../part.ts'
import { type Drawing, podPath } from './context.ts'
import { glyph } from './glyph.ts'
import { roam } from './keyboard.ts'
import { Keyed } from './keyed.ts'
import { Nodes } from './nodes.ts'
import { Owners } from './owners.ts'
import { type MapPlan, MapRows, shortName } from './plan.ts'
import { Services } from './services.ts'
import { Wires } from './wires.ts'

export function clusterMap(lab: Lab, t: MapWords): Part {
  const view = new MapView(lab, t)
  const { connection } = lab
  connection.on('map', ({ reset, changed, deleted }) => view.update(reset, changed, deleted))
  connection.on('clock', ({ elapsed, speed }) => view.tick(elapsed, speed))
  connection.on('request', ({ request }) => view.request(request))
  return { map: view.element }
}

class MapView {
  readonly element: HTMLElement
  readonly #rows = new MapRows()
  readonly #drawing: Drawing
  readonly #owners: Owners
  readonly #services: Services
  readonly #nodes: Nodes
  readonly #wires: Wires
  readonly #namespaces = h('div', { class: 'map-row', hidden: true })
  readonly #look = h('div', { class: 'map-row', hidden: true })
  readonly #looked: Keyed<PodRow>
  readonly #lookMore = h('span', { class: 'map-note' })
  readonly #keys: ReturnType<typeof roam>
  #plan: MapPlan | undefined
  #chosen: string | undefined
  #scheduled = false
  #waiting: RequestRow | undefined

  constructor(lab: Lab, t: MapWords) {
    const rows = this.#rows
    this.#drawing = {
      t,
      elapsed: 0,
      service: undefined,
      owner: uid => rows.owner(uid),
      open: object => lab.inspect(object),
    }
    this.element = h('div', { class: 'map', role: 'group', 'aria-label': t.map })
    this.#owners = new Owners(this.#drawing)
    this.#services = new Services(this.#drawing, uid => {
      this.#chosen = uid
      this.#schedule()
    })
    this.#nodes = new Nodes(this.#drawing)
    this.#wires = new Wires(this.element)
    const line = h('div', { class: 'map-line' })
    this.#looked = new Keyed<PodRow>(
      line,
      pod =>
        h('button', {
          type: 'button',
          tabindex: '-1',
          'data-item': `look ${pod.uid}`,
          onclick: () => lab.inspect(podPath(pod)),
        }),
      (element, pod) => {
        const owner = this.#drawing.owner(pod.owner)
        element.className = `map-chip look is-${pod.state}`
        element.replaceChildren(
          glyph(pod.state),
          h('span', { class: 'chip-name' }, owner ? `${owner.name}-…-${shortName(pod, owner)}` : pod.name),
          h('span', { class: 'chip-more' }, pod.word),
        )
      },
    )
    this.#look.append(h('h3', {}, t.lookAt), line, this.#lookMore)
    this.element.append(
      this.#wires.element,
      this.#namespaces,
      this.#owners.element,
      this.#services.element,
      this.#services.claims,
      this.#look,
      this.#nodes.element,
      this.#nodes.idle,
    )
    this.#keys = roam(this.element)
    new ResizeObserver(() => this.#schedule()).observe(this.element)
  }

  update(...[reset, changed, deleted]: Parameters<MapRows['update']>): void {
    this.#rows.update(reset, changed, deleted)
    if (reset) {
      this.#waiting = undefined
      this.#wires.clear()
      this.#services.asks(undefined)
    }
    this.#schedule()
  }

  tick(elapsed: number, speed: number): void {
    this.#drawing.elapsed = elapsed
    this.element.toggleAttribute('data-fast', speed > 1)
    this.#nodes.tick()
  }

  /** The newest one is shown, once the map is drawn. */
  request(request: RequestRow): void {
    this.#waiting = request
    this.#schedule()
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    requestAnimationFrame(() => {
      this.#scheduled = false
      this.#draw()
    })
  }

  #draw(): void {
    const settle = this.#keys.hold()
    const width = this.element.clientWidth - 27
    const waiting = this.#waiting
    const plan = this.#rows.plan()
    this.#plan = plan
    if (waiting) this.#follow(waiting)
    const chosen = plan.services.find(each => each.uid === this.#chosen)
    this.#drawing.service = (chosen ?? (plan.services.length === 1 ? plan.services[0] : undefined))?.uid
    const pods = [...plan.tray, ...plan.nodes.flatMap(each => each.pods)]
    this.element.dataset.size = plan.size
    this.#drawNamespaces(plan)
    this.#owners.draw(
      plan.owners,
      Map.groupBy(pods, each => each.owner),
      plan.size,
    )
    this.#services.draw(plan.services, plan.ingresses, plan.claims)
    this.#looked.draw(
      plan.look,
      each => each.uid,
      each => JSON.stringify(each),
    )
    this.#look.hidden = plan.look.length === 0
    this.#lookMore.textContent = plan.lookMore ? fill(this.#drawing.t.more, { n: plan.lookMore }) : ''
    this.#nodes.draw(plan, Math.max(200, width))
    this.#drawWires(plan, pods)
    // On a phone another tab may be in front, where nothing has a place: it runs when the map is seen.
    if (waiting && this.element.clientWidth) {
      this.#waiting = undefined
      this.#run(waiting)
    }
    settle()
  }

  #drawNamespaces({ namespaces }: MapPlan): void {
    const { t } = this.#drawing
    const row = this.#namespaces
    row.hidden = namespaces.length < 2
    const signature = JSON.stringify([namespaces, this.#rows.namespace])
    if (row.hidden || row.dataset.signature === signature) return
    row.dataset.signature = signature
    const choice = (name: string | undefined, text: string, pods?: number) =>
      h(
        'button',
        {
          type: 'button',
          class: 'map-chip',
          tabindex: '-1',
          'data-item': `namespace ${name ?? ''}`,
          'aria-pressed': String(this.#rows.namespace === name),
          onclick: () => {
            this.#rows.namespace = name
            this.#draw()
            row.querySelector<HTMLElement>('[aria-pressed=true]')?.focus()
          },
        },
        text,
        pods !== undefined && h('span', { class: 'chip-more' }, String(pods)),
      )
    row.replaceChildren(
      h('h3', {}, t.namespaces),
      h(
        'div',
        { class: 'map-line' },
        choice(undefined, t.allNamespaces),
        ...namespaces.map(each => choice(each.name, each.name, each.pods)),
      ),
    )
  }

  /** Of the Service that was chosen, or has just carried a request. */
  #drawWires({ size }: MapPlan, pods: readonly PodRow[]): void {
    const uid = this.#drawing.service
    const chip = uid && this.#chosen === uid ? this.#services.chip(uid) : undefined
    const behind = uid && chip && size === 'cards' ? pods.filter(each => each.plugs?.[uid] !== undefined) : []
    this.#wires.draw(
      chip,
      behind.flatMap(pod => {
        const to = this.#item(pod.uid)
        return to ? [{ to, ready: pod.plugs![uid!]! }] : []
      }),
    )
  }

  // ---- a request

  /** Its Service becomes the one whose plugs are shown. */
  #follow({ hops }: RequestRow): void {
    const hop = hops.find(({ type }) => type === 'service' || type === 'node-port')
    const service = hop && this.#plan?.services.find(each => `${each.namespace}/${each.name}` === hop.name)
    if (service) this.#chosen = service.uid
    const client = hops[0]
    const { t } = this.#drawing
    const name = client?.name ? `pod/${client.name.split('/')[1]}` : client?.node || t.workstation
    this.#services.asks(name)
  }

  #run({ hops, outcome }: RequestRow): void {
    const stations: HTMLElement[] = [this.#services.client]
    for (const { type, name } of hops.slice(1)) {
      if (type === 'service' || type === 'node-port') {
        const row = this.#plan?.services.find(each => `${each.namespace}/${each.name}` === name)
        const chip = row && this.#services.chip(row.uid)
        if (chip) stations.push(chip)
      } else if (type === 'server') {
        const row = [...this.#rows.rows.values()].find(
          each => each.row === 'pod' && `${each.namespace}/${each.name}` === name,
        )
        const card = row && this.#item(row.uid)
        if (card) stations.push(card)
      }
    }
    this.#wires.run(stations, typeof outcome !== 'number' || outcome >= 500)
  }

  #item(uid: string): HTMLElement | undefined {
    return this.element.querySelector<HTMLElement>(`[data-item="${CSS.escape(uid)}"]`) ?? undefined
  }
}
