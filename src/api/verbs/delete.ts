// DELETE of an object or a collection: graceful deletion, finalizers, propagation, preconditions.
// Rules: k8s.io/apiserver/pkg/registry/generic/registry/store.go (Delete, deletionFinalizersForGarbageCollection) and
// registry/rest/delete.go (BeforeDelete).
import { formatTime, parseTime } from '../../engine/engine.ts'
import type { KubeObject, ObjectMeta } from '../../kinds/object.ts'
import { allocate, validateAdmission } from '../admission/chain.ts'
import type { Call } from '../call.ts'
import { conflict, notFound, success } from '../errors.ts'
import { equalJson, isObject } from '../json.ts'
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
function deleteOptions(call: Call): DeleteOptions {
  const { body } = call
  const options: DeleteOptions = isObject(body) ? { ...(body as DeleteOptions) } : {}
  const { gracePeriodSeconds, propagationPolicy, orphanDependents } = call.query
  if (gracePeriodSeconds !== undefined) options.gracePeriodSeconds ??= Number(gracePeriodSeconds)
  // Negative is as short as can be.
  if (options.gracePeriodSeconds !== undefined && options.gracePeriodSeconds < 0)
    options.gracePeriodSeconds = 1
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
  const { rules } = resource
  const { object } = stored
  const { name, namespace, uid, resourceVersion } = object.metadata
  const expected = options.preconditions
  const unmet = (what: string, wanted: string, found: string | undefined) =>
    conflict(
      resource,
      name,
      `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${found}`,
    )
  if (expected?.uid && expected.uid !== uid) throw unmet('UID', expected.uid, uid)
  if (expected?.resourceVersion && expected.resourceVersion !== resourceVersion)
    throw unmet('ResourceVersion', expected.resourceVersion, resourceVersion)
  validateAdmission({ call, operation: 'DELETE', object, old: object, subresource: undefined })

  const metadata: ObjectMeta = { ...object.metadata }
  const begun = metadata.deletionTimestamp !== undefined
  if (rules.ending && (!begun || rules.ending.held(object)))
    return begun
      ? { stored }
      : write(
          rules.ending.begin({
            ...object,
            metadata: { ...metadata, deletionTimestamp: server.engine.timestamp },
          }),
        )

  const grace = graceful(call, object, metadata, options)
  if (grace === 'pending') return { stored }
  const finalizers = garbageCollectionFinalizers(call, metadata, options)
  setFinalizers(metadata, finalizers)
  if (grace === 'none' && finalizers.length) markDeleting(call, metadata)
  let last = { ...stored, object: { ...object, metadata } }
  if (grace !== 'none' || finalizers.length) {
    last = write(last.object).stored
    if (finalizers.length || (grace !== 'none' && grace > 0)) return { stored: last }
    // No grace: the object is marked and removed in two writes, as watchers of the real server see it.
    last = { ...last, object: { ...last.object, metadata: { ...last.object.metadata } } }
  }
  if (!call.dryRun) removeStored(call, storeKey(namespace, name), last)
  if (rules.gracefulDeletion) return { stored: last }
  const { group, plural: kind } = resource
  return { status: success({ name, ...(group && { group }), kind, ...(uid && { uid }) }) }

  function write(object: KubeObject): { stored: Stored } {
    const next: Stored = { ...stored, object }
    if (equalJson(object, stored.object) || call.dryRun) return { stored: next }
    object.metadata.resourceVersion = server.store.nextVersion()
    return { stored: server.store.put(call.table, storeKey(namespace, name), next) }
  }
}

/**
 * rest.BeforeDelete: sets the time and grace of a kind that ends gracefully, in `metadata`. `none`: it has no grace;
 * `pending`: it is ending already, and no sooner than asked for; else the seconds that are left.
 */
function graceful(
  call: Call,
  object: KubeObject,
  metadata: ObjectMeta,
  options: DeleteOptions,
): number | 'none' | 'pending' {
  const { gracefulDeletion } = call.resource.rules
  if (!gracefulDeletion) return 'none'
  const requested = options.gracePeriodSeconds
  if (metadata.deletionTimestamp) {
    const current = metadata.deletionGracePeriodSeconds
    if (current === undefined) return 'none'
    const seconds = requested === undefined ? current : Math.max(0, requested)
    if (requested === undefined || seconds >= current) return 'pending'
    metadata.deletionTimestamp = formatTime(
      parseTime(metadata.deletionTimestamp) + (seconds - current) * 1000,
    )
    metadata.deletionGracePeriodSeconds = seconds
    return seconds
  }
  const seconds = gracefulDeletion(object, requested)
  metadata.deletionTimestamp = formatTime(call.server.engine.now + seconds * 1000)
  metadata.deletionGracePeriodSeconds = seconds
  if (metadata.generation) metadata.generation++
  return seconds
}

/** markAsDeleting: what finalizers hold is ending without grace. */
function markDeleting(call: Call, metadata: ObjectMeta): ObjectMeta {
  if (metadata.deletionGracePeriodSeconds === undefined && metadata.generation) metadata.generation++
  metadata.deletionTimestamp ??= call.server.engine.timestamp
  metadata.deletionGracePeriodSeconds = 0
  return metadata
}

/** Called by updates that took the last finalizer: true where the object is gone now. */
export function finishDeletion(call: Call, key: string, last: Stored): boolean {
  const { metadata } = last.object
  if (metadata.deletionGracePeriodSeconds || call.resource.rules.ending?.held(last.object)) return false
  removeStored(call, key, last)
  return true
}

function removeStored(call: Call, key: string, last: Stored): void {
  allocate({ call, operation: 'DELETE', object: last.object, old: last.object, subresource: undefined })
  last.object.metadata.resourceVersion = call.server.store.nextVersion()
  call.server.store.remove(call.table, key, last)
}

function setFinalizers(metadata: ObjectMeta, finalizers: string[]): void {
  if (finalizers.length) metadata.finalizers = finalizers
  else delete metadata.finalizers
}

/** deletionFinalizersForGarbageCollection: how dependents fare is kept as a finalizer for the garbage collector. */
function garbageCollectionFinalizers(
  call: Call,
  { finalizers = [] }: ObjectMeta,
  options: DeleteOptions,
): string[] {
  const { propagationPolicy, orphanDependents } = options
  const policy =
    propagationPolicy ??
    (orphanDependents === undefined ? undefined : orphanDependents ? 'Orphan' : 'Background')
  const orphan = policy
    ? policy === 'Orphan'
    : finalizers.includes('orphan') ||
      (!finalizers.includes('foregroundDeletion') && call.resource.rules.defaultPropagation === 'Orphan')
  const foreground = policy ? policy === 'Foreground' : finalizers.includes('foregroundDeletion')
  const kept = finalizers.filter(f => f !== 'orphan' && f !== 'foregroundDeletion')
  return orphan ? [...kept, 'orphan'] : foreground ? [...kept, 'foregroundDeletion'] : kept
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
