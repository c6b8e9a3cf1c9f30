// Every recorded timeline: the same commands bring about the same states, by the same writers, at distances of
// the same size, and the same events. timelines.json lists what deviates with every seed, and why.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { folder, judge } from '../scripts/timelines/judge.ts'

const known: Record<string, Record<string, string>> = JSON.parse(
  readFileSync(new URL('timelines.json', import.meta.url), 'utf8'),
)
const names = readdirSync(folder).map(file => file.replace('.jsonl', ''))

describe('timelines', () => {
  it.each(names)('%s: every object passes through the recorded states', name => {
    const deviating = judge(name).filter(verdict => verdict.seed === undefined)
    const unknown = deviating.filter(({ object }) => !known[name]?.[object])
    expect(unknown.map(({ object, differences }) => ({ object, differences }))).toEqual([])
    // What agrees by now is to be taken off the list.
    expect(deviating.map(({ object }) => object).sort()).toEqual(Object.keys(known[name] ?? {}).sort())
  })

  it('lists deviations of timelines that there are, each with its reason', () => {
    expect(Object.keys(known).filter(name => !names.includes(name))).toEqual([])
    expect(
      Object.values(known)
        .flatMap(Object.values)
        .filter(reason => reason.length < 20),
    ).toEqual([])
  })
})
