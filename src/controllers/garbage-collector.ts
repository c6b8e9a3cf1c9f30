// The garbage collector: deletes objects whose owners are gone, and carries out foreground and orphaning deletion.
// It keeps one graph of all objects by uid; the API is asked before anything is deleted.
// Rules: pkg/controller/garbagecollector/{garbagecollector,graph_builder}.go. Left out: events, which nothing owns.

import type { ResourceClient } from '../api/client.ts'
import { isConflict, isNotFound } from '../api/errors.ts'
import { Informer } from '../api/informer.ts'
import { findKind, kinds } from '../kinds/index.ts'
import type { Kind } from '../kinds/kind.ts'
import type { KubeObject, ObjectMeta, OwnerReference } from '../kinds/object.ts'
import type { CustomResourceDefinition } from '../kinds/schema/types.ts'
import { type StartController, SyncError, WorkQueue } from './controller.ts'
import { type DeletableKind, definedKind, definedKinds, definitions } from './custom-kinds.ts'
import { ignoreNotFound } from './endpoints.ts'

/** `deployments.apps`, with the version where it is not v1, as clients name resources. */
export const resourceOf = ({ plural, group, version }: DeletableKind): string =>
  plural + (group && `.${group}`) + (version === 'v1' ? '' : `/${version}`)

/** Kinds whose objects the collector follows, watched from the start as in a real cluster. */
export const collectable = (): Kind[] =>
  kinds.filter(
    ({ verbs, kind }) => kind !== 'Event' && ['list', 'watch', 'delete'].every(verb => verbs.includes(verb)),
  )

interface Node {
  readonly resource: string
  /** Of a defined kind: it takes no strategic patches. */
  readonly custom: boolean
  object: KubeObject
}

const foreground = 'foregroundDeletion'
const orphan = 'orphan'
const none: readonly OwnerReference[] = []

const ownersOf = (object: KubeObject): readonly OwnerReference[] => object.metadata.ownerReferences ?? none
const finalizersOf = (object: KubeObject): readonly string[] => object.metadata.finalizers ?? []
const isDeletingDependents = (object: KubeObject): boolean =>
  !!object.metadata.deletionTimestamp && finalizersOf(object).includes(foreground)

