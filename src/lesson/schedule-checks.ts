// What checks of exercises ask of schedules: not how they are written but when they come.
import { nextTime, parseSchedule } from '../kinds/machinery/cron.ts'
import type { CronJob } from '../kinds/schema/types.ts'

/** What is looked at of a CronJob. */
type Scheduled = { readonly spec: Pick<CronJob['spec'], 'schedule' | 'timeZone'> }

/** The next so many times of a CronJob after a moment, ms since 1970; none where its schedule cannot be read. */
export function nextRuns(cronJob: Scheduled | undefined, after: number, count: number): number[] {
  if (!cronJob) return []
  const { schedule, timeZone } = cronJob.spec
  const parsed = parseSchedule(schedule)
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
  cronJob: Scheduled | undefined,
  schedule: string,
  timeZone: string | undefined,
  after: number,
  count = 14,
): boolean {
  const wanted = { spec: { schedule, ...(timeZone !== undefined && { timeZone }) } }
  return nextRuns(cronJob, after, count).join() === nextRuns(wanted, after, count).join()
}
