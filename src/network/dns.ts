// What CoreDNS's kubernetes plugin answers for the cluster's domain (coredns plugin/kubernetes; the specification is
// https://github.com/kubernetes/dns/blob/master/docs/specification.md). Other names are unknown: the cluster has no way
// out. Left out: caching, AAAA (there are no IPv6 addresses), pods with `verified` mode.
import type { Informer, Informers } from '../api/informer.ts'
import type { DnsAnswer, DnsRecord } from '../engine/network.ts'
import type { AnyObject } from '../kinds/object.ts'
import { formatAddress, parseAddress } from './addresses.ts'
import type { ServiceTable } from './services.ts'

type Answer = Omit<DnsAnswer, 'server'>

const unknown: Answer = { code: 'NXDOMAIN', records: [] }
const empty: Answer = { code: 'NOERROR', records: [] }
const serviceTtl = 30
const version = '1.1.0'

export class ClusterDns {
  /** It cannot answer: it fails every query, or is silent. */
  fault: 'servfail' | 'silent' | undefined
  readonly #services: ServiceTable
  readonly #namespaces: () => Informer
  readonly #domain: string

  constructor(services: ServiceTable, informers: Informers, domain: string) {
    this.#services = services
    this.#namespaces = () => informers.of('namespaces')
    this.#domain = domain
  }

  answer(name: string, type: DnsRecord['type']): Answer {
    if (this.fault === 'servfail') return { code: 'SERVFAIL', records: [] }
    const asked = name.replace(/\.$/, '').toLowerCase()
    if (asked.endsWith('.in-addr.arpa')) return this.#reverse(asked)
    if (asked === this.#domain) return empty
    if (!asked.endsWith(`.${this.#domain}`)) return unknown
    const labels = asked.slice(0, -this.#domain.length - 1).split('.')
    const records = this.#records(labels, type, asked)
    if (records === undefined) return unknown
    return { code: 'NOERROR', records: records.filter(r => r.type === type || r.type === 'CNAME') }
  }

  /** Undefined where the name does not exist. */
  #records(labels: string[], type: DnsRecord['type'], asked: string): DnsRecord[] | undefined {
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
    const service = this.#services.services.find(namespace, labels.at(-3)!)
    return service ? this.#service(service, labels.slice(0, -3), type, asked) : undefined
  }

  #service(
    service: AnyObject,
    rest: string[],
    type: DnsRecord['type'],
    asked: string,
  ): DnsRecord[] | undefined {
    const spec = service.spec
    const base = this.#serviceName(service)
    const record = (data: string, kind: DnsRecord['type'] = 'A', name = asked): DnsRecord => ({
      name,
      type: kind,
      data,
      ttl: serviceTtl,
    })
    if (spec.type === 'ExternalName') return rest.length ? undefined : [record(spec.externalName, 'CNAME')]
    const [first = '', protocol] = rest
    const isPort = rest.length === 2 && first.startsWith('_') && /^_(tcp|udp|sctp)$/.test(protocol ?? '')
    const portMatches = (p: any) =>
      !isPort || (p.name === first.slice(1) && (p.protocol ?? 'TCP').toLowerCase() === protocol!.slice(1))
    const srv = (port: number, target: string) => record(`0 100 ${port} ${target}`, 'SRV')
    if (spec.clusterIP !== 'None') {
      if (rest.length && !isPort) return undefined
      const ports = (spec.ports ?? []).filter(portMatches)
      if (isPort && !ports.length) return undefined
      if (type === 'SRV') return ports.map((p: any) => srv(p.port, base))
      return [record(spec.clusterIP)]
    }
    // Headless: one record for each ready endpoint, which also has a name of its own.
    const found: DnsRecord[] = []
    const seen = new Set<string>()
    for (const { endpoint, ports } of this.#services.endpoints(
      service.metadata.namespace!,
      service.metadata.name,
    )) {
      if (!(endpoint.conditions?.ready ?? true)) continue
      for (const address of endpoint.addresses as string[]) {
        const own = endpoint.hostname ?? address.replaceAll('.', '-')
        if (rest.length === 1 && own !== first) continue
        if (type === 'SRV')
          found.push(...ports.filter(portMatches).map((p: any) => srv(p.port, `${own}.${base}`)))
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
  #reverse(asked: string): Answer {
    const address = asked.slice(0, -'.in-addr.arpa'.length).split('.').reverse().join('.')
    if (Number.isNaN(parseAddress(address))) return unknown
    const names = this.namesOf(formatAddress(parseAddress(address)))
    return names.length
      ? { code: 'NOERROR', records: names.map(data => ({ name: asked, type: 'PTR', data, ttl: serviceTtl })) }
      : unknown
  }

  namesOf(address: string): string[] {
    const [service] = this.#services.services.byIndex('address', address)
    if (service?.spec.clusterIP === address) return [this.#serviceName(service)]
    const names: string[] = []
    for (const slice of this.#services.slices.all()) {
      const name = slice.metadata.labels?.['kubernetes.io/service-name']
      const owner = name && this.#services.services.find(slice.metadata.namespace ?? '', name)
      if (!owner) continue
      for (const endpoint of slice.endpoints ?? [])
        if (endpoint.addresses.includes(address))
          names.push(`${endpoint.hostname ?? address.replaceAll('.', '-')}.${this.#serviceName(owner)}`)
    }
    return names
  }

  #serviceName(service: AnyObject): string {
    return `${service.metadata.name}.${service.metadata.namespace}.svc.${this.#domain}`
  }
}
