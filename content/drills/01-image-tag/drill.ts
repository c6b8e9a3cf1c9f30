import { sameImage } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, neverFewer } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import { noFailure, usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 1,
  minutes: 5,
  lesson: '4.3',
  workers: 2,
  start: ['kubectl apply -f shop.yaml', 20, 'kubectl set image deployment/shop shop=leigg/hellok8s:v22', 60],
  checks: {
    'new-version': (view: ClusterView) =>
      rolledOut(view, 'shop', { replicas: 3 }) &&
      sameImage(containerOf(view, 'shop')?.image, 'leigg/hellok8s:v2'),
    'never-below-3': neverFewer('shop', 3),
    'same-deployment': kept('deployments', 'shop'),
    'users-served': all(noFailure('default/visitor'), usersServed()),
  },
  solution: ['kubectl set image deployment/shop shop=leigg/hellok8s:v2'],
} satisfies Drill
