import { requestsOf } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, neverFewer, same } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, offControlPlane, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 1,
  minutes: 6,
  lesson: '3.11',
  workers: 2,
  start: ['kubectl apply -f billing.yaml', 20, 'kubectl apply -f search.yaml', 60],
  checks: {
    'three-ready': (view: ClusterView) => rolledOut(view, 'search', { replicas: 3 }),
    'still-requests': (view: ClusterView) => {
      const { cpu } = requestsOf(containerOf(view, 'search'))
      return cpu >= 50 && cpu <= 1000
    },
    'off-master': offControlPlane('search'),
    'billing-untouched': all(
      neverFewer('billing', 2),
      same('deployments', 'billing', ({ spec }) => spec),
    ),
  },
  solution: ['kubectl set resources deployment/search --requests=cpu=200m,memory=64Mi'],
} satisfies Drill
