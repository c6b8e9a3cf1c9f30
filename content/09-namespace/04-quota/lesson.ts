import type { Deployment } from '../../../src/kinds/schema/types.ts'
import { firstUid, isReady, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deployment, podsAllowed, runs } from '../checks.ts'

const v1 = 'leigg/hellok8s:v1'

/** The quota that the exercise begins with, as it was. */
const shareStands = (view: ClusterView, uid: string | undefined): boolean => {
  const share = view.get('resourcequotas', 'share', 'data')
  const { hard = {} } = share?.spec ?? {}
  return (
    share?.metadata.uid === uid &&
    hard.pods === '10' &&
    hard['requests.cpu'] === '1' &&
    hard['requests.memory'] === '1Gi' &&
    hard['limits.memory'] === '2Gi'
  )
}

const resourcesOf = (found: Deployment | undefined): object =>
  found?.spec.template.spec.containers[0]?.resources ?? { none: true }

interface Seen {
  readonly share: string | undefined
  readonly report: string | undefined
}

const watch = watching({
  share: firstUid('resourcequotas', 'share', 'data'),
  report: firstUid('deployments', 'report', 'data'),
})

export default {
  transcript: 'quota.console',
  minutes: 20,
  level: 2,
  needs: ['3.11', '9.1'],
  start: ['kk create namespace data'],
  exercises: [
    {
      name: 'five',
      kind: 'repeat',
      checks: {
        limit: (view: ClusterView) => podsAllowed(view, 'data') === 5,
        full: (view: ClusterView) => {
          const crunch = deployment(view, 'data', 'crunch')
          const count = podsOf(view, crunch).filter(isReady).length
          return { met: crunch?.spec.replicas === 8 && count === 5, count }
        },
      },
      solution: [
        'kk create quota five --hard=pods=5 -n data',
        5,
        `kk create deployment crunch --image=${v1} --replicas=8 -n data`,
        15,
      ],
    },
    {
      name: 'no-sizes',
      kind: 'vary',
      start: ['kk apply -f quota.yaml -n data', 5, 'kk apply -f deployment-report.yaml -n data', 20],
      watch,
      checks: {
        running: (view: ClusterView) => runs(view, 'data', 'report', v1, 2),
        untouched: (view: ClusterView, seen: Seen) => {
          const report = deployment(view, 'data', 'report')
          return (
            report !== undefined &&
            report.metadata.uid === seen.report &&
            Object.keys(resourcesOf(report)).length === 0 &&
            runs(view, 'data', 'report', v1, 2)
          )
        },
        share: (view: ClusterView, seen: Seen) =>
          shareStands(view, seen.share) && runs(view, 'data', 'report', v1, 2),
      },
      solution: ['kk apply -f limitrange.yaml -n data', 90],
    },
    {
      name: 'too-much',
      kind: 'fix',
      start: [
        'kk apply -f quota.yaml -f limitrange.yaml -n data',
        5,
        'kk apply -f deployment-crunch-broken.yaml -n data',
        30,
      ],
      watch,
      checks: {
        four: (view: ClusterView) => runs(view, 'data', 'crunch', v1, 4),
        share: (view: ClusterView, seen: Seen) => {
          const [limit] = view.get('limitranges', 'sizes', 'data')?.spec.limits ?? []
          return (
            shareStands(view, seen.share) &&
            limit?.max?.memory === '512Mi' &&
            runs(view, 'data', 'crunch', v1, 4)
          )
        },
      },
      solution: [
        'kk get events -n data --field-selector reason=FailedCreate | tail -1',
        "sed -i 's/cpu: 400m/cpu: 200m/; s/memory: 768Mi/memory: 256Mi/' deployment-crunch-broken.yaml",
        'kk apply -f deployment-crunch-broken.yaml -n data',
        60,
      ],
    },
  ],
} satisfies Lesson
