// Sizes and times in docker's words, and sizes as its flags take them.
import { humanDuration } from '../engine/go-units.ts'

export { bytesSize, humanDuration, humanSize } from '../engine/go-units.ts'

/** `3 seconds ago`: whole seconds count, as the API has them. */
export const since = (then: number, now: number): string =>
  `${humanDuration(Math.floor(now / 1000) * 1000 - Math.floor(then / 1000) * 1000)} ago`

const sizes: Readonly<Record<string, number>> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 }

/** units.RAMInBytes: `64m`, `1.5GiB`; undefined where it is no size. */
export function parseSize(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]?)(?:i?b)?$/i.exec(text) ?? []
  const power = sizes[unit.toLowerCase()]
  return number === undefined || power === undefined ? undefined : Math.floor(Number(number) * 1024 ** power)
}

const durations: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}

/** time.ParseDuration: `1m30s` in ms; undefined where it is none. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0
  if (!/^-?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined
  let sum = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g))
    sum += Number(amount) * durations[unit!]!
  return text.startsWith('-') ? -sum : sum
}
