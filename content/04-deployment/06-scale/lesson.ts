import { isLeaving, isReady, podsOf } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf, name, replicaSetsOf } from '../checks.ts'

const ready = (view: ClusterView) => podsOf(view, deploymentOf(view)).filter(isReady)

const hasReady = (view: ClusterView, wanted: number) => {
  const count = ready(view).length
  return { met: deploymentOf(view)?.spec.replicas === wanted && count === wanted, count }
}

/** Thousandths of a core. */
const millicores = (cpu: unknown): number =>
  String(cpu).endsWith('m') ? Number.parseFloat(String(cpu)) : Number(cpu) * 1000

interface Victim {
  /** The uid of the oldest of the five. */
  readonly uid: string
  /** When it was told to go, four were wanted and the four others stayed. */
  readonly byScaling?: boolean
}

export default {
  transcript: 'scale.console',
  minutes: 15,
  level: 1,
  needs: ['4.1', '4.2'],
  exercises: [
    {
      name: 'busy-sunday',
      kind: 'repeat',
      start: ['kk apply -f deployment-three.yaml', 30],
      watch: {
        resources: ['pods'],
        start: [] as readonly string[],
        next: (seen: readonly string[], { object }: Change) =>
          seen.length < 3 && !seen.includes(object.metadata.uid!) ? [...seen, object.metadata.uid!] : seen,
      },
      checks: {
        six: (view: ClusterView) => hasReady(view, 6),
        'first-three': (view: ClusterView, first: readonly string[]) => {
          const now = ready(view).map(pod => pod.metadata.uid)
          return first.length === 3 && first.every(uid => now.includes(uid))
        },
        'no-revision': (view: ClusterView) => replicaSetsOf(view).length === 1,
      },
      solution: [`kk scale deployment/${name} --replicas=6`, 10],
    },
    {
      name: 'pick-the-victim',
      kind: 'vary',
      start: [
        'kk apply -f deployment-three.yaml',
        `kk scale deployment/${name} --replicas=1`,
        300,
        `kk scale deployment/${name} --replicas=5`,
        30,
      ],
      watch: {
        resources: ['pods'],
        start: undefined as Victim | undefined,
        next: (victim: Victim | undefined, { object }: Change, view: ClusterView) => {
          if (!victim) {
            const [oldest] = [...view.list('pods', { labels: 'app=hellok8s' })].sort((a, b) =>
              a.metadata.creationTimestamp! < b.metadata.creationTimestamp! ? -1 : 1,
            )
            return oldest && { uid: oldest.metadata.uid! }
          }
          if (victim.byScaling !== undefined || object.metadata.uid !== victim.uid || !isLeaving(object))
            return victim
          const deployment = deploymentOf(view)
          const byScaling = deployment?.spec.replicas === 4 && podsOf(view, deployment).length === 4
          return { ...victim, byScaling }
        },
      },
      checks: {
        chosen: (_: ClusterView, victim: Victim | undefined) => victim?.byScaling === true,
        four: (view: ClusterView) => hasReady(view, 4),
      },
      solution: [
        'kk annotate $(kk get pods -o name --sort-by=.metadata.creationTimestamp | head -1) controller.kubernetes.io/pod-deletion-cost=-10',
        `kk scale deployment/${name} --replicas=4`,
        10,
      ],
    },
    {
      name: 'no-place',
      kind: 'fix',
      start: ['kk apply -f deployment-big.yaml', 10, `kk scale deployment/${name} --replicas=5`, 60],
      checks: {
        five: (view: ClusterView) => hasReady(view, 5),
        cpu: (view: ClusterView) => {
          const pods = podsOf(view, deploymentOf(view))
          return (
            pods.length > 0 &&
            pods.every(pod => millicores(pod.spec.containers[0]!.resources?.requests?.cpu ?? 0) >= 200)
          )
        },
      },
      solution: [
        `kk scale deployment/${name} --replicas=2`,
        5,
        `kk set resources deployment/${name} --requests=cpu=300m`,
        15,
        `kk scale deployment/${name} --replicas=5`,
        15,
      ],
    },
  ],
} satisfies Lesson
