// kube-proxy's view of the cluster: for a service address and port, the endpoints that answer. The rules are those of
// its iptables mode (pkg/proxy/iptables/proxier.go, pkg/proxy/topology.go): ready endpoints, or where there is none of
// them those that are serving while they terminate; a port without endpoints is rejected; a port that no service has is not.
// Left out: the delay of up to a second with which the real one rewrites its rules.
import type { Informers } from '../api/informer.ts'
import type {
  DiscoveryV1EndpointPort,
  EndpointSlice,
  Service,
  ServicePort,
  Endpoint as SliceEndpoint,
} from '../kinds/schema/types.ts'
import { inRange, parseAddress, parseCidr } from './addresses.ts'
import { balancerAddresses, LiveServices, noServices, type ServiceSource } from './service-source.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
  readonly node: string | undefined
  /** Hints of its slice: the zones and nodes that it is meant for. */
  readonly zones: readonly string[]
  readonly nodes: readonly string[]
}

export type Route =
  /** Not an address of a service. */
  | { readonly type: 'none' }
  /** A service's address, but no such port, or nobody here may come that way: packets are dropped. */
  | { readonly type: 'dropped' }
  /** A port without endpoints: REJECT. */
  | { readonly type: 'rejected' }
  | {
      readonly type: 'endpoints'
      readonly endpoints: readonly Endpoint[]
      readonly service: Service
      readonly servicePort: ServicePort
      readonly affinitySeconds: number | undefined
    }

/** An endpoint beside the ports of its slice. */
export interface SlicedEndpoint {
  readonly endpoint: SliceEndpoint
  readonly ports: readonly DiscoveryV1EndpointPort[]
  readonly slice: EndpointSlice
}

type TrafficPolicy = 'externalTrafficPolicy' | 'internalTrafficPolicy'

const none: Route = { type: 'none' }
const dropped: Route = { type: 'dropped' }
const rejected: Route = { type: 'rejected' }

/** The rules of every node: in step with the API while its kube-proxy runs. */
export class ServiceTable {
  readonly live: LiveServices
  readonly #zoneOf: (node: string) => string | undefined
  readonly #rules = new Map<string, ServiceRules>()
  /** What a kube-proxy writes now. */
  readonly current: ServiceRules

