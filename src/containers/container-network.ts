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
    const { network } = this.#options
    const told = <T>(request: T): T => (joined ? { ...request, aside: true } : request)
    return {
      address: network.address,
      get interfaces() {
        return network.interfaces
      },
      get listening() {
        return network.listening ?? []
      },
      get loopback() {
        return network.loopback ?? []
      },
      listen: (port, handler, dns, address) => {
        if (port < (this.#options.unprivilegedPorts ?? firstPort) && !this.#may('NET_BIND_SERVICE'))
          throw new FileError('EACCES', String(port))
        const listener = network.listen(port, handler, dns, address)
        if (listener) this.#listeners.add(listener)
        return listener
      },
      connect: (host, port, ms) => network.connect(host, port, ms),
      http: (url, request, ms) => network.http(url, told(request), ms),
      query: (name, type, ms, server) => network.query(name, type, ms, server),
      lookup: (name, request) => network.lookup(name, request && told(request)),
      keepServiceRules: () => {
        const listener = network.keepServiceRules?.() ?? { close() {} }
        this.#listeners.add(listener)
        return listener
      },
    }
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
