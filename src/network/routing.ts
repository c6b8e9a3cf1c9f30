// Where a connection goes: by the service rules of the caller's node, the forwarded ports of the machine that is asked,
// and the policies before a pod.
import type { Informers } from '../api/informer.ts'
import { isLoopback, type NetworkError } from '../engine/network.ts'
import type { Random } from '../engine/random.ts'
import { inRange, parseAddress, parseCidr, type Range } from './addresses.ts'
import { endpointChain, serviceChain } from './chains.ts'
import type { ClusterNetwork } from './cluster-network.ts'
import { healthService } from './health-check.ts'
import type { Host, Service } from './host.ts'
import { isMarked } from './masquerade.ts'
import { PolicyTable, policiesOf } from './policies.ts'
import type { Endpoint, Route } from './services.ts'
import type { Hop } from './trace.ts'

/** A connection's way: the host and port that serve it, and the address that the server sees as the caller's. */
export type Destination =
  | {
      readonly ok: true
      readonly host: Host
      readonly port: number
      readonly service: Service
      readonly from: string
    }
  | { readonly ok: false; readonly error: NetworkError }

/** The chain that marks connections for masquerading; it is counted by the chain that sends them there. */
const mark = 'KUBE-MARK-MASQ'
const refused: Destination = { ok: false, error: { type: 'refused' } }
const timeout: Destination = { ok: false, error: { type: 'timeout' } }
const noRoute: Destination = { ok: false, error: { type: 'no-route' } }

/** What nobody serves behind a proxy that listens. */
export const broken: Service = { handler: undefined }

export class Routing {
  readonly #network: ClusterNetwork
  readonly #random: Random
  readonly #podRange: Range
  readonly #policies: PolicyTable
  /** Connections by node and chain of its service rules. */
  readonly #counters = new Map<string, number>()
  /** Session affinity: `service port client` → the endpoint and until when it stays. */
  readonly #affinity = new Map<string, { address: string; until: number }>()

  constructor(network: ClusterNetwork, informers: Informers, random: Random) {
    this.#network = network
    this.#random = random
    this.#podRange = parseCidr(network.podCidr)
    this.#policies = new PolicyTable(policiesOf(informers))
  }

