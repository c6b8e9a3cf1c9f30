// What service rules are made of: the cluster's services and endpoint slices, as they are (live) or as they were when a
// node's kube-proxy stopped writing rules (frozen).
import type { Informer, Informers } from '../api/informer.ts'
import type { EndpointSlice, LoadBalancerIngress, Service, ServicePort } from '../kinds/schema/types.ts'

export interface ServiceSource {
  all(): Iterable<Service>
  byAddress(address: string): readonly Service[]
  /** `TCP/30080` */
  byNodePort(key: string): readonly Service[]
  byHealthPort(port: number): readonly Service[]
  /** Endpoint slices of a service (`namespace/name`), in order of name. */
  slices(service: string): readonly EndpointSlice[]
}

/** Addresses that kube-proxy knows a service by. A balancer that is a proxy itself is none of them. */
function addressesOf({ spec, status }: Service): string[] {
  const { clusterIPs = [], clusterIP, externalIPs = [], type } = spec ?? {}
  if (type === 'ExternalName') return []
  const own = clusterIPs.length ? clusterIPs : clusterIP ? [clusterIP] : []
  return [...own.filter((ip: string) => ip !== 'None'), ...externalIPs, ...balancerAddresses(status)]
}

export const balancerAddresses = (status: Service['status'] | undefined): string[] =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode }: LoadBalancerIngress) =>
    ip && ipMode !== 'Proxy' ? [ip] : [],
  )

const nodePortsOf = ({ spec }: Service): string[] =>
  (spec?.ports ?? [])
    .filter((p: ServicePort) => p.nodePort)
    .map((p: ServicePort) => `${p.protocol ?? 'TCP'}/${p.nodePort}`)

const healthPortsOf = ({ spec }: Service): string[] =>
  spec?.healthCheckNodePort ? [String(spec.healthCheckNodePort)] : []

const serviceOf = ({ metadata }: EndpointSlice): string[] => [
  `${metadata.namespace}/${metadata.labels?.['kubernetes.io/service-name'] ?? ''}`,
]

const byName = (a: EndpointSlice, b: EndpointSlice): number => (a.metadata.name < b.metadata.name ? -1 : 1)

export class LiveServices implements ServiceSource {
  readonly services: Informer<Service>
  readonly endpointSlices: Informer<EndpointSlice>

  constructor(informers: Informers) {
    this.services = informers.of('services')
    this.endpointSlices = informers.of('endpointslices.discovery.k8s.io')
    this.services.addIndex('address', addressesOf)
    this.services.addIndex('nodePort', nodePortsOf)
    this.services.addIndex('healthPort', healthPortsOf)
    this.endpointSlices.addIndex('service', serviceOf)
  }

  all(): Iterable<Service> {
    return this.services.all()
  }

  byAddress(address: string): readonly Service[] {
    return this.services.byIndex('address', address)
  }

  byNodePort(key: string): readonly Service[] {
    return this.services.byIndex('nodePort', key)
  }

  byHealthPort(port: number): readonly Service[] {
    return this.services.byIndex('healthPort', String(port))
  }

  slices(service: string): readonly EndpointSlice[] {
    return this.endpointSlices.byIndex('service', service).sort(byName)
  }

  /** As of now, whatever changes later. */
  freeze(): ServiceSource {
    return new FrozenServices(this.services.all(), this.endpointSlices.all())
  }
}

class FrozenServices implements ServiceSource {
  readonly #all: readonly Service[]
  readonly #slices: ReadonlyMap<string, readonly EndpointSlice[]>
  readonly #addresses: ReadonlyMap<string, readonly Service[]>
  readonly #nodePorts: ReadonlyMap<string, readonly Service[]>
  readonly #healthPorts: ReadonlyMap<string, readonly Service[]>

  constructor(services: Iterable<Service>, slices: Iterable<EndpointSlice>) {
    this.#all = [...services]
    this.#slices = indexed([...slices].sort(byName), serviceOf)
    this.#addresses = indexed(this.#all, addressesOf)
    this.#nodePorts = indexed(this.#all, nodePortsOf)
    this.#healthPorts = indexed(this.#all, healthPortsOf)
  }

  all = (): Iterable<Service> => this.#all
  byAddress = (address: string): readonly Service[] => this.#addresses.get(address) ?? []
  byNodePort = (key: string): readonly Service[] => this.#nodePorts.get(key) ?? []
  byHealthPort = (port: number): readonly Service[] => this.#healthPorts.get(String(port)) ?? []
  slices = (service: string): readonly EndpointSlice[] => this.#slices.get(service) ?? []
}

/** A node that no kube-proxy has come to. */
export const noServices: ServiceSource = new FrozenServices([], [])

function indexed<T>(objects: readonly T[], keysOf: (object: T) => string[]) {
  const index = new Map<string, T[]>()
  for (const object of objects)
    for (const key of keysOf(object)) {
      const list = index.get(key)
      if (list) list.push(object)
      else index.set(key, [object])
    }
  return index
}
