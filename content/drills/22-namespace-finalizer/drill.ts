import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, neverDeleted, same } from '../../../src/lesson/drill-checks/history.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 3,
  minutes: 12,
  lesson: '9.3',
  workers: 2,
  start: [
    'kubectl apply -f old-shop.yaml -f new-shop.yaml',
    20,
    'kubectl delete namespace old-shop --wait=false',
    300,
  ],
  checks: {
    'namespace-gone': (view: ClusterView) => !view.get('namespaces', 'old-shop'),
    'nothing-left': (view: ClusterView) =>
      ['configmaps', 'pods', 'deployments', 'secrets', 'services'].every(
        each => view.list(each, { namespace: 'old-shop' }).length === 0,
      ),
    properly: neverDeleted(
      'namespaces',
      ({ metadata }, view) =>
        metadata.name === 'old-shop' && view.list('configmaps', { namespace: 'old-shop' }).length > 0,
    ),
    'neighbour-kept': all(
      kept('configmaps', 'orders-2026', 'new-shop'),
      same('configmaps', 'orders-2026', ({ metadata }) => metadata.finalizers, 'new-shop'),
    ),
  },
  solution: [
    `kubectl -n old-shop patch configmap orders-2025 --type=merge -p '{"metadata":{"finalizers":null}}'`,
  ],
} satisfies Drill
