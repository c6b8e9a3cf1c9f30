// Who owns which field of an object: metadata.managedFields. Kept beside the object and worked out only for those who
// ask for it. k8s.io/apimachinery/pkg/util/managedfields/internal: managedfieldsupdater.go, stripmeta.go,
// structuredmerge.go, managedfields.go.

import { decode } from '../kinds/machinery/decode.ts'
import type { KubeObject, ManagedFieldsEntry, ObjectMeta } from '../kinds/object.ts'
import { structType } from '../kinds/schema.ts'
import type { Call } from './call.ts'
import { equalJson, isObject } from './json.ts'
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
function resetFields({ resource, subresource }: Call): FieldSet | undefined {
  if (!resource.rules.status) return undefined
  return subresource === 'status' ? allButStatus : subresource ? undefined : statusFields
}

export const stripFields = (call: Call, fields: FieldSet): FieldSet => ownable(fields, resetFields(call))

function ownable(fields: FieldSet, reset: FieldSet | undefined): FieldSet {
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

/** Pending writes of one object after which its owners are worked out, so that old states are not kept for long. */
const maxPending = 8

/** One object for each write, as there are many that nobody ever asks for. */
interface PendingWrite {
  readonly previous: Ownership | undefined
  readonly resource: Resource
  readonly manager: string
  readonly subresource: string
  readonly time: string
  readonly reset: FieldSet | undefined
  /** As it was stored; undefined: nothing was. */
  readonly before: Stored['object'] | undefined
  /** As it is stored; of a new object the body of its request, which is decoded anew. */
  readonly after: unknown
  readonly isRequest: boolean
}

/**
 * The owners of an object's fields. Components write often and nobody looks: a write is noted down, and what it means
 * for the owners is worked out when somebody asks.
 */
export class Ownership {
  #managers: ManagedFields | undefined
  #pending: PendingWrite | undefined
  readonly #depth: number
  /** The field manager that made the write, where it was an update. */
  readonly writer: string | undefined

  private constructor(managers: ManagedFields | undefined, pending: PendingWrite | undefined, depth: number) {
    this.writer = pending?.manager
    this.#managers = managers
    this.#pending = pending
    this.#depth = depth
  }

  static of(managers: ManagedFields): Ownership {
    return new Ownership(managers, undefined, 0)
  }

  /** Of a new object: its creator owns what the request says more than an empty object (not what admission adds). */
  static created(call: Call): Ownership {
    return Ownership.#noted(call, undefined, undefined, call.body, true)
  }

  /** Of all fields of an object that nobody kept track of. */
  static untracked(call: Call, object: KubeObject): Ownership {
    return Ownership.#noted(call, undefined, undefined, object)
  }

  /** After an update; an object that was never tracked stays so until it is applied. */
  static updated(call: Call, old: Stored, object: KubeObject): Ownership | undefined {
    return old.managed && Ownership.#noted(call, old.managed, old.object, object)
  }

  static #noted(
    call: Call,
    previous: Ownership | undefined,
    before: Stored['object'] | undefined,
    after: unknown,
    isRequest = false,
  ): Ownership {
    const { resource, manager, subresource = '', server } = call
    const time = server.engine.timestamp
    const reset = resetFields(call)
    const depth = (previous ? previous.#depth : 0) + 1
    const pending = { previous, resource, manager, subresource, time, reset, before, after, isRequest }
    const noted = new Ownership(undefined, pending, depth > maxPending ? 0 : depth)
    if (depth > maxPending) void noted.managers
    return noted
  }

  get managers(): ManagedFields {
    if (this.#managers) return this.#managers
    const { previous, resource, manager, subresource, time, reset, before, after, isRequest } = this.#pending!
    const { apiVersion } = resource
    const writer = { manager, operation: 'Update', apiVersion, subresource, time } as const
    const changes = compare(
      structType(resource.schema),
      before ? toVersion(resource, before) : emptyObject(resource),
      isRequest ? asRequested(resource, after) : toVersion(resource, after as Stored['object']),
    )
    const others = previous ? takeFromOthers(previous.managers, changes) : []
    const fields = ownable(union(changes.added, changes.modified), reset)
    this.#pending = undefined
    this.#managers = addOwner(others, writer, fields)
    return this.#managers
  }
}

/** The request's body as it was before admission: decoded and with its defaults. */
function asRequested(resource: Resource, body: unknown): object {
  const { object } = resource.custom ? resource.custom.decode(body) : decode(resource.schema, body)
  object.apiVersion = resource.apiVersion
  object.kind = resource.kind
  object.metadata ??= {}
  const stored = resource.conversion ? resource.conversion.toStored(object) : object
  resource.rules.defaults?.(stored)
  return toVersion(resource, stored)
}

function addOwner(managed: ManagedFields, writer: Omit<Manager, 'fields'>, fields: FieldSet): ManagedFields {
  if (isEmptySet(fields)) return managed
  const before = managed.find(owner => sameManager(owner, writer))
  if (!before) return [...managed, { ...writer, fields }]
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

/**
 * The owners that an update starts from: those of the stored object, or those that the client sends in their place
 * (kubectl moves fields from one manager to another so; a single empty entry clears them).
 */
export function ownersGiven(
  old: Ownership | undefined,
  given: ObjectMeta['managedFields'],
): Ownership | undefined {
  if (!given?.length || (old && equalJson(given, writeManagedFields(old.managers)))) return old
  if (given.length === 1 && !given[0]!.manager && !given[0]!.operation) return Ownership.of([])
  const managers = given.flatMap(
    ({ manager, operation, apiVersion, time = '', fieldsV1, subresource = '' }) =>
      isObject(fieldsV1)
        ? [{ manager, operation, apiVersion, time, subresource, fields: fieldsV1 as FieldSet }]
        : [],
  )
  return managers.length === given.length && managers.every(m => isFieldSet(m.fields))
    ? Ownership.of(managers)
    : old
}

const isFieldSet = (value: unknown): boolean =>
  isObject(value) && Object.keys(value).every(key => /^(?:\.$|[fkvi]:)/.test(key) && isFieldSet(value[key]))

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
