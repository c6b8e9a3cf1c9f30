import { describe, expect, it } from 'vitest'
import { formatTime, parseTime } from '../../engine/engine.ts'
import { nextTime, parseSchedule } from './cron.ts'

const next = (schedule: string, after: string, zone?: string): string => {
  const parsed = parseSchedule(schedule)
  if (typeof parsed === 'string') return parsed
  const time = nextTime(parsed, parseTime(after), zone)
  return time === undefined ? 'never' : formatTime(time)
}

describe('cron schedules', () => {
  it('find the next time', () => {
    expect(next('*/5 * * * *', '2026-11-23T12:00:00Z')).toBe('2026-11-23T12:05:00Z')
    expect(next('0 8 * * *', '2026-11-23T12:00:00Z')).toBe('2026-11-24T08:00:00Z')
    expect(next('0 0 29 feb *', '2026-11-23T12:00:00Z')).toBe('2028-02-29T00:00:00Z')
    expect(next('30 9 1 * mon', '2026-11-23T12:00:00Z')).toBe('2026-11-30T09:30:00Z')
    expect(next('@hourly', '2026-11-23T12:00:00Z')).toBe('2026-11-23T13:00:00Z')
    expect(next('@every 90s', '2026-11-23T12:00:00Z')).toBe('2026-11-23T12:01:30Z')
    expect(next('0 0 31 2 *', '2026-11-23T12:00:00Z')).toBe('never')
  })

  it('count in their time zone, also where the clocks change', () => {
    expect(next('0 8 * * *', '2026-11-23T12:00:00Z', 'Asia/Shanghai')).toBe('2026-11-24T00:00:00Z')
    expect(next('0 3 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T01:00:00Z')
  })

  it('are refused in the words of the parser', () => {
    const faults = {
      '': 'empty spec string',
      '* * * *': 'expected exactly 5 fields, found 4: [* * * *]',
      '60 * * * *': 'end of range (60) above maximum (59): 60',
      '* * 0 * *': 'beginning of range (0) below minimum (1): 0',
      '5-1 * * * *': 'beginning of range (5) beyond end of range (1): 5-1',
      '*/0 * * * *': 'step of range should be a positive number: */0',
      'a * * * *': 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax',
      '1-2-3 * * * *': 'too many hyphens: 1-2-3',
      '@often': 'unrecognized descriptor: @often',
      '@every 5x': 'failed to parse duration @every 5x: time: unknown unit "x" in duration "5x"',
    }
    expect(Object.fromEntries(Object.keys(faults).map(text => [text, parseSchedule(text)]))).toEqual(faults)
  })
})
