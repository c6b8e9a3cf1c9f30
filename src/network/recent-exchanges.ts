// The latest exchange of each caller with each place that it asked, for those who explain why nothing comes back.
import type { Trace } from './cluster-network.ts'

/** Callers times places; who asks more loses the oldest. */
const most = 200

export class RecentExchanges {
  readonly #kept = new Map<string, Trace>()

  /** The latest last. */
  get all(): Trace[] {
    return [...this.#kept.values()]
  }

  note(trace: Trace): void {
    // Of probes events tell; they would push out what else is asked for.
    if (trace.agent.startsWith('kube-probe/')) return
    const [client, next] = trace.hops
    const asked = next?.type === 'dns' ? next.name : (trace.address ?? '')
    const key = `${client?.name || client?.address} ${asked} ${trace.port ?? ''} ${trace.host ?? ''}`
    this.#kept.delete(key)
    this.#kept.set(key, trace)
    if (this.#kept.size <= most) return
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#kept.delete(oldest)
  }
}