export const startGarbageCollector: StartController = context => {
  const { client, informers } = context
  const nodes = new Map<string, Node>()
  const dependents = new Map<string, Set<string>>()
  const toDelete = new WorkQueue(context, attemptToDelete)
  const toOrphan = new WorkQueue(context, orphanDependents)
  for (const kind of collectable()) {
    const resource = resourceOf(kind)
    informers.of(resource).handle({
      add: object => follow(resource, undefined, object),
      update: (old, object) => follow(resource, old, object),
      delete: forget,
    })
  }
  followDefinitions()

  /** The objects of defined kinds are watched as long as their definition is served. */
  function followDefinitions(): void {
    const monitors = new Map<string, { resource: string; informer: Informer }>()
    const unwatch = (name: string) => {
      const monitor = monitors.get(name)
      monitors.delete(name)
      if (!monitor) return
      for (const object of monitor.informer.all()) forget(object)
      monitor.informer.stop()
    }
    const watch = (definition: CustomResourceDefinition) => {
      const { name } = definition.metadata
      const kind = definedKind(definition)
      const resource = kind && resourceOf(kind)
      if (monitors.get(name)?.resource === resource) return
      unwatch(name)
      if (!resource) return
      const informer = new Informer(context.engine, client, resource, {})
      monitors.set(name, { resource, informer })
      informer.handle({
        add: object => follow(resource, undefined, object, true),
        update: (old, object) => follow(resource, old, object, true),
        delete: forget,
      })
    }
    informers.of(definitions).handle({
      add: watch,
      update: (_old, definition) => watch(definition),
      delete: definition => unwatch(definition.metadata.name),
    })
  }

  function follow(resource: string, old: KubeObject | undefined, object: KubeObject, custom = false): void {
    const uid = object.metadata.uid!
    const node = nodes.get(uid)
    if (node) node.object = object
    else nodes.set(uid, { resource, object, custom })
    const owners = ownersOf(object)
    if (!old || ownersOf(old) !== owners) {
      if (old) for (const owner of ownersOf(old)) unlink(owner.uid, uid)
      for (const owner of owners) {
        let set = dependents.get(owner.uid)
        if (!set) dependents.set(owner.uid, (set = new Set()))
        set.add(uid)
        // An owner that is not known may be gone; the API will tell.
        if (!nodes.has(owner.uid)) toDelete.add(uid)
      }
      // Whoever waited for this dependent need not wait any longer.
      if (old) for (const { uid: owner } of ownersOf(old)) if (isWaiting(owner)) toDelete.add(owner)
    }
    if (!object.metadata.deletionTimestamp) return
    if (finalizersOf(object).includes(orphan)) toOrphan.add(uid)
    else if (finalizersOf(object).includes(foreground)) {
      for (const dependent of dependents.get(uid) ?? []) toDelete.add(dependent)
      toDelete.add(uid)
    }
  }

  const isWaiting = (uid: string): boolean => {
    const node = nodes.get(uid)
    return !!node && isDeletingDependents(node.object)
  }

  function unlink(owner: string, dependent: string): void {
    const set = dependents.get(owner)
    set?.delete(dependent)
    if (set?.size === 0) dependents.delete(owner)
  }

  function forget(object: KubeObject): void {
    const uid = object.metadata.uid!
    nodes.delete(uid)
    for (const owner of ownersOf(object)) {
      unlink(owner.uid, uid)
      if (isWaiting(owner.uid)) toDelete.add(owner.uid)
    }
    for (const dependent of dependents.get(uid) ?? []) toDelete.add(dependent)
  }

  function attemptToDelete(uid: string): undefined {
    const node = nodes.get(uid)
    if (!node) return
    const resource = client.resource(node.resource)
    const { namespace = '', name } = node.object.metadata
    const object = resource.find(namespace, name)
    if (!object || object.metadata.uid !== uid) return
    const waits = isDeletingDependents(object)
    if (object.metadata.deletionTimestamp && !waits) return
    if (waits) {
      processDeletingDependents(resource, object)
      return
    }
    const owners = ownersOf(object)
    if (owners.length === 0) return
    const solid: OwnerReference[] = []
    const dangling: string[] = []
    let waiting = 0
    for (const owner of owners) {
      const found = findOwner(owner, namespace)
      if (!found) dangling.push(owner.uid)
      else if (isDeletingDependents(found) && owner.blockOwnerDeletion) {
        waiting++
        dangling.push(owner.uid)
      } else solid.push(owner)
    }
    if (dangling.length === 0) return
    if (solid.length > 0) {
      removeOwners(node, object, dangling)
      return
    }
    let propagationPolicy: 'Foreground' | 'Background' | 'Orphan' = 'Background'
    if (waiting > 0 && dependents.get(uid)?.size) {
      // Dependents that wait for their own dependents would wait for this one, and it for them.
      for (const dependent of dependents.get(uid)!) if (isWaiting(dependent)) unblock(dependent, uid)
      propagationPolicy = 'Foreground'
    } else if (finalizersOf(object).includes(orphan)) propagationPolicy = 'Orphan'
    else if (finalizersOf(object).includes(foreground)) propagationPolicy = 'Foreground'
    const { resourceVersion } = object.metadata
    ignoreNotFound(() =>
      resource.delete(namespace, name, {
        propagationPolicy,
        preconditions: { uid, ...(resourceVersion && { resourceVersion }) },
      }),
    )
  }

  /** The object that a reference means, from the graph or the API. */
  function findOwner(
    { uid, apiVersion, kind, name }: OwnerReference,
    namespace: string,
  ): KubeObject | undefined {
    const known = nodes.get(uid)
    if (known) return known.object
    const slash = apiVersion.indexOf('/')
    const group = slash < 0 ? '' : apiVersion.slice(0, slash)
    const served: DeletableKind | undefined =
      findKind(group, apiVersion.slice(slash + 1), kind)?.kind ??
      definedKinds(informers.of(definitions)).find(each => each.group === group && each.kind === kind)
    if (!served) throw new SyncError(`no kind ${kind} in ${apiVersion}`)
    const owner = client.resource(resourceOf(served)).find(served.namespaced ? namespace : '', name)
    return owner?.metadata.uid === uid ? owner : undefined
  }

  /** An object that goes after its dependents: it goes when those that block it are gone. */
  function processDeletingDependents(resource: ResourceClient, object: KubeObject): void {
    const uid = object.metadata.uid!
    let blocked = false
    for (const dependent of dependents.get(uid) ?? []) {
      const node = nodes.get(dependent)
      if (!node) continue
      if (!ownersOf(node.object).some(o => o.uid === uid && o.blockOwnerDeletion)) continue
      blocked = true
      if (!isDeletingDependents(node.object)) toDelete.add(dependent)
    }
    if (!blocked) removeFinalizer(resource, object, foreground)
  }

  function orphanDependents(uid: string): undefined {
    const node = nodes.get(uid)
    if (!node) return
    for (const dependent of dependents.get(uid) ?? []) {
      const each = nodes.get(dependent)
      if (each) ignoreNotFound(() => removeOwners(each, each.object, [uid]))
    }
    removeFinalizer(client.resource(node.resource), node.object, orphan)
  }

  function removeOwners(
    { resource, custom }: Node,
    { metadata }: KubeObject,
    owners: readonly string[],
  ): void {
    const ownerReferences = custom
      ? (metadata.ownerReferences ?? []).filter(({ uid }) => !owners.includes(uid))
      : owners.map(uid => ({ $patch: 'delete', uid }))
    patchOwners(resource, custom, metadata, ownerReferences)
  }

  /** Where lists cannot be merged, the whole list is sent, for the version that it was seen in. */
  function patchOwners(
    resource: string,
    custom: boolean,
    { namespace = '', name, uid, resourceVersion }: ObjectMeta,
    ownerReferences: readonly object[],
  ): void {
    const metadata = { ownerReferences, uid, ...(custom && { resourceVersion }) }
    client.resource(resource).patch(namespace, name, custom ? 'merge' : 'strategic', { metadata })
  }

  function unblock(dependent: string, owner: string): void {
    const node = nodes.get(dependent)
    if (!node) return
    const { metadata } = node.object
    const free = { uid: owner, blockOwnerDeletion: false }
    const ownerReferences = node.custom
      ? ownersOf(node.object).map(each => (each.uid === owner ? { ...each, ...free } : each))
      : [free]
    ignoreNotFound(() => patchOwners(node.resource, node.custom, metadata, ownerReferences))
  }

  function removeFinalizer(resource: ResourceClient, { metadata }: KubeObject, finalizer: string): void {
    for (let attempt = 0; attempt < 5; attempt++) {
      const latest = resource.find(metadata.namespace ?? '', metadata.name)
      if (latest?.metadata.uid !== metadata.uid || !finalizersOf(latest!).includes(finalizer)) return
      const finalizers = finalizersOf(latest!).filter(f => f !== finalizer)
      try {
        resource.update({ ...latest!, metadata: { ...latest!.metadata, finalizers } })
        return
      } catch (error) {
        if (isNotFound(error)) return
        if (!isConflict(error)) throw error
      }
    }
  }
}
