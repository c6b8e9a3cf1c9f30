import type { Drill } from '../../../src/lesson/drill.ts'
import { same } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 1,
  minutes: 6,
  lesson: '5.2',
  workers: 2,
  start: [
    'kubectl apply -f web.yaml',
    20,
    'kubectl taint nodes k8s-node1 k8s-node2 maintenance=planned:NoSchedule',
    'kubectl cordon k8s-node2',
    'kubectl scale deployment/web --replicas=4',
    40,
  ],
  checks: {
    'four-ready': (view: ClusterView) => rolledOut(view, 'web', { replicas: 4 }),
    'nodes-open': (view: ClusterView) =>
      ['k8s-node1', 'k8s-node2'].every(name => {
        const spec = view.get('nodes', name)?.spec
        return spec && !spec.unschedulable && !spec.taints?.length
      }),
    'master-closed': same('nodes', 'k8s-master', ({ spec }) => spec.taints),
    'no-toleration': (view: ClusterView) => {
      const spec = view.get('deployments', 'web')?.spec.template.spec
      return spec && !spec.tolerations && !spec.nodeName
    },
  },
  solution: ['kubectl taint nodes k8s-node1 k8s-node2 maintenance-', 'kubectl uncordon k8s-node2'],
} satisfies Drill
