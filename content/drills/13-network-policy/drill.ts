import type { Drill } from '../../../src/lesson/drill.ts'
import { all, neverServed, same, served, unserved } from '../../../src/lesson/drill-checks.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 10,
  lesson: '7.10',
  workers: 2,
  start: ['kubectl apply -f shop.yaml', 30, 'kubectl apply -f policies.yaml', 30],
  checks: {
    'web-served': served('default/web'),
    'intruder-blocked': all(neverServed('default/intruder'), unserved('default/intruder')),
    'still-denied': same('networkpolicies', 'default-deny', ({ spec }) => spec),
    'ports-named': (view: ClusterView) =>
      view
        .list('networkpolicies')
        .filter(each => each.metadata.name !== 'default-deny')
        .every(each => each.spec.ingress?.every((rule: any) => rule.ports?.length && rule.from?.length)),
  },
  solution: [
    `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"replace","path":"/spec/ingress/0/ports/0/port","value":3000}]'`,
  ],
} satisfies Drill
