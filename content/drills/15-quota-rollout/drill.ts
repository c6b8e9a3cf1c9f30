import { sameImage } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, neverFewer, unchanged } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

const namespace = 'team-a'

export default {
  level: 2,
  minutes: 10,
  lesson: '9.4',
  workers: 2,
  start: [
    'kubectl apply -f team.yaml',
    5,
    'kubectl apply -f api.yaml',
    30,
    'kubectl -n team-a set image deployment/api api=leigg/hellok8s:v2',
    60,
  ],
  checks: {
    'new-version': (view: ClusterView) =>
      rolledOut(view, 'api', { namespace, replicas: 4 }) &&
      sameImage(containerOf(view, 'api', namespace)?.image, 'leigg/hellok8s:v2'),
    'never-below-3': neverFewer('api', 3, namespace),
    'quota-untouched': all(
      unchanged('resourcequotas', 'team', ({ spec }) => spec, namespace),
      unchanged('limitranges', 'defaults', ({ spec }) => spec, namespace),
    ),
  },
  solution: [
    `kubectl -n team-a patch deployment api -p '{"spec":{"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}}}}'`,
  ],
} satisfies Drill
