// Ports of the node that pods ask for: component-helpers' GetHostPorts, kubelet's and the scheduler's NodePorts.
import type { PodSpec } from '../schema/types.ts'

export interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}

/** Those of the containers that run beside each other. */
export function hostPortsOf(spec: PodSpec): HostPort[] {
  const ports: HostPort[] = []
  const sidecars = (spec.initContainers ?? []).filter(c => c.restartPolicy === 'Always')
  for (const container of [...sidecars, ...spec.containers]) {
    for (const { hostPort, hostIP, protocol } of container.ports ?? []) {
      if (hostPort) ports.push({ ip: hostIP || '0.0.0.0', protocol: protocol || 'TCP', port: hostPort })
    }
  }
  return ports
}

/** An address of 0.0.0.0 means all. */
export const portsConflict = (a: HostPort, b: HostPort): boolean =>
  a.port === b.port &&
  a.protocol === b.protocol &&
  (a.ip === b.ip || a.ip === '0.0.0.0' || b.ip === '0.0.0.0')
