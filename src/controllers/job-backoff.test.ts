import { expect, test } from 'vitest'
import { parseTime } from '../engine/engine.ts'
import { JobBackoff } from './job-backoff.ts'

const created = '2026-11-23T10:00:00Z'
const pod = (...ends: (string | null)[]) =>
  ({
    metadata: { name: 'a', creationTimestamp: created },
    status: { containerStatuses: ends.map(finishedAt => ({ state: { terminated: { finishedAt } } })) },
  }) as never

test.each([
  [
    'the last of its containers counts',
    ['2026-11-23T10:01:00Z', '2026-11-23T10:02:00Z'],
    '2026-11-23T10:02:00Z',
  ],
  ['of one that was lost nobody knows when', [null, '2026-11-23T10:01:00Z'], '2026-11-23T10:01:00Z'],
  ['where all were lost, the pod was there at least when it was made', [null], created],
])('a job waits 10 s from the end of a failed pod: %s', (_rule, ends, end) => {
  const backoff = new JobBackoff()
  backoff.note('default/job', [], [pod(...ends)])
  expect(backoff.remaining('default/job', parseTime(end))).toBe(10_000)
})
