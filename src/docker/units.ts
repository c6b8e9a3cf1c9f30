// Sizes and times in docker's words, and sizes as its flags take them.

import { dictionary } from '../engine/dictionary.ts'
import { humanDuration } from '../engine/go-units.ts'
import { parseGoDuration } from '../kinds/machinery/duration.ts'

export { bytesSize, humanDuration, humanSize } from '../engine/go-units.ts'

/** `3 seconds ago`: whole seconds count, as the API has them. */
export const since = (then: number, now: number): string =>
  `${humanDuration(Math.floor(now / 1000) * 1000 - Math.floor(then / 1000) * 1000)} ago`

const sizes: Readonly<Record<string, number>> = dictionary({ '': 0, b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 })

/** units.RAMInBytes: `64m`, `1.5GiB`; undefined where it is no size. */
export function parseSize(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]?)(?:i?b)?$/i.exec(text) ?? []
  const power = sizes[unit.toLowerCase()]
  return number === undefined || power === undefined ? undefined : Math.floor(Number(number) * 1024 ** power)
}

/** time.ParseDuration: `1m30s` in ms; undefined where it is none. */
export function durationMs(text: string): number | undefined {
  const ms = parseGoDuration(text)
  return typeof ms === 'number' ? ms : undefined
}
