import { type Fewest, fewest, isRolledOut, neverBelow, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import {
  alwaysAvailable,
  availability,
  deploymentOf,
  isReleased,
  name,
  replicaSetsOf,
  runs,
} from '../checks.ts'

const release = `kk set image deployment/${name} hellok8s=leigg/hellok8s:v2`

/** A number or a percentage of the replicas, as the controller rounds it. */
const resolved = (
  value: number | string | undefined,
  replicas: number | undefined,
  round: (n: number) => number,
) => (typeof value === 'string' ? round((Number.parseFloat(value) / 100) * replicas!) : value)

/** Forgets what was seen whenever v1 is there again as a whole: a false start may be taken back. */
const sinceV1 = {
  resources: ['deployments'],
  start: undefined as Fewest | undefined,
  next: (seen: Fewest | undefined, change: Change, view: ClusterView) => {
    const deployment = deploymentOf(view)
    const whole = runs(deployment, 'v1') && isRolledOut(deployment)
    return availability.next(whole ? undefined : seen, change, view)
  },
}

const wanted = (view: ClusterView): number =>
  replicaSetsOf(view).reduce((sum, each) => sum + (each.spec.replicas ?? 0), 0)

export default {
  transcript: 'strategy.console',
  minutes: 20,
  level: 2,
  needs: ['4.3', '4.4'],
  exercises: [
    {
      name: 'never-less-than-wanted',
      kind: 'repeat',
      start: ['kk apply -f deployment-rolling.yaml', 10],
      watch: sinceV1,
      checks: {
        pace: (view: ClusterView) => {
          const { strategy, replicas } = deploymentOf(view)?.spec ?? {}
          const { maxSurge, maxUnavailable } = strategy?.rollingUpdate ?? {}
          return (
            resolved(maxSurge, replicas, Math.ceil) === 2 &&
            resolved(maxUnavailable, replicas, Math.floor) === 0
          )
        },
        'rolled-out': (view: ClusterView) => isReleased(view, 'v2'),
        always: alwaysAvailable(3),
      },
      solution: [
        "sed -i 's/maxSurge: 1/maxSurge: 2/; s/maxUnavailable: 1/maxUnavailable: 0/' deployment-rolling.yaml",
        'kk apply -f deployment-rolling.yaml',
        5,
        release,
        15,
      ],
    },
    {
      name: 'no-room',
      kind: 'vary',
      start: ['kk apply -f deployment-three.yaml', `kk scale deployment/${name} --replicas=10`, 20],
      watch: watching({
        available: availability,
        // The most that was ever wanted, as the fewest of its negative.
        wanted: fewest(['replicasets'], view => -wanted(view)),
      }),
      checks: {
        'rolled-out': (view: ClusterView) => isReleased(view, 'v2', 10),
        'no-more': (_: ClusterView, seen: { wanted: Fewest | undefined }) => {
          const { met, count, at } = neverBelow(seen.wanted, -10)
          return count === undefined ? met : { met, count: -count, ...(at !== undefined && { at }) }
        },
        always: (view: ClusterView, seen: { available: Fewest | undefined }) =>
          alwaysAvailable(8)(view, seen.available),
      },
      solution: [
        `kk patch deployment ${name} -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":2}}}}'`,
        release,
        60,
      ],
    },
    {
      name: 'stuck',
      kind: 'fix',
      start: ['kk apply -f deployment-big.yaml', 10, release, 300],
      watch: availability,
      checks: {
        'rolled-out': (view: ClusterView) => isReleased(view, 'v2'),
        cpu: (view: ClusterView) => {
          const pods = podsOf(view, deploymentOf(view))
          return (
            pods.length > 0 && pods.every(pod => pod.spec.containers[0]!.resources?.requests?.cpu === '600m')
          )
        },
        always: alwaysAvailable(2),
      },
      solution: [
        'kk get events --field-selector reason=FailedScheduling',
        `kk patch deployment ${name} -p '{"spec":{"strategy":{"rollingUpdate":{"maxUnavailable":1}}}}'`,
        40,
      ],
    },
  ],
} satisfies Lesson
