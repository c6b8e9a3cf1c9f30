// The replica set controller, which also keeps replication controllers: as many pods as asked for, no matter what
// happens to them. Rules: pkg/controller/replicaset/{replica_set,replica_set_utils}.go.
import { objectKey } from '../api/informer.ts'
import { decode, writeStruct } from '../kinds/machinery/decode.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { type LabelTest, matchesMap, selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { ReplicaSet, ReplicaSetCondition, ReplicationController } from '../kinds/schema/types.ts'
import { claim, controllerRef, Expectations, indexByController, ownerOf } from './claim.ts'
import {
  type ControllerContext,
  RateLimit,
  recorderFor,
  type StartController,
  WorkQueue,
} from './controller.ts'
import { isNamespaceEnding, PodControl, podFromTemplate } from './pod-control.ts'
import { podTally } from './pod-tally.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'

type AnySet = ReplicaSet | ReplicationController

interface Flavour<T extends AnySet> {
  readonly resource: string
  readonly kind: string
  /** The schema of its status. */
  readonly status: string
  readonly component: string
  readonly matcher: (set: T) => LabelTest
  /** Replication controllers do not count terminating pods. */
  readonly countsTerminating: boolean
}

const replicaSets: Flavour<ReplicaSet> = {
  resource: 'replicasets.apps',
  kind: 'ReplicaSet',
  status: 'io.k8s.api.apps.v1.ReplicaSetStatus',
  component: 'replicaset-controller',
  matcher: set => selectorMatcher(set.spec.selector),
  countsTerminating: true,
}

const replicationControllers: Flavour<ReplicationController> = {
  resource: 'replicationcontrollers',
  kind: 'ReplicationController',
  status: 'io.k8s.api.core.v1.ReplicationControllerStatus',
  component: 'replication-controller',
  matcher: set => labels => !!set.spec.selector && matchesMap(set.spec.selector, labels),
  countsTerminating: false,
}

export const startReplicaSet: StartController = context => start(context, replicaSets)
export const startReplicationController: StartController = context => start(context, replicationControllers)

/** The most pods that one sync creates or deletes. */
const burst = 500

