// The lab's frame: task row, the sentence over the map, time, and the hands with their tabs. Beside the text it is a column
// in which the line between map and hands can be moved; over the whole screen the hands stand left and the map right; on a
// phone it is a sheet over the text, where the map is one of the tabs.
import type { Strings } from '../../../i18n/strings.ts'
import { h } from '../dom.ts'
import { icon } from '../icon.ts'
import { divider } from './divider.ts'
import type { Part } from './part.ts'
import { type Height, Sheet } from './sheet.ts'
import { TabEntry, TabGroup } from './tab-group.ts'

const narrow = matchMedia('(width < 64rem)')
/** The tab that shows the map, on a phone. */
const mapTab = 'cluster'

export class Panel {
  readonly element: HTMLElement
  readonly #entries: readonly TabEntry[]
  readonly #hands: TabGroup
  /** With the whole screen: what explains, below the map. */
  readonly #below: TabGroup
  readonly #eyes: HTMLElement
  readonly #mapButton: HTMLButtonElement
  readonly #sheet: Sheet

  constructor(parts: readonly Part[], notices: HTMLElement, t: Strings, close: () => void) {
    const go = (name: string) => this.show(name)
    this.#hands = new TabGroup(t.labHands, go)
    this.#below = new TabGroup(t.labExplains, go)
    this.#entries = parts
      .flatMap(each => each.tabs ?? [])
      .map(
        tab =>
          new TabEntry(tab, t, () => {
            this.raise('middle')
            this.show(tab.name, true)
          }),
      )
    this.#mapButton = h(
      'button',
      {
        type: 'button',
        role: 'tab',
        class: 'map-tab',
        id: `lab-tab-${mapTab}`,
        'aria-controls': `lab-${mapTab}`,
        'data-tab': mapTab,
        onclick: () => {
          this.raise('middle')
          this.show(mapTab)
        },
      },
      t.cluster,
    )
    this.#hands.list.append(this.#mapButton)
    this.#eyes = h(
      'section',
      { class: 'lab-eyes', id: `lab-${mapTab}`, 'aria-label': t.cluster },
      ...parts.map(each => each.sentence),
      ...parts.map(each => each.map),
      h('div', { class: 'lab-below' }, this.#below.list, this.#below.panels),
    )
    const task = this.#task(parts, t, close)
    this.#sheet = new Sheet(
      t,
      () => this.element,
      () => this.opened(),
    )
    this.#sheet.dragsBy(task)
    this.element = h(
      'aside',
      { class: 'lab', id: 'lab', 'aria-label': t.lab, hidden: true, tabindex: '-1', 'data-height': 'middle' },
      this.#sheet.handle,
      task,
      ...parts.map(each => each.bar),
      notices,
      ...parts.map(each => each.aside),
      this.#eyes,
      ...parts.map(each => each.timeRow),
      divider(t, () => {
        const { top } = this.#eyes.getBoundingClientRect()
        return { top, height: this.#hands.panels.getBoundingClientRect().bottom - top }
      }),
      this.#hands.list,
      this.#hands.panels,
    )
    this.element.addEventListener('keydown', event => {
      if (event.key !== 'Escape') return
      if (event.target === this.element) close()
      // From what explains, back to the map.
      else if (this.#explaining(event.target as Node))
        this.#eyes.querySelector<HTMLElement>('[data-item][tabindex="0"]')?.focus({ preventScroll: true })
    })
    this.#deal()
    narrow.addEventListener('change', () => this.#deal())
    this.show(this.#entries[0]?.tab.name ?? '')
  }

  /** Where one is, what comes next, and what can be done with the lab itself. */
  #task(parts: readonly Part[], t: Strings, close: () => void): HTMLElement {
    const whole = h(
      'button',
      {
        type: 'button',
        class: 'bare lab-whole',
        'aria-label': t.labWhole,
        title: t.labWhole,
        'aria-pressed': 'false',
        onclick: () => {
          this.whole = !this.whole
          whole.setAttribute('aria-pressed', String(this.whole))
        },
      },
      icon('whole'),
    )
    const entries = parts.flatMap(each => each.menu ?? [])
    const menu = h('div', { class: 'lab-menu', id: 'lab-menu', popover: 'auto' }, ...entries)
    menu.addEventListener('click', event => {
      if ((event.target as HTMLElement).closest('button')) menu.hidePopover()
    })
    return h(
      'header',
      { class: 'lab-head' },
      h('h2', { class: 'visually-hidden' }, t.lab),
      ...parts.map(each => each.task),
      h(
        'div',
        { class: 'lab-tools' },
        ...parts.map(each => each.tool),
        h(
          'button',
          {
            type: 'button',
            class: 'bare lab-more',
            popovertarget: 'lab-menu',
            'aria-label': t.labMore,
            title: t.labMore,
          },
          icon('more'),
        ),
        menu,
        whole,
        h(
          'button',
          {
            type: 'button',
            class: 'bare lab-close',
            'aria-label': t.labClose,
            title: t.labClose,
            onclick: close,
          },
          icon('close'),
        ),
      ),
    )
  }

  // ---- tabs

  get selected(): string {
    return this.#mapInFront ? mapTab : (this.#hands.selected?.tab.name ?? '')
  }

  /** On a phone the map may be what is in front; elsewhere it is always in sight. */
  get #mapInFront(): boolean {
    return narrow.matches && this.element.dataset.pane === 'eyes'
  }

  show(name: string, focus = false): void {
    this.element.dataset.pane = name === mapTab ? 'eyes' : 'hands'
    const entry = this.#entries.find(each => each.tab.name === name)
    if (entry) {
      const group = this.#below.entries.includes(entry) ? this.#below : this.#hands
      group.select(entry)
    }
    this.#mark()
    if (entry) entry.shown(focus)
    else if (focus) this.#eyes.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true })
  }

  badge(name: string, text: string): void {
    this.#entries.find(each => each.tab.name === name)?.badge(text)
  }

  #explaining(place: Node): boolean {
    return this.#entries.some(each => each.tab.explains && each.panel.contains(place))
  }

  offer(name: string): void {
    const entry = this.#entries.find(each => each.tab.name === name)
    if (entry) entry.button.hidden = false
  }

  /** The panel has become visible. */
  opened(): void {
    if (!this.#mapInFront) this.#hands.selected?.shown(false)
  }

  /** Which tabs stand where. */
  #deal(): void {
    const whole = this.whole && !narrow.matches
    const explains = this.#entries.filter(each => each.tab.explains)
    this.#below.hold(whole ? explains : [])
    this.#hands.hold(whole ? this.#entries.filter(each => !each.tab.explains) : this.#entries)
    if (narrow.matches) {
      this.#eyes.setAttribute('role', 'tabpanel')
      this.#eyes.setAttribute('aria-labelledby', `lab-tab-${mapTab}`)
    } else for (const name of ['role', 'aria-labelledby']) this.#eyes.removeAttribute(name)
    this.#mark()
    if (whole) this.#below.selected?.shown(false)
  }

  #mark(): void {
    const front = this.#mapInFront
    this.#mapButton.setAttribute('aria-selected', String(front))
    this.#mapButton.setAttribute('tabindex', front ? '0' : '-1')
    this.#hands.selected?.select(!front)
  }

  // ---- the whole screen, or a sheet

  get whole(): boolean {
    return this.element.hasAttribute('data-whole')
  }

  set whole(whole: boolean) {
    this.element.toggleAttribute('data-whole', whole)
    this.element.querySelector('.lab-whole')?.setAttribute('aria-pressed', String(whole))
    this.#deal()
  }

  get height(): Height {
    return this.#sheet.height
  }

  set height(height: Height) {
    this.#sheet.height = height
  }

  raise(height: Height): void {
    this.#sheet.raise(height)
  }
}
