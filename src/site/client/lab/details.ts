// The card of one object: what is wanted, what is there, its conditions and latest events.
import { fill } from '../../../i18n/fill.ts'
import type { ObjectDetails } from '../../worker/protocol.ts'
import { h } from '../dom.ts'
import { eventItem } from './events.ts'
import type { Lab } from './part.ts'
import type { ChangesPane } from './time/changes.ts'

export class DetailsCard {
  readonly element = h('section', { class: 'details', hidden: true, tabindex: '-1' })
  readonly #lab: Lab
  readonly #describe: (command: string) => void
  readonly #head = h('div')
  readonly #overview = h('div', { role: 'tabpanel', 'aria-labelledby': 'details-overview' })
  readonly #changes = h('div', { role: 'tabpanel', 'aria-labelledby': 'details-changes', hidden: true })
  readonly #tabs: HTMLElement
  #pane: Promise<ChangesPane> | undefined
  #selected: string | undefined

  constructor(lab: Lab, describe: (command: string) => void) {
    this.#lab = lab
    this.#describe = describe
    this.#tabs = this.#makeTabs()
    this.element.append(this.#head, this.#tabs, this.#overview, this.#changes)
    lab.connection.on('details', ({ details }) => this.#draw(details))
    // A new worker does not know yet what is open.
    lab.connection.on('ready', () => this.#selected && this.#select(this.#selected))
  }

  /** Opens the card of an object: `deployment/web`. */
  open(object: string): void {
    this.#select(object)
    this.element.hidden = false
    if (!this.#changes.hidden) this.#openChanges()
    this.element.setAttribute('aria-label', fill(this.#lab.t.objectDetails, { object }))
    this.element.focus({ preventScroll: true })
  }

  /** What it is, and what has changed in it; the second is loaded when it is first wanted. */
  #makeTabs(): HTMLElement {
    const { t } = this.#lab
    const tab = (name: string, text: string) => {
      const button = h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `details-${name}`,
          'aria-selected': String(name === 'overview'),
          tabindex: name === 'overview' ? '0' : '-1',
          onclick: () => show(button),
        },
        text,
      )
      return button
    }
    const tabs = [tab('overview', t.objectOverview), tab('changes', t.objectChanges)]
    const show = (chosen: HTMLElement) => {
      for (const each of tabs) {
        each.setAttribute('aria-selected', String(each === chosen))
        each.setAttribute('tabindex', each === chosen ? '0' : '-1')
      }
      this.#overview.hidden = chosen !== tabs[0]
      this.#changes.hidden = chosen !== tabs[1]
      if (!this.#changes.hidden) this.#openChanges()
    }
    const list = h('div', { class: 'details-tabs', role: 'tablist', 'aria-label': t.inspect }, ...tabs)
    list.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return
      const other = tabs.find(each => each !== document.activeElement)!
      show(other)
      other.focus()
    })
    return list
  }

  #openChanges(): void {
    this.#pane ??= import('./time/changes.ts').then(({ changesPane }) => changesPane(this.#lab))
    this.#pane.then(
      pane => {
        if (!this.#changes.contains(pane.element)) this.#changes.replaceChildren(pane.element)
        if (this.#selected) pane.open(this.#selected)
      },
      () => {
        this.#pane = undefined
        this.#changes.replaceChildren(h('p', {}, this.#lab.t.tabUnreachable))
      },
    )
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
    this.#head.replaceChildren(head, this.#chain(details))
    if (!details.found) {
      this.#overview.replaceChildren(h('p', {}, fill(t.objectGone, { object: details.object })))
      return
    }
    const [kind = '', ...rest] = details.object.split('/')
    const name = rest.at(-1) ?? ''
    const namespace = details.row?.namespace
    const describe = `kubectl describe ${kind} ${name}${namespace && namespace !== 'default' ? ` -n ${namespace}` : ''}`
    this.#overview.replaceChildren(
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

  /** From the one that owns all down to this one, and to the containers in it. */
  #chain({ object, owners, containers }: ObjectDetails): HTMLElement {
    const between = () => h('span', { class: 'between', 'aria-hidden': 'true' }, '›')
    const parts: HTMLElement[] = owners.flatMap(each => [
      h('button', { type: 'button', onclick: () => this.open(each) }, each),
      between(),
    ])
    parts.push(h('span', { class: 'chip', 'aria-current': 'true' }, object))
    for (const each of containers) parts.push(between(), h('span', { class: 'chip' }, each))
    return h('div', { class: 'chain', role: 'group', 'aria-label': this.#lab.t.objectOwner }, ...parts)
  }
}
