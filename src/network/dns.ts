// What CoreDNS's kubernetes plugin answers for the cluster's domain (coredns plugin/kubernetes; the specification is
// https://github.com/kubernetes/dns/blob/master/docs/specification.md), and what name servers outside would. What becomes
// of it is up to the CoreDNS that was asked, and its Corefile (src/containers/coredns). Left out: AAAA (there are no IPv6
// addresses), pods with `verified` mode.
import type { Informer, Informers } from '../api/informer.ts'
import type { DnsQuestion, DnsRecord, DnsReply, DnsSources } from '../engine/network.ts'
import type { DiscoveryV1EndpointPort, Namespace, Service } from '../kinds/schema/types.ts'
import { formatAddress, parseAddress } from './addresses.ts'
import type { Outside } from './outside.ts'
import type { ServiceRules, ServiceTable } from './services.ts'

const unknown: DnsReply = { code: 'NXDOMAIN', records: [] }
const empty: DnsReply = { code: 'NOERROR', records: [] }
const serviceTtl = 30
const version = '1.1.0'

export class ClusterDns implements DnsSources {
  /** It cannot answer: it fails every query, or is silent. */
  fault: 'servfail' | 'silent' | undefined
  readonly #services: ServiceTable
  readonly #rules: ServiceRules
  readonly #namespaces: () => Informer<Namespace>
  readonly #domain: string
  readonly #outside: Outside | undefined

  constructor(services: ServiceTable, informers: Informers, domain: string, outside?: Outside | undefined) {
    this.#services = services
    this.#rules = services.current
    this.#namespaces = () => informers.of('namespaces')
    this.#domain = domain
    this.#outside = outside
  }

  /** As a CoreDNS with the cluster's usual zones would. */
  answer(name: string, type: DnsRecord['type']): DnsReply {
    const question = { name, type }
    return this.kubernetes([this.#domain, 'in-addr.arpa'], question) ?? this.outside(question)
  }

  outside(question: DnsQuestion): DnsReply {
    return this.#outside?.answer(question) ?? unknown
  }

  kubernetes(zones: readonly string[], { name, type }: DnsQuestion): DnsReply | undefined {
    const asked = name.replace(/\.$/, '').toLowerCase()
    const zone = zones
      .filter(each => asked === each || asked.endsWith(`.${each}`))
      .sort((a, b) => b.length - a.length)[0]
    if (zone === undefined) return undefined
    if (zone.endsWith('in-addr.arpa')) return this.#reverse(asked)
    if (asked === zone) return empty
    const labels = asked.slice(0, -zone.length - 1).split('.')
    const records = this.#records(labels, type, asked, zone)
    if (records === undefined) return unknown
    return { code: 'NOERROR', records: records.filter(r => r.type === type || r.type === 'CNAME') }
  }

  /** Undefined where the name does not exist. */
  #records(labels: string[], type: DnsRecord['type'], asked: string, zone: string): DnsRecord[] | undefined {
    const kind = labels.at(-1)
    if (labels.length === 1 && labels[0] === 'dns-version')
      return [{ name: asked, type: 'SRV', data: version, ttl: serviceTtl }].filter(
        () => type !== 'SRV',
      ) as DnsRecord[]
    if (kind !== 'svc' && kind !== 'pod') return undefined
    if (labels.length === 1) return []
    const namespace = labels.at(-2)!
    if (!this.#namespaces().get(namespace)) return undefined
    if (labels.length === 2) return []
    if (kind === 'pod') {
      const address = labels.length === 3 ? labels[0]!.replaceAll('-', '.') : ''
      return Number.isNaN(parseAddress(address))
        ? undefined
        : [{ name: asked, type: 'A', data: address, ttl: serviceTtl }]
    }
    const service = this.#services.live.services.find(namespace, labels.at(-3)!)
    return service ? this.#service(service, labels.slice(0, -3), type, asked, zone) : undefined
  }

  #service(
    service: Service,
    rest: string[],
    type: DnsRecord['type'],
    asked: string,
    zone: string,
  ): DnsRecord[] | undefined {
    const spec = service.spec
    const base = this.#serviceName(service, zone)
    const record = (data: string, kind: DnsRecord['type'] = 'A', name = asked): DnsRecord => ({
      name,
      type: kind,
      data,
      ttl: serviceTtl,
    })
    if (spec.type === 'ExternalName') {
      if (rest.length) return undefined
      // An address is taken for a name of digits, which no name server has.
      const { externalName = '' } = spec
      return Number.isNaN(parseAddress(externalName)) ? [record(externalName, 'CNAME')] : []
    }
    const [first = '', protocol] = rest
    const isPort = rest.length === 2 && first.startsWith('_') && /^_(tcp|udp|sctp)$/.test(protocol ?? '')
    const portMatches = (p: DiscoveryV1EndpointPort) =>
      !isPort || (p.name === first.slice(1) && (p.protocol ?? 'TCP').toLowerCase() === protocol!.slice(1))
    const srv = (port: number, target: string) => record(`0 100 ${port} ${target}`, 'SRV')
    if (spec.clusterIP !== 'None') {
      if (rest.length && !isPort) return undefined
      const ports = (spec.ports ?? []).filter(portMatches)
      if (isPort && !ports.length) return undefined
      if (type === 'SRV') return ports.map(p => srv(p.port, base))
      return spec.clusterIP ? [record(spec.clusterIP)] : []
    }
    // Headless: one record for each ready endpoint, which also has a name of its own.
    const found: DnsRecord[] = []
    const seen = new Set<string>()
    for (const { endpoint, ports } of this.#rules.endpoints(
      service.metadata.namespace!,
      service.metadata.name,
    )) {
      if (!(endpoint.conditions?.ready ?? true)) continue
      for (const address of endpoint.addresses) {
        const own = endpoint.hostname ?? address.replaceAll('.', '-')
        if (rest.length === 1 && own !== first) continue
        if (type === 'SRV') found.push(...ports.filter(portMatches).map(p => srv(p.port!, `${own}.${base}`)))
        else if (!seen.has(address) && (!isPort || ports.some(portMatches))) {
          seen.add(address)
          found.push(record(address))
        }
      }
    }
    if (rest.length > 2 || (rest.length === 2 && !isPort)) return undefined
    return found.length ? found : undefined
  }

  /** PTR: the endpoint's name under its headless service, or a service's name. */
  #reverse(asked: string): DnsReply {
    const address = asked.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.')
    if (Number.isNaN(parseAddress(address))) return unknown
    const names = this.namesOf(formatAddress(parseAddress(address)))
    return names.length
      ? { code: 'NOERROR', records: names.map(data => ({ name: asked, type: 'PTR', data, ttl: serviceTtl })) }
      : unknown
  }

  namesOf(address: string): string[] {
    const [service] = this.#services.live.byAddress(address)
    if (service?.spec.clusterIP === address) return [this.#serviceName(service)]
    const names: string[] = []
    for (const slice of this.#services.live.endpointSlices.all()) {
      const name = slice.metadata.labels?.['kubernetes.io/service-name']
      const owner = name && this.#services.live.services.find(slice.metadata.namespace ?? '', name)
      if (!owner) continue
      for (const endpoint of slice.endpoints ?? [])
        if (endpoint.addresses.includes(address))
          names.push(`${endpoint.hostname ?? address.replaceAll('.', '-')}.${this.#serviceName(owner)}`)
    }
    return names
  }

  #serviceName(service: Service, zone = this.#domain): string {
    return `${service.metadata.name}.${service.metadata.namespace}.svc.${zone}`
  }
}
