// Durations and ages as Go and kubectl print them: apimachinery/pkg/util/duration, time.Duration's String.

import { dictionary } from '../../engine/dictionary.ts'
import { parseTime } from '../../engine/engine.ts'
import { goQuote } from './quote.ts'

const pair = (a: number, unitA: string, b: number, unitB: string) => `${a}${unitA}${b ? `${b}${unitB}` : ''}`

/** Two or three significant figures: `90s`, `5m10s`, `3h`, `2d4h`, `8y`. */
export function humanDuration(ms: number): string {
  const s = Math.trunc(ms / 1000)
  if (s < -1) return '<invalid>'
  if (s < 0) return '0s'
  if (s < 120) return `${s}s`
  const m = Math.trunc(s / 60)
  if (m < 10) return pair(m, 'm', s % 60, 's')
  if (m < 180) return `${m}m`
  const h = Math.trunc(m / 60)
  if (h < 8) return pair(h, 'h', m % 60, 'm')
  if (h < 48) return `${h}h`
  const d = Math.trunc(h / 24)
  if (h < 192) return pair(d, 'd', h % 24, 'h')
  if (d < 730) return `${d}d`
  const y = Math.trunc(d / 365)
  return y < 8 ? pair(y, 'y', d % 365, 'd') : `${y}y`
}

/** Time since an RFC 3339 timestamp, `<unknown>` where there is none. */
export const age = (timestamp: string | null | undefined, now: number): string =>
  timestamp ? humanDuration(now - parseTime(timestamp)) : '<unknown>'

/** Go's time.Duration as text: `1m30s`, `500ms`, `0s`. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s'
  const sign = ms < 0 ? '-' : ''
  const all = Math.abs(ms)
  if (all < 1) return `${sign}${trim(all * 1000)}µs`
  if (all < 1000) return `${sign}${trim(all)}ms`
  const h = Math.floor(all / 3_600_000)
  const m = Math.floor(all / 60_000) % 60
  return `${sign}${h ? `${h}h` : ''}${h || m ? `${m}m` : ''}${trim((all % 60_000) / 1000)}s`
}
const trim = (n: number) => String(Number(n.toFixed(9)))

const durationUnits: Record<string, number> = dictionary({
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
})

/** time.ParseDuration: ms, or the text of the error. */
export function parseGoDuration(text: string): number | string {
  const quoted = JSON.stringify(text)
  const sign = text.startsWith('-') ? -1 : 1
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return 0
  if (!rest) return `time: invalid duration ${quoted}`
  let total = 0
  while (rest) {
    const match = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest)!
    const [all, whole = '', fraction = '', unit = ''] = match
    if (!whole && !fraction) return `time: invalid duration ${quoted}`
    if (!unit) return `time: missing unit in duration ${quoted}`
    const size = durationUnits[unit]
    if (size === undefined) return `time: unknown unit ${goQuote(unit)} in duration ${quoted}`
    total += Number(`${whole || 0}.${fraction || 0}`) * size
    rest = rest.slice(all.length)
  }
  return sign * total
}
