import type { Drill } from '../../../src/lesson/drill.ts'
import { neverFewer, same, unchanged } from '../../../src/lesson/drill-checks/history.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 3,
  minutes: 15,
  lesson: '5.4',
  workers: 3,
  start: [
    'kubectl cordon k8s-node3',
    'kubectl apply -f shop.yaml',
    30,
    'kubectl uncordon k8s-node3',
    `kubectl apply -f - <<< '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"visitor"},"spec":{"nodeName":"k8s-node1","terminationGracePeriodSeconds":0,"containers":[{"name":"curl","image":"curlimages/curl","command":["sh","-c","while true; do curl -s -m 2 -o /dev/null http://shop; sleep 2; done"]}]}}'`,
    'kubectl drain k8s-node2 --ignore-daemonsets --timeout=30s || true',
    10,
  ],
  checks: {
    'node-empty': (view: ClusterView) =>
      view.get('nodes', 'k8s-node2')?.spec.unschedulable === true &&
      view
        .list('pods')
        .filter(each => each.spec.nodeName === 'k8s-node2')
        .every(each => each.metadata.ownerReferences?.[0]?.kind === 'DaemonSet'),
    'never-below-2': neverFewer('shop', 2),
    'budget-untouched': unchanged('poddisruptionbudgets', 'shop', ({ spec }) => spec),
    apart: same('deployments', 'shop', ({ spec }) => spec.template.spec.affinity),
  },
  solution: [
    'kubectl scale deployment/shop --replicas=3',
    'kubectl rollout status deployment/shop --timeout=60s',
    'kubectl drain k8s-node2 --ignore-daemonsets',
  ],
} satisfies Drill
