// The namespace controller: empties a namespace that is being deleted, pods first, then lets it go; what it finds stands
// in the namespace's conditions. Rules: pkg/controller/namespace.

import { parseTime } from '../engine/engine.ts'
import { kinds } from '../kinds/index.ts'
import { equal } from '../kinds/machinery/equality.ts'
import type { Namespace, NamespaceCondition, Pod } from '../kinds/schema/types.ts'
import { type StartController, SyncError, WorkQueue } from './controller.ts'
import { type DeletableKind, definedKinds, definitions } from './custom-kinds.ts'
import { resourceOf } from './garbage-collector.ts'
import { isFinished } from './pods.ts'

/** Informers and admission get this time to learn that the namespace is going (namespace_controller.go). */
const gracePeriodMs = 5000
/** How long content with finalizers is given before the next look. */
const finalizerSeconds = 15

/** A condition whose time is not known yet. */
type Finding = Omit<NamespaceCondition, 'lastTransitionTime'>

interface Remaining {
  readonly resources: Map<string, number>
  readonly finalizers: Map<string, number>
  readonly errors: string[]
}

export const startNamespace: StartController = context => {
  const { client, informers, engine } = context
  const namespaces = informers.of('namespaces')
  const resource = client.resource('namespaces')
  const queue = new WorkQueue(context, sync)
  const enqueue = (namespace: Namespace) => {
    if (namespace.metadata.deletionTimestamp) queue.addAfter(namespace.metadata.name, gracePeriodMs)
  }
  namespaces.handle({ add: enqueue, update: (_old, namespace) => enqueue(namespace) })
  const deletable = kinds.filter(({ namespaced, verbs }) => namespaced && verbs.includes('delete'))
  const pods = deletable.find(({ group, plural }) => group === '' && plural === 'pods')!
  const own = deletable.filter(kind => kind !== pods)
  const defined = informers.of(definitions)

  function sync(name: string): undefined {
    const namespace = resource.find('', name)
    if (!namespace?.metadata.deletionTimestamp || !namespace.spec?.finalizers?.length) return
    const remaining: Remaining = { resources: new Map(), finalizers: new Map(), errors: [] }
    let estimate = empty(pods, namespace, remaining)
    const podsLeft = remaining.resources.size > 0
    const others = podsLeft ? [] : [...own, ...definedKinds(defined).filter(kind => kind.namespaced)]
    for (const kind of others) estimate = Math.max(estimate, empty(kind, namespace, remaining))
    const conditions = conditionsOf(
      podsLeft ? { ...remaining, resources: new Map(), finalizers: new Map() } : remaining,
    )
    report(namespace, conditions)
    if (estimate > 0) queue.addAfter(name, (Math.floor(estimate / 2) + 1) * 1000)
    else if (remaining.errors.length) throw new SyncError(remaining.errors.join(', '))
    else finalize(name)
  }

  /** Deletes all objects of a kind; seconds until those that are left should be gone. */
  function empty(
    kind: DeletableKind,
    namespace: Namespace,
    { resources, finalizers, errors }: Remaining,
  ): number {
    const { name, deletionTimestamp } = namespace.metadata
    const objects = client.resource(resourceOf(kind))
    const before = kind === pods ? client.resource<Pod>('pods').list({ namespace: name }) : []
    const grace = Math.max(
      0,
      ...before.map(pod => (isFinished(pod) ? 0 : (pod.spec.terminationGracePeriodSeconds ?? 0))),
    )
    const passed = (engine.now - parseTime(deletionTimestamp!)) / 1000
    const estimate = passed >= grace ? 0 : grace
    try {
      if (kind.verbs.includes('deletecollection')) {
        objects.deleteCollection({ namespace: name }, { propagationPolicy: 'Background' })
      } else {
        for (const { metadata } of objects.list({ namespace: name })) objects.delete(name, metadata.name)
      }
    } catch (error) {
      errors.push((error as Error).message)
      return estimate
    }
    const left = kind.verbs.includes('list') ? objects.list({ namespace: name }) : []
    if (left.length === 0) return 0
    resources.set(`${kind.plural}.${kind.group}`, left.length)
    let held = false
    for (const { metadata } of left) {
      for (const finalizer of metadata.finalizers ?? []) {
        held = true
        finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1)
      }
    }
    if (estimate || held) return estimate || finalizerSeconds
    const resourceText = `${kind.group}/${kind.version}, Resource=${kind.plural}`
    errors.push(`unexpected items still remain in namespace: ${name} for gvr: ${resourceText}`)
    return 0
  }

  /** Conditions change their time with their status only. */
  function report(namespace: Namespace, wanted: readonly Finding[]): void {
    const old = namespace.status?.conditions ?? []
    const conditions = wanted.map(condition => {
      const before = old.find(c => c.type === condition.type)
      const lastTransitionTime =
        before?.status === condition.status ? before.lastTransitionTime : engine.timestamp
      const { type, status, reason, message } = condition
      return { type, status, lastTransitionTime, reason, message }
    })
    const others = old.filter(c => !wanted.some(w => w.type === c.type))
    const all = [...others, ...conditions]
    if (equal(all, old)) return
    resource.updateStatus({ ...namespace, status: { ...namespace.status, conditions: all } })
  }

  function finalize(name: string): void {
    const namespace = resource.find('', name)
    if (!namespace) return
    const finalizers = namespace.spec.finalizers?.filter(f => f !== 'kubernetes')
    const body = { ...namespace, spec: { ...namespace.spec, finalizers } }
    client.call({ method: 'PUT', path: resource.path('', name, 'finalize'), body })
  }
}

/** The five conditions; each is False while there is nothing to complain of. */
function conditionsOf({ resources, finalizers, errors }: Remaining): Finding[] {
  const list = (counts: Map<string, number>, text: (name: string, count: number) => string) =>
    [...counts]
      .map(([name, count]) => text(name, count))
      .sort()
      .join(', ')
  const left = list(resources, (name, count) => `${name} has ${count} resource instances`)
  const held = list(finalizers, (name, count) => `${name} in ${count} resource instances`)
  const failed = [...errors].sort().join(', ')
  const condition = (type: string, text: string, bad: [string, string], good: [string, string]) => {
    const [reason, message] = text ? bad : good
    return { type, status: text ? 'True' : 'False', reason, message }
  }
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      '',
      ['', ''],
      ['ResourcesDiscovered', 'All resources successfully discovered'],
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      '',
      ['', ''],
      ['ParsedGroupVersions', 'All legacy kube types successfully parsed'],
    ),
    condition(
      'NamespaceDeletionContentFailure',
      failed,
      ['ContentDeletionFailed', `Failed to delete all resource types, ${errors.length} remaining: ${failed}`],
      ['ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
    ),
    condition(
      'NamespaceContentRemaining',
      left,
      ['SomeResourcesRemain', `Some resources are remaining: ${left}`],
      ['ContentRemoved', 'All content successfully removed'],
    ),
    condition(
      'NamespaceFinalizersRemaining',
      held,
      ['SomeFinalizersRemain', `Some content in the namespace has finalizers remaining: ${held}`],
      ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
    ),
  ]
}
