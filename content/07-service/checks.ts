// What the exercises of this chapter look at.
import type { Service } from '../../src/kinds/schema/types.ts'
import { isLeaving, isReady } from '../../src/lesson/checks.ts'
import type { ClusterView } from '../../src/lesson/exercise.ts'

export const serviceOf = (view: ClusterView, name: string, namespace = 'default') =>
  view.get('services', name, namespace)

export const slicesOf = (view: ClusterView, name: string, namespace = 'default') =>
  view.list('endpointslices', { labels: `kubernetes.io/service-name=${name}`, namespace })

/** Addresses behind a Service that get traffic. */
export const readyAddresses = (view: ClusterView, name: string): string[] =>
  slicesOf(view, name)
    .flatMap(slice => slice.endpoints ?? [])
    .filter(endpoint => endpoint.conditions?.ready !== false)
    .flatMap(endpoint => endpoint.addresses)

/** … and those of the ready pods with such labels. */
const podAddresses = (view: ClusterView, labels: string): string[] =>
  view
    .list('pods', { labels })
    .filter(pod => !isLeaving(pod) && isReady(pod))
    .map(pod => pod.status.podIP!)

/** Whether all ready pods with such labels stand behind it, and nobody else. */
export const reachesPods = (view: ClusterView, name: string, labels = 'app=hellok8s'): boolean => {
  const behind = readyAddresses(view, name).sort().join()
  return behind !== '' && behind === podAddresses(view, labels).sort().join()
}

/** Whether all its ports lead to that port of the pods. The list comes a moment after a change of the Service; it must not say otherwise. */
export const reachesPort = (view: ClusterView, name: string, port: number): boolean => {
  const { selector, ports: wanted = [] } = serviceOf(view, name)?.spec ?? {}
  const ports = slicesOf(view, name).flatMap(slice => slice.ports ?? [])
  return (
    ports.length > 0 &&
    ports.every(each => each.port === port) &&
    (!selector || wanted.every(each => typeof each.targetPort === 'string' || each.targetPort === port))
  )
}

/** Whether it has an address of its own. */
export const hasAddress = (service: Service | undefined): boolean =>
  service?.spec.clusterIP !== undefined && service.spec.clusterIP !== '' && service.spec.clusterIP !== 'None'

export const offers = (service: Service | undefined, port: number): boolean =>
  (service?.spec.ports ?? []).some(each => each.port === port)

/** Whether all its ports are open on the nodes; a LoadBalancer has node ports too. */
export const opensNodePorts = (service: Service | undefined): boolean =>
  service !== undefined &&
  (service.spec.ports ?? []).length > 0 &&
  (service.spec.ports ?? []).every(each => each.nodePort)