function start<T extends AnySet>(context: ControllerContext, flavour: Flavour<T>): void {
  const { client, informers, engine } = context
  const sets = informers.of<T>(flavour.resource)
  const podInformer = informers.of('pods')
  indexByController(podInformer)
  indexByController(sets)
  const setClient = client.resource<T>(flavour.resource)
  const tally = podTally(podInformer)
  const control = new PodControl(client, recorderFor(context, flavour.component))
  const expectations = new Expectations()
  const limit = new RateLimit(engine)
  const queue = new WorkQueue(context, sync, { cost: 0.05 })

  const enqueue = (set: T | undefined) => set && queue.add(objectKey(set))
  const owner = (pod: Pod) => ownerOf(pod, sets, flavour.kind)
  const orphan = (pod: Pod) => {
    for (const set of sets.eachByIndex('namespace', pod.metadata.namespace ?? '')) {
      if (flavour.matcher(set)(pod.metadata.labels)) enqueue(set)
    }
  }
  const gone = (pod: Pod) => {
    const set = owner(pod)
    if (!set) return
    expectations.deleted(objectKey(set), pod)
    enqueue(set)
  }
  sets.handle({
    add: enqueue,
    update(old, set) {
      if (old.metadata.uid !== set.metadata.uid) expectations.forget(objectKey(old))
      enqueue(set)
    },
    delete(set) {
      expectations.forget(objectKey(set))
      enqueue(set)
    },
  })
  podInformer.handle({
    add(pod) {
      if (pod.metadata.deletionTimestamp) return gone(pod)
      if (!controllerRef(pod)) return orphan(pod)
      const set = owner(pod)
      if (!set) return
      expectations.created(objectKey(set))
      enqueue(set)
    },
    update(old, pod) {
      const relabelled =
        old.metadata.labels !== pod.metadata.labels && !equal(old.metadata.labels, pod.metadata.labels)
      if (pod.metadata.deletionTimestamp) {
        gone(pod)
        if (relabelled) gone(old)
        return
      }
      const ref = controllerRef(pod)
      const moved = !equal(ref, controllerRef(old))
      if (moved) enqueue(owner(old))
      if (!ref) {
        if (moved || relabelled) orphan(pod)
        return
      }
      const set = owner(pod)
      if (!set) return
      enqueue(set)
      const { minReadySeconds } = set.spec
      if (minReadySeconds && !pods.isReady(old) && pods.isReady(pod)) {
        queue.addAfter(objectKey(set), minReadySeconds * 1000)
      }
    },
    delete: gone,
  })

  function sync(key: string): number {
    const set = sets.get(key)
    if (!set) {
      expectations.forget(key)
      return 1
    }
    const mayManage = expectations.satisfied(key)
    let active: Pod[] | undefined
    const claimed = () => (active ??= claimPods(set))
    const counts = quickCounts(set) ?? countPods(set, claimed(), engine.now)
    let failure: unknown
    if (mayManage && !set.metadata.deletionTimestamp) {
      try {
        manage(key, set, counts.replicas, claimed)
      } catch (error) {
        failure = error
      }
    }
    const status = calculateStatus(set, counts, terminatingPods(set), failure, engine.timestamp)
    if (statusChanged(set, status))
      setClient.updateStatus({ ...set, status: writeStruct(flavour.status, status) }, undefined, true)
    if (failure) throw failure
    const { minReadySeconds = 0 } = set.spec
    if (minReadySeconds > 0 && status.readyReplicas !== status.availableReplicas) {
      const since = claimed()
        .map(pods.readySince)
        .filter(s => s !== undefined)
      const next = since.map(s => s + minReadySeconds * 1000 - engine.now).filter(left => left > 0)
      queue.addAfter(key, next.length ? Math.min(...next) : minReadySeconds * 1000)
    }
    return counts.replicas + 1
  }

  const claimPods = (set: T): Pod[] =>
    claim({
      owner: set,
      informer: podInformer,
      client: control.pods,
      owners: setClient,
      matches: flavour.matcher(set),
      filter: pods.isActive,
    })

  /** The counts without a look at each pod; undefined where one is to be adopted or let go, or must be ready for a time. */
  function quickCounts(set: T): Counts | undefined {
    const { metadata, spec } = set
    if (spec.minReadySeconds) return undefined
    const matches = flavour.matcher(set)
    for (const pod of podInformer.eachByIndex('orphan', metadata.namespace ?? ''))
      if (matches(pod.metadata.labels)) return undefined
    const labels = spec.template?.metadata?.labels
    const counts = { replicas: 0, fullyLabeledReplicas: 0, readyReplicas: 0, availableReplicas: 0 }
    for (const group of tally.of(metadata.uid!)) {
      if (!group.active) continue
      if (!matches(group.labels)) return undefined
      counts.replicas += group.active
      if (matchesMap(labels, group.labels)) counts.fullyLabeledReplicas += group.active
      counts.readyReplicas += group.ready
    }
    counts.availableReplicas = counts.readyReplicas
    return counts
  }

  function terminatingPods(set: T): number | undefined {
    if (!flavour.countsTerminating) return undefined
    const matches = flavour.matcher(set)
    let terminating = 0
    for (const group of tally.of(set.metadata.uid!))
      if (group.terminating && matches(group.labels)) terminating += group.terminating
    return terminating
  }

  function manage(key: string, set: T, replicas: number, active: () => Pod[]): void {
    const missing = pods.wantedPods(set) - replicas
    const wanted = Math.min(Math.abs(missing), burst)
    const allowed = limit.take(wanted)
    if (allowed < wanted) queue.addAfter(key, limit.pause)
    if (allowed === 0) return
    if (missing > 0) createPods(key, set, allowed)
    else deletePods(key, set, active(), allowed)
  }

  /** Batches of 1, 2, 4 … so that what fails for all (a quota) is not tried for each. */
  function createPods(key: string, set: T, count: number): void {
    // Validation lets none be without.
    if (!set.spec.template) return
    expectations.expectCreations(key, count)
    // Decoded once for all.
    const template = decode('io.k8s.api.core.v1.Pod', podFromTemplate(set.spec.template, set)).object
    let left = count
    for (let batch = 1; left > 0; batch *= 2) {
      const size = Math.min(batch, left)
      let failure: unknown
      let failed = 0
      for (let i = 0; i < size; i++) {
        try {
          control.create(template, set, true)
        } catch (error) {
          // A failure to create in a namespace that ends is no failure; the pods stay expected, as in the real one.
          if (isNamespaceEnding(error)) continue
          failure ??= error
          failed++
        }
      }
      left -= size
      if (failure) {
        expectations.created(key, left + failed)
        throw failure
      }
    }
  }

  function deletePods(key: string, set: T, active: Pod[], count: number): void {
    const chosen = choose(set, active, count)
    expectations.expectDeletions(key, chosen)
    const failure = control.deleteExpected(chosen, set, expectations, key)
    if (failure) throw failure
  }

  /** The pods to delete: those that share their node with more pods of the same owner's sets go first. */
  function choose(set: T, active: Pod[], count: number): Pod[] {
    if (count >= active.length) return active
    const perNode = new Map<string, number>()
    for (const related of setsOfSameOwner(set)) {
      for (const pod of podInformer.eachByIndex('controller', related.metadata.uid!)) {
        if (!pods.isActive(pod)) continue
        const node = pod.spec.nodeName ?? ''
        perNode.set(node, (perNode.get(node) ?? 0) + 1)
      }
    }
    const rank = (pod: Pod) => perNode.get(pod.spec.nodeName ?? '') ?? 0
    return [...active].sort(pods.compareForDeletion(rank, engine.now)).slice(0, count)
  }

  function setsOfSameOwner(set: T): T[] {
    const ref = controllerRef(set)
    return ref ? sets.byIndex('controller', ref.uid) : [set]
  }
}

