import type { Drill } from '../../../src/lesson/drill.ts'
import { endpointNames, rolledOut } from '../../../src/lesson/drill-checks/objects.ts'
import type { ClusterView } from '../../../src/lesson/exercise.ts'

/** The name that the init container asks for until it is known. */
const waitsFor = (view: ClusterView): string | undefined =>
  /nslookup ([a-z-]+)/.exec(
    JSON.stringify(view.get('deployments', 'orders')?.spec.template.spec.initContainers ?? ''),
  )?.[1]

const port = 5432

/** The Service of a name, or that which it is an alias of. */
function serviceOf(view: ClusterView, name: string) {
  const service = view.get('services', name)
  if (service?.spec.type !== 'ExternalName') return service
  const [target = '', namespace] = service.spec.externalName!.split('.')
  return view.get('services', target, namespace)
}

export default {
  level: 1,
  minutes: 7,
  lesson: '3.5',
  workers: 2,
  start: ['kubectl apply -f db.yaml', 15, 'kubectl apply -f orders.yaml', 60],
  checks: {
    'two-ready': (view: ClusterView) => rolledOut(view, 'orders', { replicas: 2 }),
    'still-waits': (view: ClusterView) => waitsFor(view)?.startsWith('order') === true,
    'name-leads-to-db': (view: ClusterView) => {
      const service = serviceOf(view, waitsFor(view) ?? '')
      return (
        service?.spec.ports?.some(each => each.port === port) &&
        endpointNames(view, service.metadata.name, 'default', port).some(each => each.startsWith('order-db'))
      )
    },
  },
  solution: ['kubectl expose deployment order-db --name=orders-db --port=5432'],
} satisfies Drill
