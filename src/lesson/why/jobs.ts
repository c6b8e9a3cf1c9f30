// S10: a Job that failed, a CronJob that stays silent.
import { nextTime, parseSchedule, timeIn } from '../../kinds/machinery/cron.ts'
import type { CronJob, Job, Pod } from '../../kinds/schema/types.ts'
import { conditionOf, describe, getAll, getRow, inNamespace, lastLine, target } from './facts.ts'
import { objectOf, symptomOf } from './symptom.ts'
import type { View } from './view.ts'

const failure = (job: Job): string | undefined => {
  const failed = conditionOf(job, 'Failed')
  return failed?.status === 'True' ? failed.reason : undefined
}

/** Its latest pod, whose log says the last word. */
const latestPod = (job: Job, view: View): Pod | undefined =>
  view
    .owned('pods', job)
    .sort((a, b) => ((a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1))[0]

export const job = symptomOf('Job', {
  name: 'job',
  has: ({ metadata }) => !metadata.deletionTimestamp,
  questions: [
    {
      number: 67,
      ask(each, view) {
        if (failure(each) !== 'BackoffLimitExceeded') return undefined
        const pod = latestPod(each, view)
        const line = pod && lastLine(pod, pod.spec.containers[0]?.name ?? '', false, view)
        const { backoffLimit: limit = 6 } = each.spec
        // Under OnFailure the restarts of one pod count, and it is removed in the end.
        const n = each.status.failed ?? 0
        return {
          text: n <= limit ? '67c' : line ? '67' : '67b',
          values: { n, limit, line: line ?? '' },
          shown: `kubectl logs ${target(each)}`,
          ...(pod && { about: [pod] }),
          field: { object: each, path: 'spec.template.spec.containers[0].command' },
        }
      },
    },
    {
      number: 68,
      ask(each) {
        if (failure(each) !== 'DeadlineExceeded') return undefined
        return {
          values: { n: each.spec.activeDeadlineSeconds ?? 0 },
          shown: describe(each),
          field: { object: each, path: 'spec.activeDeadlineSeconds' },
        }
      },
    },
  ],
})

const hour = 3600_000

export const cronJob = symptomOf('CronJob', {
  name: 'cron-job',
  has: ({ metadata }) => !metadata.deletionTimestamp,
  questions: [
    {
      number: 69,
      quiet: true,
      ask(cron) {
        if (!cron.spec.suspend) return undefined
        const { name, namespace } = cron.metadata
        return {
          values: { name },
          shown: getRow(cron),
          cure: `kubectl patch cronjob ${name}${inNamespace(namespace)} -p '{"spec":{"suspend":false}}'`,
          field: { object: cron, path: 'spec.suspend' },
        }
      },
    },
    {
      number: 70,
      ask(cron, view) {
        if (cron.spec.concurrencyPolicy !== 'Forbid' || !view.event(cron, 'JobAlreadyActive'))
          return undefined
        const name = cron.status.active?.[0]?.name
        const running = name === undefined ? undefined : view.find('jobs', cron.metadata.namespace, name)
        const since = running?.status.startTime
        // A run is held back from the second one on that was due.
        const due = since && nextDue(cron, view.now - view.since(since))
        if (!running || !since || typeof due !== 'number' || due > view.now) return undefined
        return {
          values: { job: running.metadata.name, time: view.clock(since) },
          shown: getAll('jobs', cron),
          about: [running],
          field: { object: cron, path: 'spec.concurrencyPolicy' },
        }
      },
    },
    {
      number: 71,
      quiet: true,
      ask(cron, view) {
        const zone = cron.spec.timeZone
        if (!zone || zone === 'UTC' || zone === 'Etc/UTC') return undefined
        const next = nextDue(cron, view.now)
        if (next === undefined || next - view.now < hour) return undefined
        return {
          values: { zone, next: short(timeIn(zone, next)), utc: short(timeIn(undefined, next)) },
          shown: getRow(cron),
          field: { object: cron, path: 'spec.timeZone' },
        }
      },
    },
    {
      // What its latest run says, where nothing holds it back.
      number: 67,
      ask(cron, view) {
        const [latest] = view
          .owned('jobs', cron)
          .sort((a, b) =>
            (a.metadata.creationTimestamp ?? '') < (b.metadata.creationTimestamp ?? '') ? 1 : -1,
          )
        if (!latest || failure(latest) === undefined) return undefined
        const own = job.questions.flatMap(each => each.ask(latest, view) ?? [])
        return own.map(each => ({ ...each, about: [latest, ...(each.about ?? [])], next: objectOf(latest) }))
      },
    },
  ],
})

function nextDue({ spec }: CronJob, after: number): number | undefined {
  const schedule = parseSchedule(spec.schedule)
  return typeof schedule === 'string' ? undefined : nextTime(schedule, after, spec.timeZone)
}

/** `2026-11-24 03:00` */
const short = (time: string): string => time.slice(0, 16).replace('T', ' ')