interface Counts {
  replicas: number
  fullyLabeledReplicas: number
  readyReplicas: number
  availableReplicas: number
}

/** What both kinds say of their pods; replication controllers leave the terminating ones out. */
interface Status extends Counts {
  terminatingReplicas?: number
  observedGeneration?: number
  conditions?: ReplicaSetCondition[]
}

function countPods(set: AnySet, active: readonly Pod[], now: number): Counts {
  const { minReadySeconds = 0, template } = set.spec
  const labels = template?.metadata?.labels
  const counts = { replicas: active.length, fullyLabeledReplicas: 0, readyReplicas: 0, availableReplicas: 0 }
  for (const pod of active) {
    if (matchesMap(labels, pod.metadata.labels)) counts.fullyLabeledReplicas++
    if (!pods.isReady(pod)) continue
    counts.readyReplicas++
    if (pods.isAvailable(pod, minReadySeconds, now)) counts.availableReplicas++
  }
  return counts
}

function calculateStatus(
  set: AnySet,
  counts: Counts,
  terminating: number | undefined,
  failure: unknown,
  timestamp: string,
): Status {
  let conditions: ReplicaSetCondition[] | undefined = set.status?.conditions
  const known = conditions?.some(c => c.type === 'ReplicaFailure')
  if (failure && !known) {
    const reason = counts.replicas < pods.wantedPods(set) ? 'FailedCreate' : 'FailedDelete'
    const { message } = failure as Error
    const condition = {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: timestamp,
      reason,
      message,
    }
    conditions = [...(conditions ?? []), condition]
  } else if (!failure && known) {
    conditions = conditions?.filter(c => c.type !== 'ReplicaFailure')
  }
  return {
    ...counts,
    terminatingReplicas: terminating,
    observedGeneration: set.metadata.generation,
    conditions,
  }
}

const countFields = ['replicas', 'fullyLabeledReplicas', 'readyReplicas', 'availableReplicas'] as const

function statusChanged({ status, metadata }: AnySet, next: Status): boolean {
  const old: Partial<Status> = status ?? {}
  return (
    countFields.some(field => (old[field] ?? 0) !== next[field]) ||
    old.terminatingReplicas !== next.terminatingReplicas ||
    metadata.generation !== old.observedGeneration ||
    (old.conditions !== next.conditions && !equal(old.conditions, next.conditions))
  )
}
