import { limitsOf } from '../../../src/lesson/checks.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import {
  containerOf,
  neverRestarted,
  rolledOut,
  variableOf,
} from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

const mebibyte = 2 ** 20

const limit = (view: ClusterView): number => limitsOf(containerOf(view, 'report-api')).memory

export default {
  level: 2,
  minutes: 8,
  lesson: '3.11',
  workers: 2,
  start: ['kubectl apply -f report-api.yaml', 100],
  checks: {
    'two-steady': (view: ClusterView) =>
      rolledOut(view, 'report-api', { replicas: 2 }) && neverRestarted(view, 'report-api'),
    'still-limited': (view: ClusterView) => limit(view) > 0 && limit(view) <= 256 * mebibyte,
    'useful-heap': (view: ClusterView) => {
      const heap = Number(variableOf(view, 'report-api', 'HEAP_MB')?.value)
      return heap >= 32 && heap * mebibyte < limit(view)
    },
  },
  solution: ['kubectl set resources deployment/report-api --limits=memory=160Mi --requests=memory=160Mi'],
} satisfies Drill
