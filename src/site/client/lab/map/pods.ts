// A pod as a card or as a chip. Both are buttons that open the pod; what they say stands in them as text.
import type { PodRow } from '../../../worker/protocol.ts'
import { h } from '../../dom.ts'
import { bandClass, type Drawing, podPath } from './context.ts'
import { glyph } from './glyph.ts'
import { shortName } from './plan.ts'
import { lineText } from './words.ts'

export type PodShape = 'card' | 'chip'

// A row never changes, another one comes in its place: what was made of one stays true. There may be hundreds in a frame.
const texts = new WeakMap<PodRow, string>()
const numbers = new WeakMap<PodRow, number>()
let numbered = 0

/** Everything that a pod's element shows, but for what time alone changes. */
export function podSignature(drawing: Drawing, pod: PodRow): string {
  const plug = drawing.service && pod.plugs?.[drawing.service]
  let text = texts.get(pod)
  if (text === undefined) {
    const { uid: _, plugs: __, address: ___, ...rest } = pod
    text = JSON.stringify(rest)
    texts.set(pod, text)
  }
  return `${text} ${plug} ${plug === undefined ? '' : pod.address} ${ownerSignature(drawing, pod.owner)}`
}

/** The same for many, in short: it differs where one of theirs may. */
export function podsSignature(drawing: Drawing, pods: readonly PodRow[]): string {
  const owners = new Set<string>()
  let text = drawing.service ?? ''
  for (const pod of pods) {
    let number = numbers.get(pod)
    if (number === undefined) numbers.set(pod, (number = ++numbered))
    text += ` ${number}`
    owners.add(pod.owner)
  }
  for (const uid of owners) text += ` ${ownerSignature(drawing, uid)}`
  return text
}

function ownerSignature(drawing: Drawing, uid: string): string {
  const owner = drawing.owner(uid)
  return owner ? `${owner.hue} ${owner.current}` : ''
}

export function makePod(drawing: Drawing, pod: PodRow, shape: PodShape): HTMLElement {
  return h('button', {
    type: 'button',
    class: shape,
    tabindex: '-1',
    'data-item': pod.uid,
    title: `Pod ${pod.name}`,
    onclick: () => drawing.open(podPath(pod)),
  })
}

export function updatePod(drawing: Drawing, element: HTMLElement, pod: PodRow, shape: PodShape): void {
  const { t } = drawing
  const came = !element.firstElementChild
  element.className = `pod ${shape} is-${pod.state}${pod.alarming ? ' alarming' : ''}${pod.made ? ' made' : ''}${came ? ' came' : ''}`
  const name = shortName(pod, drawing.owner(pod.owner))
  const band = h('span', { class: bandClass(drawing, pod) })
  const state = h('span', { class: 'visually-hidden' }, ` ${t.states[pod.state]}`)
  if (shape === 'chip') {
    element.replaceChildren(band, glyph(pod.state), h('span', { class: 'pod-name' }, name), state)
    return
  }
  const plugged = drawing.service === undefined ? undefined : pod.plugs?.[drawing.service]
  const line = pod.line ?? (plugged && pod.address ? { say: '', address: pod.address } : undefined)
  element.replaceChildren(
    band,
    h(
      'span',
      { class: 'pod-in' },
      h(
        'span',
        { class: 'pod-first' },
        h('span', { class: 'pod-name' }, name),
        h('span', { class: 'pod-ready' }, pod.ready),
        plugged !== undefined && h('i', { class: `plug ${plugged ? 'on' : 'off'}` }),
      ),
      h(
        'span',
        { class: 'pod-second' },
        glyph(pod.state),
        h('span', { class: 'pod-word' }, ...broken(pod.state === 'unknown' ? `${pod.word}?` : pod.word)),
        h('span', { class: 'pod-version' }, pod.version),
      ),
      line && h('span', { class: 'pod-line' }, 'address' in line ? line.address : ''),
      h(
        'span',
        { class: 'visually-hidden' },
        ` ${t.states[pod.state]}${plugged === undefined ? '' : `, ${plugged ? t.receives : t.selected}`}`,
      ),
    ),
    pod.wait ? h('i', { class: 'pod-wait' }) : '',
  )
  tickPod(drawing, element, pod)
}

/** What time alone changes: the line's times and the bar of the wait. */
export function tickPod({ t, elapsed }: Drawing, element: HTMLElement, pod: PodRow): void {
  if (pod.line) {
    const line = element.querySelector('.pod-line')
    const text = lineText(pod.line, elapsed, t)
    if (line && line.textContent !== text) line.textContent = text
  }
  if (pod.wait) {
    const [from, until] = pod.wait
    const part = Math.min(1, Math.max(0, (elapsed - from) / Math.max(1, until - from)))
    const bar = element.querySelector<HTMLElement>('.pod-wait')
    if (bar) bar.style.width = `${Math.round(100 * part)}%`
  }
}

/** `ContainerCreating` may break between its words. */
function broken(word: string): (Node | string)[] {
  if (word.length <= 13) return [word]
  return word.split(/(?<=[a-z])(?=[A-Z])/).flatMap((part, index) => (index ? [h('wbr'), part] : [part]))
}
