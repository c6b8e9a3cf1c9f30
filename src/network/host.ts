// A place on the network with one address and its listening ports: a pod's network namespace, a node's, the
// workstation's. Containers of a pod share one; a hostNetwork pod uses its node's.

import type { HttpHandler, Listener } from '../engine/network.ts'
import type { AnyObject } from '../kinds/object.ts'

/** Opens a connection of plain TCP, where no HTTP is spoken; what the server says first, if anything. */
export interface Service {
  readonly handler: HttpHandler | undefined
}

export class Host {
  readonly address: string
  /** The node that carries it; '' for the workstation. */
  readonly node: string
  /** The pod that lives here; none for a node or the workstation. */
  pod: AnyObject | undefined
  readonly #ports = new Map<number, Service>()

  constructor(address: string, node: string) {
    this.address = address
    this.node = node
  }

  /** Undefined where the port is taken. A server without handler accepts connections and speaks no HTTP. */
  listen(port: number, handler: HttpHandler | undefined): Listener | undefined {
    if (this.#ports.has(port)) return undefined
    const service = { handler }
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
}
