// Kernel settings that a pod asks for: those of its own namespaces are set, those that would reach beyond it are refused
// (pkg/kubelet/sysctl). A cluster's administrator could allow more; here nobody has.

import type { Sysctl } from '../kinds/schema/types.ts'
import type { Pod } from './types.ts'

const safe = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
])

const none: ReadonlyMap<string, string> = new Map()

/** By name, with dots between its parts. */
export function sysctlsOf({ spec }: Pod): ReadonlyMap<string, string> {
  const sysctls: readonly Sysctl[] | undefined = spec.securityContext?.sysctls
  return sysctls ? new Map(sysctls.map(({ name, value }) => [name.replaceAll('/', '.'), value])) : none
}

/** Why the node does not take the pod. */
export function forbiddenSysctl(pod: Pod): { reason: string; message: string } | undefined {
  for (const name of sysctlsOf(pod).keys()) {
    const shared = pod.spec.hostNetwork && name.startsWith('net.')
    if (safe.has(name) && !shared) continue
    return { reason: 'SysctlForbidden', message: `forbidden sysctl: ${JSON.stringify(name)} not allowlisted` }
  }
  return undefined
}
