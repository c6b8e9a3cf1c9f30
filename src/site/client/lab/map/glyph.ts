// The shapes of states: each says it without its colour.
import type { PodState } from '../../../worker/protocol.ts'

const space = 'http://www.w3.org/2000/svg'

export function svg(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(space, tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  return element
}

const stroke = { fill: 'none', stroke: 'currentColor' }
const round = { ...stroke, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }
const shapes: Readonly<Record<PodState, readonly [string, Record<string, string | number>][]>> = {
  ready: [['circle', { cx: 6, cy: 6, r: 4.6, fill: 'currentColor' }]],
  starting: [
    ['circle', { cx: 6, cy: 6, r: 4.2, ...stroke, 'stroke-width': 1.8 }],
    ['path', { d: 'M6 1.8a4.2 4.2 0 0 1 0 8.4z', fill: 'currentColor' }],
  ],
  'not-ready': [['circle', { cx: 6, cy: 6, r: 4, ...stroke, 'stroke-width': 2.2 }]],
  'no-node': [
    ['circle', { cx: 6, cy: 6, r: 4.2, ...stroke, 'stroke-width': 1.8, 'stroke-dasharray': '2.2 2.2' }],
  ],
  failing: [['path', { d: 'M2 2l8 8M10 2l-8 8', ...round, 'stroke-width': 2.6 }]],
  leaving: [['path', { d: 'M1.5 6h7M6 2.8 9.4 6 6 9.2', ...round, 'stroke-width': 1.7 }]],
  unknown: [
    ['path', { d: 'M3.4 4.2a2.7 2.7 0 1 1 4.2 2.2Q6 7.2 6 8.2', ...round, 'stroke-width': 1.9 }],
    ['circle', { cx: 6, cy: 10.9, r: 1.2, fill: 'currentColor' }],
  ],
  completed: [['path', { d: 'M1.8 6.4 4.8 9.4 10.4 2.8', ...round, 'stroke-width': 2 }]],
}

export function glyph(state: PodState): SVGElement {
  const element = svg('svg', { class: `glyph is-${state}`, viewBox: '0 0 12 12', 'aria-hidden': 'true' })
  for (const [tag, attributes] of shapes[state]) element.append(svg(tag, attributes))
  return element
}
