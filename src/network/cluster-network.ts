// The cluster's network: who has which address, and what becomes of a request from one to another. A flat network of
// pods (every pod reaches every pod and node), service addresses rewritten by kube-proxy's rules on the caller's node
// (routing.ts), and the workstation, which stands on the nodes' network. `createNetwork` makes it; kubelets add hosts.
import type { Informers } from '../api/informer.ts'
import type { Engine } from '../engine/engine.ts'
import {
  type HttpRequest,
  type HttpResponse,
  type NetworkError,
  type Result,
  securityOf,
} from '../engine/network.ts'
import { Random } from '../engine/random.ts'
import { sleep, type Task } from '../engine/task.ts'
import { ClusterDns } from './dns.ts'
import { Host } from './host.ts'
import { HostNetwork, type Resolver } from './host-network.ts'
import { NodeNetwork } from './node-network.ts'
import { Outside } from './outside.ts'
import { broken, Routing } from './routing.ts'
import { ServiceTable } from './services.ts'
import { type Hop, Traces } from './trace.ts'

export interface NetworkOptions {
  readonly engine: Engine
  /** The cluster's shared caches: services and endpoint slices are read from them. */
  readonly informers: Informers
  /** Address of the DNS service. */
  readonly dnsAddress?: string
  readonly domain?: string
  readonly podCidr?: string
  readonly workstationAddress?: string
  /** There is a world outside, with a few names: see outside.ts. */
  readonly outside?: boolean
}

/** One way of a packet, pod to pod: an estimate. */
const hopMs = 0.3

/** The workstation's name server knows no names of the cluster. */
const machineResolver: Resolver = { nameserver: undefined, search: [], ndots: 1, hosts: [] }

export class ClusterNetwork {
  readonly engine: Engine
  /** What is told of exchanges. */
  readonly traces: Traces
  readonly routing: Routing
  readonly services: ServiceTable
  readonly dns: ClusterDns
  readonly dnsAddress: string
  readonly domain: string
  readonly podCidr: string
  readonly workstation: HostNetwork
  /** What is outside the cluster; undefined: no way out. */
  readonly outside: Outside | undefined
  readonly #random: Random
  /** A stream of its own, so that queries shift nothing else that happens by chance. */
  readonly #dnsRandom = new Random(53)
  readonly #hosts = new Map<string, Host>()
  readonly #nodes = new Map<string, NodeNetwork>()
  /** Nodes that are off the network. */
  readonly #cut = new Set<string>()

