import { fewest, isReady, neverBelow, podsOf, selectsPodsOf, watching } from '../../../src/lesson/checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import type { Lesson } from '../../../src/lesson/lesson.ts'
import { isBack, type Maintenance, maintenanceOf, wasMaintained } from '../checks.ts'

const shop = (view: ClusterView) => view.get('deployments', 'hellok8s-go-http')
const greeters = (view: ClusterView) => podsOf(view, shop(view)).filter(isReady)

interface Seen {
  readonly node: Maintenance
  readonly greeters: { readonly count: number; readonly at: number } | undefined
}

const watch = watching({
  node: maintenanceOf('k8s-node1'),
  greeters: fewest(['pods'], view => greeters(view).length),
})

/** Budgets that cover the greeters, as their own status has it. */
const guards = (view: ClusterView, least: number): boolean =>
  view.list('poddisruptionbudgets').some(({ spec, status }) => {
    return (
      selectsPodsOf(spec.selector!, shop(view)) &&
      (status?.expectedPods ?? 0) > 0 &&
      (status?.desiredHealthy ?? 0) >= least
    )
  })

const back = (view: ClusterView, seen: { readonly node: Maintenance }) =>
  wasMaintained(view, seen.node).met && isBack(view, 'k8s-node1')

export default {
  transcript: 'maintain.console',
  minutes: 20,
  level: 2,
  needs: ['4.8', '5.1'],
  workers: 2,
  start: [
    'kk cordon k8s-node2',
    'kk apply -f daemonset.yaml -f shop.yaml -f pods-in-the-way.yaml',
    20,
    'kk uncordon k8s-node2',
  ],
  exercises: [
    {
      name: 'memory',
      kind: 'repeat',
      watch: watching({ node: maintenanceOf('k8s-node1') }),
      checks: {
        emptied: (view: ClusterView, seen: { readonly node: Maintenance }) => wasMaintained(view, seen.node),
        back,
      },
      solution: [
        'kk drain k8s-node1 --ignore-daemonsets --delete-emptydir-data --force',
        70,
        'kk uncordon k8s-node1',
        5,
      ],
    },
    {
      name: 'one-stays',
      kind: 'vary',
      watch,
      checks: {
        budget: (view: ClusterView) => guards(view, 1),
        emptied: (view: ClusterView, seen: Seen) => wasMaintained(view, seen.node),
        always: (_: ClusterView, seen: Seen) => neverBelow(seen.greeters, 1),
        back,
      },
      solution: [
        'kk apply -f pdb.yaml',
        5,
        'kk drain k8s-node1 --ignore-daemonsets --delete-emptydir-data --force',
        70,
        'kk uncordon k8s-node1',
        5,
      ],
    },
    {
      name: 'stuck',
      kind: 'fix',
      start: [
        'kk delete pod clerk --now',
        'kk apply -f pdb.yaml',
        `kk patch pdb hellok8s -p '{"spec":{"minAvailable":2}}'`,
        'kk cordon k8s-node1',
        10,
      ],
      watch,
      checks: {
        budget: (view: ClusterView) => guards(view, 2),
        emptied: (view: ClusterView, seen: Seen) => wasMaintained(view, seen.node),
        always: (_: ClusterView, seen: Seen) => neverBelow(seen.greeters, 2),
        back,
      },
      solution: [
        'kk get pdb',
        'kk scale deployment hellok8s-go-http --replicas=3',
        10,
        'kk drain k8s-node1 --ignore-daemonsets --delete-emptydir-data',
        70,
        'kk uncordon k8s-node1',
        5,
      ],
    },
  ],
} satisfies Lesson
