// The line of time, drawn: numbered rings for what the reader did, ticks for what happened, the knob at the moment that
// is shown, what lies ahead dotted, and the path that was left last below it.
import { fill } from '../../../../i18n/fill.ts'
import type { FromWorker, Ring, Tick } from '../../../worker/protocol.ts'
import { clockText } from '../../clock-text.ts'
import { h } from '../../dom.ts'
import type { Lab } from '../part.ts'
import { type Line, layOut, type Mark, spaced } from './layout.ts'

type TrackMessage = Extract<FromWorker, { type: 'track' }>
export type Clock = Extract<FromWorker, { type: 'clock' }>

/** Of the track's width: room for half a ring at both ends. */
const edge = 0.025
/** Between two rings with numbers, in px. */
const ringWidth = 19
/** A pointer so near to a stop means the stop, in px. */
const snap = 7
/** What has happened is seen a moment later. */
const settledMs = 2

/** Of the height: where the lines run. The style sheet puts the rings there. */
const mainOfTwo = 34
const lanePlace = 78

const svgNamespace = 'http://www.w3.org/2000/svg'
const merged = (rings: readonly Ring[], ticks: readonly Tick[]): Mark[] =>
  [...rings.map(({ at }) => ({ at, ring: true })), ...ticks.map(({ at }) => ({ at, ring: false }))].sort(
    (a, b) => a.at - b.at || Number(b.ring) - Number(a.ring),
  )

export class Track {
  readonly element: HTMLElement
  readonly #knob: HTMLElement
  readonly #marks = h('div', { class: 'track-marks' })
  readonly #lab: Lab
  readonly #look: (at: number | undefined) => void
  #track: TrackMessage = { type: 'track', rings: [], done: 0, ahead: [], branches: [] }
  #ticks: Tick[] = []
  #here = 0
  #present: number | undefined
  /** The branch up to the present, laid out, and its part of the track's width. */
  #line: Line = layOut([], 0, 0)
  #part = 1

