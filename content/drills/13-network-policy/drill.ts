import type { NetworkPolicyPort } from '../../../src/kinds/schema/types.ts'
import type { Drill } from '../../../src/lesson/drill.ts'
import { all, same } from '../../../src/lesson/drill-checks/history.ts'
import { asksTheSame, neverServed, unserved, usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

/** One port, or a few. */
const isNarrow = ({ port, endPort = Number(port) }: NetworkPolicyPort): boolean =>
  port !== undefined && !(endPort - Number(port) > 9)

export default {
  level: 2,
  minutes: 10,
  lesson: '7.10',
  workers: 2,
  start: ['kubectl apply -f shop.yaml', 30, 'kubectl apply -f policies.yaml', 30],
  checks: {
    'web-served': usersServed('web'),
    'intruder-blocked': all(
      neverServed('default/intruder'),
      unserved('default/intruder'),
      asksTheSame('intruder'),
    ),
    'still-denied': same('networkpolicies', 'default-deny', ({ spec }) => spec),
    'ports-named': (view: ClusterView) =>
      view
        .list('networkpolicies')
        .filter(each => each.metadata.name !== 'default-deny')
        .every(each => each.spec.ingress?.every(rule => rule.ports?.every(isNarrow) && rule.from?.length)),
  },
  solution: [
    `kubectl patch networkpolicy shop-from-web --type=json -p '[{"op":"replace","path":"/spec/ingress/0/ports/0/port","value":3000}]'`,
  ],
} satisfies Drill
