// The cluster's network: who has which address, where a connection goes and what its caller sees. A flat network of
// pods (every pod reaches every pod and node), service addresses rewritten by kube-proxy's rules on the caller's node,
// and the workstation, which stands on the nodes' network. `createNetwork` makes it; kubelets add hosts to it.
import type { Informers } from '../api/informer.ts'
import type { Engine } from '../engine/engine.ts'
import {
  type HttpRequest,
  type HttpResponse,
  isLoopback,
  type NetworkError,
  type Result,
  securityOf,
} from '../engine/network.ts'
import { Random } from '../engine/random.ts'
import { sleep, type Task } from '../engine/task.ts'
import { AddressPool, inRange, parseAddress, parseCidr, type Range } from './addresses.ts'
import { endpointChain, serviceChain } from './chains.ts'
import { ClusterDns } from './dns.ts'
import { healthService } from './health-check.ts'
import { Host, type Service } from './host.ts'
import { HostNetwork, type Resolver } from './host-network.ts'
import { isMarked } from './masquerade.ts'
import { Outside } from './outside.ts'
import { PolicyTable, policiesOf } from './policies.ts'
import { RecentExchanges } from './recent-exchanges.ts'
import { type Endpoint, type Route, ServiceTable } from './services.ts'

/** The chain that marks connections for masquerading; it is counted by the chain that sends them there. */
const mark = 'KUBE-MARK-MASQ'

/** A place that an exchange came by. */
export interface Hop {
  readonly type: 'client' | 'dns' | 'service' | 'node-port' | 'host-port' | 'server'
  readonly address: string
  readonly port?: number
  /** The pod (`namespace/name`), the service, or the name that was looked up; '' for a node or the workstation. */
  readonly name: string
  /** The node whose network it is, or whose rules were applied. */
  readonly node: string
}

/** One HTTP exchange, hop by hop, for those who show how a request travels. */
export interface Trace {
  /** Of the requests of this world, from 1; 0 for a probe. */
  readonly number: number
  /** When it ended, ms since 1970. */
  readonly time: number
  readonly method: string
  readonly path: string
  /** The header `Host` where it is not what was asked for: routes of an ingress go by it. */
  readonly host?: string
  /** The name for which no address was found. */
  readonly unknown?: string
  /** Where the request was sent; absent where no address was found for its name. */
  readonly address?: string
  readonly port?: number
  readonly hops: readonly Hop[]
  /** The client's User-Agent: the kubelet's probes say there who they are. */
  readonly agent: string
  /** Not by the pod's own program: by exec, or a probe in it. */
  readonly aside?: boolean
  /** The answer's status, or why there was none. */
  readonly outcome: number | NetworkError['type']
}

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

/** One way of a packet, pod to pod. */
const hopMs = 0.3
const refused: Destination = { ok: false, error: { type: 'refused' } }
const timeout: Destination = { ok: false, error: { type: 'timeout' } }
const noRoute: Destination = { ok: false, error: { type: 'no-route' } }

export class ClusterNetwork {
  readonly engine: Engine
  readonly #followers = new Set<(trace: Trace) => void>()
  #requests = 0
  /** The latest exchange of each caller with each place. */
  readonly recent = new RecentExchanges()
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
  readonly #policies: PolicyTable
  readonly #hosts = new Map<string, Host>()
  readonly #nodes = new Map<string, NodeNetwork>()
  readonly #podRange: Range
  /** Connections by node and chain of its service rules. */
  readonly #counters = new Map<string, number>()
  /** Nodes that are off the network. */
  readonly #cut = new Set<string>()
  /** Session affinity: `service port client` → the endpoint and until when it stays. */
  readonly #affinity = new Map<string, { address: string; until: number }>()

