import type { ReplicaSet } from '../../../src/kinds/schema/types.ts'
import { firstUid, heldFor, podsOf, since, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import {
  availablePods,
  deploymentOf,
  fileRuns,
  isReleased,
  lastAppliedRuns,
  name,
  replicaSetsOf,
  runs,
} from '../checks.ts'

const release = (tag: string) => `kk set image deployment/${name} hellok8s=leigg/hellok8s:${tag}`
const revisionOf = (object: ReplicaSet | undefined): number =>
  Number(object?.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0)

/** The bad version is on its way, by the controller's own hand, and has crashed already. */
const isBadOnItsWay = (view: ClusterView): boolean => {
  const deployment = deploymentOf(view)
  return (
    deployment?.spec.replicas === 3 &&
    !deployment.spec.paused &&
    runs(deployment, 'v2_problem') &&
    podsOf(view, deployment).some(
      pod => runs(pod, 'v2_problem') && (pod.status?.containerStatuses?.[0]?.restartCount ?? 0) > 0,
    )
  )
}

export default {
  transcript: 'roll-back.console',
  minutes: 20,
  level: 2,
  needs: ['3.8', '4.3'],
  exercises: [
    {
      name: 'all-the-way',
      kind: 'repeat',
      start: ['kk apply -f deployment-three.yaml', 10, release('v2'), 15, release('v2_problem'), 30],
      watch: firstUid('deployments', name),
      checks: {
        v1: (view: ClusterView) => isReleased(view, 'v1'),
        kept: (view: ClusterView, uid: string | undefined) => {
          const [newest] = [...replicaSetsOf(view)].sort((a, b) => revisionOf(b) - revisionOf(a))
          return deploymentOf(view)?.metadata.uid === uid && revisionOf(newest) > 3 && runs(newest, 'v1')
        },
      },
      solution: [`kk rollout undo deployment/${name} --to-revision=1`, 20],
    },
    {
      name: 'stop-the-bad-release',
      kind: 'vary',
      start: ['kk apply -f deployment-three.yaml', 10],
      watch: watching({
        held: since(
          ['deployments', 'pods'],
          view => isBadOnItsWay(view) && availablePods(view).filter(pod => runs(pod, 'v1')).length >= 3,
        ),
      }),
      checks: {
        released: (view: ClusterView) => isBadOnItsWay(view),
        held: (view: ClusterView, { held }: { held: number | undefined }) => heldFor(view, held, 20_000),
      },
      solution: [
        "sed -i 's/replicas: 3/replicas: 3\\n  minReadySeconds: 10/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        15,
        release('v2_problem'),
        40,
      ],
    },
    {
      name: 'friday',
      kind: 'fix',
      start: [
        'kk apply -f deployment-three.yaml',
        10,
        "sed -i 's/:v1/:v2/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        15,
        "sed -i 's/:v2/:v2_problem/' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        60,
      ],
      checks: {
        healthy: (view: ClusterView) => isReleased(view, 'v2'),
        file: (view: ClusterView) => fileRuns(view, 'deployment-three.yaml', 'v2'),
        applied: (view: ClusterView) => lastAppliedRuns(view, 'v2'),
      },
      solution: [
        `kk rollout undo deployment/${name}`,
        15,
        "sed -i 's/_problem//' deployment-three.yaml",
        'kk apply -f deployment-three.yaml',
        5,
      ],
    },
  ],
} satisfies Lesson
