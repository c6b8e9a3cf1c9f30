import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, neverFewer, same } from '../../../src/lesson/drill-checks/history.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 8,
  lesson: '6.3',
  workers: 2,
  start: [
    'kubectl apply -f migrate.yaml || true',
    90,
    'sed -i s/5433/5432/g migrate.yaml',
    'kubectl apply -f migrate.yaml || true',
  ],
  checks: {
    migrated: (view: ClusterView) => view.get('jobs', 'migrate')?.status?.succeeded === 1,
    'really-checked': (view: ClusterView) => {
      const { command = [], args = [] } = view.get('jobs', 'migrate')?.spec.template.spec.containers[0] ?? {}
      const line = [...command, ...args].join(' ')
      return (
        /(^|-c )nc( -\S+( \d+)?)* orders-db(\.\S+)? 5432\b/.test(line) &&
        !/(;|\|\||&) *(true|:|exit 0)/.test(line)
      )
    },
    'db-untouched': all(
      kept('deployments', 'orders-db'),
      same('services', 'orders-db', ({ spec }) => spec),
      neverFewer('orders-db', 1),
    ),
  },
  solution: ['kubectl delete job migrate', 'kubectl apply -f migrate.yaml'],
} satisfies Drill