  constructor(options: NetworkOptions) {
    this.engine = options.engine
    this.#random = options.engine.random.fork('network')
    this.services = new ServiceTable(options.informers)
    this.#policies = new PolicyTable(policiesOf(options.informers))
    this.dnsAddress = options.dnsAddress ?? '20.1.0.10'
    this.domain = options.domain ?? 'cluster.local'
    this.outside = options.outside ? new Outside() : undefined
    for (const host of this.outside?.hosts ?? []) this.addHost(host)
    this.dns = new ClusterDns(this.services, options.informers, this.domain, this.outside)
    this.podCidr = options.podCidr ?? '20.2.0.0/16'
    this.#podRange = parseCidr(this.podCidr)
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

  /** Finds who answers at an address and port when `from` asks; adds to `hops` what lies between. */
  destination(from: Host, address: string, port: number, protocol = 'TCP', hops?: Hop[]): Destination {
    const loopback = address.startsWith('127.')
    const local = loopback ? from : this.#hosts.get(address)
    if (local && this.isCut(from.node, local.node)) return timeout
    const isNode = local !== undefined && local === this.#nodes.get(local.node)?.host
    let route: Route = loopback
      ? { type: 'none' }
      : this.services.of(from.node || this.#gateway).route(address, port, protocol, from.node, from.address)
    if (route.type === 'none' && isNode)
      route = this.services
        .of(local.node)
        .nodePort(
          port,
          protocol,
          local.node,
          from === local || inRange(this.#podRange, parseAddress(from.address)),
        )
    if (route.type === 'none' && isNode) {
      const forwarded = this.#nodes.get(local.node)?.hostPort(port, protocol, address)
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
          isNode ? local.node : from.node || this.#gateway,
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
    return this.#nodes.get(from.node)?.host === from ? 'node' : 'elsewhere'
  }

  /** The address that the pod sees instead: that of the node whose rules forward. */
  #masquerade(through: Host): string {
    return this.#nodes.get(through.node || this.#gateway)?.host.address ?? through.address
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
    const host = this.#hosts.get(address)
    if (host && this.isCut(source.node, host.node)) return timeout
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
    if (host !== this.#nodes.get(node)?.host || !this.services.follows(node)) return undefined
    const found = this.services.of(node).healthCheck(port, node)
    return found && healthService(found.service, found.local)
  }

  /** The workstation reaches services by way of the control plane's node. */
  get #gateway(): string {
    return this.#nodes.keys().next().value ?? ''
  }

  #pick(route: Extract<Route, { type: 'endpoints' }>, port: number, from: Host): Endpoint {
    const { endpoints, affinitySeconds, service } = route
    if (affinitySeconds !== undefined) {
      const key = `${service.metadata.uid} ${port} ${from.address}`
      const kept = this.#affinity.get(key)
      const same = kept && kept.until > this.engine.now && endpoints.find(e => e.address === kept.address)
      const endpoint = same || this.#random.pick(endpoints)
      this.#affinity.set(key, { address: endpoint.address, until: this.engine.now + affinitySeconds * 1000 })
      return endpoint
    }
    return endpoints.length === 1 ? endpoints[0]! : this.#random.pick(endpoints)
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
    this.#trace({ ...request, address, port }, hops, outcome)
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
    this.#trace(
      { ...request, ...(error.type === 'unknown-host' && { unknown: error.host }) },
      hops,
      error.type,
    )
  }

  /** Tells of every exchange when it ends; the answer ends that. */
  followExchanges(follow: (trace: Trace) => void): () => void {
    this.#followers.add(follow)
    return () => this.#followers.delete(follow)
  }

  #trace(
    { method, path, headers, unknown, address, port, aside }: Asked,
    hops: readonly Hop[],
    outcome: Trace['outcome'],
  ): void {
    const host = headers?.host
    const agent = headers?.['user-agent'] ?? ''
    const trace: Trace = {
      number: agent.startsWith('kube-probe/') ? 0 : ++this.#requests,
      time: this.engine.now,
      method,
      path,
      ...(host && { host }),
      ...(unknown !== undefined && { unknown }),
      ...(address !== undefined && { address }),
      ...(port !== undefined && { port }),
      hops,
      agent,
      ...(aside && { aside }),
      outcome,
    }
    this.recent.note(trace)
    for (const follow of this.#followers) follow(trace)
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
    const destination = this.destination(from, address, port, 'TCP', hops)
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

type Asked = Pick<HttpRequest, 'method' | 'path' | 'aside'> &
  Partial<Pick<HttpRequest, 'headers'> & Pick<Trace, 'unknown' | 'address' | 'port'>>

/** What nobody serves behind a proxy that listens. */
const broken: Service = { handler: undefined }

const podName = ({ pod }: Host): string => (pod ? `${pod.metadata.namespace}/${pod.metadata.name}` : '')

export interface ForwardedPort {
  readonly address: string
  readonly port: number
  /** By a program that listens itself, not by a rule of the kernel. */
  readonly proxied?: boolean
  /** The only address of the machine at which it is open; absent: at all. */
  readonly hostAddress?: string | undefined
}

/** A node's own network and the addresses of its pods. */
export class NodeNetwork {
  readonly host: Host
  readonly pool: AddressPool
  readonly podCidr: string
  readonly #cluster: ClusterNetwork
  /** By `TCP/8080`: those of different addresses. */
  readonly #hostPorts = new Map<string, readonly ForwardedPort[]>()

  constructor(cluster: ClusterNetwork, host: Host, podCidr: string) {
    this.#cluster = cluster
    this.host = host
    this.podCidr = podCidr
    this.pool = new AddressPool(podCidr)
  }

  /** A new network namespace with an address of this node's range; undefined where none is left. */
  addPod(address = this.pool.take()): Host | undefined {
    if (!address) return undefined
    this.pool.claim(address)
    return this.#cluster.addHost(new Host(address, this.host.node))
  }

  /** Off the network, for everyone who is elsewhere. */
  get isCut(): boolean {
    return this.#cluster.isCut(this.host.node, '')
  }

  /** hostPort: what the portmap plugin forwards to a pod, or docker's proxy to a container. */
  forward(port: number, protocol: string, to: ForwardedPort): void {
    this.unforward(port, protocol, to.hostAddress)
    const key = `${protocol}/${port}`
    this.#hostPorts.set(key, [...(this.#hostPorts.get(key) ?? []), to])
  }

  /** What is forwarded at an address of this machine, or at any. */
  hostPort(port: number, protocol: string, address?: string): ForwardedPort | undefined {
    return this.#hostPorts
      .get(`${protocol}/${port}`)
      ?.find(({ hostAddress }) => !address || !hostAddress || hostAddress === address)
  }

  /** Takes a forwarded port away again. */
  unforward(port: number, protocol: string, hostAddress?: string): void {
    this.#keep(`${protocol}/${port}`, each => each.hostAddress !== hostAddress)
  }

  #keep(key: string, test: (to: ForwardedPort) => boolean): void {
    const left = this.#hostPorts.get(key)?.filter(test)
    if (left?.length) this.#hostPorts.set(key, left)
    else this.#hostPorts.delete(key)
  }

  /** Puts a namespace on a bridge of this node alone, under an address that is none of the cluster's. */
  addLocal(address: string): Host {
    return this.#cluster.addHost(new Host(address, this.host.node, '', true))
  }

  removeLocal(host: Host): void {
    this.#cluster.removeHost(host)
  }

  removePod(host: Host): void {
    for (const key of this.#hostPorts.keys()) this.#keep(key, to => to.address !== host.address)
    this.#cluster.removeHost(host)
    this.pool.release(host.address)
  }

  /** The network as a process sees it that lives in `host` and resolves names by `resolver`. */
  namespace(host: Host, resolver: () => Resolver): HostNetwork {
    return new HostNetwork(this.#cluster, host, resolver)
  }

  /** The network of a process on the node itself. */
  get network(): HostNetwork {
    return this.namespace(this.host, () => nodeResolver)
  }
}

/** The name server of the nodes is not there; the workstation's knows no names of the cluster. */
const nodeResolver: Resolver = { nameserver: 'silent', search: [], ndots: 1, hosts: [] }
const machineResolver: Resolver = { nameserver: undefined, search: [], ndots: 1, hosts: [] }

export const createNetwork = (options: NetworkOptions): ClusterNetwork => new ClusterNetwork(options)
