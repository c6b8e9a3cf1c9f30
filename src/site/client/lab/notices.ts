// Short messages of the lab about itself, above its tabs, with what can be done about them. One of a kind at a time.
import type { Strings } from '../../../i18n/strings.ts'
import { h } from '../dom.ts'

export interface Notice {
  readonly text: string
  /** How loud it is: something failed, or something is worth knowing. */
  readonly tone: 'bad' | 'wait' | 'note'
  readonly actions?: readonly { readonly text: string; readonly run: () => void; readonly keep?: boolean }[]
  /** It goes by itself after so many ms. */
  readonly ms?: number
  /** It stays until it is settled: there is no cross to close it. */
  readonly settled?: boolean
}

export class Notices {
  readonly element = h('div', { class: 'notices' })
  readonly #t: Strings
  readonly #shown = new Map<string, { element: HTMLElement; timer?: ReturnType<typeof setTimeout> }>()

  constructor(t: Strings) {
    this.#t = t
  }

  show(kind: string, { text, tone, actions = [], ms, settled = false }: Notice): HTMLElement {
    this.hide(kind)
    const element = h(
      'div',
      { class: `notice ${tone}`, 'data-notice': kind, role: tone === 'bad' ? 'alert' : 'status' },
      h('p', {}, text),
      ...actions.map(each =>
        h(
          'button',
          {
            type: 'button',
            onclick: () => {
              if (!each.keep) this.hide(kind)
              each.run()
            },
          },
          each.text,
        ),
      ),
      !settled &&
        h(
          'button',
          {
            type: 'button',
            class: 'notice-close',
            'aria-label': this.#t.close,
            onclick: () => this.hide(kind),
          },
          '✕',
        ),
    )
    this.element.append(element)
    const timer = ms === undefined ? undefined : setTimeout(() => this.hide(kind), ms)
    this.#shown.set(kind, { element, ...(timer !== undefined && { timer }) })
    return element
  }

  hide(kind: string): void {
    const shown = this.#shown.get(kind)
    if (!shown) return
    clearTimeout(shown.timer)
    shown.element.remove()
    this.#shown.delete(kind)
  }

  has(kind: string): boolean {
    return this.#shown.has(kind)
  }
}
