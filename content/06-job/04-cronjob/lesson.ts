import { parseTime } from '../../../src/engine/engine.ts'
import type { CronJob, Job } from '../../../src/kinds/schema/types.ts'
import { watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { comesWhen } from '../../../src/lesson/schedule-checks.ts'
import { cronJob, isComplete, jobsOf } from '../checks.ts'

const zone = 'Asia/Shanghai'
const report = (view: ClusterView) => cronJob(view, 'report')

/** Uids of the Jobs of a CronJob that have been seen complete, and how many of them there were at once since then. */
const completed = (name: string) => ({
  resources: ['jobs'],
  start: [] as readonly string[],
  next: (seen: readonly string[], _: Change, view: ClusterView): readonly string[] => [
    ...new Set([
      ...seen,
      ...jobsOf(view, cronJob(view, name))
        .filter(isComplete)
        .map(each => each.metadata.uid!),
    ]),
  ],
})

/** Jobs of it that were begun after a moment and are complete. */
const doneSince = (view: ClusterView, owner: CronJob | undefined, since: number): Job[] =>
  jobsOf(view, owner).filter(each => isComplete(each) && parseTime(each.metadata.creationTimestamp!) >= since)

export default {
  transcript: 'cron.console',
  minutes: 20,
  level: 2,
  needs: ['6.1', '6.3'],
  exercises: [
    {
      name: 'tidy',
      kind: 'repeat',
      watch: completed('tidy'),
      checks: {
        'every-two': (view: ClusterView) =>
          comesWhen(cronJob(view, 'tidy'), '*/2 * * * *', undefined, view.now),
        thrice: (_: ClusterView, seen: readonly string[]) => ({ met: seen.length >= 3, count: seen.length }),
        one: (view: ClusterView) =>
          cronJob(view, 'tidy')?.spec.successfulJobsHistoryLimit === 1 &&
          jobsOf(view, cronJob(view, 'tidy')).filter(isComplete).length === 1,
      },
      solution: [
        "kk create cronjob tidy --image=busybox:1.28 --schedule='*/2 * * * *' -- echo tidy",
        `kk patch cronjob tidy -p '{"spec":{"successfulJobsHistoryLimit":1}}'`,
        400,
      ],
    },
    {
      name: 'weekdays',
      kind: 'vary',
      start: ['kk apply -f cronjob.yaml'],
      checks: {
        times: (view: ClusterView) => comesWhen(report(view), '30 7 * * 1-5', zone, view.now),
        awake: (view: ClusterView) => report(view) !== undefined && !report(view)?.spec.suspend,
        today: (view: ClusterView) => jobsOf(view, report(view)).some(isComplete),
      },
      solution: [
        `kk patch cronjob report -p '{"spec":{"schedule":"30 7 * * 1-5","timeZone":"Asia/Shanghai"}}'`,
        'kk create job today --from=cronjob/report',
        30,
      ],
    },
    {
      name: 'flood',
      kind: 'fix',
      start: ['kk apply -f cronjob-flood-broken.yaml', 300],
      watch: watching({
        // Since when it has come at six and no oftener.
        calm: {
          resources: ['cronjobs'],
          start: undefined as number | undefined,
          next: (seen: number | undefined, _: Change, view: ClusterView) =>
            comesWhen(report(view), '0 6 * * *', zone, view.now) ? (seen ?? view.now) : undefined,
        },
      }),
      checks: {
        times: (view: ClusterView) => comesWhen(report(view), '0 6 * * *', zone, view.now),
        awake: (view: ClusterView) => report(view) !== undefined && !report(view)?.spec.suspend,
        proof: (view: ClusterView, { calm }) =>
          calm !== undefined &&
          doneSince(view, report(view), calm).some(
            each => JSON.stringify(each.spec.template.spec.containers) === templateOf(report(view)),
          ),
        swept: (view: ClusterView) =>
          !view.list('jobs').some(each => each.status?.conditions?.some(c => c.type === 'Failed')),
      },
      solution: [
        'sed -i \'s/ehco/echo/; s/"\\* \\* \\* \\* \\*"/"0 6 * * *"\\n  timeZone: Asia\\/Shanghai/\' cronjob-flood-broken.yaml',
        'kk apply -f cronjob-flood-broken.yaml',
        30,
        'kk delete job --all',
        'kk create job proof --from=cronjob/report',
        30,
      ],
    },
  ],
} satisfies Lesson

/** The containers that its next Job would have. */
function templateOf(owner: CronJob | undefined): string {
  return JSON.stringify(owner?.spec.jobTemplate.spec.template.spec.containers)
}
