import { parseTime } from '../../../src/engine/engine.ts'
import type { Job } from '../../../src/kinds/schema/types.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { comesWhen } from '../../../src/lesson/schedule-checks.ts'
import { cronJob, isComplete, isToldOf, jobsOf } from '../checks.ts'

const report = (view: ClusterView) => cronJob(view, 'report')

const hour = 3_600_000

const halves = ['set -- morning evening', 'JOB_COMPLETION_INDEX', 'sleep 25']

/** A Job that added up both halves of the day, each by a pod with its number. */
const isWhole = (job: Job): boolean =>
  isComplete(job) &&
  job.spec.completionMode === 'Indexed' &&
  job.status.completedIndexes === '0-1' &&
  isToldOf(job, halves)

/** It came by the clock at six in Shanghai, for a night of its own. */
const isOfItsNight = ({ metadata }: Job): boolean => {
  const due = metadata.annotations?.['batch.kubernetes.io/cronjob-scheduled-timestamp']
  return due !== undefined && parseTime(due) % (24 * hour) === 22 * hour
}

export default {
  transcript: 'story.console',
  minutes: 20,
  level: 3,
  needs: ['6.2', '6.3', '6.4', '6.5'],
  start: [
    'kk apply -f cronjob-story-broken.yaml',
    'kk create job report-yesterday --from=cronjob/report',
    60,
  ],
  exercises: [
    {
      name: 'late',
      kind: 'fix',
      checks: {
        yesterday: (view: ClusterView) =>
          jobsOf(view, report(view)).some(each => isWhole(each) && !isOfItsNight(each)),
        time: (view: ClusterView) =>
          comesWhen(report(view), '0 6 * * *', 'Asia/Shanghai', view.now) && !report(view)?.spec.suspend,
        whole: (view: ClusterView) => {
          const { completionMode, completions } = report(view)?.spec.jobTemplate.spec ?? {}
          return completionMode === 'Indexed' && completions === 2 && isToldOf(report(view), halves)
        },
        limit: (view: ClusterView) => {
          const seconds = report(view)?.spec.jobTemplate.spec.activeDeadlineSeconds ?? 0
          return seconds >= 60 && seconds <= 2 * 3600
        },
        one: (view: ClusterView) => report(view)?.spec.concurrencyPolicy === 'Forbid',
        evidence: (view: ClusterView) =>
          report(view)?.spec.jobTemplate.spec.template.spec.restartPolicy === 'Never',
      },
      solution: [
        "sed -i 's/activeDeadlineSeconds: 15/activeDeadlineSeconds: 3600/; s/OnFailure/Never/; s/completions: 2/completions: 2\\n      completionMode: Indexed/; s/^spec:/spec:\\n  timeZone: Asia\\/Shanghai\\n  concurrencyPolicy: Forbid/' cronjob-story-broken.yaml",
        'kk apply -f cronjob-story-broken.yaml',
        'kk create job report-again --from=cronjob/report',
        60,
      ],
    },
  ],
} satisfies Lesson
