// What a real kubectl said to mistakes, flags and states of all kinds: kubectl 1.33 (1.31 where its requests are JSON) ran the
// lines of tests/measured against this API server over HTTP, and everything that it printed the same way stands there. Where a
// recording of 1.36 shows another word, the recording stands and the line is run here without being compared.
import { describe, expect, it } from 'vitest'
import { readCases } from '../scripts/conformance/cases.ts'
import { type Result, runCase } from '../scripts/conformance/run.ts'
import { score } from '../scripts/conformance/score.ts'

const cases = readCases('tests/measured', '')

describe.each(cases.map(each => [each.name, each] as const))('%s', (_, each) => {
  it('says what a real kubectl says', { timeout: 60_000 }, () => {
    const results: Result[] = [...runCase(each, 1)]
    expect(results.filter(result => 'failure' in result)).toEqual([])
    // When its events came is not measured: that cluster ran as fast as it was asked.
    const misses = score([each], [], results).misses.filter(miss => !miss.where.endsWith(', times of events'))
    expect(misses.map(({ what, expected, actual }) => ({ what, expected, actual }))).toEqual([])
  })
})