  /** `clock`: what it has said before. */
  constructor(lab: Lab, look: (at: number | undefined) => void, clock?: Clock) {
    const { t, connection } = lab
    this.#lab = lab
    this.#look = look
    this.#knob = h('span', {
      class: 'knob',
      role: 'slider',
      tabindex: '0',
      'aria-label': t.timeMoment,
      'aria-valuemin': '0',
      // Until the first look at the world.
      'aria-valuemax': '0',
      'aria-valuenow': '0',
    })
    this.element = h('div', { class: 'track' }, this.#marks, this.#knob)
    this.#knob.addEventListener('keydown', event => this.#key(event))
    this.#drag()
    connection.on('track', track => {
      this.#track = track
      this.#draw()
    })
    connection.on('ticks', ({ from, ticks }) => {
      this.#ticks = [...this.#ticks.slice(0, from), ...ticks]
      this.#draw()
    })
    const show = ({ elapsed, present }: Clock): void => {
      this.#here = elapsed
      this.#present = present
      this.#draw()
    }
    connection.on('clock', show)
    if (clock) show(clock)
    new ResizeObserver(() => this.#draw()).observe(this.element)
  }

  focus(): void {
    this.#knob.focus({ preventScroll: true })
  }

  get #isPast(): boolean {
    return this.#present !== undefined
  }

  /** Rings of the branch up to the present. */
  get #lived(): readonly Ring[] {
    const { rings, done } = this.#track
    return this.#isPast ? rings : rings.slice(0, done)
  }

  // ---- drawing

  /** Moves come many in a second: one drawing each frame is enough. */
  #asked = false
  #draw(): void {
    if (this.#asked) return
    this.#asked = true
    requestAnimationFrame(() => {
      this.#asked = false
      this.#drawNow()
    })
  }

  #drawNow(): void {
    const { rings, done, ahead, other } = this.#track
    const lived = this.#lived
    const now = this.#present ?? this.#here
    const marks = merged(lived, this.#ticks)
    const line = layOut(marks, 0, now)
    const coming = this.#isPast ? [] : rings.slice(done)
    const first = coming[0]?.at ?? 0
    const next = coming.length ? layOut(merged(coming, ahead), first, first) : undefined
    const part = next ? line.room / (line.room + next.room) : 1
    this.#line = line
    this.#part = part
    const x = (place: number) => edge + place * part * (1 - 2 * edge)
    const ahX = (place: number) => x(1) + place * (1 - edge - x(1))
    const knob = this.#isPast ? x(line.placeOf(this.#here)) : x(1)
    this.element.classList.toggle('two', !!other)

    const picture = new Picture(other ? mainOfTwo : 50)
    picture.line('on', edge, knob)
    if (knob < 1 - edge) picture.line('ahead', knob, 1 - edge)
    for (const { at, warning } of this.#ticks)
      picture.tick(x(line.placeOf(at)), warning, this.#isPast && at > this.#here)
    if (next) for (const { at, warning } of ahead) picture.tick(ahX(next.placeOf(at)), warning, true)

    const ringPlaces: number[] = []
    for (const [index, mark] of marks.entries()) if (mark.ring) ringPlaces.push(x(line.places[index]!))
    if (next) {
      const own = merged(coming, ahead)
      for (const [index, mark] of own.entries()) if (mark.ring) ringPlaces.push(ahX(next.places[index]!))
    }
    const parts: Node[] = []
    for (const fold of line.folds) parts.push(this.#at(h('span', { class: 'fold' }, '≈'), x(fold)))
    parts.push(...this.#rings(rings, ringPlaces, index => index >= done, ''))
    if (other) {
      const forkX = ringPlaces[other.shared - 1] ?? edge
      const laneMarks = merged(other.rings, other.ticks)
      const start = other.rings[0]?.at ?? 0
      const lane = layOut(laneMarks, start, start)
      const laneX = (place: number) => forkX + 0.03 + place * (1 - edge - forkX - 0.03)
      picture.fork(forkX, Math.min(1 - edge, forkX + 0.04))
      for (const each of other.ticks) picture.tick(laneX(lane.placeOf(each.at)), each.warning, true, true)
      const places = laneMarks.flatMap((mark, index) => (mark.ring ? [laneX(lane.places[index]!)] : []))
      parts.push(...this.#rings(other.rings, places, () => true, '′', 'lane'))
      if (forkX > 0.3)
        parts.push(this.#at(h('span', { class: 'lane-name' }, this.#lab.t.timeOtherPath), forkX))
    }
    this.#marks.replaceChildren(picture.draw(), ...parts)
    this.#knob.style.left = `${100 * knob}%`
    this.#tell(now)
  }

  #rings(
    rings: readonly Ring[],
    places: readonly number[],
    isOff: (index: number) => boolean,
    prime: string,
    extra = '',
  ): HTMLElement[] {
    const numbered = spaced(places, ringWidth / Math.max(1, this.element.clientWidth))
    return rings.map(({ number, text }, index) => {
      const state = `ring ${isOff(index) ? 'off' : ''} ${numbered[index] ? '' : 'small'} ${extra}`
      const words = numbered[index] ? `${number}${prime}` : ''
      return this.#at(h('span', { class: state, title: `${number} ${text}` }, words), places[index] ?? 1)
    })
  }

  #at(element: HTMLElement, place: number): HTMLElement {
    element.style.left = `${(100 * place).toFixed(2)}%`
    return element
  }

  #tell(now: number): void {
    const { t } = this.#lab
    const time = clockText(this.#here)
    const lived = this.#lived
    const before = lived.find(each => Math.abs(each.at - this.#here) < 1)
    const after = lived.findLast(each => each.at < this.#here)
    const mark = this.#isPast ? (before ?? after) : undefined
    const words = before ? t.timeBefore : t.timeAfter
    const text = mark
      ? fill(words, { time, n: mark.number, command: mark.text })
      : this.#isPast
        ? time
        : fill(t.timeNow, { time })
    this.#knob.setAttribute('aria-valuemax', String(Math.floor(now / 1000)))
    this.#knob.setAttribute('aria-valuenow', String(Math.floor(this.#here / 1000)))
    this.#knob.setAttribute('aria-valuetext', text)
  }

  // ---- moving the knob

  #stops(onlyRings: boolean): number[] {
    const now = this.#present ?? this.#here
    const ticks = onlyRings ? [] : this.#ticks.map(each => each.at + settledMs)
    return [0, ...this.#lived.map(each => each.at), ...ticks].filter(each => each < now)
  }

  #key(event: KeyboardEvent): void {
    const { key, shiftKey } = event
    const forward = key === 'ArrowRight' || key === 'ArrowUp'
    if (key === 'Home') this.#look(0)
    else if (key === 'End') this.#look(undefined)
    else if (forward) {
      if (!this.#isPast) return
      const later = this.#stops(shiftKey).filter(each => each > this.#here + 1)
      this.#look(later.length ? Math.min(...later) : undefined)
    } else if (key === 'ArrowLeft' || key === 'ArrowDown') {
      const earlier = this.#stops(shiftKey).filter(each => each < this.#here - 1)
      if (earlier.length) this.#look(Math.max(...earlier))
    } else return
    event.preventDefault()
  }

  #drag(): void {
    const { element } = this
    const move = (event: PointerEvent) => {
      const { left, width } = element.getBoundingClientRect()
      const at = (event.clientX - left) / width
      const place = (at - edge) / (1 - 2 * edge) / this.#part
      if (place >= 1 - 4 / width) {
        if (this.#isPast) this.#look(undefined)
        return
      }
      const moment = this.#line.momentAt(Math.max(0, place))
      const near = this.#stops(false)
        .map(stop => ({ stop, far: Math.abs(this.#line.placeOf(stop) - place) }))
        .sort((a, b) => a.far - b.far)[0]
      this.#look(near && near.far * width * this.#part < snap ? near.stop : moment)
    }
    element.addEventListener('pointerdown', event => {
      if (event.button !== 0) return
      element.setPointerCapture(event.pointerId)
      event.preventDefault()
      this.#knob.focus({ preventScroll: true })
      move(event)
    })
    element.addEventListener('pointermove', event => {
      if (element.hasPointerCapture(event.pointerId)) move(event)
    })
  }
}

/** Lines and ticks: one path for each look, however many there are. */
class Picture {
  /** By look. */
  readonly #paths = new Map<string, string>()
  readonly #main: number

  constructor(main: number) {
    this.#main = main
  }

  line(look: string, from: number, to: number): void {
    this.#add(`line ${look}`, `M${n(from)} ${this.#main}H${n(to)}`)
  }

  tick(at: number, warning: boolean, dim: boolean, isLane = false): void {
    this.#add(
      `tick ${warning ? 'warning' : ''} ${dim ? 'dim' : ''} ${isLane ? 'lane' : ''}`,
      `M${n(at)} ${(isLane ? lanePlace : this.#main) + 8}v${warning ? 16 : 10}`,
    )
  }

  /** From the main line down to the other one. */
  fork(from: number, to: number): void {
    this.#add(
      'fork',
      `M${n(from)} ${this.#main}C${n(to)} ${this.#main} ${n(from)} ${lanePlace} ${n(to)} ${lanePlace}H975`,
    )
  }

  draw(): SVGElement {
    const element = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
      const made = document.createElementNS(svgNamespace, name)
      for (const [each, value] of Object.entries(attributes)) made.setAttribute(each, value)
      return made
    }
    const picture = element('svg', {
      viewBox: '0 0 1000 100',
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    })
    for (const [look, path] of this.#paths)
      picture.append(element('path', { class: look, d: path, 'vector-effect': 'non-scaling-stroke' }))
    return picture
  }

  #add(look: string, path: string): void {
    const name = look.replace(/\s+/g, ' ').trim()
    this.#paths.set(name, (this.#paths.get(name) ?? '') + path)
  }
}

const n = (place: number): string => (1000 * place).toFixed(1)
