// Lines on the map: from one Service to the plugs of its pods, and the way of a request. Where motion is not wanted the
// request's way is drawn whole and its stations are numbered.
import { svg } from './glyph.ts'

/** A request's dot runs its wire no longer than this, ms. */
const runMs = 600
/** The wire of a request stays so long, ms. */
const stayMs = 5000

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

export interface Wire {
  readonly to: HTMLElement
  readonly ready: boolean
}

export class Wires {
  readonly element = svg('svg', { class: 'wires', 'aria-hidden': 'true' })
  readonly #steady = svg('g', {})
  readonly #running = svg('g', { class: 'request-wire' })
  readonly #map: HTMLElement
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(map: HTMLElement) {
    this.#map = map
    this.element.append(this.#steady, this.#running)
  }

  /** Only while the pods stand in one row: otherwise lines would cross cards. */
  draw(from: HTMLElement | undefined, wires: readonly Wire[]): void {
    this.#steady.replaceChildren()
    if (!from || wires.length === 0 || wires.length > 8) return
    const tops = new Set(wires.map(each => Math.round(each.to.getBoundingClientRect().top)))
    if (tops.size > 1) return
    const start = this.#box(from)
    const ordered = wires
      .map(each => ({ ...each, end: this.#box(each.to) }))
      .sort((a, b) => a.end.x - b.end.x)
    for (const [index, { end, ready }] of ordered.entries()) {
      const x = start.x + (start.width * (index + 1)) / (ordered.length + 1)
      this.#steady.append(
        svg('path', {
          d: curve(x, start.bottom, plugOf(end), end.y + 2),
          class: ready ? 'wire' : 'wire off',
        }),
      )
    }
  }

  /** A request's way: from client over a Service to a pod, as far as it came. */
  run(stations: readonly HTMLElement[], failed: boolean): void {
    clearTimeout(this.#timer)
    this.#running.replaceChildren()
    const boxes = stations.map(each => this.#box(each))
    let d = ''
    for (const [index, box] of boxes.entries()) {
      const next = boxes[index + 1]
      if (!next) break
      const across = Math.abs(next.y - box.y) < 12
      d += across
        ? `M${box.x + box.width} ${box.middle}L${next.x} ${next.middle}`
        : curve(box.x + box.width / 2, box.bottom, plugOf(next), next.y + 2)
    }
    if (!d) return
    const path = svg('path', { d, class: failed ? 'wire live failed' : 'wire live' }) as SVGPathElement
    this.#running.append(path)
    if (still())
      for (const [index, box] of boxes.entries()) {
        // On the left edge: what is written over a station, and in it, stays free.
        const place = svg('g', { class: 'wire-number', transform: `translate(${box.x} ${box.middle})` })
        const text = svg('text', { y: 3.5 })
        text.textContent = String(index + 1)
        place.append(svg('circle', { r: 7 }), text)
        this.#running.append(place)
      }
    else this.#dot(path)
    this.#timer = setTimeout(() => this.#running.replaceChildren(), stayMs)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#running.replaceChildren()
    this.#steady.replaceChildren()
  }

  #dot(path: SVGPathElement): void {
    const dot = svg('circle', { r: 5, class: 'wire-dot' })
    this.#running.append(dot)
    const length = path.getTotalLength()
    const begun = performance.now()
    const move = (now: number) => {
      if (!dot.isConnected) return
      const part = Math.min(1, (now - begun) / runMs)
      const { x, y } = path.getPointAtLength(length * part)
      dot.setAttribute('cx', String(x))
      dot.setAttribute('cy', String(y))
      if (part < 1) requestAnimationFrame(move)
    }
    move(begun)
  }

  #box(element: HTMLElement) {
    const map = this.#map.getBoundingClientRect()
    const { left, top, width, height } = element.getBoundingClientRect()
    const x = left - map.left + this.#map.scrollLeft
    const y = top - map.top + this.#map.scrollTop
    return { x, y, width, bottom: y + height, middle: y + height / 2 }
  }
}

/** Where a card has its plug. */
const plugOf = ({ x, width }: { x: number; width: number }): number => x + width - 12

const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const bend = Math.max(14, (y2 - y1) / 2)
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`
}
