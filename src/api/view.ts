// How answers show stored objects: in the version asked for, with or without managed fields, as objects, Tables or
// metadata only.
import { columnsOf } from '../kinds/columns.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { Call } from './call.ts'
import { writeManagedFields } from './managed-fields.ts'
import { toVersion } from './registry.ts'
import type { Stored } from './store.ts'
import type { Listed } from './verbs/read.ts'

type ViewCall = Pick<Call, 'resource' | 'request' | 'server' | 'query'>

/** One object as the request wants to see it. */
export function viewObject({ resource, request }: ViewCall, { object, managed }: Stored): KubeObject {
  const shown = toVersion(resource, object)
  if (request.managedFields === false || !managed?.managers.length) return shown
  return { ...shown, metadata: { ...shown.metadata, managedFields: writeManagedFields(managed.managers) } }
}

const partial = ({ metadata }: KubeObject): KubeObject => ({
  kind: 'PartialObjectMetadata',
  apiVersion: 'meta.k8s.io/v1',
  metadata,
})

/** The answer to a GET of one object. */
export function renderObject(call: ViewCall, stored: Stored): unknown {
  const { accept } = call.request
  if (accept === 'table')
    return table(call, [stored], { resourceVersion: stored.object.metadata.resourceVersion })
  const object = viewObject(call, stored)
  return accept === 'metadata' ? partial(object) : object
}

/** The answer to a GET of a list. */
export function renderList(call: ViewCall, listed: Listed): unknown {
  const { accept } = call.request
  const metadata = {
    resourceVersion: String(listed.revision),
    ...(listed.continue && { continue: listed.continue }),
    ...(listed.remaining && { remainingItemCount: listed.remaining }),
  }
  if (accept === 'table') return table(call, listed.items, metadata)
  const objects = listed.items.map(stored => viewObject(call, stored))
  const { kind, apiVersion } = call.resource
  if (accept === 'metadata')
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: objects.map(partial),
    }
  // Items of typed lists do not repeat what they are; the components' client shares the stored objects.
  const items =
    call.request.managedFields === false || call.resource.custom
      ? objects
      : objects.map(({ kind: _, apiVersion: __, ...item }) => item)
  return { kind: `${kind}List`, apiVersion, metadata, items }
}

/** A Table whose rows carry the metadata of their objects (includeObject: Metadata, the default; Object; None). */
export function table(call: ViewCall, items: readonly Stored[], metadata: object, header = true): unknown {
  const { resource, server } = call
  const columns = resource.custom?.columns ?? columnsOf(resource)
  const { includeObject } = call.query
  const context = { now: server.engine.now }
  const rows = items.map(stored => {
    const object = viewObject(call, stored)
    const cells = resource.rules.row?.(stored.object, context) ?? [
      object.metadata.name,
      object.metadata.creationTimestamp ?? null,
    ]
    return {
      cells,
      ...(includeObject !== 'None' && { object: includeObject === 'Object' ? object : partial(object) }),
    }
  })
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: header
      ? columns.map(({ name, type, format, priority }) => ({ name, type, format, description: '', priority }))
      : null,
    rows,
  }
}
