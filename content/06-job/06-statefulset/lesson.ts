import type { Pod } from '../../../src/kinds/schema/types.ts'
import { firstUid, imagesOf, isReady, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'

const start = ['kk apply -f volumes.yaml -f statefulset.yaml', 40]
const names = ['db-0', 'db-1', 'db-2']

const set = (view: ClusterView) => view.get('statefulsets', 'db')
const ready = (view: ClusterView): Pod[] => podsOf(view, set(view)).filter(isReady)

const allReady = (view: ClusterView) => {
  const count = ready(view).filter(pod => names.includes(pod.metadata.name)).length
  return { met: count === 3 && set(view)?.spec.replicas === 3, count }
}

/** The claims of the three pods as they were at the beginning. */
const claims = Object.fromEntries(
  names.map(name => [`data-${name}`, firstUid('persistentvolumeclaims', `data-${name}`)]),
)

const sameDisks = (view: ClusterView, seen: Readonly<Record<string, unknown>>): boolean =>
  names.every(name => {
    const claim = view.get('persistentvolumeclaims', `data-${name}`)
    return claim?.metadata.uid === seen[`data-${name}`] && claim?.status?.phase === 'Bound'
  })

export default {
  transcript: 'names.console',
  minutes: 15,
  level: 2,
  needs: ['4.6', '4.10'],
  exercises: [
    {
      name: 'comes-back',
      kind: 'repeat',
      start,
      watch: watching({ ...claims, pod: firstUid('pods', 'db-0') }),
      checks: {
        new: (view: ClusterView, seen) => {
          const pod = view.get('pods', 'db-0')
          return isReady(pod) && pod?.metadata.uid !== seen.pod
        },
        disks: (view: ClusterView, seen) => sameDisks(view, seen),
        all: (view: ClusterView) => allReady(view),
      },
      solution: ['kk delete pod db-0', 20],
    },
    {
      name: 'together',
      kind: 'vary',
      start,
      watch: watching(claims),
      checks: {
        parallel: (view: ClusterView) => set(view)?.spec.podManagementPolicy === 'Parallel',
        all: (view: ClusterView) => allReady(view),
        disks: (view: ClusterView, seen) => sameDisks(view, seen),
      },
      solution: [
        'kk delete statefulset db',
        "sed -i 's/^  serviceName/  podManagementPolicy: Parallel\\n  serviceName/' statefulset.yaml",
        'kk apply -f statefulset.yaml',
        30,
      ],
    },
    {
      name: 'stuck',
      kind: 'fix',
      start: [...start, 'kk set image statefulset/db db=busybox:1.99', 90],
      watch: watching(claims),
      checks: {
        all: (view: ClusterView) => allReady(view),
        template: (view: ClusterView) =>
          set(view) !== undefined &&
          ready(view).length === 3 &&
          ready(view).every(pod => imagesOf(pod).join() === imagesOf(set(view)).join()),
        disks: (view: ClusterView, seen) => sameDisks(view, seen),
      },
      solution: ['kk rollout undo statefulset/db', 'kk delete pod db-2', 30],
    },
  ],
} satisfies Lesson
