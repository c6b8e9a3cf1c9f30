// A row of tabs and what they show. What a tab shows is made when it first comes to the front, where it can wait so long.
import type { Strings } from '../../../i18n/strings.ts'
import { h } from '../dom.ts'
import type { Pane, Tab } from './part.ts'

/** A tab, its button, and the room for what it shows. */
export class TabEntry {
  readonly tab: Tab
  readonly button: HTMLButtonElement
  readonly panel: HTMLElement
  readonly #badge = h('span', { class: 'tab-badge' })
  readonly #t: Strings
  #pane: Pane | undefined
  #loading = false

  constructor(tab: Tab, t: Strings, chosen: (tab: Tab) => void) {
    this.tab = tab
    this.#t = t
    const { name, title } = tab
    this.button = h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `lab-tab-${name}`,
        'aria-controls': `lab-${name}`,
        'data-tab': name,
        'data-explains': tab.explains,
        hidden: tab.hidden,
        onclick: () => chosen(tab),
      },
      title,
      this.#badge,
    )
    this.#pane = 'element' in tab ? tab : undefined
    this.panel = this.#pane?.element ?? h('div', { class: 'late' })
    this.panel.id = `lab-${name}`
    this.panel.setAttribute('role', 'tabpanel')
    this.panel.setAttribute('aria-labelledby', `lab-tab-${name}`)
  }

  badge(text: string): void {
    this.#badge.textContent = text
  }

  select(selected: boolean): void {
    this.panel.classList.toggle('shown', selected)
    this.button.setAttribute('aria-selected', String(selected))
    this.button.setAttribute('tabindex', selected ? '0' : '-1')
  }

  /** It has come to the front. */
  shown(focus: boolean): void {
    if (this.#pane) {
      this.#pane.shown?.()
      if (focus) this.#pane.focus()
    } else void this.#load(focus)
  }

  async #load(focus: boolean): Promise<void> {
    const { tab, panel } = this
    if (this.#loading || !('load' in tab)) return
    this.#loading = true
    panel.textContent = this.#t.tabLoading
    try {
      this.#pane = await tab.load()
      panel.replaceChildren(this.#pane.element)
      if (panel.classList.contains('shown')) this.shown(focus)
    } catch {
      panel.textContent = this.#t.tabUnreachable // opening it again tries again
    }
    this.#loading = false
  }
}

export class TabGroup {
  readonly list: HTMLElement
  readonly panels = h('div', { class: 'lab-panels' })
  readonly entries: TabEntry[] = []
  selected: TabEntry | undefined

  readonly #go: (name: string) => void

  /** `go`: another tab is wanted, by the arrow keys. */
  constructor(label: string, go: (name: string) => void) {
    this.#go = go
    this.list = h('div', { class: 'lab-tabs', role: 'tablist', 'aria-label': label })
    this.list.addEventListener('keydown', event => this.#arrow(event))
  }

  /** With these tabs, in this order; the one in front stays so, if it is still among them. */
  hold(entries: readonly TabEntry[]): void {
    this.entries.splice(0, this.entries.length, ...entries)
    this.list.append(...entries.map(each => each.button))
    this.panels.append(...entries.map(each => each.panel))
    const first = entries.find(each => !each.button.hidden)
    this.select(entries.includes(this.selected!) ? this.selected : first)
  }

  select(entry: TabEntry | undefined): void {
    this.selected = entry
    for (const each of this.entries) each.select(each === entry)
  }

  #arrow(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const seen = [...this.list.querySelectorAll<HTMLElement>('[role=tab]')].filter(each => each.offsetParent)
    const at = seen.indexOf(document.activeElement as HTMLElement)
    const next = seen[(at + step + seen.length) % seen.length]
    if (next) this.#go(next.dataset.tab ?? '')
    next?.focus()
    event.preventDefault()
  }
}
