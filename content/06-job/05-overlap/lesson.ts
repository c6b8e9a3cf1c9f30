import type { CronJob, Job } from '../../../src/kinds/schema/types.ts'
import { heldFor, isKind, since, watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { comesWhen } from '../../../src/lesson/schedule-checks.ts'
import { cronJob, hasFailed, isComplete, jobsOf, unfinished } from '../checks.ts'

/**
 * Of the Jobs of a CronJob: the uids of those seen complete, of those that failed, of those replaced unfinished, and the most
 * at work at once; a CronJob of the same name made later is counted anew.
 */
interface Seen {
  readonly uid: string | undefined
  readonly done: readonly string[]
  readonly failed: readonly string[]
  readonly cut: readonly string[]
  readonly most: number
}

const ownedBy = ({ metadata }: Job, owner: CronJob): boolean =>
  metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) === true

const none: Seen = { uid: undefined, done: [], failed: [], cut: [], most: 0 }

const runsOf = (name: string) => ({
  resources: ['jobs'],
  start: none,
  next: (before: Seen, { type, object }: Change, view: ClusterView): Seen => {
    const owner = cronJob(view, name)
    if (!isKind(object, 'Job') || !owner || !ownedBy(object, owner)) return before
    const seen = before.uid === owner.metadata.uid ? before : { ...none, uid: owner.metadata.uid }
    const uid = object.metadata.uid!
    const add = (uids: readonly string[], when: boolean) =>
      when && !uids.includes(uid) ? [...uids, uid] : uids
    const finished = isComplete(object) || hasFailed(object)
    // Cut off by its CronJob, which makes the next one in the same moment.
    const cut = type === 'DELETED' && !finished && owner.spec.concurrencyPolicy === 'Replace'
    return {
      uid: seen.uid,
      done: add(seen.done, isComplete(object)),
      failed: add(seen.failed, hasFailed(object)),
      cut: add(seen.cut, cut),
      most: Math.max(seen.most, unfinished(jobsOf(view, owner)).length),
    }
  },
})

const everyMinute = (view: ClusterView, name: string): boolean =>
  comesWhen(cronJob(view, name), '* * * * *', undefined, view.now) && !cronJob(view, name)?.spec.suspend

const policyOf = (view: ClusterView, name: string) => cronJob(view, name)?.spec.concurrencyPolicy

const stock = (view: ClusterView) => cronJob(view, 'stock')

/** It goes on, limits how long a Job may take, and has never more than one at work. */
const isCalm = (view: ClusterView): boolean =>
  everyMinute(view, 'stock') && isLimited(view) && unfinished(view.list('jobs')).length <= 1

/** By a deadline of the Job, or of its pod where one failed pod makes a failed Job. */
const isLimited = (view: ClusterView): boolean => {
  const {
    activeDeadlineSeconds = Infinity,
    backoffLimit,
    template,
  } = stock(view)?.spec.jobTemplate.spec ?? {}
  const ofPod = backoffLimit === 0 ? (template?.spec.activeDeadlineSeconds ?? Infinity) : Infinity
  return Math.min(activeDeadlineSeconds, ofPod) <= 120
}

export default {
  transcript: 'overlap.console',
  minutes: 15,
  level: 2,
  needs: ['6.4'],
  exercises: [
    {
      name: 'one-at-a-time',
      kind: 'repeat',
      watch: runsOf('sync'),
      checks: {
        minute: (view: ClusterView) => everyMinute(view, 'sync'),
        twice: (_: ClusterView, { done }: Seen) => ({ met: done.length >= 2, count: done.length }),
        one: (view: ClusterView, { most }: Seen) => ({
          met: most === 1 && policyOf(view, 'sync') === 'Forbid',
          count: most,
        }),
      },
      solution: [
        "sed 's/name: report$/name: sync/; s/Allow/Forbid/' cronjob-overlap.yaml | kk apply -f -",
        240,
      ],
    },
    {
      name: 'latest',
      kind: 'vary',
      start: ["sed 's/name: report$/name: prices/' cronjob-overlap.yaml | kk apply -f -", 90],
      watch: runsOf('prices'),
      checks: {
        minute: (view: ClusterView) => everyMinute(view, 'prices'),
        cut: (view: ClusterView, seen: Seen) =>
          seen.cut.length >= 1 &&
          policyOf(view, 'prices') === 'Replace' &&
          unfinished(jobsOf(view, cronJob(view, 'prices'))).length === 1,
        stale: (view: ClusterView) => {
          const seconds = cronJob(view, 'prices')?.spec.startingDeadlineSeconds
          return seconds !== undefined && seconds >= 10 && seconds <= 30
        },
      },
      solution: [
        `kk patch cronjob prices -p '{"spec":{"concurrencyPolicy":"Replace","startingDeadlineSeconds":30}}'`,
        200,
      ],
    },
    {
      name: 'pile',
      kind: 'fix',
      start: ['kk apply -f cronjob-pile-broken.yaml', 600],
      watch: watching({ calm: since(['jobs', 'cronjobs'], isCalm), runs: runsOf('stock') }),
      checks: {
        minute: (view: ClusterView) => everyMinute(view, 'stock'),
        limit: (view: ClusterView) => isLimited(view),
        one: (view: ClusterView, { calm }) => heldFor(view, calm, 180_000),
        'goes-on': (_: ClusterView, { runs }) => runs.failed.length > 0,
      },
      solution: [
        `kk patch cronjob stock -p '{"spec":{"concurrencyPolicy":"Forbid","jobTemplate":{"spec":{"activeDeadlineSeconds":100}}}}'`,
        'kk delete job --all',
        300,
      ],
    },
  ],
} satisfies Lesson
