// A container's part of its pod's network.
import { FileError } from '../engine/files.ts'
import { type Capability, capable } from '../engine/identity.ts'
import type { Listener, Network } from '../engine/network.ts'
import type { ContainerOptions } from './container-options.ts'

const firstPort = 1024

export class ContainerNetwork {
  readonly #options: ContainerOptions
  readonly #listeners = new Set<Listener>()
  /** Capabilities that the first program has by its file. */
  fileCapabilities: readonly string[] = []

  constructor(options: ContainerOptions) {
    this.#options = options
  }

  /**
   * The pod's network, with the ports that this container opened, so that they close with it. What a process that joined
   * the container asks is told apart from what the container's own ask.
   */
  of(joined: boolean): Network {
    return new OwnNetwork(this, this.#options.network, joined)
  }

  /** Throws FileError where the port is not for its processes; undefined where it is taken. */
  listen(...[port, handler, dns, address]: Parameters<Network['listen']>): Listener | undefined {
    if (port < (this.#options.unprivilegedPorts ?? firstPort) && !this.#may('NET_BIND_SERVICE'))
      throw new FileError('EACCES', String(port))
    const listener = this.#options.network.listen(port, handler, dns, address)
    if (listener) this.#listeners.add(listener)
    return listener
  }

  keepServiceRules(): Listener {
    const listener = this.#options.network.keepServiceRules?.() ?? { close() {} }
    this.#listeners.add(listener)
    return listener
  }

  /** Closes all that was opened. */
  close(): void {
    for (const listener of this.#listeners) listener.close()
    this.#listeners.clear()
  }

  #may(capability: Capability): boolean {
    const { security } = this.#options
    const byFile = this.fileCapabilities.includes(capability) && security.bounding.has(capability)
    return byFile || capable(security, capability)
  }
}

/** What a process of the container sees of the pod's network. */
class OwnNetwork implements Network {
  readonly address: string
  readonly #own: ContainerNetwork
  readonly #pods: Network
  readonly #joined: boolean

  constructor(own: ContainerNetwork, pods: Network, joined: boolean) {
    this.address = pods.address
    this.#own = own
    this.#pods = pods
    this.#joined = joined
  }

  get interfaces() {
    return this.#pods.interfaces
  }

  get listening() {
    return this.#pods.listening ?? []
  }

  get loopback() {
    return this.#pods.loopback ?? []
  }

  listen(...request: Parameters<Network['listen']>) {
    return this.#own.listen(...request)
  }

  connect(...request: Parameters<Network['connect']>) {
    return this.#pods.connect(...request)
  }

  http(url: Parameters<Network['http']>[0], request: Parameters<Network['http']>[1], ms: number) {
    return this.#pods.http(url, this.#told(request), ms)
  }

  query(...request: Parameters<Network['query']>) {
    return this.#pods.query(...request)
  }

  lookup(name: string, request?: Parameters<Network['lookup']>[1]) {
    return this.#pods.lookup(name, request && this.#told(request))
  }

  keepServiceRules() {
    return this.#own.keepServiceRules()
  }

  #told<T>(request: T): T {
    return this.#joined ? { ...request, aside: true } : request
  }
}
