// The line between map and hands: dragged, or moved by keys; where it stands is kept for all lessons.
import type { Strings } from '../../../i18n/strings.ts'
import { h, store } from '../dom.ts'

/** Percent of the room that the map has above the hands: at first, at least, at most. */
const part = { first: 51, least: 15, most: 85 } as const
const key = 'lab:map'

/** `room`: the top and the height of what the line divides. */
export function divider(t: Strings, room: () => { top: number; height: number }): HTMLElement {
  const line = h('div', {
    class: 'lab-divider',
    role: 'separator',
    tabindex: '0',
    'aria-label': t.labDivider,
    'aria-orientation': 'horizontal',
    'aria-valuemin': part.least,
    'aria-valuemax': part.most,
  })
  let now: number = part.first
  const set = (percent: number, keep = true) => {
    now = Math.round(Math.min(part.most, Math.max(part.least, percent)))
    line.setAttribute('aria-valuenow', String(now))
    document.documentElement.style.setProperty('--lab-map', String(now))
    if (keep) store.set(key, String(now))
  }
  const stored = Number.parseInt(store.get(key) ?? '', 10)
  set(Number.isNaN(stored) ? part.first : stored, false)
  line.addEventListener('keydown', event => {
    const by = { ArrowUp: -5, ArrowDown: 5, Home: -100, End: 100 }[event.key]
    if (!by) return
    set(now + by)
    event.preventDefault()
  })
  line.addEventListener('pointerdown', event => {
    line.setPointerCapture(event.pointerId)
    event.preventDefault()
  })
  line.addEventListener('pointermove', event => {
    if (!line.hasPointerCapture(event.pointerId)) return
    const { top, height } = room()
    set((100 * (event.clientY - top)) / height)
  })
  line.addEventListener('dblclick', () => set(part.first))
  return line
}