  /** Finds who answers at an address and port when `from` asks; adds to `hops` what lies between. */
  destination(from: Host, address: string, port: number, protocol = 'TCP', hops?: Hop[]): Destination {
    const loopback = address.startsWith('127.')
    const local = loopback ? from : this.#network.host(address)
    if (local && this.#network.isCut(from.node, local.node)) return timeout
    const isNode = local !== undefined && local === this.#network.node(local.node)?.host
    let route: Route = loopback
      ? { type: 'none' }
      : this.#network.services
          .of(from.node || this.#network.gateway)
          .route(address, port, protocol, from.node, from.address)
    if (route.type === 'none' && isNode)
      route = this.#network.services
        .of(local.node)
        .nodePort(
          port,
          protocol,
          local.node,
          from === local || inRange(this.#podRange, parseAddress(from.address)),
        )
    if (route.type === 'none' && isNode) {
      const forwarded = this.#network.node(local.node)?.hostPort(port, protocol, address)
      if (forwarded) {
        hops?.push({ type: 'host-port', address, port, name: '', node: local.node })
        const open = this.#open(from, forwarded.address, forwarded.port, protocol, from.address, true)
        // A proxy takes every connection, and breaks it off where it gets none itself.
        if (open.ok || !forwarded.proxied || open.error.type !== 'refused') return open
        return { ok: true, host: local, port, service: broken, from: from.address }
      }
    }
    switch (route.type) {
      case 'dropped':
        return timeout
      case 'rejected':
        return refused
      case 'endpoints': {
        const endpoint = this.#pick(route, port, from)
        const { namespace, name } = route.service.metadata
        hops?.push({
          type: isNode ? 'node-port' : 'service',
          address,
          port,
          name: `${namespace}/${name}`,
          node: isNode ? local.node : from.node,
        })
        const marked = isMarked(route.service, address, this.#placeOf(from))
        const masqueraded = endpoint.address === from.address || marked
        this.#count(
          isNode ? local.node : from.node || this.#network.gateway,
          route,
          endpoint,
          marked && route.service.spec.clusterIP === address,
        )
        return this.#open(
          from,
          endpoint.address,
          endpoint.port,
          protocol,
          masqueraded ? this.#masquerade(isNode ? local : from) : from.address,
        )
      }
      case 'none':
        if (loopback) return this.#listening(from, port, '127.0.0.1')
        return this.#open(from, address, port, protocol, from.address)
    }
  }

  /** How often a rule of a node sent a connection on: its first packet has 60 bytes. */
  counted(
    node: string,
    { chain, target }: { chain: string; target: string },
  ): { packets: number; bytes: number } {
    const packets = this.#counters.get(`${node} ${target === mark ? `${chain} ${mark}` : target}`) ?? 0
    return { packets, bytes: packets * 60 }
  }

  #count(
    node: string,
    { service, servicePort }: Extract<Route, { type: 'endpoints' }>,
    endpoint: Endpoint,
    marked: boolean,
  ): void {
    const own = serviceChain(service, servicePort)
    const passed = [own, endpointChain(service, servicePort, endpoint), ...(marked ? [`${own} ${mark}`] : [])]
    for (const each of passed) {
      const key = `${node} ${each}`
      this.#counters.set(key, (this.#counters.get(key) ?? 0) + 1)
    }
  }

  #placeOf(from: Host): 'pod' | 'node' | 'elsewhere' {
    if (inRange(this.#podRange, parseAddress(from.address))) return 'pod'
    return this.#network.node(from.node)?.host === from ? 'node' : 'elsewhere'
  }

  /** The address that the pod sees instead: that of the node whose rules forward. */
  #masquerade(through: Host): string {
    return this.#network.node(through.node || this.#network.gateway)?.host.address ?? through.address
  }

  /** `forwarded`: the node itself opens it, for one who came to a port of its own. */
  #open(
    source: Host,
    address: string,
    port: number,
    protocol: string,
    from: string,
    forwarded = false,
  ): Destination {
    const host = this.#network.host(address)
    if (host && this.#network.isCut(source.node, host.node)) return timeout
    if (host?.local && source.node !== host.node && !forwarded) return timeout
    if (host && !this.#policies.allows(source, host, port, protocol)) return timeout
    const masquerades = host?.name && source.pod
    if (host) return this.#listening(host, port, masquerades ? this.#masquerade(source) : from)
    // A pod address that nobody has: the bridge of its node finds no neighbour. Anything else is outside: no way out.
    return inRange(this.#podRange, parseAddress(address)) ? noRoute : timeout
  }

  #listening(host: Host, port: number, from: string): Destination {
    const service = host.service(port) ?? this.#health(host, port)
    const isReached = service && !(service.loopback && !isLoopback(from))
    return isReached ? { ok: true, host, port, service, from } : refused
  }

  /** kube-proxy tells the health of services with a healthCheckNodePort, on every node that it runs on. */
  #health(host: Host, port: number): Service | undefined {
    const { node } = host
    if (host !== this.#network.node(node)?.host || !this.#network.services.follows(node)) return undefined
    const found = this.#network.services.of(node).healthCheck(port, node)
    return found && healthService(found.service, found.local)
  }

  #pick(route: Extract<Route, { type: 'endpoints' }>, port: number, from: Host): Endpoint {
    const { endpoints, affinitySeconds, service } = route
    if (affinitySeconds !== undefined) {
      const key = `${service.metadata.uid} ${port} ${from.address}`
      const kept = this.#affinity.get(key)
      const same =
        kept && kept.until > this.#network.engine.now && endpoints.find(e => e.address === kept.address)
      const endpoint = same || this.#random.pick(endpoints)
      this.#affinity.set(key, {
        address: endpoint.address,
        until: this.#network.engine.now + affinitySeconds * 1000,
      })
      return endpoint
    }
    return endpoints.length === 1 ? endpoints[0]! : this.#random.pick(endpoints)
  }
}
