import type { Drill } from '../../../src/lesson/drill.ts'
import { all, kept, same } from '../../../src/lesson/drill-checks/history.ts'
import { rolledOut, variableOf } from '../../../src/lesson/drill-checks/objects.ts'
import { served } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

export default {
  level: 2,
  minutes: 8,
  lesson: '9.2',
  workers: 2,
  start: ['kubectl apply -f cart.yaml -f frontend.yaml', 40],
  checks: {
    'frontend-served': all(
      served('web/frontend', { by: 'shop/cart' }),
      same('deployments', 'frontend', ({ spec }) => spec.template.spec.containers[0]?.command, 'web'),
      (view: ClusterView) => rolledOut(view, 'frontend', { namespace: 'web' }),
    ),
    'by-name': (view: ClusterView) => {
      const url = variableOf(view, 'frontend', 'CART_URL', 'web')?.value
      const { hostAliases } = view.get('deployments', 'frontend', 'web')?.spec.template.spec ?? {}
      return !!url && !/\d+\.\d+\.\d+/.test(url) && !hostAliases?.length
    },
    'cart-stays': all(
      kept('deployments', 'cart', 'shop'),
      (view: ClusterView) =>
        view.list('deployments', { namespace: 'web' }).length === 1 &&
        view.list('pods', { namespace: 'web' }).every(each => each.metadata.name.startsWith('frontend')),
    ),
  },
  solution: ['kubectl -n web set env deployment/frontend CART_URL=http://cart.shop'],
} satisfies Drill
