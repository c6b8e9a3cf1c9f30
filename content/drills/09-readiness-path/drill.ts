import { sameImage } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, compared, neverFewer } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import { noFailure, usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 8,
  lesson: '4.8',
  workers: 2,
  start: ['kubectl apply -f web.yaml', 30, 'kubectl apply -f web-new.yaml', 60],
  checks: {
    'new-version': (view: ClusterView) =>
      rolledOut(view, 'web', { replicas: 3 }) && sameImage(containerOf(view, 'web')?.image, 'nginx:1.27'),
    'still-probed': (view: ClusterView) => containerOf(view, 'web')?.readinessProbe?.httpGet !== undefined,
    // Files put into running containers make those ready, and no other.
    lasting: compared(
      'deployments',
      'web',
      (now, first) => JSON.stringify(now?.spec.template.spec) !== JSON.stringify(first?.spec.template.spec),
    ),
    'never-below-3': neverFewer('web', 3),
    'users-served': all(noFailure('default/visitor'), usersServed()),
  },
  solution: [
    `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"web","readinessProbe":{"httpGet":{"path":"/","port":80}}}]}}}}'`,
  ],
} satisfies Drill
