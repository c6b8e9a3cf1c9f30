// What exercises about the network look at, by the same rules as the network itself.

import type { Pod, Service } from '../kinds/schema/types.ts'
import { endpointChain } from '../network/chains.ts'
import { PolicyTable } from '../network/policies.ts'
import type { ClusterView } from './exercise.ts'

/** Whether the NetworkPolicies let a pod open a connection to a port of another; without either there is none. */
export function mayConnect(
  view: ClusterView,
  from: Pod | undefined,
  to: Pod | undefined,
  port: number,
  protocol = 'TCP',
): boolean {
  if (!from || !to) return false
  const table = new PolicyTable({
    policies: { size: 1, eachByIndex: (_, namespace) => view.list('networkpolicies', { namespace }) },
    namespaces: () => ({ get: name => view.get('namespaces', name) }),
  })
  const peer = (pod: Pod) => ({
    pod,
    node: pod.spec.nodeName ?? '',
    address: pod.status.podIP ?? '',
  })
  return table.allows(peer(from), peer(to), port, protocol)
}

/** kube-proxy's chain for a pod behind the only port of a Service: `KUBE-SEP-…`. */
export function podChain(service: Service, pod: Pod): string {
  const [port] = service.spec.ports ?? []
  if (!port) return ''
  return endpointChain(service, port, { address: pod.status.podIP ?? '', port: Number(port.targetPort) })
}
