// PUT and PATCH end here: k8s.io/apiserver/pkg/endpoints/handlers/update.go and registry/{rest/update.go,generic/registry/store.go}.
import { loadedKind } from '../../kinds/entry.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { admit, allocate, validateAdmission } from '../admission/chain.ts'
import { type Call, isHeard } from '../call.ts'
import { decodeBody } from '../decode.ts'
import { badRequest, conflict, invalid, modified, notFound } from '../errors.ts'
import { equalJson } from '../json.ts'
import { Ownership, ownersGiven } from '../managed-fields.ts'
import { checkStoredSize } from '../size.ts'
import { type Stored, storeKey } from '../store.ts'
import { createObject, setNamespace } from './create.ts'
import { finishDeletion } from './delete.ts'

/** The answer, and whether the object is new. */
export interface Updated {
  readonly stored: Stored
  readonly created: boolean
}

export function update(call: Call): Updated {
  const old = call.table.get(storeKey(call.namespace, call.name!))
  const object = decodeBody(call, old?.object)
  checkName(call, object)
  if (!old) {
    if (!call.resource.rules.createOnUpdate || call.subresource) throw notFound(call.resource, call.name!)
    return { stored: createObject(call, object), created: true }
  }
  return { stored: updateObject(call, old, object), created: false }
}

const specOf = (object: KubeObject): unknown => (object as { spec?: unknown }).spec

/** handlers.checkName: the object must be the one that the URL names. */
export function checkName(call: Call, object: KubeObject): void {
  const { name: wanted = '' } = call
  const { metadata } = object
  if (metadata.name) setNamespace(call, object)
  if (!metadata.name)
    throw badRequest(
      `the name of the object (${wanted} based on URL) was undeterminable: name must be provided`,
    )
  if (metadata.name !== wanted)
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${wanted})`,
    )
}

/** The rules of the resource or subresource, from the new object to the store. `object` is decoded and owned. */
export function updateObject(
  call: Call,
  old: Stored,
  object: KubeObject,
  managed?: Stored['managed'],
): Stored {
  const { resource, server, subresource } = call
  const kind = loadedKind(resource.rules)
  const before = old.object
  const { metadata } = object
  const { name } = before.metadata
  const context = { now: server.engine.now, timestamp: server.engine.timestamp }

  if (call.request.method === 'PUT' && metadata.uid && metadata.uid !== before.metadata.uid) {
    const registryKey = `/registry/${resource.plural}/${storeKey(before.metadata.namespace, name)}`
    throw conflict(
      resource,
      name,
      `StorageError: invalid object, Code: 4, Key: ${registryKey}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${before.metadata.uid}`,
    )
  }
  if (metadata.resourceVersion && metadata.resourceVersion !== before.metadata.resourceVersion)
    throw conflict(resource, name, modified)
  if (!metadata.resourceVersion && kind.unconditionalUpdate === false && call.request.method === 'PUT')
    // The registry knows the resource here, not the kind.
    throw invalid({ group: kind.group, kind: kind.plural }, name, [
      {
        type: 'Invalid',
        field: 'metadata.resourceVersion',
        value: 0,
        detail: 'must be specified for an update',
      },
    ])

  // A status write that keeps the stored spec has nothing to default.
  const keepsSpec = subresource === 'status' && specOf(object) && specOf(object) === specOf(before)
  if (!keepsSpec) kind.defaults?.(object)
  // What is left out stays; what is changed is for the validation to refuse. An end that has begun cannot be undone.
  metadata.uid ||= before.metadata.uid!
  metadata.creationTimestamp ||= before.metadata.creationTimestamp!
  for (const field of ['generation', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
    const value = before.metadata[field]
    if (value !== undefined) metadata[field] = value as never
    else if (field === 'generation') delete metadata[field]
  }
  const owners = subresource ? old.managed : ownersGiven(old.managed, metadata.managedFields)
  delete metadata.managedFields
  metadata.resourceVersion = before.metadata.resourceVersion!
  const review = { call, operation: 'UPDATE', object, old: before, subresource } as const
  admit(review)

  const rules =
    subresource === 'status' ? kind.status : (subresource && kind.subresources?.[subresource]) || kind
  rules?.prepareForUpdate?.(object, before, context)
  const errors = rules?.validateUpdate?.(object, before) ?? []
  if (errors.length) throw invalid(kind, name, errors)
  if (rules === kind && isHeard(call) && kind.warnings) call.warnings.push(...kind.warnings(object, before))
  validateAdmission(review)
  allocate(review)

  if ((managed ?? owners) === old.managed && equalJson(object, before)) return old
  const fields = managed ?? Ownership.updated(call, { ...old, managed: owners }, object)
  if (call.dryRun) return { object, managed: fields }
  checkStoredSize(call.request, object)
  metadata.resourceVersion = server.store.nextVersion()
  const next: Stored = { object, managed: fields }
  const key = storeKey(metadata.namespace, name)
  if (metadata.deletionTimestamp && !metadata.finalizers?.length && finishDeletion(call, key, next))
    return next
  return server.store.put(call.table, key, next)
}
