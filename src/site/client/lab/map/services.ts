// How pods are reached: who asks, Ingresses, Services with their addresses and how many stand behind them; and the claims
// that pods keep their data in.
import type { ClaimRow, IngressRow, ServiceRow } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import type { Drawing } from './context.ts'
import { Keyed } from './keyed.ts'

type Reached = IngressRow | ServiceRow

export class Services {
  readonly element = h('div', { class: 'map-row', hidden: true })
  readonly #claims = h('div', { class: 'map-row', hidden: true })
  readonly #client = h('span', { class: 'map-chip client', hidden: true })
  readonly #arrow = h('span', { class: 'map-arrow', 'aria-hidden': 'true', hidden: true }, '→')
  readonly #chips: Keyed<Reached>
  readonly #claimChips: Keyed<ClaimRow>

  /** `choose`: a Service is opened, or its plugs are to be shown. */
  constructor(drawing: Drawing, choose: (service: string) => void) {
    const { t } = drawing
    const line = h('div', { class: 'map-line' })
    const chips = h('div', { class: 'map-line' })
    line.append(this.#client, this.#arrow, chips)
    this.element.append(h('h3', {}, t.requests), line)
    this.#chips = new Keyed<Reached>(
      chips,
      row =>
        h('button', {
          type: 'button',
          tabindex: '-1',
          'data-item': row.uid,
          onclick: () => {
            if (row.row === 'service') choose(row.uid)
            drawing.open(`${row.row}/${row.namespace}/${row.name}`)
          },
        }),
      (element, row) => {
        element.className = `map-chip ${row.row}`
        const title = row.row === 'service' ? 'Service' : 'Ingress'
        element.setAttribute('title', `${title} ${row.name}`)
        if (row.row === 'ingress')
          element.replaceChildren(
            h('span', { class: 'chip-kind' }, 'Ingress'),
            h('span', { class: 'chip-name' }, row.name),
            h('span', { class: 'chip-more' }, row.hosts),
            h('span', { class: 'chip-more' }, row.services.length ? `→ ${row.services.join(', ')}` : ''),
          )
        else {
          const tone = row.total === 0 ? 'bad' : row.ready < row.total ? 'wait' : 'good'
          element.setAttribute('aria-pressed', String(drawing.service === row.uid))
          element.replaceChildren(
            h('span', { class: 'chip-name' }, row.name),
            h('span', { class: 'chip-more' }, row.address),
            row.selects || row.total
              ? h('span', { class: `chip-count ${tone}` }, `${row.ready}/${row.total}`)
              : '',
          )
        }
      },
    )
    this.#chosen = () => drawing.service
    const claimLine = h('div', { class: 'map-line' })
    this.#claims.append(h('h3', {}, 'PVC'), claimLine)
    this.#claimChips = new Keyed<ClaimRow>(
      claimLine,
      row =>
        h('button', {
          type: 'button',
          class: 'map-chip',
          tabindex: '-1',
          'data-item': row.uid,
          onclick: () => drawing.open(`persistentvolumeclaim/${row.namespace}/${row.name}`),
        }),
      (element, { name, phase, capacity }) => {
        const tone = phase === 'Bound' ? 'good' : phase === 'Pending' ? 'wait' : 'bad'
        element.replaceChildren(
          h('span', { class: 'chip-name' }, name),
          h('span', { class: 'chip-more' }, capacity),
          h('span', { class: `chip-count ${tone}` }, phase),
        )
      },
    )
  }

  readonly #chosen: () => string | undefined

  get claims(): HTMLElement {
    return this.#claims
  }

  get client(): HTMLElement {
    return this.#client
  }

  draw(services: readonly ServiceRow[], ingresses: readonly IngressRow[], claims: readonly ClaimRow[]): void {
    const reached = [...ingresses, ...services]
    this.element.hidden = reached.length === 0 && this.#client.hidden
    this.#chips.draw(
      reached,
      each => each.uid,
      each => `${JSON.stringify(each)} ${this.#chosen() === each.uid}`,
    )
    this.#claims.hidden = claims.length === 0
    this.#claimChips.draw(
      claims,
      each => each.uid,
      each => JSON.stringify(each),
    )
  }

  /** Who sent the last request; undefined in a world that knows of none. */
  asks(name: string | undefined): void {
    this.#client.textContent = name ?? ''
    for (const each of [this.#client, this.#arrow]) each.hidden = name === undefined
    if (name !== undefined) this.element.hidden = false
  }

  chip(uid: string): HTMLElement | undefined {
    return this.#chips.get(uid)
  }
}
