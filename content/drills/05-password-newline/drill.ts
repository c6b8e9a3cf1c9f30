import type { Drill } from '../../../src/lesson/drill.ts'
import { same } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut, variableOf } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

/** `s3cret`, without a newline. */
const encoded = 'czNjcmV0'

const passwordFrom = (view: ClusterView) =>
  variableOf(view, 'payments', 'DB_PASSWORD')?.valueFrom?.secretKeyRef

export default {
  level: 1,
  minutes: 8,
  lesson: '10.3',
  workers: 2,
  start: ['kubectl apply -f payments.yaml', 60],
  checks: {
    'two-ready': (view: ClusterView) => rolledOut(view, 'payments', { replicas: 2 }),
    'from-secret': (view: ClusterView) => passwordFrom(view)?.name === 'payments-db',
    'exact-password': (view: ClusterView) =>
      view.get('secrets', 'payments-db')?.data?.[passwordFrom(view)?.key ?? ''] === encoded,
    'program-unchanged': same(
      'deployments',
      'payments',
      ({ spec }) => spec.template.spec.containers[0]?.command,
    ),
  },
  solution: [`kubectl patch secret payments-db -p '{"stringData":{"password":"s3cret"}}'`],
} satisfies Drill
