import type { Drill } from '../../../src/lesson/drill.ts'
import { all, same } from '../../../src/lesson/drill-checks/history.ts'
import { asksTheSame, unserved, usersServed } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 10,
  lesson: '8.4',
  workers: 2,
  start: ['kubectl apply -f ingress-nginx.yaml', 40, 'kubectl apply -f shop.yaml', 30],
  checks: {
    'domain-served': usersServed(),
    'other-domains-not': all(unserved('default/stranger'), asksTheSame('stranger')),
    'one-class': all(
      same('deployments', 'ingress-nginx-controller', ({ spec }) => spec, 'ingress-nginx'),
      (view: ClusterView) =>
        view.list('ingressclasses').length === 1 &&
        view.get('ingresses', 'shop')?.spec.ingressClassName === 'nginx',
    ),
    'service-unchanged': same('services', 'shop', ({ spec }) => spec.ports),
  },
  solution: [
    `kubectl patch ingress shop --type=json -p '[{"op":"replace","path":"/spec/ingressClassName","value":"nginx"},{"op":"replace","path":"/spec/rules/0/http/paths/0/backend/service/port/number","value":80}]'`,
  ],
} satisfies Drill
