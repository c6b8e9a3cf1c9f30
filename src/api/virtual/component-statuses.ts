// ComponentStatus, long deprecated: asked of the control plane at each read, never stored. Here only etcd
// can be unwell.
// pkg/registry/core/componentstatus/rest.go.
import type { AnyObject } from '../../kinds/object.ts'
import { notFound } from '../errors.ts'
import type { Stored } from '../store.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import { renderList, renderObject } from '../view.ts'

const refused = 'Get "https://127.0.0.1:2379/health": dial tcp 127.0.0.1:2379: connect: connection refused'

const stored = (name: string, down: boolean): Stored => ({
  object: {
    kind: 'ComponentStatus',
    apiVersion: 'v1',
    metadata: { name },
    conditions: [
      down && name === 'etcd-0'
        ? { type: 'Healthy', status: 'False', message: refused }
        : { type: 'Healthy', status: 'True', message: 'ok' },
    ],
  } as AnyObject,
  managed: undefined,
})
const names = ['etcd-0', 'controller-manager', 'scheduler']

export const componentStatuses: SubresourceHandler & { list: SubresourceHandler['get'] } = {
  get(call) {
    if (!names.includes(call.name!)) throw notFound(call.resource, call.name!)
    return { code: 200, body: renderObject(call, stored(call.name!, call.server.store.down)) }
  },
  list: call => ({
    code: 200,
    body: renderList(call, {
      items: names.map(name => stored(name, call.server.store.down)),
      revision: call.server.store.revision,
    }),
  }),
}
