// A place on the network with one address and its listening ports: a pod's network namespace, a node's, the
// workstation's. Containers of a pod share one; a hostNetwork pod uses its node's.

import { type DnsHandler, type HttpHandler, isLoopback, type Listener } from '../engine/network.ts'
import type { Pod } from '../kinds/schema/types.ts'

/** Opens a connection of plain TCP, where no HTTP is spoken; what the server says first, if anything. */
export interface Service {
  readonly handler: HttpHandler | undefined
  /** It answers queries of DNS, by UDP and TCP alike. */
  readonly dns?: DnsHandler
  /** Only who is here too reaches it. */
  readonly loopback?: boolean
}

export class Host {
  readonly address: string
  /** The node that carries it; '' for the workstation, and for what is outside. */
  readonly node: string
  /** What it is called where it is neither a pod nor a machine of the cluster. */
  readonly name: string
  /** Only who is on its node reaches it: it stands on a bridge that no other node knows. */
  readonly local: boolean
  /** The pod that lives here; none for a node or the workstation. */
  pod: Pod | undefined
  readonly #ports = new Map<number, Service>()

  constructor(address: string, node: string, name = '', local = false) {
    this.address = address
    this.node = node
    this.name = name
    this.local = local
  }

  /** Undefined where the port is taken. A server without handler accepts connections and speaks no HTTP. */
  listen(
    port: number,
    handler: HttpHandler | undefined,
    dns?: DnsHandler,
    address = '',
  ): Listener | undefined {
    if (this.#ports.has(port)) return undefined
    const service = { handler, ...(dns && { dns }), ...(isLoopback(address) && { loopback: true }) }
    this.#ports.set(port, service)
    return {
      close: () => {
        if (this.#ports.get(port) === service) this.#ports.delete(port)
      },
    }
  }

  service(port: number): Service | undefined {
    return this.#ports.get(port)
  }

  get ports(): number[] {
    return [...this.#ports.keys()].sort((a, b) => a - b)
  }

  get loopback(): number[] {
    return this.ports.filter(port => this.#ports.get(port)?.loopback)
  }
}
