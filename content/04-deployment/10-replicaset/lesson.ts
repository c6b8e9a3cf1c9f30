import type { Pod } from '../../../src/kinds/schema/types.ts'
import { firstUid, isKind, isReady, podsOf, steadyFor, watching } from '../../../src/lesson/checks.ts'
import type { Change, ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { deploymentOf } from '../checks.ts'

const replicaSet = 'hellok8s-rs'
const isLoose = (pod: Pod): boolean => !pod.metadata.ownerReferences?.length

export default {
  transcript: 'replicaset.console',
  minutes: 15,
  level: 2,
  needs: ['4.1', '4.6'],
  exercises: [
    {
      name: 'keep-the-pods',
      kind: 'repeat',
      // Uids of ready pods that it owned.
      watch: {
        resources: ['pods'],
        start: [] as readonly string[],
        next: (seen: readonly string[], { object }: Change) =>
          isKind(object, 'Pod') &&
          isReady(object) &&
          object.metadata.ownerReferences?.some(owner => owner.name === replicaSet)
            ? [...new Set([...seen, object.metadata.uid!])]
            : seen,
      },
      checks: {
        gone: (view: ClusterView, owned: readonly string[]) =>
          owned.length > 0 && view.get('replicasets', replicaSet) === undefined,
        kept: (view: ClusterView, owned: readonly string[]) => {
          const count = view
            .list('pods')
            .filter(pod => owned.includes(pod.metadata.uid!) && isReady(pod) && isLoose(pod)).length
          return { met: count >= 2, count }
        },
      },
      solution: ['kk apply -f replicaset.yaml', 5, `kk delete replicaset ${replicaSet} --cascade=orphan`, 5],
    },
    {
      name: 'take-aside',
      kind: 'vary',
      start: ['kk apply -f deployment-three.yaml', 10],
      watch: {
        resources: ['pods'],
        start: [] as readonly string[],
        next: (seen: readonly string[], { object }: Change) =>
          seen.length < 3 && !seen.includes(object.metadata.uid!) ? [...seen, object.metadata.uid!] : seen,
      },
      checks: {
        aside: (view: ClusterView, first: readonly string[]) =>
          view.list('pods').filter(pod => first.includes(pod.metadata.uid!) && isReady(pod) && isLoose(pod))
            .length === 1,
        three: (view: ClusterView) => {
          const deployment = deploymentOf(view)
          const count = podsOf(view, deployment).filter(isReady).length
          return { met: deployment?.spec.replicas === 3 && count === 3, count }
        },
        others: (view: ClusterView, first: readonly string[]) =>
          podsOf(view, deploymentOf(view)).filter(pod => first.includes(pod.metadata.uid!)).length === 2,
      },
      solution: ['kk label $(kk get pods -o name | head -n 1) app-', 5],
    },
    {
      name: 'unwelcome',
      kind: 'fix',
      start: ['kk apply -f replicaset.yaml', 30, 'kk apply -f pod-loose.yaml', 30],
      watch: watching({ uid: firstUid('replicasets', replicaSet) }),
      checks: {
        runs: (view: ClusterView) => {
          const loose = view.get('pods', 'loose')
          const { met, ...rest } = steadyFor(view, 'loose', 20_000)
          return { met: met && loose !== undefined && isLoose(loose), ...rest }
        },
        two: (view: ClusterView, { uid }: { uid: string | undefined }) => {
          const owner = view.get('replicasets', replicaSet)
          return (
            owner?.metadata.uid === uid &&
            owner?.spec.replicas === 2 &&
            view
              .list('pods')
              .filter(pod => isReady(pod) && pod.metadata.ownerReferences?.some(each => each.uid === uid))
              .length === 2
          )
        },
      },
      solution: ["sed -i 's/app: hellok8s/app: tryout/' pod-loose.yaml", 'kk apply -f pod-loose.yaml', 30],
    },
  ],
} satisfies Lesson
