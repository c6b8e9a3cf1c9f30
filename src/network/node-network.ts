// A node's own network and the addresses of its pods.
import { AddressPool } from './addresses.ts'
import type { ClusterNetwork } from './cluster-network.ts'
import { Host } from './host.ts'
import { HostNetwork, type Resolver } from './host-network.ts'

/** The name server of the nodes is not there. */
const nodeResolver: Resolver = { nameserver: 'silent', search: [], ndots: 1, hosts: [] }

export interface ForwardedPort {
  readonly address: string
  readonly port: number
  /** By a program that listens itself, not by a rule of the kernel. */
  readonly proxied?: boolean
  /** The only address of the machine at which it is open; absent: at all. */
  readonly hostAddress?: string | undefined
}

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
