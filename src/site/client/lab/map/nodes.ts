// The places: nodes with their pods, the tray of pods that have none, and a slim line for each node without pods.
import { fill } from '../../../../i18n/fill.ts'
import type { NodeRow, PodRow } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import type { Drawing } from './context.ts'
import { Keyed } from './keyed.ts'
import { type MapPlan, type Size, troubled } from './plan.ts'
import { makePod, type PodShape, podSignature, podsSignature, tickPod, updatePod } from './pods.ts'
import { Squares } from './squares.ts'
import { lineText } from './words.ts'

interface Place {
  /** '' for the tray. */
  readonly name: string
  readonly node: NodeRow | undefined
  readonly pods: readonly PodRow[]
}

/** One box: head, pods as cards or chips, the many as squares. */
class Box {
  readonly element: HTMLElement
  readonly #drawing: Drawing
  readonly #head = h('header', {})
  readonly #lines = h('span', { class: 'node-line' })
  /** What fails, one size larger than the others. */
  readonly #larger = h('div', { class: 'pods cards' })
  readonly #enlarged: Keyed<PodRow>
  readonly #pods = h('div', { class: 'pods' })
  readonly #squares: Squares
  readonly #shown = new Map<PodShape, Keyed<PodRow>>()
  #shape: PodShape | undefined
  #place: Place | undefined

