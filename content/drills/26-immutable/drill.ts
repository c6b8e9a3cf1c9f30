import { parseTime } from '../../../src/engine/engine.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { neverFewer, podNames, rolledOut, variableOf } from '../../../src/lesson/drill-checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

const addressFrom = (view: ClusterView) => variableOf(view, 'app', 'DB_URL')?.valueFrom?.configMapKeyRef

/** The ConfigMap that the address comes from. */
const inUse = (view: ClusterView) => view.get('configmaps', addressFrom(view)?.name ?? '')

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
      const map = inUse(view)
      return (
        rolledOut(view, 'app', { replicas: 2 }) &&
        map?.data?.[addressFrom(view).key] === 'mysql://new:3306/shop' &&
        podNames(view, 'app').every(name => {
          const { metadata, spec } = view.get('pods', name)!
          return (
            spec.containers[0].env[0].valueFrom?.configMapKeyRef?.name === map.metadata.name &&
            parseTime(metadata.creationTimestamp!) >= parseTime(map.metadata.creationTimestamp!)
          )
        })
      )
    },
    'still-immutable': (view: ClusterView) => inUse(view)?.immutable === true,
    'never-below-2': neverFewer('app', 2),
  },
  solution: ["sed -i 's/app-config-1/app-config-2/' app.yaml", 'kubectl apply -f app.yaml'],
} satisfies Drill
