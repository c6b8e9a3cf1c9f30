// Sayings of the map in the page's language, with the times in them as they are now.
import { fill } from '../../../../i18n/fill.ts'
import type { MapWords } from '../../../../i18n/lab/map.en.ts'
import type { Saying } from '../../../worker/protocol.ts'

/** `2 min 41 s` of ms. */
function durationText(ms: number, t: MapWords): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds <= 0) return t.moment
  const parts = [
    [t.hours, Math.floor(seconds / 3600)],
    [t.minutes, Math.floor(seconds / 60) % 60],
    [t.seconds, seconds % 60],
  ] as const
  const first = parts.findIndex(([, n]) => n > 0)
  return parts
    .slice(first, first + 2)
    .filter(([, n]) => n > 0)
    .map(([word, n]) => fill(word, { n }))
    .join(' ')
}

/** `elapsed`: virtual ms since the start. */
function sayingText(template: string, saying: Saying, elapsed: number, t: MapWords): string {
  return fill(template, {
    ...saying.with,
    ...(saying.until !== undefined && { in: durationText(saying.until - elapsed, t) }),
    ...(saying.since !== undefined && { ago: durationText(elapsed - saying.since, t) }),
  })
}

export const lineText = (line: Saying, elapsed: number, t: MapWords): string =>
  sayingText(t.lines[line.say] ?? '', line, elapsed, t)

/** The sentence: what matters, and the rest. */
export const sentenceText = (saying: Saying, elapsed: number, t: MapWords): readonly string[] =>
  (t.sentences[saying.say] ?? []).map(each => sayingText(each, saying, elapsed, t))
