// The course of a number that must not fall below a limit, beside the goal that asks for it: steps from left to right, the
// limit dashed. Loaded when the first one comes. What it shows stands in words beside it.
import type { FromWorker } from '../../worker/protocol.ts'
import { svg } from './map/glyph.ts'

export type Course = NonNullable<Extract<FromWorker, { type: 'exercise' }>['checks'][number]['course']>

const width = 96
const height = 24
/** Room for the line's own thickness. */
const edge = 2

/** `now`: virtual ms since the start, the right end. */
export function spark({ least, points }: Course, now: number): SVGElement {
  const { limit, steps } = sparkPaths({ least, points }, now)
  const image = svg('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' })
  image.append(
    svg('path', { d: limit, class: 'spark-limit' }),
    svg('path', { d: steps, class: 'spark-steps' }),
  )
  return image
}

export function sparkPaths({ least, points }: Course, now: number): { limit: string; steps: string } {
  const [[start] = [now, 0]] = points
  const most = Math.max(least, ...points.map(([, count]) => count), 1)
  const x = (at: number) => round((width * (at - start)) / Math.max(1, now - start))
  const y = (count: number) => round(height - edge - ((height - 2 * edge) * count) / most)
  const steps = points.map(([at, count], i) => `${i ? `H${x(at)}V` : 'M0 '}${y(count)}`)
  return { limit: `M0 ${y(least)}H${width}`, steps: points.length ? `${steps.join('')}H${width}` : '' }
}

const round = (value: number): number => Math.round(value * 10) / 10
