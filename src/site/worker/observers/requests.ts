// Requests in the cluster, each with the places it came by: told as they end, the latest kept for who asks later. The
// kubelet's probes are no requests of the reader's.
import type { Life } from '../../../lesson/life.ts'
import type { FromWorker, RequestRow } from '../protocol.ts'
import type { Observer } from './observer.ts'

/** So many are kept. */
const most = 20

export class Requests implements Observer {
  readonly part = 'requests'
  #kept: RequestRow[] = []
  #new: RequestRow[] = []
  /** Of the latest: when it ended, and how many have ended at that very time. */
  #latest = { at: -1, count: 0 }
  #end: (() => void) | undefined

  show(life: Life): void {
    const { world } = life
    this.#end?.()
    this.#kept = []
    this.#new = []
    this.#latest = { at: -1, count: 0 }
    this.#end = world.cluster.network.followExchanges(({ method, path, hops, outcome, agent }) => {
      if (agent.startsWith('kube-probe/')) return
      const at = world.elapsed
      this.#latest = { at, count: at === this.#latest.at ? this.#latest.count + 1 : 0 }
      // By its time, so that it is the same in a world that was lived through again.
      const id = Math.round(at * 1000) * 10 + this.#latest.count
      const row = { id, at: Math.floor(at), method, path, hops: [...hops], outcome }
      this.#kept = [...this.#kept.slice(1 - most), row]
      this.#new = [...this.#new.slice(1 - most), row]
    })
  }

  again(): void {
    this.#new = this.#kept
  }

  flush(): FromWorker[] {
    const messages = this.#new.map((request): FromWorker => ({ type: 'request', request }))
    this.#new = []
    return messages
  }
}
