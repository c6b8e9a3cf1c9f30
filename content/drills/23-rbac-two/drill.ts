import type { Drill } from '../../../src/lesson/drill.ts'
import { all, same } from '../../../src/lesson/drill-checks/history.ts'
import { served } from '../../../src/lesson/drill-checks/users.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'
import { may, type Subject } from '../../09-namespace/access.ts'

const account = (name: string, namespace: string): Subject => ({ kind: 'ServiceAccount', name, namespace })

export default {
  level: 3,
  minutes: 15,
  lesson: '9.5',
  workers: 2,
  start: ['kubectl apply -f reporter.yaml', 40],
  checks: {
    reads: all(
      served('shop/reporter'),
      same('deployments', 'reporter', ({ spec }) => spec.template.spec.containers[0]?.command, 'shop'),
    ),
    'own-account': (view: ClusterView) =>
      view.get('deployments', 'reporter', 'shop')?.spec.template.spec.serviceAccountName === 'reporter',
    'no-more-than-that': (view: ClusterView) => {
      const reporter = account('reporter', 'shop')
      return (
        !may(view, reporter, 'get', 'secrets', 'shop') &&
        !may(view, reporter, 'list', 'pods', 'shop') &&
        !['create', 'update', 'patch', 'delete'].some(verb =>
          may(view, reporter, verb, 'configmaps', 'shop'),
        ) &&
        !may(view, reporter, 'list', 'configmaps', 'default')
      )
    },
    'default-powerless': (view: ClusterView) =>
      !may(view, account('default', 'shop'), 'list', 'configmaps', 'shop') &&
      !may(view, account('default', 'default'), 'list', 'configmaps', 'shop'),
  },
  solution: [
    'kubectl -n shop set serviceaccount deployment/reporter reporter',
    `kubectl -n shop patch rolebinding reporter-reads --type=json -p '[{"op":"replace","path":"/subjects/0/namespace","value":"shop"}]'`,
  ],
} satisfies Drill
