import { fewest, isReady, neverBelow, podsOf, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import {
  covers,
  daemonSet,
  isBack,
  type Maintenance,
  maintenanceOf,
  takesAnyNode,
  wasMaintained,
} from '../checks.ts'

const agent = (view: ClusterView) => daemonSet(view, 'log-agent')
const greeters = (view: ClusterView) =>
  podsOf(view, view.get('deployments', 'hellok8s-go-http')).filter(isReady)

interface Seen {
  readonly node: Maintenance
  readonly greeters: { readonly count: number; readonly at: number } | undefined
}

export default {
  transcript: 'story.console',
  minutes: 20,
  level: 3,
  needs: ['5.1', '5.2', '5.4'],
  workers: 2,
  start: [
    'kk cordon k8s-node2',
    'kk label node k8s-node1 logs=collected',
    'kk apply -f daemonset-story-broken.yaml -f shop.yaml',
    20,
    'kk uncordon k8s-node2',
  ],
  exercises: [
    {
      name: 'evening',
      kind: 'fix',
      watch: watching({
        node: maintenanceOf('k8s-node1'),
        greeters: fewest(['pods'], view => greeters(view).length),
      }),
      checks: {
        everywhere: (view: ClusterView) => covers(view, agent(view)),
        tomorrow: (view: ClusterView) => takesAnyNode(agent(view)),
        emptied: (view: ClusterView, seen: Seen) => wasMaintained(view, seen.node),
        back: (view: ClusterView, seen: Seen) =>
          wasMaintained(view, seen.node).met && isBack(view, 'k8s-node1'),
        always: (_: ClusterView, seen: Seen) => neverBelow(seen.greeters, 2),
      },
      solution: [
        "sed -i 's/master$/control-plane/; /nodeSelector/,+1d' daemonset-story-broken.yaml",
        'kk apply -f daemonset-story-broken.yaml',
        'kk rollout status daemonset/log-agent',
        'kk create pdb greeters --selector=app=hellok8s --min-available=2',
        'kk scale deployment hellok8s-go-http --replicas=3',
        15,
        'kk drain k8s-node1 --ignore-daemonsets --delete-emptydir-data',
        70,
        'kk uncordon k8s-node1',
        5,
      ],
    },
  ],
} satisfies Lesson
