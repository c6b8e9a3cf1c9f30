import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, neverFewer } from '../../../src/lesson/drill-checks/history.ts'
import { endpointNames, podNames, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import { usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 1,
  minutes: 5,
  lesson: '7.2',
  workers: 2,
  start: ['kubectl apply -f shop.yaml', 40],
  checks: {
    'users-served': usersServed(),
    'port-80': all(kept('services', 'shop'), (view: ClusterView) =>
      view.get('services', 'shop')?.spec.ports?.some(each => each.port === 80),
    ),
    'three-ready': (view: ClusterView) =>
      rolledOut(view, 'shop', { replicas: 3 }) &&
      String(endpointNames(view, 'shop')) === String(podNames(view, 'shop')),
    'never-below-3': neverFewer('shop', 3),
  },
  solution: [`kubectl patch service shop -p '{"spec":{"ports":[{"port":80,"targetPort":"web"}]}}'`],
} satisfies Drill
