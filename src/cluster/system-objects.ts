// What the API server itself keeps there: the system namespaces, looked at every minute (pkg/controlplane/controller/
// systemnamespaces), the service `kubernetes` and its endpoints, every 10 s (…/kubernetesservice, pkg/controlplane/
// reconcilers). Whoever deletes them gets them back. Left out: repair of what was only changed.
import type { Client } from '../api/client.ts'
import { isAlreadyExists } from '../api/errors.ts'
import { type Informers, objectKey } from '../api/informer.ts'
import type { Engine } from '../engine/engine.ts'
import type { KubeObject } from '../kinds/object.ts'

const minute = 60_000
const often = 10_000
const kept: readonly [resource: string, everyMs: number, keys: readonly string[]][] = [
  ['namespaces', minute, ['kube-system', 'kube-public', 'kube-node-lease', 'default']],
  ['services', often, ['default/kubernetes']],
  ['endpoints', often, ['default/kubernetes']],
  ['endpointslices.discovery.k8s.io', often, ['default/kubernetes']],
]

export function keepSystemObjects(engine: Engine, client: Client, informers: Informers): void {
  for (const [resource, everyMs, keys] of kept) {
    const informer = informers.of(resource)
    const originals = new Map(keys.map(key => [key, informer.get(key)]))
    const bringBack = (key: string, original: KubeObject): void => {
      engine.after(
        everyMs - ((engine.now - engine.epoch) % everyMs),
        () => {
          try {
            if (!informer.get(key)) client.resource(resource).create(fresh(original))
          } catch (error) {
            // Its namespace is not back yet, or the store is away: the next look tries again.
            if (!isAlreadyExists(error)) bringBack(key, original)
          }
        },
        { background: true },
      )
    }
    informer.handle({
      delete(object) {
        const original = originals.get(objectKey(object))
        if (original) bringBack(objectKey(object), original)
      },
    })
  }
}

/** The object as it is created: without what the server adds. */
function fresh({ metadata, ...content }: KubeObject & { status?: unknown }): KubeObject {
  const { status: _, ...rest } = content
  const { name, namespace, labels } = metadata
  return { ...rest, metadata: { name, ...(namespace && { namespace }), ...(labels && { labels }) } }
}
