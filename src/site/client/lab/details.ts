// The card of one object: what is wanted, what is there, its conditions and latest events.
import { fill } from '../../../i18n/fill.ts'
import type { ObjectDetails } from '../../worker/protocol.ts'
import { h } from '../dom.ts'
import { eventItem } from './events.ts'
import type { Lab } from './part.ts'

export class DetailsCard {
  readonly element = h('section', { class: 'details', hidden: true, tabindex: '-1' })
  readonly #lab: Lab
  readonly #describe: (command: string) => void
  #selected: string | undefined

  constructor(lab: Lab, describe: (command: string) => void) {
    this.#lab = lab
    this.#describe = describe
    lab.connection.on('details', ({ details }) => this.#draw(details))
    // A new worker does not know yet what is open.
    lab.connection.on('ready', () => this.#selected && this.#select(this.#selected))
  }

  /** Opens the card of an object: `deployment/web`. */
  open(object: string): void {
    this.#select(object)
    this.element.hidden = false
    this.element.setAttribute('aria-label', fill(this.#lab.t.objectDetails, { object }))
    this.element.focus({ preventScroll: true })
  }

  #select(object: string | undefined): void {
    this.#selected = object
    this.#lab.connection.send({ type: 'details', object })
  }

  #draw(details: ObjectDetails): void {
    if (details.object !== this.#selected) return
    const { t } = this.#lab
    const close = () => {
      this.#select(undefined)
      this.element.hidden = true
    }
    const head = h(
      'div',
      { class: 'details-head' },
      h('h3', {}, h('code', {}, details.object)),
      details.row && h('span', { class: `state ${details.row.tone}` }, details.row.state),
      h('button', { type: 'button', class: 'ask-why', onclick: () => this.#lab.why(details.object) }, t.why),
      h('button', { type: 'button', onclick: close }, t.close),
    )
    if (!details.found) {
      this.element.replaceChildren(head, h('p', {}, fill(t.objectGone, { object: details.object })))
      return
    }
    const [kind = '', ...rest] = details.object.split('/')
    const name = rest.at(-1) ?? ''
    const namespace = details.row?.namespace
    const describe = `kubectl describe ${kind} ${name}${namespace && namespace !== 'default' ? ` -n ${namespace}` : ''}`
    this.element.replaceChildren(
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
        { type: 'button', class: 'describe', onclick: () => this.#describe(describe) },
        t.objectDescribe,
      ),
    )
  }
}
