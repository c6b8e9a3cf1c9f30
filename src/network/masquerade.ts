// Whose address a pod sees behind a Service, as kube-proxy's chains have it (iptables.ts).
import type { Service } from '../kinds/schema/types.ts'

/**
 * Whether a connection to a Service is marked for masquerading: at a ClusterIP those that come from no pod; at a node port
 * or an external address all, or with `externalTrafficPolicy: Local`, which keeps the client's address, the nodes' own.
 */
export function isMarked(service: Service, address: string, from: 'pod' | 'node' | 'elsewhere'): boolean {
  const { clusterIP, externalTrafficPolicy } = service.spec
  if (clusterIP === address) return from !== 'pod'
  return externalTrafficPolicy !== 'Local' || from === 'node'
}
