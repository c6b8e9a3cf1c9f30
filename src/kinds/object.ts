// The shape that all API objects share. Objects in the store are shared by everyone who reads them: they are never
// changed in place, only replaced by copies (hence the readonly types on the reading side).

import type { EventsV1Event, Served } from './schema/types.ts'

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ManagedFieldsEntry {
  manager: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  time?: string
  fieldsType: 'FieldsV1'
  fieldsV1: Record<string, unknown>
  subresource?: string
}

export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
  managedFields?: ManagedFieldsEntry[]
}

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
}

/** Any object, seen without knowledge of its kind. */
export type AnyObject = KubeObject & Record<string, any>

/** An object of a built-in kind: `kind` tells which type it has. Kinds without a type are none of those, and fall through. */
export type KnownObject = Served[keyof Served]

/** What a client sends of an object: any of its fields may be missing. */
export type Sent<T> = T extends readonly unknown[] | Readonly<Record<string, string>>
  ? T
  : T extends object
    ? { readonly [Field in keyof T]?: Sent<T[Field]> }
    : T

/** `OfKind<'Pod'>`. Events are those of the core group: as such they are stored. */
export type OfKind<Kind extends KnownObject['kind']> = Exclude<
  Extract<KnownObject, { readonly kind: Kind }>,
  EventsV1Event
>

/** Whether an object of the server's is of one of these kinds. */
export const isKind = <Kind extends KnownObject['kind']>(
  object: KubeObject | undefined,
  ...kinds: readonly Kind[]
): object is OfKind<Kind> => object !== undefined && (kinds as readonly string[]).includes(object.kind)

/** What a resource holds, where its name (`pods`, `leases.coordination.k8s.io/v1`) is known as it is written. */
export type ObjectOf<Resource extends string> = Resource extends keyof Served
  ? Served[Resource]
  : Resource extends `${infer Name extends keyof Served}/${string}`
    ? Served[Name]
    : KubeObject
