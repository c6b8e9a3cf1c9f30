import { parseTime } from '../../../src/engine/engine.ts'
import { isKind, podsOf } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { conditionOf, hasFailed, isComplete, isToldOf, job, succeededPods } from '../checks.ts'

const pieces = ['2023-1', '2023-2', '2024-1', '2024-2', '2025-1', '2025-2']

/** How a Job called nightly went: stopped by its deadline after so many ms, then deleted by its own ttl. */
interface Nightly {
  readonly uid?: string | undefined
  readonly lasted?: number
  readonly ended?: number
  readonly ttl?: number
  readonly swept?: boolean
}

const nightly = {
  resources: ['jobs'],
  start: {} as Nightly,
  next: (seen: Nightly, { type, object }: Change, view: ClusterView): Nightly => {
    const { name, uid, namespace } = object.metadata
    if (!isKind(object, 'Job') || name !== 'nightly' || namespace !== 'default') return seen
    if (type === 'DELETED') {
      const late = seen.ended !== undefined && view.now - seen.ended >= (seen.ttl ?? Infinity)
      return uid === seen.uid && late ? { ...seen, swept: true } : seen
    }
    const failed = conditionOf(object, 'Failed')
    if (failed?.reason !== 'DeadlineExceeded') return seen.swept ? seen : { uid }
    const ended = parseTime(failed.lastTransitionTime!)
    const seconds = object.spec.ttlSecondsAfterFinished
    return {
      uid,
      ended,
      lasted: ended - parseTime(object.status.startTime ?? ''),
      ...(seconds !== undefined && { ttl: seconds * 1000 }),
    }
  },
}

export default {
  transcript: 'failure.console',
  minutes: 20,
  level: 2,
  needs: ['3.8', '6.1'],
  exercises: [
    {
      name: 'evidence',
      kind: 'repeat',
      start: ['kk apply -f job-onfailure.yaml', 60],
      checks: {
        failed: (view: ClusterView) => hasFailed(job(view, 'ledger')),
        same: (view: ClusterView) => isToldOf(job(view, 'ledger'), ['2024-3', 'exit 1']),
        two: (view: ClusterView) => {
          const left = podsOf(view, job(view, 'ledger')).filter(pod => pod.status?.phase === 'Failed')
          return { met: left.length === 2, count: left.length }
        },
      },
      solution: [
        "sed 's/backoffLimit: 2/backoffLimit: 1/' job-never.yaml > once-more.yaml",
        'kk replace --force -f once-more.yaml',
        60,
      ],
    },
    {
      name: 'nightly',
      kind: 'vary',
      watch: nightly,
      checks: {
        stopped: (_: ClusterView, { lasted = 0 }: Nightly) => lasted >= 85_000 && lasted <= 130_000,
        swept: (_: ClusterView, { swept }: Nightly) => swept === true,
        nothing: (view: ClusterView) =>
          view.get('jobs', 'nightly') === undefined && view.list('pods').length === 0,
      },
      solution: [
        `kk create job nightly --image=busybox:1.28 --dry-run=client -o yaml -- sleep 86400 | sed 's/^spec:/spec:\\n  activeDeadlineSeconds: 90\\n  ttlSecondsAfterFinished: 60/' | kk apply -f -`,
        240,
      ],
    },
    {
      name: 'mend',
      kind: 'fix',
      start: ['kk apply -f job-ledger-broken.yaml', 300],
      checks: {
        done: (view: ClusterView) =>
          isComplete(job(view, 'ledger')) && succeededPods(view, job(view, 'ledger')).length === 1,
        all: (view: ClusterView) => isToldOf(job(view, 'ledger'), pieces),
        checked: (view: ClusterView) => isToldOf(job(view, 'ledger'), ['20??-[12]', 'exit ']),
      },
      solution: [
        'kk logs job/ledger',
        "sed -i 's/2024-3/2024-2/' job-ledger-broken.yaml",
        'kk replace --force -f job-ledger-broken.yaml',
        30,
      ],
    },
  ],
} satisfies Lesson
