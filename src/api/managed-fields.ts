// Who owns which field of an object: metadata.managedFields. Kept beside the object as sets and written out only for
// those who ask for them. k8s.io/apimachinery/pkg/util/managedfields/internal: managedfieldsupdater.go, stripmeta.go,
// structuredmerge.go, managedfields.go.

import { decode } from '../kinds/machinery/decode.ts'
import type { AnyObject, ManagedFieldsEntry } from '../kinds/object.ts'
import { structType } from '../kinds/schema.ts'
import type { Call } from './call.ts'
import {
  difference,
  type FieldSet,
  isEmptySet,
  isLeaf,
  recursiveDifference,
  setOfPaths,
  sortedSet,
  union,
} from './patch/field-set.ts'
import { type Comparison, compare } from './patch/typed.ts'
import { type Resource, toVersion } from './registry.ts'
import type { Stored } from './store.ts'

export interface Manager {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly subresource: string
  readonly time: string
  readonly fields: FieldSet
}
export type ManagedFields = readonly Manager[]

/** Fields of the metadata that nobody owns. */
const unowned = setOfPaths(
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map(field => ['f:metadata', `f:${field}`]),
)

const statusFields = setOfPaths(['f:status'])
const allButStatus = setOfPaths(
  ['f:spec'],
  ['f:metadata', 'f:deletionTimestamp'],
  ['f:metadata', 'f:ownerReferences'],
)

/** Fields that a write through this resource or subresource does not set. */
export function resetFields({ resource, subresource }: Call): FieldSet | undefined {
  if (!resource.rules.status) return undefined
  return subresource === 'status' ? allButStatus : subresource ? undefined : statusFields
}

export const stripFields = (call: Call, fields: FieldSet): FieldSet => {
  const reset = resetFields(call)
  const owned = withoutMetadataItself(difference(fields, unowned))
  return reset ? recursiveDifference(owned, reset) : owned
}

/** `metadata` as a whole is nobody's, whatever stands in it. */
function withoutMetadataItself(fields: FieldSet): FieldSet {
  const metadata = fields['f:metadata']
  if (!metadata || !('.' in metadata || isLeaf(metadata))) return fields
  const { '.': _, ...rest } = metadata
  const { 'f:metadata': __, ...others } = fields
  return isLeaf(rest) ? others : { ...others, 'f:metadata': rest }
}

export const sameManager = (a: Manager, b: Omit<Manager, 'fields' | 'time'>): boolean =>
  a.manager === b.manager &&
  a.operation === b.operation &&
  a.subresource === b.subresource &&
  (a.operation === 'Apply' || a.apiVersion === b.apiVersion)

/** Fields of a new object: what it has more than an empty one of its kind. */
export function createdFields(call: Call, object: AnyObject): ManagedFields {
  const { resource } = call
  return addOwner(
    call,
    [],
    compare(structType(resource.schema), emptyObject(resource), toVersion(resource, object)),
  )
}

/** The new owners after an update of `old` to `object`. */
export function updatedFields(call: Call, old: Stored, object: AnyObject): ManagedFields | undefined {
  if (!old.managed) return undefined // an object that was never tracked stays so until it is applied
  const { resource } = call
  const changes = compare(
    structType(resource.schema),
    toVersion(resource, old.object),
    toVersion(resource, object),
  )
  return addOwner(call, takeFromOthers(old.managed, changes), changes)
}

const empties = new Map<string, object>()
export function emptyObject({ schema }: Resource): object {
  let empty = empties.get(schema)
  if (!empty) empties.set(schema, (empty = decode(schema, null).object as object))
  return empty
}

/** Takes what changed from all owners; an owner without a field left is gone. */
export function takeFromOthers(
  managed: ManagedFields,
  { added, modified, removed }: Comparison,
): ManagedFields {
  const changed = union(union(added, modified), removed)
  if (isEmptySet(changed)) return managed
  return managed
    .map(owner => {
      const fields = difference(owner.fields, changed)
      return fields === owner.fields ? owner : { ...owner, fields }
    })
    .filter(owner => !isEmptySet(owner.fields))
}

function addOwner(call: Call, managed: ManagedFields, { added, modified }: Comparison): ManagedFields {
  const fields = stripFields(call, union(added, modified))
  if (isEmptySet(fields)) return managed
  const writer: Manager = {
    manager: call.manager,
    operation: 'Update',
    apiVersion: call.resource.apiVersion,
    subresource: call.subresource ?? '',
    time: call.server.engine.timestamp,
    fields,
  }
  const before = managed.find(owner => sameManager(owner, writer))
  if (!before) return [...managed, writer]
  return managed.map(owner =>
    owner === before ? { ...writer, fields: union(before.fields, fields) } : owner,
  )
}

const order = (a: Manager, b: Manager): number =>
  compareText(a.operation, b.operation) ||
  compareText(a.time, b.time) ||
  compareText(a.manager, b.manager) ||
  compareText(a.apiVersion, b.apiVersion) ||
  compareText(a.subresource, b.subresource)
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const written = new WeakMap<ManagedFields, ManagedFieldsEntry[]>()

/** As they stand in the object's metadata. */
export function writeManagedFields(managed: ManagedFields): ManagedFieldsEntry[] {
  let entries = written.get(managed)
  if (!entries) {
    entries = [...managed]
      .sort(order)
      .map(({ manager, operation, apiVersion, subresource, time, fields }) => ({
        manager,
        operation,
        apiVersion,
        time,
        fieldsType: 'FieldsV1',
        fieldsV1: sortedSet(fields) as Record<string, unknown>,
        ...(subresource && { subresource }),
      }))
    written.set(managed, entries)
  }
  return entries
}
