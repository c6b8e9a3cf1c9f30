// What is told of an HTTP exchange: by which places it came, and how it ended.
import type { Engine } from '../engine/engine.ts'
import type { HttpRequest, NetworkError } from '../engine/network.ts'
import { RecentExchanges } from './recent-exchanges.ts'

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

/** What a trace takes of a request. */
type Asked = Pick<HttpRequest, 'method' | 'path' | 'aside'> &
  Partial<Pick<HttpRequest, 'headers'> & Pick<Trace, 'unknown' | 'address' | 'port'>>

export class Traces {
  readonly #engine: Engine
  readonly #followers = new Set<(trace: Trace) => void>()
  #requests = 0
  /** The latest exchange of each caller with each place. */
  readonly recent = new RecentExchanges()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Tells of every exchange when it ends; the answer ends that. */
  follow(follow: (trace: Trace) => void): () => void {
    this.#followers.add(follow)
    return () => this.#followers.delete(follow)
  }

  /** An exchange has ended. */
  note(
    { method, path, headers, unknown, address, port, aside }: Asked,
    hops: readonly Hop[],
    outcome: Trace['outcome'],
  ): void {
    const host = headers?.host
    const agent = headers?.['user-agent'] ?? ''
    const trace: Trace = {
      number: agent.startsWith('kube-probe/') ? 0 : ++this.#requests,
      time: this.#engine.now,
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
}
