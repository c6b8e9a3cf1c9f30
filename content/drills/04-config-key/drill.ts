import type { Drill } from '../../../src/lesson/drill.ts'
import { kept } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, fromConfigMap, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 1,
  minutes: 6,
  lesson: '10.4',
  workers: 2,
  start: ['kubectl apply -f orders.yaml', 30],
  checks: {
    'two-ready': (view: ClusterView) => rolledOut(view, 'orders', { replicas: 2 }),
    'from-configmap': (view: ClusterView) =>
      fromConfigMap(view, containerOf(view, 'orders'), 'DB_URL')?.value === 'mysql://db:3306/orders',
    'same-deployment': kept('deployments', 'orders'),
  },
  solution: [`kubectl patch configmap orders-config -p '{"data":{"DB_URL":"mysql://db:3306/orders"}}'`],
} satisfies Drill
