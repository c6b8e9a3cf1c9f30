// Who belongs to whom: a controller keeps what it owns and its selector matches, lets go of what no longer matches and
// adopts what matches and has no controller. Rules: pkg/controller/controller_ref_manager.go.
import type { ResourceClient } from '../api/client.ts'
import { isNotFound, isReason } from '../api/errors.ts'
import { controllerUid, type Informer, objectKey } from '../api/informer.ts'
import type { KubeObject, OwnerReference } from '../kinds/object.ts'

const none: readonly string[] = []

/** Indexes that claiming looks up: what an owner controls (`controller`), and what nobody controls (`orphan`, by namespace). */
export function indexByController<T extends KubeObject>(informer: Informer<T>): void {
  informer.addIndex('controller', object => {
    const uid = controllerUid(object)
    return uid ? [uid] : none
  })
  informer.addIndex('orphan', object => (controllerUid(object) ? none : [object.metadata.namespace ?? '']))
}

export function controllerRef(object: KubeObject): OwnerReference | undefined {
  const owners = object.metadata.ownerReferences
  if (owners) for (const owner of owners) if (owner.controller) return owner
  return undefined
}

/** metav1.NewControllerRef. */
export function newControllerRef(owner: KubeObject): OwnerReference {
  const { name, uid } = owner.metadata
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name,
    uid: uid!,
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** The controller of an object among `owners`, if the reference really means it (kind, name and uid). */
export function ownerOf<T extends KubeObject>(
  object: KubeObject,
  owners: Informer<T>,
  kind: string,
): T | undefined {
  const ref = controllerRef(object)
  if (ref?.kind !== kind) return undefined
  const owner = owners.find(object.metadata.namespace ?? '', ref.name)
  return owner?.metadata.uid === ref.uid ? owner : undefined
}

type Patching = Pick<ResourceClient<KubeObject>, 'patch'>

export interface Claim<T extends KubeObject> {
  readonly owner: KubeObject
  readonly informer: Informer<T>
  readonly client: Patching
  readonly owners: Pick<ResourceClient<KubeObject>, 'find'>
  readonly matches: (labels: Record<string, string> | undefined) => boolean
  /** What may be claimed at all (active pods). */
  readonly filter?: (object: T) => boolean
}

/** The objects that belong to the owner, after adopting and letting go. */
export function claim<T extends KubeObject>(of: Claim<T>): T[] {
  const { owner, informer, client, owners, matches, filter } = of
  const { namespace = '', uid, deletionTimestamp } = owner.metadata
  const claimed: T[] = []
  for (const object of informer.byIndex('controller', uid!)) {
    if (filter && !filter(object)) continue
    if (matches(object.metadata.labels)) claimed.push(object)
    else if (!deletionTimestamp) release(client, object, uid!)
  }
  if (deletionTimestamp) return claimed
  let mayAdopt: boolean | undefined
  for (const object of informer.byIndex('orphan', namespace)) {
    if (object.metadata.deletionTimestamp || !matches(object.metadata.labels)) continue
    if (filter && !filter(object)) continue
    // The cache may not know yet that the owner is being deleted.
    if (mayAdopt === undefined) {
      const fresh = owners.find(namespace, owner.metadata.name)
      mayAdopt = fresh?.metadata.uid === uid && !fresh?.metadata.deletionTimestamp
    }
    if (mayAdopt && adopt(client, object, owner)) claimed.push(object)
  }
  return claimed
}

function adopt(client: Patching, object: KubeObject, owner: KubeObject): boolean {
  const { namespace = '', name, uid } = object.metadata
  try {
    const metadata = { ownerReferences: [newControllerRef(owner)], uid }
    client.patch(namespace, name, 'strategic', { metadata })
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}

function release(client: Patching, object: KubeObject, ownerUid: string): void {
  const { namespace = '', name, uid } = object.metadata
  try {
    const metadata = { ownerReferences: [{ $patch: 'delete', uid: ownerUid }], uid }
    client.patch(namespace, name, 'strategic', { metadata })
  } catch (error) {
    // Gone, or another object of that name (Invalid: the uid differs): nothing to let go of.
    if (!isNotFound(error) && !isReason(error, 'Invalid')) throw error
  }
}

/** What a controller expects to see soon in its cache; until then it creates and deletes nothing more. */
export class Expectations {
  readonly #expected = new Map<string, { creations: number; deletions: Set<string> }>()

  expectCreations(key: string, count: number): void {
    this.#expected.set(key, { creations: count, deletions: new Set() })
  }

  expectDeletions(key: string, objects: readonly KubeObject[]): void {
    this.#expected.set(key, { creations: 0, deletions: new Set(objects.map(objectKey)) })
  }

  /** Further creations beside what is expected already. */
  add(key: string, creations: number): void {
    const expected = this.#expected.get(key)
    if (expected) expected.creations += creations
    else this.expectCreations(key, creations)
  }

  created(key: string, count = 1): void {
    const expected = this.#expected.get(key)
    if (expected) expected.creations -= count
  }

  deleted(key: string, object: KubeObject): void {
    this.#expected.get(key)?.deletions.delete(objectKey(object))
  }

  satisfied(key: string): boolean {
    const expected = this.#expected.get(key)
    return !expected || (expected.creations <= 0 && expected.deletions.size === 0)
  }

  forget(key: string): void {
    this.#expected.delete(key)
  }
}
