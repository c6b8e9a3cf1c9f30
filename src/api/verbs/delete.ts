// DELETE of an object or a collection: graceful deletion, finalizers, propagation, preconditions.
// Rules: k8s.io/apiserver/pkg/registry/generic/registry/store.go (Delete, deletionFinalizersForGarbageCollection) and
// registry/rest/delete.go (BeforeDelete).
import { formatTime, parseTime } from '../../engine/engine.ts'
import type { AnyObject, ObjectMeta } from '../../kinds/object.ts'
import { validateAdmission } from '../admission/chain.ts'
import type { Call } from '../call.ts'
import { conflict, notFound, success } from '../errors.ts'
import { isObject } from '../json.ts'
import { type Stored, storeKey } from '../store.ts'
import type { Status } from '../types.ts'
import { type Listed, list } from './read.ts'

export interface DeleteOptions {
  gracePeriodSeconds?: number
  propagationPolicy?: string
  orphanDependents?: boolean
  preconditions?: { uid?: string; resourceVersion?: string }
}

/** From the body, or else the query. */
export function deleteOptions(call: Call): DeleteOptions {
  const { body } = call.request
  const options: DeleteOptions = isObject(body) ? { ...(body as DeleteOptions) } : {}
  const { gracePeriodSeconds, propagationPolicy, orphanDependents } = call.query
  if (gracePeriodSeconds !== undefined) options.gracePeriodSeconds ??= Number(gracePeriodSeconds)
  if (propagationPolicy) options.propagationPolicy ??= propagationPolicy
  if (orphanDependents) options.orphanDependents ??= orphanDependents === 'true'
  return options
}

/** What DELETE answers: the object where it stays for a while, else a Status. */
export type Deleted = { readonly stored: Stored } | { readonly status: Status }

export function deleteOne(call: Call): Deleted {
  const key = storeKey(call.namespace, call.name!)
  const stored = call.table.get(key)
  if (!stored) throw notFound(call.resource, call.name!)
  return deleteStored(call, stored, deleteOptions(call))
}

export function deleteStored(call: Call, stored: Stored, options: DeleteOptions): Deleted {
  const { resource, server } = call
  const kind = resource.rules
  const { object } = stored
  const { name, namespace, uid, resourceVersion } = object.metadata
  const expected = options.preconditions
  if (expected?.uid && expected.uid !== uid)
    throw conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${expected.uid}, UID in object meta: ${uid}`,
    )
  if (expected?.resourceVersion && expected.resourceVersion !== resourceVersion)
    throw conflict(
      resource,
      name,
      `Precondition failed: ResourceVersion in precondition: ${expected.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`,
    )
  validateAdmission({ call, operation: 'DELETE', object, old: object, subresource: undefined })

  const key = storeKey(namespace, name)
  const metadata: ObjectMeta = { ...object.metadata }
  const finalizers = garbageCollectionFinalizers(call, metadata, options)
  setFinalizers(metadata, finalizers)
  const grace = graceSeconds(call, object, options)
  const pending = metadata.deletionTimestamp !== undefined

  if (grace === 0 && finalizers.length === 0) {
    const last = withMetadata(stored, { ...metadata, ...(pending && { deletionGracePeriodSeconds: 0 }) })
    if (!call.dryRun) removeStored(call, key, last)
    return kind.gracefulDeletion
      ? { stored: last }
      : {
          status: success({
            name,
            ...(resource.group && { group: resource.group }),
            kind: resource.plural,
            uid: uid!,
          }),
        }
  }

  const before = metadata.deletionGracePeriodSeconds
  const start = pending ? parseTime(metadata.deletionTimestamp!) - (before ?? 0) * 1000 : server.engine.now
  if (!pending || grace < (before ?? 0)) {
    metadata.deletionTimestamp = formatTime(
      pending && grace > 0 ? start + grace * 1000 : server.engine.now + grace * 1000,
    )
    metadata.deletionGracePeriodSeconds = grace
    if (!pending && metadata.generation) metadata.generation++
  } else if (finalizers.length === (object.metadata.finalizers?.length ?? 0)) return { stored }
  const next = withMetadata(stored, metadata)
  if (call.dryRun) return { stored: next }
  next.object.metadata.resourceVersion = server.store.nextVersion()
  return { stored: server.store.put(call.table, key, next) }
}

function graceSeconds(call: Call, object: AnyObject, options: DeleteOptions): number {
  const { gracefulDeletion } = call.resource.rules
  return gracefulDeletion ? gracefulDeletion(object, options.gracePeriodSeconds) : 0
}

/** Called by updates that took the last finalizer: true where the object is gone now. */
export function finishDeletion(call: Call, key: string, last: Stored): boolean {
  if (last.object.metadata.deletionGracePeriodSeconds) return false
  removeStored(call, key, last)
  return true
}

function removeStored(call: Call, key: string, last: Stored): void {
  last.object.metadata.resourceVersion = call.server.store.nextVersion()
  call.server.store.remove(call.table, key, last)
}

const withMetadata = (stored: Stored, metadata: ObjectMeta): Stored => ({
  ...stored,
  object: { ...stored.object, metadata } as AnyObject,
})

function setFinalizers(metadata: ObjectMeta, finalizers: string[]): void {
  if (finalizers.length) metadata.finalizers = finalizers
  else delete metadata.finalizers
}

function garbageCollectionFinalizers(call: Call, metadata: ObjectMeta, options: DeleteOptions): string[] {
  const kind = call.resource.rules
  const policy =
    options.propagationPolicy ??
    (options.orphanDependents === undefined ? undefined : options.orphanDependents ? 'Orphan' : 'Background')
  const has = (finalizer: string) => metadata.finalizers?.includes(finalizer) ?? false
  const orphan = policy
    ? policy === 'Orphan'
    : has('orphan') || (!has('foregroundDeletion') && kind.defaultPropagation === 'Orphan')
  const foreground = policy ? policy === 'Foreground' : has('foregroundDeletion')
  const kept = (metadata.finalizers ?? []).filter(f => f !== 'orphan' && f !== 'foregroundDeletion')
  if (orphan) kept.push('orphan')
  else if (foreground) kept.push('foregroundDeletion')
  return kept
}

/** DELETE of a list: every object that the selectors match, each as by a DELETE of its own. */
export function deleteCollection(call: Call): Listed {
  const listed = list(call)
  const options = deleteOptions(call)
  const items = listed.items.map(stored => {
    const deleted = deleteStored(call, stored, options)
    return 'stored' in deleted ? deleted.stored : stored
  })
  return { ...listed, items }
}
