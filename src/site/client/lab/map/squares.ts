// Hundreds of pods: a square each, one image for each node and owner with a sentence, drawn as one path for each state. Two
// thousand squares are as many elements as twenty.
import { fill } from '../../../../i18n/fill.ts'
import type { PodRow, PodState } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import { bandClass, type Drawing } from './context.ts'
import { svg } from './glyph.ts'
import { Keyed } from './keyed.ts'

const step = 10
const side = 7.5

interface Group {
  readonly owner: string
  readonly pods: readonly PodRow[]
}

export class Squares {
  readonly element = h('div', { class: 'squares' })
  readonly #groups: Keyed<Group>
  #columns = 10

  constructor(drawing: Drawing) {
    this.#groups = new Keyed(
      this.element,
      () => h('div', { class: 'squares-group', role: 'img' }),
      (element, { owner, pods }) => {
        const ready = pods.filter(each => each.state === 'ready').length
        const name = drawing.owner(owner)?.name ?? pods[0]?.name ?? ''
        element.setAttribute('aria-label', fill(drawing.t.ownerSummary, { name, n: pods.length, ready }))
        element.replaceChildren(
          h('span', { class: bandClass(drawing, pods[0]!).replace(' old', '') }),
          this.#image(pods),
        )
      },
    )
  }

  /** `width`: of the room, px. */
  draw(pods: readonly PodRow[], width: number): void {
    this.#columns = Math.max(4, Math.floor((width - step) / step))
    const groups = [...Map.groupBy(pods, each => each.owner)].map(([owner, own]) => ({ owner, pods: own }))
    groups.sort((a, b) => (a.owner < b.owner ? -1 : 1))
    this.#groups.draw(
      groups,
      each => each.owner,
      each => `${this.#columns} ${each.pods.map(({ state }) => state).join()}`,
    )
  }

  #image(pods: readonly PodRow[]): SVGElement {
    const columns = this.#columns
    const paths = new Map<PodState, string>()
    for (const [index, { state }] of pods.entries()) {
      const x = (index % columns) * step + 0.75
      const y = Math.floor(index / columns) * step + 0.75
      paths.set(state, `${paths.get(state) ?? ''}M${x} ${y}h${side}v${side}h-${side}z`)
    }
    const height = Math.ceil(pods.length / columns) * step
    const width = columns * step
    const image = svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' })
    for (const [state, d] of paths) image.append(svg('path', { d, class: `is-${state}` }))
    return image
  }
}
