// The lab on a phone: a sheet over the text with three heights. Its head is dragged; the handle is also tapped to go
// round, or moved with the arrow keys.
import type { Strings } from '../../../i18n/strings.ts'
import { h } from '../dom.ts'

const heights = ['low', 'middle', 'full'] as const
export type Height = (typeof heights)[number]

export class Sheet {
  readonly handle: HTMLElement
  readonly #panel: () => HTMLElement
  readonly #changed: () => void

  constructor(t: Strings, panel: () => HTMLElement, changed: () => void) {
    this.#panel = panel
    this.#changed = changed
    this.handle = h('button', {
      type: 'button',
      class: 'lab-handle',
      'aria-label': t.labHeight,
      title: t.labHeight,
    })
    this.handle.addEventListener('keydown', event => {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
      const at = heights.indexOf(this.height) + (event.key === 'ArrowUp' ? 1 : -1)
      this.height = heights[Math.min(heights.length - 1, Math.max(0, at))]!
      event.preventDefault()
    })
    this.dragsBy(this.handle, () => {
      this.height = heights[(heights.indexOf(this.height) + 1) % heights.length]!
    })
  }

  get height(): Height {
    return (this.#panel().dataset.height as Height) ?? 'middle'
  }

  set height(height: Height) {
    this.#panel().dataset.height = height
    document.documentElement.dataset.labHeight = height
    this.#changed()
  }

  /** At least so high. */
  raise(height: Height): void {
    if (heights.indexOf(this.height) < heights.indexOf(height)) this.height = height
  }

  /** Whoever drags this moves the sheet; buttons on it stay buttons. */
  dragsBy(grip: HTMLElement, tapped: () => void = () => {}): void {
    let from: { y: number; height: number } | undefined
    let dragged = false
    grip.addEventListener('pointerdown', event => {
      const within = (event.target as HTMLElement).closest('button')
      if (!this.handle.offsetParent || (within && within !== grip)) return
      from = { y: event.clientY, height: this.#panel().getBoundingClientRect().height }
      dragged = false
      grip.setPointerCapture(event.pointerId)
    })
    grip.addEventListener('pointermove', event => {
      if (!from || Math.abs(event.clientY - from.y) < 6) return
      dragged = true
      this.#panel().style.height = `${from.height + from.y - event.clientY}px`
    })
    const drop = () => {
      if (from && dragged) {
        const part = this.#panel().getBoundingClientRect().height / innerHeight
        this.#panel().style.height = ''
        this.height = part < 0.4 ? 'low' : part < 0.75 ? 'middle' : 'full'
      }
      from = undefined
    }
    grip.addEventListener('pointerup', drop)
    grip.addEventListener('pointercancel', drop)
    grip.addEventListener('click', () => {
      if (!dragged) tapped()
      dragged = false
    })
  }
}
