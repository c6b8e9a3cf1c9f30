// Who made the pods: a chip each with its hue; beside what keeps a number of pods its slots, and what
// the bands of a Deployment mean.
import { fill } from '../../../../i18n/fill.ts'
import type { OwnerRow, PodRow, PodState } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import { type Drawing, hueClass } from './context.ts'
import { glyph } from './glyph.ts'
import { Keyed } from './keyed.ts'
import { hasSlots, type Size, type Slot, slotsOf } from './plan.ts'
import { lineText } from './words.ts'

/** More slots than these are no picture any more. */
const mostSlots = 16
/** With more owners than these there is no room for what stands beside them. */
const mostDetailed = 3

interface Shown {
  readonly owner: OwnerRow
  readonly pods: readonly PodRow[]
  readonly detailed: boolean
}

export class Owners {
  readonly element = h('div', { class: 'map-owners' })
  readonly #drawing: Drawing
  readonly #kinds: Keyed<{ kind: string; shown: readonly Shown[] }>

  constructor(drawing: Drawing) {
    this.#drawing = drawing
    const lines = new Map<Element, Keyed<Shown>>()
    this.#kinds = new Keyed(
      this.element,
      ({ kind }) => {
        const line = h('div', { class: 'map-line' })
        lines.set(
          line,
          new Keyed<Shown>(
            line,
            () => h('div', { class: 'map-owner' }),
            (element, shown) => this.#draw(element, shown),
          ),
        )
        return h('div', { class: 'map-row' }, h('h3', {}, kind), line)
      },
      (row, { shown }) =>
        lines.get(row.lastElementChild!)?.draw(
          shown,
          each => each.owner.uid,
          each => this.#signature(each),
        ),
    )
  }

  draw(owners: readonly OwnerRow[], pods: ReadonlyMap<string, readonly PodRow[]>, size: Size): void {
    const detailed = size === 'cards' && owners.length <= mostDetailed
    const shown = owners.map(owner => ({ owner, pods: pods.get(owner.uid) ?? [], detailed }))
    const kinds = [...Map.groupBy(shown, each => each.owner.kind)].map(([kind, own]) => ({
      kind,
      shown: own,
    }))
    this.#kinds.draw(
      kinds,
      each => each.kind,
      each => each.shown.map(own => this.#signature(own)).join(),
    )
  }

  #signature({ owner, pods, detailed }: Shown): string {
    const slots = detailed ? pods.map(({ uid, state, revision }) => `${uid}${state}${revision}`).join() : ''
    return `${JSON.stringify(owner)} ${slots} ${detailed}`
  }

  #draw(element: HTMLElement, { owner, pods, detailed }: Shown): void {
    const { t, open, elapsed } = this.#drawing
    const { kind, namespace, name, ready, wanted, schedule, note } = owner
    const bad = pods.some(each => each.state === 'failing')
    const tone = ready >= wanted ? 'good' : bad ? 'bad' : 'wait'
    const chip = h(
      'button',
      {
        type: 'button',
        class: `map-chip owner ${hueClass(owner)}`,
        tabindex: '-1',
        'data-item': owner.uid,
        title: `${kind} ${name}`,
        onclick: () => open(`${kind.toLowerCase()}/${namespace}/${name}`),
      },
      h('span', { class: 'chip-name' }, name),
      schedule === undefined
        ? h('span', { class: `chip-count ${wanted ? tone : ''}` }, `${ready}/${wanted}`)
        : h('span', { class: 'chip-more' }, schedule),
      note ? h('span', { class: 'chip-more' }, lineText(note, elapsed, t)) : '',
    )
    element.replaceChildren(chip, ...(detailed && hasSlots(owner) ? this.#beside(owner, pods) : []))
  }

  #beside(owner: OwnerRow, pods: readonly PodRow[]): HTMLElement[] {
    const { t } = this.#drawing
    const { slots, mark } = slotsOf(owner, pods)
    const parts: HTMLElement[] = []
    if (slots.length > 0 && slots.length <= mostSlots) parts.push(this.#strip(owner, slots, mark))
    if (mark !== undefined && owner.surge)
      parts.push(h('span', { class: 'map-note' }, fill(t.want, { wanted: owner.wanted, surge: owner.surge })))
    const revisions = (owner.revisions ?? []).filter((each, index) => each.pods > 0 || index < 2)
    if (revisions.length)
      parts.push(
        h(
          'span',
          { class: `map-keys ${hueClass(owner)}` },
          ...revisions.map(({ id, version, hash, pods: count }, index) =>
            h(
              'span',
              {},
              h('i', { class: `band ${hueClass(owner)}${id === owner.current ? '' : ' old'}` }),
              `${version} ${hash} · ${count}${index > 0 && count === 0 ? t.none : ''}`,
            ),
          ),
          pods.some(each => each.made) && h('span', { class: 'made-key' }, h('b', {}), t.made),
        ),
      )
    return parts
  }

  #strip(owner: OwnerRow, slots: readonly Slot[], mark: number | undefined): HTMLElement {
    const { t } = this.#drawing
    const states = new Map<PodState, number>()
    for (const each of slots) if (each) states.set(each.state, (states.get(each.state) ?? 0) + 1)
    const list = [...states].map(([state, n]) => `${n} ${t.states[state]}`).join(', ')
    return h(
      'span',
      {
        class: 'slots',
        role: 'img',
        'aria-label': fill(t.slots, { name: owner.name, wanted: owner.wanted, list: list || '0' }),
      },
      ...slots.flatMap((pod, index) => [
        index === mark ? h('i', { class: 'slots-mark' }) : undefined,
        pod
          ? h(
              'span',
              { class: `slot is-${pod.state}` },
              h('i', { class: `band ${hueClass(owner)}${pod.revision === owner.current ? '' : ' old'}` }),
              h('span', {}, glyph(pod.state) as unknown as HTMLElement),
            )
          : h('span', { class: 'slot free' }),
      ]),
    )
  }
}
