// How a pod finds names: its hosts file and its DNS.
import { collect } from './collect.ts'

const { samples, inPod } = collect()
export const nameSamples = samples

inPod(
  'HostAlias.ip',
  { hostAliases: [{ ip: '10.1.1.1', hostnames: ['a'] }] },
  { hostAliases: [{ ip: '11.1.1.2', hostnames: ['a'] }] },
)
inPod(
  'HostAlias.hostnames',
  { hostAliases: [{ ip: '10.1.1.1', hostnames: ['a'] }] },
  { hostAliases: [{ ip: '10.1.1.1', hostnames: ['b'] }] },
)
const dns = (dnsConfig: object) => ({
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['1.1.1.1'], ...dnsConfig },
})
inPod('PodDNSConfig.nameservers', dns({}), dns({ nameservers: ['9.9.9.9'] }))
inPod('PodDNSConfig.searches', dns({}), dns({ searches: ['a.example'] }))
inPod('PodDNSConfig.options PodDNSConfigOption.name', dns({}), dns({ options: [{ name: 'edns0' }] }))
inPod(
  'PodDNSConfigOption.value',
  dns({ options: [{ name: 'ndots', value: '5' }] }),
  dns({ options: [{ name: 'ndots', value: '2' }] }),
)
