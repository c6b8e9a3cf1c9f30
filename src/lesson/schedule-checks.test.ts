import { expect, test } from 'vitest'
import { comesWhen, nextRuns } from './schedule-checks.ts'

const cronJob = (schedule: string, timeZone?: string) => ({
  spec: { schedule, ...(timeZone && { timeZone }) },
})
const monday = Date.UTC(2026, 10, 23, 9, 30)

test('two schedules are the same where they come at the same times, however they are written', () => {
  expect(comesWhen(cronJob('0 22 * * *'), '0 6 * * *', 'Asia/Shanghai', monday)).toBe(true)
  expect(comesWhen(cronJob('0 6 * * *'), '0 6 * * *', 'Asia/Shanghai', monday)).toBe(false)
  expect(
    comesWhen(cronJob('30 7 * * MON-FRI', 'Asia/Shanghai'), '30 7 * * 1-5', 'Asia/Shanghai', monday),
  ).toBe(true)
  expect(comesWhen(cronJob('30 7 * * *', 'Asia/Shanghai'), '30 7 * * 1-5', 'Asia/Shanghai', monday)).toBe(
    false,
  )
  expect(comesWhen(cronJob('* 6 * * *'), '0 6 * * *', undefined, monday)).toBe(false)
})

test('what cannot be read never comes', () => {
  expect(nextRuns(cronJob('every day'), monday, 3)).toEqual([])
  expect(nextRuns(undefined, monday, 3)).toEqual([])
  expect(nextRuns(cronJob('0 0 31 2 *'), monday, 3)).toEqual([])
})
