// The lab's frame: head, bars, tabs and what they show. Beside the text it is a column in which the line between hands and
// cluster can be moved; on a phone it is a sheet over the text with a handle and three heights.
import type { Strings } from '../../../i18n/strings.ts'
import { h, store } from '../dom.ts'
import type { Part, Tab } from './part.ts'

const heights = ['low', 'middle', 'full'] as const
type Height = (typeof heights)[number]

/** Percent of the room that the hands have above the cluster: at first, at least, at most. */
const split = { first: 60, least: 15, most: 85 } as const
const splitKey = 'lab:split'

export class Panel {
  readonly element: HTMLElement
  readonly #tabs: readonly Tab[]
  readonly #buttons: readonly HTMLButtonElement[]
  readonly #panels: HTMLElement
  #selected = ''

  constructor(parts: readonly Part[], notices: HTMLElement, t: Strings, close: () => void) {
    this.#tabs = parts.flatMap(each => each.tabs ?? [])
    this.#buttons = this.#tabs.map(tab => {
      tab.element.id = `lab-${tab.name}`
      tab.element.setAttribute('role', 'tabpanel')
      tab.element.setAttribute('aria-labelledby', `lab-tab-${tab.name}`)
      tab.element.dataset.panel = tab.name
      return h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `lab-tab-${tab.name}`,
          'aria-controls': `lab-${tab.name}`,
          'data-tab': tab.name,
          onclick: () => {
            this.raise('middle')
            this.show(tab.name, tab.name !== 'cluster')
          },
        },
        tab.title,
      )
    })
    const list = h('div', { class: 'lab-tabs', role: 'tablist', 'aria-label': t.lab }, ...this.#buttons)
    list.addEventListener('keydown', event => this.#arrow(event))
    const divider = this.#divider(t)
    this.#panels = h('div', { class: 'lab-panels' }, ...this.#tabs.map(each => each.element), divider)
    this.element = h(
      'aside',
      { class: 'lab', id: 'lab', 'aria-label': t.lab, hidden: true, tabindex: '-1', 'data-height': 'middle' },
      this.#handle(t),
      h(
        'header',
        { class: 'lab-head' },
        h('h2', {}, t.lab),
        ...parts.map(each => each.head),
        h(
          'button',
          { type: 'button', class: 'lab-close', 'aria-label': t.labClose, title: t.labClose, onclick: close },
          '✕',
        ),
      ),
      ...parts.map(each => each.bar),
      notices,
      list,
      this.#panels,
    )
    this.element.addEventListener('keydown', event => {
      if (event.key === 'Escape' && event.target === this.element) close()
    })
    this.show(this.#tabs[0]?.name ?? '')
  }

  get selected(): string {
    return this.#selected
  }

  show(name: string, focus = false): void {
    this.#selected = name
    for (const [index, tab] of this.#tabs.entries()) {
      const open = tab.name === name
      tab.element.classList.toggle('shown', open)
      this.#buttons[index]?.setAttribute('aria-selected', String(open))
      this.#buttons[index]?.setAttribute('tabindex', open ? '0' : '-1')
      if (!open) continue
      tab.shown?.()
      if (focus) tab.focus()
    }
  }

  /** The panel has become visible. */
  opened(): void {
    for (const tab of this.#tabs) if (tab.name === this.#selected) tab.shown?.()
  }

  // ---- the sheet of a phone

  get height(): Height {
    return this.element.dataset.height as Height
  }

  set height(height: Height) {
    this.element.dataset.height = height
    document.documentElement.dataset.labHeight = height
    this.opened()
  }

  /** At least so high. */
  raise(height: Height): void {
    if (heights.indexOf(this.height) < heights.indexOf(height)) this.height = height
  }

  /** Drag it, tap it to go round, or use the arrow keys. */
  #handle(t: Strings): HTMLElement {
    const handle = h('button', {
      type: 'button',
      class: 'lab-handle',
      'aria-label': t.labHeight,
      title: t.labHeight,
    })
    const step = (by: number) => {
      const at = heights.indexOf(this.height) + by
      this.height = heights[Math.min(heights.length - 1, Math.max(0, at))]!
    }
    handle.addEventListener('keydown', event => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      step(event.key === 'ArrowUp' ? 1 : -1)
      event.preventDefault()
    })
    let from: { y: number; height: number } | undefined
    let dragged = false
    handle.addEventListener('pointerdown', event => {
      from = { y: event.clientY, height: this.element.getBoundingClientRect().height }
      dragged = false
      handle.setPointerCapture(event.pointerId)
    })
    handle.addEventListener('pointermove', event => {
      if (!from || Math.abs(event.clientY - from.y) < 6) return
      dragged = true
      this.element.style.height = `${from.height + from.y - event.clientY}px`
    })
    const drop = () => {
      if (dragged) {
        const part = this.element.getBoundingClientRect().height / innerHeight
        this.element.style.height = ''
        this.height = part < 0.4 ? 'low' : part < 0.75 ? 'middle' : 'full'
      }
      from = undefined
    }
    handle.addEventListener('pointerup', drop)
    handle.addEventListener('pointercancel', drop)
    handle.addEventListener('click', () => {
      if (!dragged) this.height = heights[(heights.indexOf(this.height) + 1) % heights.length]!
      dragged = false
    })
    return handle
  }

  // ---- the line between hands and cluster

  #divider(t: Strings): HTMLElement {
    const divider = h('div', {
      class: 'lab-divider',
      role: 'separator',
      tabindex: '0',
      'aria-label': t.labDivider,
      'aria-orientation': 'horizontal',
      'aria-valuemin': split.least,
      'aria-valuemax': split.most,
    })
    let part = 0
    const set = (percent: number, keep = true) => {
      part = Math.round(Math.min(split.most, Math.max(split.least, percent)))
      divider.setAttribute('aria-valuenow', String(part))
      document.documentElement.style.setProperty('--lab-split', String(part))
      if (keep) store.set(splitKey, String(part))
    }
    const stored = Number.parseInt(store.get(splitKey) ?? '', 10)
    set(Number.isNaN(stored) ? split.first : stored, false)
    divider.addEventListener('keydown', ({ key }) => {
      const by = { ArrowUp: -5, ArrowDown: 5, Home: -100, End: 100 }[key]
      if (by) set(part + by)
    })
    divider.addEventListener('pointerdown', event => {
      divider.setPointerCapture(event.pointerId)
      event.preventDefault()
    })
    divider.addEventListener('pointermove', event => {
      if (!divider.hasPointerCapture(event.pointerId)) return
      const { top, height } = this.#panels.getBoundingClientRect()
      set((100 * (event.clientY - top)) / height)
    })
    divider.addEventListener('dblclick', () => set(split.first))
    return divider
  }

  #arrow(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const seen = this.#buttons.filter(each => each.offsetParent)
    const at = seen.indexOf(document.activeElement as HTMLButtonElement)
    const next = seen[(at + step + seen.length) % seen.length]
    this.show(next?.dataset.tab ?? this.#selected)
    next?.focus()
    event.preventDefault()
  }
}