  constructor(informers: Informers) {
    this.live = new LiveServices(informers)
    const nodes = informers.of('nodes')
    this.#zoneOf = node => nodes.get(node)?.metadata.labels?.['topology.kubernetes.io/zone']
    this.current = new ServiceRules(this.live, this.#zoneOf)
  }

  /** The rules that a node's packets meet. */
  of(node: string): ServiceRules {
    return this.#rules.get(node) ?? this.current
  }

  /** Nobody has written rules on this node yet. */
  clear(node: string): void {
    this.#rules.set(node, new ServiceRules(noServices, this.#zoneOf))
  }

  /** kube-proxy runs: the node's rules follow the API. */
  follow(node: string): void {
    this.#rules.delete(node)
  }

  /** kube-proxy is gone: what it has written stays, and nothing is added. */
  freeze(node: string): void {
    if (!this.#rules.has(node)) this.#rules.set(node, new ServiceRules(this.live.freeze(), this.#zoneOf))
  }

  /** Does someone keep this node's rules? */
  follows(node: string): boolean {
    return !this.#rules.has(node)
  }
}

export class ServiceRules {
  readonly #source: ServiceSource
  readonly #zoneOf: (node: string) => string | undefined

  constructor(source: ServiceSource, zoneOf: (node: string) => string | undefined) {
    this.#source = source
    this.#zoneOf = zoneOf
  }

  services(): Iterable<Service> {
    return this.#source.all()
  }

  /** Where a connection to `address:port` from (a pod or process on) `node` goes; `from`: the caller's address. */
  route(address: string, port: number, protocol: string, node: string, from?: string): Route {
    const services = this.#source.byAddress(address)
    if (services.length === 0) return none
    for (const service of services) {
      const servicePort = service.spec.ports?.find(p => p.port === port && (p.protocol ?? 'TCP') === protocol)
      if (!servicePort) continue
      if (from !== undefined && !mayComeIn(service, address, from)) return dropped
      const external = !isClusterAddress(service, address)
      return this.#endpointsOf(
        service,
        servicePort,
        node,
        external ? 'externalTrafficPolicy' : 'internalTrafficPolicy',
      )
    }
    return isClusterAddress(services[0]!, address) ? dropped : none
  }

  /** Where a connection to a node's own port goes, if that is a node port; from a pod or the node itself: anywhere. */
  nodePort(port: number, protocol: string, node: string, fromInside: boolean): Route {
    for (const service of this.#source.byNodePort(`${protocol}/${port}`)) {
      const servicePort = service.spec.ports!.find(
        p => p.nodePort === port && (p.protocol ?? 'TCP') === protocol,
      )!
      return this.#endpointsOf(service, servicePort, node, fromInside ? undefined : 'externalTrafficPolicy')
    }
    return none
  }

  /** The service whose health a node's port tells, and how many of its endpoints are here. */
  healthCheck(port: number, node: string): { service: Service; local: number } | undefined {
    const [service] = this.#source.byHealthPort(port)
    if (!service) return undefined
    const { namespace = '', name } = service.metadata
    let local = 0
    for (const { endpoint } of this.endpoints(namespace, name))
      if (endpoint.nodeName === node && (endpoint.conditions?.ready ?? true))
        local += endpoint.addresses.length
    return { service, local }
  }

  /** Every endpoint of a service with its conditions, slices in order of name. */
  *endpoints(namespace: string, name: string): Generator<SlicedEndpoint> {
    for (const slice of this.#source.slices(`${namespace}/${name}`))
      for (const endpoint of slice.endpoints ?? []) yield { endpoint, ports: slice.ports ?? [], slice }
  }

  #endpointsOf(
    service: Service,
    servicePort: ServicePort,
    node: string,
    policy: TrafficPolicy | undefined,
  ): Route {
    const ready: Endpoint[] = []
    const serving: Endpoint[] = []
    const { namespace = '', name } = service.metadata
    for (const { endpoint, ports } of this.endpoints(namespace, name)) {
      const port = ports.find(p => (p.name ?? '') === (servicePort.name ?? ''))?.port
      if (port === undefined) continue
      const {
        ready: isReady = true,
        serving: isServing = isReady,
        terminating = false,
      } = endpoint.conditions ?? {}
      const list = isReady ? ready : isServing && terminating ? serving : undefined
      const { forZones = [], forNodes = [] } = endpoint.hints ?? {}
      const zones = forZones.map(z => z.name)
      const nodes = forNodes.map(n => n.name)
      for (const address of endpoint.addresses)
        list?.push({ address, port, node: endpoint.nodeName, zones, nodes })
    }
    let endpoints = ready.length ? ready : serving
    if (endpoints.length === 0) return rejected
    if (policy && service.spec[policy] === 'Local') {
      endpoints = endpoints.filter(e => e.node === node)
      if (endpoints.length === 0) return dropped
    } else if (ready.length) endpoints = this.#near(ready, node)
    const affinitySeconds =
      service.spec.sessionAffinity === 'ClientIP'
        ? (service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800)
        : undefined
    return { type: 'endpoints', endpoints, service, servicePort, affinitySeconds }
  }

  /** Those that hints mean for this node, or else for its zone; all of them where one has no hint or none is meant for it. */
  #near(ready: readonly Endpoint[], node: string): Endpoint[] {
    const meant = (hints: (endpoint: Endpoint) => readonly string[], here: string | undefined) => {
      const own = here && ready.every(e => hints(e).length) ? ready.filter(e => hints(e).includes(here)) : []
      return own.length ? own : undefined
    }
    return meant(e => e.nodes, node) ?? meant(e => e.zones, this.#zoneOf(node)) ?? [...ready]
  }
}

const isClusterAddress = (service: Service, address: string): boolean =>
  service.spec.clusterIP === address || service.spec.clusterIPs?.includes(address) === true

/** loadBalancerSourceRanges: who may come by the balancer's address. */
function mayComeIn({ spec, status }: Service, address: string, from: string): boolean {
  const ranges = spec.loadBalancerSourceRanges ?? []
  if (!ranges.length || spec.type !== 'LoadBalancer' || !balancerAddresses(status).includes(address))
    return true
  return ranges.some(range => inRange(parseCidr(range.trim()), parseAddress(from)))
}
