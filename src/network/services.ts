// kube-proxy's view of the cluster: for a service address and port, the endpoints that answer. The rules are those of
// its iptables mode (pkg/proxy/iptables/proxier.go, pkg/proxy/topology.go): ready endpoints, or where there is none of
// them those that are serving while they terminate; a port without endpoints is rejected; a port that no service has is not.
// Left out: the delay of up to a second with which the real one rewrites its rules.
import type { Informer, Informers } from '../api/informer.ts'
import type { AnyObject } from '../kinds/object.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
  readonly node: string | undefined
}

export type Route =
  /** Not an address of a service. */
  | { readonly type: 'none' }
  /** A service's address, but no such port: packets are dropped. */
  | { readonly type: 'dropped' }
  /** A port without endpoints: REJECT. */
  | { readonly type: 'rejected' }
  | {
      readonly type: 'endpoints'
      readonly endpoints: readonly Endpoint[]
      readonly service: AnyObject
      readonly servicePort: any
      readonly affinitySeconds: number | undefined
    }

const none: Route = { type: 'none' }
const dropped: Route = { type: 'dropped' }
const rejected: Route = { type: 'rejected' }

export class ServiceTable {
  readonly services: Informer
  readonly slices: Informer

  constructor(informers: Informers) {
    this.services = informers.of('services')
    this.slices = informers.of('endpointslices.discovery.k8s.io')
    this.services.addIndex('address', service => {
      const { clusterIPs = [], clusterIP, externalIPs = [], type } = service.spec ?? {}
      const balancers = (service.status?.loadBalancer?.ingress ?? [])
        .map((i: { ip?: string }) => i.ip)
        .filter(Boolean)
      const own = clusterIPs.length ? clusterIPs : clusterIP ? [clusterIP] : []
      return type === 'ExternalName'
        ? []
        : [...own.filter((ip: string) => ip !== 'None'), ...externalIPs, ...balancers]
    })
    this.services.addIndex('nodePort', service =>
      (service.spec?.ports ?? [])
        .filter((p: any) => p.nodePort)
        .map((p: any) => `${p.protocol ?? 'TCP'}/${p.nodePort}`),
    )
    this.slices.addIndex('service', slice => [
      `${slice.metadata.namespace}/${slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}`,
    ])
  }

  /** Where a connection to `address:port` from (a pod or process on) `node` goes. */
  route(address: string, port: number, protocol: string, node: string): Route {
    const services = this.services.byIndex('address', address)
    if (services.length === 0) return none
    for (const service of services) {
      const servicePort = service.spec.ports?.find(
        (p: any) => p.port === port && (p.protocol ?? 'TCP') === protocol,
      )
      if (!servicePort) continue
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
    for (const service of this.services.byIndex('nodePort', `${protocol}/${port}`)) {
      const servicePort = service.spec.ports.find(
        (p: any) => p.nodePort === port && (p.protocol ?? 'TCP') === protocol,
      )
      return this.#endpointsOf(service, servicePort, node, fromInside ? '' : 'externalTrafficPolicy')
    }
    return none
  }

  /** Every endpoint of a service with its conditions, slices in order of name. */
  *endpoints(namespace: string, name: string): Generator<{ endpoint: any; ports: any[]; slice: AnyObject }> {
    const slices = this.slices.byIndex('service', `${namespace}/${name}`)
    slices.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
    for (const slice of slices)
      for (const endpoint of slice.endpoints ?? []) yield { endpoint, ports: slice.ports ?? [], slice }
  }

  #endpointsOf(service: AnyObject, servicePort: any, node: string, policy: string): Route {
    const ready: Endpoint[] = []
    const serving: Endpoint[] = []
    const { namespace = '', name } = service.metadata
    for (const { endpoint, ports } of this.endpoints(namespace, name)) {
      const port = ports.find((p: any) => (p.name ?? '') === (servicePort.name ?? ''))?.port
      if (port === undefined) continue
      const {
        ready: isReady = true,
        serving: isServing = isReady,
        terminating = false,
      } = endpoint.conditions ?? {}
      const list = isReady ? ready : isServing && terminating ? serving : undefined
      for (const address of endpoint.addresses) list?.push({ address, port, node: endpoint.nodeName })
    }
    let endpoints = ready.length ? ready : serving
    if (endpoints.length === 0) return rejected
    if (service.spec[policy] === 'Local') {
      endpoints = endpoints.filter(e => e.node === node)
      if (endpoints.length === 0) return dropped
    }
    const affinitySeconds =
      service.spec.sessionAffinity === 'ClientIP'
        ? (service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800)
        : undefined
    return { type: 'endpoints', endpoints, service, servicePort, affinitySeconds }
  }
}

const isClusterAddress = (service: AnyObject, address: string): boolean =>
  service.spec.clusterIP === address || service.spec.clusterIPs?.includes(address) === true
