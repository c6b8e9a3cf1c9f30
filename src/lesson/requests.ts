// What the programs of pods have asked over HTTP since the beginning, as the network traces it: the users' view of an
// outage. A request whose name does not resolve has failed like one that nobody answers. Who looks around in a pod by exec
// is no user.
import type { ClusterNetwork } from '../network/cluster-network.ts'
import type { Trace } from '../network/trace.ts'

interface Asked {
  /** Virtual ms since 1970. */
  readonly at: number
  /** It was answered with 200. */
  readonly good: boolean
  /** Services that it came by (`shop/cart`). */
  readonly by: readonly string[]
}

/** The requests of one client. */
export interface Requests {
  /** The latest, the newest last: at most 20. */
  readonly recent: readonly Asked[]
  /** When the first one that failed ended, ms since 1970. */
  readonly firstFailure?: number
  /** When the first one that was answered with 200 ended. */
  readonly firstSuccess?: number
}

const kept = 20

interface Client {
  recent: Asked[]
  firstFailure?: number
  firstSuccess?: number
}

const first = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter(each => each !== undefined)
  return known.length ? Math.min(...known) : undefined
}

export class RequestLog {
  /** By pod, `namespace/name`. */
  readonly #clients = new Map<string, Client>()

  constructor(network: ClusterNetwork) {
    network.traces.follow(trace => this.#note(trace))
  }

  /** Of a pod by its name (`default/visitor`), or of the pods whose names begin with that of what makes them (`web/frontend`). */
  of(client: string): Requests {
    const clients = [...this.#clients]
      .filter(([name]) => name === client || name.startsWith(`${client}-`))
      .map(([, each]) => each)
    const firstFailure = first(clients.map(each => each.firstFailure))
    const firstSuccess = first(clients.map(each => each.firstSuccess))
    return {
      recent: clients
        .flatMap(({ recent }) => recent)
        .sort((a, b) => a.at - b.at)
        .slice(-kept),
      ...(firstFailure !== undefined && { firstFailure }),
      ...(firstSuccess !== undefined && { firstSuccess }),
    }
  }

  #note({ time, hops, outcome, aside }: Trace): void {
    const name = hops[0]?.name
    if (!name || aside) return
    let client = this.#clients.get(name)
    if (!client) {
      client = { recent: [] }
      this.#clients.set(name, client)
    }
    const good = outcome === 200
    const by = hops.flatMap(hop => (hop.type === 'service' ? hop.name : []))
    client.recent.push({ at: time, good, by })
    if (client.recent.length > kept) client.recent.shift()
    if (good) client.firstSuccess ??= time
    else client.firstFailure ??= time
  }
}
