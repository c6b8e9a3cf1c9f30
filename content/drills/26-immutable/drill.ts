import { parseTime } from '../../../src/engine/engine.ts'
import { podsOf } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { neverFewer } from '../../../src/lesson/drill-checks/history.ts'
import { containerOf, fromConfigMap, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

/** Where the Deployment's pods, or one of them, have the address from. */
const address = (view: ClusterView, container = containerOf(view, 'app')) =>
  fromConfigMap(view, container, 'DB_URL')

export default {
  level: 1,
  minutes: 7,
  lesson: '10.4',
  workers: 2,
  start: [
    'kubectl apply -f app.yaml || true',
    20,
    'sed -i s#//old:#//new:# app.yaml',
    'kubectl apply -f app.yaml || true',
  ],
  checks: {
    'new-value': (view: ClusterView) => {
      const { map, value } = address(view) ?? {}
      return (
        rolledOut(view, 'app', { replicas: 2 }) &&
        value === 'mysql://new:3306/shop' &&
        podsOf(view, view.get('deployments', 'app')).every(
          ({ metadata, spec }) =>
            address(view, spec.containers[0])?.map.metadata.uid === map?.metadata.uid &&
            parseTime(metadata.creationTimestamp!) >= parseTime(map!.metadata.creationTimestamp!),
        )
      )
    },
    'still-immutable': (view: ClusterView) => address(view)?.map.immutable === true,
    'never-below-2': neverFewer('app', 2),
  },
  solution: ["sed -i 's/app-config-1/app-config-2/' app.yaml", 'kubectl apply -f app.yaml'],
} satisfies Drill
