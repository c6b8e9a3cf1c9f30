// For the tests of controllers: a cluster, objects in it, and what becomes of them.

import { type Cluster, createCluster } from '../src/cluster/cluster.ts'
import type { AnyObject } from '../src/kinds/object.ts'

const labels = { app: 'a' }

/** What every workload here makes pods from. */
export const workload = {
  selector: { matchLabels: labels },
  template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
}

export class InCluster {
  readonly cluster: Cluster = createCluster({ seed: 1 })
  readonly #client = this.cluster.client('test')

  /** Makes `a` in `default`, and lets time pass. */
  make(resource: string, spec: object, ms = 5000, metadata: object = {}): void {
    this.#client
      .resource<AnyObject>(resource)
      .create({ metadata: { name: 'a', namespace: 'default', ...metadata }, spec })
    this.wait(ms)
  }

  /** Merges into it. */
  patch(resource: string, change: object, ms = 5000, name = 'a'): void {
    this.cluster.api.handle({
      method: 'PATCH',
      path: this.#client.resource(resource).path('default', name),
      body: change,
      contentType: 'application/merge-patch+json',
    })
    this.wait(ms)
  }

  delete(resource: string, name = 'a', options = {}, ms = 5000): void {
    this.#client.resource(resource).delete('default', name, options)
    this.wait(ms)
  }

  wait(ms: number): void {
    this.cluster.engine.advance(ms)
  }

  /** What the tests look at is there: where it is not they fail. */
  get(resource: string, name = 'a'): AnyObject {
    return this.#client.resource(resource).find('default', name)!
  }

  list(resource: string): AnyObject[] {
    return this.#client.resource(resource).list({ namespace: 'default' })
  }

  names(resource: string): string[] {
    return this.list(resource).map(({ metadata }) => metadata.name)
  }
}
