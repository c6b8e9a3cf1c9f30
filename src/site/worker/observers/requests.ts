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
  #end: (() => void) | undefined

  show(life: Life): void {
    const { world } = life
    this.#end?.()
    this.#kept = []
    this.#new = []
    this.#end = world.cluster.network.traces.follow(trace => {
      const { number: id, method, path, unknown, hops, outcome } = trace
      if (id === 0) return
      const row: RequestRow = {
        ...{ id, at: Math.floor(world.elapsed), method, path, hops: [...hops], outcome },
        ...(unknown !== undefined && { unknown }),
      }
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
