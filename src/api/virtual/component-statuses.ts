// ComponentStatus, long deprecated: asked of the control plane at each read, never stored. Here all are always well.
// pkg/registry/core/componentstatus/rest.go.
import type { AnyObject } from '../../kinds/object.ts'
import { notFound } from '../errors.ts'
import type { Stored } from '../store.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import { renderList, renderObject } from '../view.ts'

const stored = (name: string): Stored => ({
  object: {
    kind: 'ComponentStatus',
    apiVersion: 'v1',
    metadata: { name },
    conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }],
  } as AnyObject,
  managed: undefined,
})
const names = ['etcd-0', 'controller-manager', 'scheduler']

export const componentStatuses: SubresourceHandler & { list: SubresourceHandler['get'] } = {
  get(call) {
    if (!names.includes(call.name!)) throw notFound(call.resource, call.name!)
    return { code: 200, body: renderObject(call, stored(call.name!)) }
  },
  list: call => ({
    code: 200,
    body: renderList(call, { items: names.map(stored), revision: call.server.store.revision }),
  }),
}
