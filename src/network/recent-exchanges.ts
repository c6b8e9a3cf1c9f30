// The latest exchange of each caller with each place that it asked, and the latest ones of all, for those who explain why
// nothing comes back. Of probes events tell: they are not kept.
import type { Trace } from './trace.ts'

/** Callers times places; who asks more loses the oldest. */
const most = 200
/** So many of all. */
const mostLatest = 20

export class RecentExchanges {
  readonly #kept = new Map<string, Trace>()
  readonly #latest: Trace[] = []

  /** The latest last. */
  get all(): Trace[] {
    return [...this.#kept.values()]
  }

  /** By its number, as long as it is one of the latest. */
  numbered(number: number): Trace | undefined {
    return this.#latest.find(each => each.number === number)
  }

  /** The latest of the same caller with the same place. */
  again(trace: Trace): Trace | undefined {
    return this.#kept.get(keyOf(trace))
  }

  note(trace: Trace): void {
    if (trace.number === 0) return
    this.#latest.push(trace)
    if (this.#latest.length > mostLatest) this.#latest.shift()
    const key = keyOf(trace)
    this.#kept.delete(key)
    this.#kept.set(key, trace)
    if (this.#kept.size <= most) return
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#kept.delete(oldest)
  }
}

function keyOf({ hops, unknown, address, port, host }: Trace): string {
  const [client, next] = hops
  const asked = next?.type === 'dns' ? next.name : (unknown ?? address ?? '')
  return `${client?.name || client?.address} ${asked} ${port ?? ''} ${host ?? ''}`
}
