// What checks of exercises ask of schedules: not how they are written but when they come.
import { nextTime, parseSchedule } from '../kinds/machinery/cron.ts'
import type { AnyObject } from '../kinds/object.ts'

/** The next so many times of a CronJob after a moment, ms since 1970; none where its schedule cannot be read. */
export function nextRuns(cronJob: AnyObject | undefined, after: number, count: number): number[] {
  const { schedule, timeZone } = cronJob?.spec ?? {}
  const parsed = typeof schedule === 'string' ? parseSchedule(schedule) : ''
  if (typeof parsed === 'string') return []
  const times: number[] = []
  for (let time: number | undefined = after; times.length < count; ) {
    time = nextTime(parsed, time, timeZone)
    if (time === undefined) break
    times.push(time)
  }
  return times
}

/** Whether a CronJob comes exactly when one of that schedule would, in that zone, the next so many times. */
export function comesWhen(
  cronJob: AnyObject | undefined,
  schedule: string,
  timeZone: string | undefined,
  after: number,
  count = 14,
): boolean {
  const wanted = { spec: { schedule, timeZone } } as unknown as AnyObject
  return nextRuns(cronJob, after, count).join() === nextRuns(wanted, after, count).join()
}
