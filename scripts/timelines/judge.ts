// A recording is one draw of a process with much chance in it (which of two pods is first, when in its second the PLEG
// looks, how long a back-off is): so is a run of the world with one seed. An object agrees if it does in one of a few.
import { type Aspect, type Comparison, compare } from './compare.ts'
import { endOf, readTimeline, recorded, simulated } from './play.ts'

export const folder = new URL('../../tests/reference/timelines/', import.meta.url)
const seeds = Array.from({ length: 12 }, (_, i) => i + 1)

export interface Verdict {
  readonly object: string
  /** The first seed with which it agrees; undefined: with none. */
  readonly seed: number | undefined
  /** With the first seed. */
  readonly differences: Partial<Record<Aspect, string[]>>
}

/** Every object of a timeline, in the recording's order; those that only a world has come last. */
export function judge(name: string): Verdict[] {
  const timeline = readTimeline(new URL(`${name}.jsonl`, folder))
  const wanted = recorded(timeline)
  const verdicts = new Map<string, { seed: number | undefined; differences: Comparison['differences'] }>()
  for (const [i, seed] of seeds.entries()) {
    const results = compare(wanted, simulated(timeline, seed), endOf(timeline))
    for (const { object, differences } of results) {
      const known = verdicts.get(object)
      // One that came with another seed only is not in the recording, and agreed by not being there before.
      const agreedBefore = !known && i > 0 ? seeds[0] : known?.seed
      const agrees = Object.keys(differences).length === 0
      verdicts.set(object, {
        seed: agreedBefore ?? (agrees ? seed : undefined),
        differences: known?.differences ?? differences,
      })
    }
    for (const [object, verdict] of verdicts)
      if (verdict.seed === undefined && !results.some(r => r.object === object)) verdict.seed = seed
    if ([...verdicts.values()].every(v => v.seed !== undefined)) break
  }
  return [...verdicts].map(([object, verdict]) => ({ object, ...verdict }))
}