  constructor(options: NetworkOptions) {
    this.engine = options.engine
    this.traces = new Traces(options.engine)
    this.#random = options.engine.random.fork('network')
    this.services = new ServiceTable(options.informers)
    this.dnsAddress = options.dnsAddress ?? '20.1.0.10'
    this.domain = options.domain ?? 'cluster.local'
    this.outside = options.outside ? new Outside() : undefined
    for (const host of this.outside?.hosts ?? []) this.addHost(host)
    this.dns = new ClusterDns(this.services, options.informers, this.domain, this.outside)
    this.podCidr = options.podCidr ?? '20.2.0.0/16'
    this.routing = new Routing(this, options.informers, this.#random)
    const host = this.addHost(new Host(options.workstationAddress ?? '10.0.2.1', ''))
    this.workstation = new HostNetwork(this, host, () => ({
      ...machineResolver,
      hosts: [...this.#nodes].map(([name, node]) => ({ address: node.host.address, names: [name] })),
    }))
  }

  addNode(name: string, address: string, podCidr: string): NodeNetwork {
    let node = this.#nodes.get(name)
    if (!node) {
      node = new NodeNetwork(this, this.addHost(new Host(address, name)), podCidr)
      this.#nodes.set(name, node)
    }
    return node
  }

  node(name: string): NodeNetwork | undefined {
    return this.#nodes.get(name)
  }

  /** The workstation reaches services by way of the control plane's node: that node's name. */
  get gateway(): string {
    return this.#nodes.keys().next().value ?? ''
  }

  addHost(host: Host): Host {
    this.#hosts.set(host.address, host)
    return host
  }

  removeHost(host: Host): void {
    if (this.#hosts.get(host.address) === host) this.#hosts.delete(host.address)
  }

  host(address: string): Host | undefined {
    return this.#hosts.get(address)
  }

  /** Takes a node off the network, or puts it back. */
  setReachable(node: string, isReachable: boolean): void {
    if (isReachable) this.#cut.delete(node)
    else this.#cut.add(node)
  }

  /** Is the wire between these two cut? What stays on one node goes on. */
  isCut(a: string, b: string): boolean {
    return a !== b && (this.#cut.has(a) || this.#cut.has(b))
  }

  /** Carries out one HTTP exchange; `hops`: what came before (the look-up of a name). */
  *exchange(
    from: Host,
    address: string,
    port: number,
    request: Omit<HttpRequest, 'from'>,
    timeoutMs: number,
    hops: Hop[] = [],
  ): Task<Result<HttpResponse & { readonly address: string }>> {
    hops.unshift({ type: 'client', address: from.address, name: podName(from), node: from.node })
    const result = yield* this.#exchange(from, address, port, request, timeoutMs, hops)
    const outcome = result.ok ? result.value.status : result.error.type
    this.traces.note({ ...request, address, port }, hops, outcome)
    return result
  }

  /** A request that came to nothing before anybody was asked: its name did not resolve. */
  failed(
    from: Host,
    request: Pick<HttpRequest, 'method' | 'path' | 'aside'>,
    error: NetworkError,
    hops: Hop[],
  ): void {
    hops.unshift({ type: 'client', address: from.address, name: podName(from), node: from.node })
    this.traces.note(
      { ...request, ...(error.type === 'unknown-host' && { unknown: error.host }) },
      hops,
      error.type,
    )
  }

  /** A port that a client takes to ask a name server. */
  dnsClientPort(): number {
    return this.#dnsRandom.between(32768, 60999)
  }

  *#exchange(
    from: Host,
    address: string,
    port: number,
    request: Omit<HttpRequest, 'from'>,
    timeoutMs: number,
    hops: Hop[],
  ): Task<Result<HttpResponse & { readonly address: string }>> {
    const destination = this.routing.destination(from, address, port, 'TCP', hops)
    if (!destination.ok) return yield* this.fail(destination.error, timeoutMs)
    const { host } = destination
    hops.push({
      type: 'server',
      address: host.address,
      port: destination.port,
      name: podName(host) || host.name,
      node: host.node,
    })
    yield* sleep(hopMs)
    const { handler } = destination.service
    if (!handler)
      return { ok: false, error: { type: 'reset', ...(destination.service === broken && { abrupt: true }) } }
    const security = securityOf(handler)
    if (request.secure && !security) return { ok: false, error: { type: 'plain' } }
    const { accepts, serverName } = request
    // A client that does not like the certificate hangs up before it has asked for anything.
    if (request.secure && accepts && !accepts(security?.certificates?.(serverName)))
      return { ok: false, error: { type: 'reset' } }
    if (security?.how === 'tls' && !request.secure) {
      const body = 'Client sent an HTTP request to an HTTPS server.\n'
      return { ok: true, value: { status: 400, headers: { 'content-type': 'text/plain' }, body, address } }
    }
    const caller = { address: destination.from, port: this.#random.between(32768, 60999) }
    const begun = this.engine.now
    const response = yield* handler({ ...request, from: caller, patienceMs: timeoutMs })
    if (response === 'abrupt') return { ok: false, error: { type: 'reset', abrupt: true } }
    if (!response)
      return { ok: false, error: { type: this.engine.now - begun < timeoutMs ? 'reset' : 'timeout' } }
    yield* sleep(hopMs)
    return { ok: true, value: { ...response, address } }
  }

  /** How long a failure takes to show. */
  *fail(error: NetworkError, timeoutMs: number): Task<{ ok: false; error: NetworkError }> {
    yield* sleep(
      error.type === 'timeout' ? timeoutMs : error.type === 'no-route' ? Math.min(3000, timeoutMs) : hopMs,
    )
    return { ok: false, error: error.type === 'no-route' && timeoutMs < 3000 ? { type: 'timeout' } : error }
  }
}

/** The pod of a host, `namespace/name`; '' where there is none. */
const podName = ({ pod }: Host): string => (pod ? `${pod.metadata.namespace}/${pod.metadata.name}` : '')

export const createNetwork = (options: NetworkOptions): ClusterNetwork => new ClusterNetwork(options)
