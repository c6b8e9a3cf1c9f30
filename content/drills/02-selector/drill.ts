import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, neverFewer, same } from '../../../src/lesson/drill-checks/history.ts'
import { endpointNames, podNames } from '../../../src/lesson/drill-checks/objects.ts'
import { usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 1,
  minutes: 5,
  lesson: '7.2',
  workers: 2,
  start: ['kubectl apply -f shop.yaml', 40],
  checks: {
    'right-endpoints': (view: ClusterView) =>
      podNames(view, 'shop').length === 3 &&
      String(endpointNames(view, 'shop')) === String(podNames(view, 'shop')),
    'users-served': usersServed(),
    'admin-runs': neverFewer('shop-admin', 1),
    'same-service': all(
      kept('services', 'shop'),
      same('services', 'shop', ({ spec }) => spec.clusterIP),
    ),
  },
  solution: ['kubectl set selector service/shop app=shop,tier=frontend'],
} satisfies Drill
