// POST of a new object: k8s.io/apiserver/pkg/endpoints/handlers/create.go and registry/rest/create.go.
import { loadedKind } from '../../kinds/entry.ts'
import type { KubeObject } from '../../kinds/object.ts'
import { admit, allocate, validateAdmission } from '../admission/chain.ts'
import { type Call, isHeard } from '../call.ts'
import { decodeBody } from '../decode.ts'
import { alreadyExists, badRequest, invalid } from '../errors.ts'
import { Ownership } from '../managed-fields.ts'
import { checkStoredSize } from '../size.ts'
import { type Stored, storeKey } from '../store.ts'

/** What a create does not take from its client. */
const notGiven = [
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'resourceVersion',
] as const

/** Attempts at a made-up name before AlreadyExists is the answer. */
const nameAttempts = 8

export function create(call: Call): Stored {
  return createObject(call, decodeBody(call))
}

export function createObject(call: Call, object: KubeObject, managed?: Stored['managed']): Stored {
  const { resource, server } = call
  const kind = loadedKind(resource.rules)
  const { metadata } = object
  const context = { now: server.engine.now, timestamp: server.engine.timestamp }

  for (const field of notGiven) if (field in metadata) delete metadata[field]
  setNamespace(call, object)
  metadata.uid = server.engine.random.uuid()
  metadata.creationTimestamp = context.timestamp
  const { generateName } = metadata
  const generated = !metadata.name && generateName

  kind.defaults?.(object)
  const review = { call, operation: 'CREATE', object, old: undefined, subresource: undefined } as const
  admit(review)

  if (generated) metadata.name = generatedName(call, generateName)
  kind.prepareForCreate?.(object, context)
  const errors = kind.validate?.(object) ?? []
  if (errors.length) throw invalid(kind, metadata.name ?? '', errors)
  if (isHeard(call) && kind.warnings) call.warnings.push(...kind.warnings(object))
  validateAdmission(review)

  let key = storeKey(metadata.namespace, metadata.name)
  for (let i = 1; call.table.get(key); i++) {
    if (!generated || i === nameAttempts) throw taken(call, key)
    metadata.name = generatedName(call, generateName!)
    key = storeKey(metadata.namespace, metadata.name)
  }
  allocate(review)
  if (call.dryRun) return { object, managed: managed ?? Ownership.created(call) }
  checkStoredSize(call.request, object)
  metadata.resourceVersion = server.store.nextVersion()
  return server.store.put(call.table, key, { object, managed: managed ?? Ownership.created(call) })
}

function taken({ resource, table }: Call, key: string): Error {
  const { metadata } = table.get(key)!.object
  const error = alreadyExists(resource, metadata.name)
  if (metadata.deletionTimestamp) error.status.message = `object is being deleted: ${error.status.message}`
  return error
}

/** names.SimpleNameGenerator: the base is cut so that base and suffix have 63 characters at most. */
const generatedName = (call: Call, base: string): string =>
  base.slice(0, 63 - 5) + call.server.engine.random.suffix(5)

/** rest.EnsureObjectNamespaceMatchesRequestNamespace. */
export function setNamespace(call: Call, object: KubeObject): void {
  const { metadata } = object
  const expected = call.resource.namespaced ? (call.namespace ?? '') : ''
  if (!metadata.namespace || !call.resource.namespaced) {
    if (expected) metadata.namespace = expected
    else delete metadata.namespace
  } else if (metadata.namespace !== expected)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
}
