import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, same } from '../../../src/lesson/drill-checks/history.ts'
import { endpointNames, podNames } from '../../../src/lesson/drill-checks/objects.ts'
import { usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

const system = 'kube-system'

export default {
  level: 3,
  minutes: 15,
  lesson: '1.7',
  workers: 2,
  start: [
    'kubectl apply -f shop.yaml',
    30,
    `kubectl -n kube-system patch service kube-dns -p '{"spec":{"selector":{"k8s-app":"coredns"}}}'`,
    40,
  ],
  checks: {
    'names-resolve': usersServed(),
    'dns-endpoints': (view: ClusterView) =>
      podNames(view, 'coredns', system).length === 2 &&
      String(endpointNames(view, 'kube-dns', system)) === String(podNames(view, 'coredns', system)),
    'same-address': all(
      kept('services', 'kube-dns', system),
      same('services', 'kube-dns', ({ spec }) => spec.clusterIP, system),
    ),
    'apps-untouched': all(
      kept('pods', 'visitor'),
      same('deployments', 'shop', ({ spec }) => spec),
    ),
  },
  solution: [
    `kubectl -n kube-system patch service kube-dns -p '{"spec":{"selector":{"k8s-app":"kube-dns"}}}'`,
  ],
} satisfies Drill
