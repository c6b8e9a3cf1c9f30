import { sameImage } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept } from '../../../src/lesson/drill-checks/history.ts'
import { setRolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 3,
  minutes: 12,
  lesson: '6.6',
  workers: 2,
  start: [
    'kubectl apply -f db.yaml',
    60,
    'kubectl set image statefulset/db db=nginx:1.99',
    90,
    'kubectl rollout undo statefulset/db',
    600,
  ],
  checks: {
    'all-ready': (view: ClusterView) =>
      setRolledOut(view, 'db', 3) &&
      sameImage(view.get('statefulsets', 'db')!.spec.template.spec.containers[0]!.image, 'nginx:1.26'),
    'others-untouched': all(kept('pods', 'db-0'), kept('pods', 'db-1')),
    'data-kept': all(...[0, 1, 2].map(i => kept('persistentvolumeclaims', `data-db-${i}`))),
    'set-kept': kept('statefulsets', 'db'),
  },
  solution: ['kubectl delete pod db-2'],
} satisfies Drill