  constructor(drawing: Drawing) {
    this.#drawing = drawing
    this.#squares = new Squares(drawing)
    this.#enlarged = this.#keyedIn(this.#larger, 'card')
    this.element = h('section', {}, this.#head, this.#larger, this.#pods)
  }

  /** `enlarges`: among chips those that fail are cards. */
  draw(place: Place, size: Size, width: number, enlarges: boolean): void {
    const { node, pods, name } = place
    const { t, elapsed } = this.#drawing
    this.#place = place
    const ready = pods.filter(each => each.state === 'ready').length
    this.element.className = `node${node ? '' : ' tray'}${node?.lost ? ' lost' : ''}`
    const title = node ? name : t.noNode
    this.element.setAttribute('aria-label', fill(t.nodeSummary, { name: title, n: pods.length, ready }))
    const count = fill(t.podsOn, { n: pods.length })
    const many = size === 'squares'
    const closed = node?.closed && !many ? lineText(node.closed, elapsed, t) : ''
    const head = [title, node?.word, node?.line?.say, many, count, closed].join()
    if (this.#head.dataset.head !== head) {
      this.#head.dataset.head = head
      this.#head.replaceChildren(
        node ? nodeButton(this.#drawing, node) : h('span', {}, title),
        node && node.word !== 'Ready' ? h('strong', {}, node.word) : '',
        node?.line ? this.#lines : h('span', {}, many ? String(pods.length) : count),
        closed ? h('span', {}, closed) : '',
      )
    }
    const shape = size === 'cards' ? 'card' : 'chip'
    if (this.#shape !== shape) {
      this.#shape = shape
      this.#pods.replaceChildren()
      this.#shown.clear()
      this.#pods.className = `pods ${shape}s`
    }
    const larger = enlarges ? pods.filter(troubled) : []
    const signature = (pod: PodRow) => podSignature(this.#drawing, pod)
    this.#enlarged.draw(larger, each => each.uid, signature)
    // Among squares those that fail are chips.
    const isHere = (pod: PodRow) => (size === 'squares' ? troubled(pod) : !larger.includes(pod))
    this.#keyed(shape).draw(pods.filter(isHere), each => each.uid, signature)
    if (size === 'squares') {
      this.#squares.draw(
        pods.filter(each => !troubled(each)),
        width,
      )
      if (!this.#squares.element.isConnected) this.element.append(this.#squares.element)
    } else this.#squares.element.remove()
    this.tick()
  }

  tick(): void {
    const { node, pods = [] } = this.#place ?? {}
    const { t, elapsed } = this.#drawing
    if (node?.line) {
      const text = lineText(node.line, elapsed, t)
      if (this.#lines.textContent !== text) this.#lines.textContent = text
    }
    const cards = this.#shape === 'card' ? this.#keyed('card') : this.#enlarged
    for (const pod of pods)
      if (pod.wait || pod.line?.until !== undefined || pod.line?.since !== undefined) {
        const element = cards.get(pod.uid)
        if (element) tickPod(this.#drawing, element, pod)
      }
  }

  #keyed(shape: PodShape): Keyed<PodRow> {
    let known = this.#shown.get(shape)
    if (!known) {
      known = this.#keyedIn(this.#pods, shape)
      this.#shown.set(shape, known)
    }
    return known
  }

  #keyedIn(parent: HTMLElement, shape: PodShape): Keyed<PodRow> {
    return new Keyed(
      parent,
      pod => makePod(this.#drawing, pod, shape),
      (element, pod) => updatePod(this.#drawing, element, pod, shape),
    )
  }
}

const nodeButton = (drawing: Drawing, { name, uid }: NodeRow): HTMLElement =>
  h(
    'button',
    {
      type: 'button',
      class: 'node-name',
      tabindex: '-1',
      'data-item': uid,
      onclick: () => drawing.open(`node/${name}`),
    },
    name,
  )

export class Nodes {
  readonly element = h('div', { class: 'nodes' })
  readonly #boxes = new Map<string, Box>()
  readonly #order: Keyed<Place>
  readonly #idle = h('div', { class: 'idle-nodes' })
  readonly #idleKeyed: Keyed<NodeRow>
  readonly #drawing: Drawing
  #size: Size = 'cards'
  #width = 200
  #enlarges = false

  constructor(drawing: Drawing) {
    this.#drawing = drawing
    this.#order = new Keyed(
      this.element,
      place => {
        const box = new Box(drawing)
        this.#boxes.set(place.name, box)
        return box.element
      },
      (_, place) => this.#boxes.get(place.name)?.draw(place, this.#size, this.#width, this.#enlarges),
    )
    this.#idleKeyed = new Keyed(
      this.#idle,
      () => h('p', { class: 'node idle' }),
      (element, node) => {
        element.className = `node idle${node.lost ? ' lost' : ''}`
        element.replaceChildren(
          nodeButton(drawing, node),
          node.word === 'Ready' ? '' : h('strong', {}, node.word),
          h('span', {}, node.closed ? lineText(node.closed, drawing.elapsed, drawing.t) : drawing.t.noPods),
        )
      },
    )
  }

  get idle(): HTMLElement {
    return this.#idle
  }

  /** `width`: of the whole map, px. */
  draw({ tray, nodes, idle, size, enlarges }: MapPlan, width: number): void {
    this.#size = size
    this.#enlarges = enlarges
    const boxes = nodes.length + (tray.length ? 1 : 0)
    const least = { cards: 250, chips: 190, squares: 116 }[size]
    const columns = Math.max(1, Math.min(boxes, Math.floor((width + 8) / (least + 8))))
    this.element.style.setProperty('--columns', String(columns))
    this.#width = (width - 8 * (columns - 1)) / columns - 22
    const places: Place[] = nodes.map(({ node, pods }) => ({ name: node.name, node, pods }))
    if (tray.length) places.unshift({ name: '', node: undefined, pods: tray })
    this.#order.draw(
      places,
      each => each.name,
      each =>
        `${size} ${enlarges} ${columns} ${Math.round(this.#width)} ${JSON.stringify(each.node)} ${podsSignature(this.#drawing, each.pods)}`,
    )
    const here = new Set(places.map(each => each.name))
    for (const name of this.#boxes.keys()) if (!here.has(name)) this.#boxes.delete(name)
    this.#idleKeyed.draw(
      idle,
      each => each.uid,
      each => JSON.stringify(each),
    )
  }

  tick(): void {
    for (const box of this.#boxes.values()) box.tick()
  }
}
