// Names inside a pod: its resolv.conf by dnsPolicy and dnsConfig (pkg/kubelet/network/dns/dns.go) and its /etc/hosts
// (pkg/kubelet/kubelet_pods.go).

import type { HostAlias } from '../kinds/schema/types.ts'
import type { Resolver } from '../network/host-network.ts'
import type { Pod } from './types.ts'

export interface ClusterDnsFacts {
  readonly address: string
  readonly domain: string
}

/** How the pod's processes look names up, and the /etc/resolv.conf that says so. */
export function podResolver(
  pod: Pod,
  dns: ClusterDnsFacts,
  address: string,
): { resolver: Resolver; resolvConf: string } {
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork, hostAliases = [] } = pod.spec
  const inCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork)
  const { namespace } = pod.metadata
  const { domain } = dns
  const nameservers: string[] = inCluster ? [dns.address] : []
  let search = inCluster ? [`${namespace}.svc.${domain}`, `svc.${domain}`, domain] : []
  const options = new Map<string, string | undefined>(inCluster ? [['ndots', '5']] : [])
  if (dnsConfig) {
    nameservers.push(...(dnsConfig.nameservers ?? []))
    search = [...new Set([...search, ...(dnsConfig.searches ?? [])])]
    for (const { name = '', value } of dnsConfig.options ?? []) options.set(name, value)
  }
  // A pod without a name server of its own has the node's.
  const external = dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork)
  const hosts = hostAliases.map(({ ip, hostnames = [] }: HostAlias) => ({ address: ip, names: hostnames }))
  const own = pod.spec.hostname ?? pod.metadata.name
  if (!hostNetwork) hosts.unshift({ address, names: [own] })
  const ndots = Number(options.get('ndots') ?? 1)
  const file = [
    ...(search.length ? [`search ${search.join(' ')}`] : []),
    ...(external ? [nodeNameserver, ...nameservers] : nameservers).map(address => `nameserver ${address}`),
    ...(options.size
      ? [`options ${[...options].map(([k, v]) => (v === undefined ? k : `${k}:${v}`)).join(' ')}`]
      : []),
  ]
  return {
    resolver: { nameserver: external ? 'silent' : nameservers[0], search, ndots, hosts },
    resolvConf: `${file.join('\n')}\n`,
  }
}

const nodeNameserver = '10.0.2.1'

/** /etc/hosts, managed by the kubelet. */
export function hostsFile(pod: Pod, hostname: string, address: string, nodeName: string): string {
  const aliases: HostAlias[] = pod.spec.hostAliases ?? []
  const added = aliases.length
    ? `\n# Entries added by HostAliases.\n${aliases.map(a => `${a.ip}\t${(a.hostnames ?? []).join('\t')}\n`).join('')}`
    : ''
  if (pod.spec.hostNetwork) return `127.0.0.1\tlocalhost\n127.0.1.1\t${nodeName}\n${added}`
  const { subdomain } = pod.spec
  const domain = subdomain ? `${hostname}.${subdomain}.${pod.metadata.namespace}.svc.cluster.local\t` : ''
  return `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${address}\t${domain}${hostname}\n${added}`
}
