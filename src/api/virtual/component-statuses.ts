// ComponentStatus, long deprecated: asked of the control plane at each read, never stored: the API server
// tries the health port of each component.
// pkg/registry/core/componentstatus/rest.go.
import type { Machinery } from '../call.ts'
import { notFound } from '../errors.ts'
import type { Stored } from '../store.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import { renderList, renderObject } from '../view.ts'

const refused = (address: string, path: string): string =>
  `Get "https://${address}${path}": dial tcp ${address}: connect: connection refused`
/** What is asked of each, and whether it answers. */
const components: Readonly<
  Record<string, readonly [address: string, path: string, isDown: (server: Machinery) => boolean]>
> = {
  'etcd-0': ['127.0.0.1:2379', '/health', server => server.store.down],
  'controller-manager': [
    '127.0.0.1:10257',
    '/healthz',
    server => server.stopped.has('kube-controller-manager'),
  ],
  scheduler: ['127.0.0.1:10259', '/healthz', server => server.stopped.has('kube-scheduler')],
}

function stored(name: string, server: Machinery): Stored {
  const [address, path, isDown] = components[name]!
  const object = {
    kind: 'ComponentStatus',
    apiVersion: 'v1',
    metadata: { name },
    conditions: [
      isDown(server)
        ? { type: 'Healthy', status: 'False', message: refused(address, path) }
        : { type: 'Healthy', status: 'True', message: 'ok' },
    ],
  }
  return { object, managed: undefined }
}

export const componentStatuses: SubresourceHandler & { list: SubresourceHandler['get'] } = {
  get(call) {
    if (!Object.hasOwn(components, call.name!)) throw notFound(call.resource, call.name!)
    return { code: 200, body: renderObject(call, stored(call.name!, call.server)) }
  },
  list: call => ({
    code: 200,
    body: renderList(call, {
      items: Object.keys(components).map(name => stored(name, call.server)),
      revision: call.server.store.revision,
    }),
  }),
}
