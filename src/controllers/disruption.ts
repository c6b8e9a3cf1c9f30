// The disruption controller: how many pods of a budget may be evicted now. Rules: pkg/controller/disruption.
import { objectKey } from '../api/informer.ts'
import { parseTime } from '../engine/engine.ts'
import { findCondition } from '../kinds/machinery/conditions.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { scaledValue } from '../kinds/machinery/int-or-percent.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { KubeObject } from '../kinds/object.ts'
import type {
  Deployment,
  PodDisruptionBudget,
  PodDisruptionBudgetStatus,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from '../kinds/schema/types.ts'
import { controllerRef } from './claim.ts'
import { recorderFor, type StartController, WorkQueue } from './controller.ts'
import { isFinished, isReady, type Pod } from './pods.ts'

/** An eviction that was allowed must be seen as a deletion within this time (DeletionTimeout of disruption.go). */
const deletionTimeoutMs = 120_000

/** Kinds with a size that a budget in percent is reckoned from. */
const scaled = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  ReplicationController: 'replicationcontrollers',
} as const

const isScaled = (kind: string): kind is keyof typeof scaled => kind in scaled

type Scaled = Deployment | ReplicaSet | StatefulSet | ReplicationController
/** What was found of a budget's pods. */
type Counts = Pick<
  PodDisruptionBudgetStatus,
  'currentHealthy' | 'desiredHealthy' | 'disruptedPods' | 'expectedPods'
>

export const startDisruption: StartController = context => {
  const { client, informers, engine } = context
  const budgets = informers.of('poddisruptionbudgets.policy')
  const pods = informers.of('pods')
  const resource = client.resource('poddisruptionbudgets.policy')
  const recorder = recorderFor(context, 'controllermanager')
  const queue = new WorkQueue(context, sync)
  const enqueue = (budget: PodDisruptionBudget) => queue.add(objectKey(budget))
  const changed = (pod: Pod) => {
    for (const budget of budgets.eachByIndex('namespace', pod.metadata.namespace ?? '')) {
      if (selectorMatcher(budget.spec.selector)(pod.metadata.labels)) enqueue(budget)
    }
  }
  budgets.handle({ add: enqueue, update: (_old, budget) => enqueue(budget) })
  pods.handle({ add: changed, update: (_old, pod) => changed(pod), delete: changed })
  for (const kind of Object.values(scaled)) {
    informers.of(kind).handle({
      update(old, object) {
        if (old.spec.replicas === object.spec.replicas) return
        for (const budget of budgets.eachByIndex('namespace', object.metadata.namespace ?? ''))
          enqueue(budget)
      },
    })
  }

  function sync(key: string): number {
    const budget = budgets.get(key)
    if (!budget) return 1
    const matches = selectorMatcher(budget.spec.selector)
    const members: Pod[] = []
    for (const pod of pods.eachByIndex('namespace', budget.metadata.namespace!)) {
      if (matches(pod.metadata.labels) && !isFinished(pod)) members.push(pod)
    }
    if (members.length === 0) recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found')
    const { expectedPods, desiredHealthy } = expectations(budget, members)
    const { disruptedPods, recheck } = disrupted(budget, members)
    let currentHealthy = 0
    for (const pod of members) {
      if (!pod.metadata.deletionTimestamp && !(pod.metadata.name in disruptedPods) && isReady(pod))
        currentHealthy++
    }
    write(budget, { expectedPods, desiredHealthy, currentHealthy, disruptedPods })
    if (recheck !== undefined) queue.addAfter(key, recheck)
    return members.length + 1
  }

  function expectations(
    budget: PodDisruptionBudget,
    members: readonly Pod[],
  ): { expectedPods: number; desiredHealthy: number } {
    const { minAvailable, maxUnavailable } = budget.spec
    if (typeof minAvailable === 'number')
      return { expectedPods: members.length, desiredHealthy: minAvailable }
    const sizes = new Map<string, number>()
    for (const pod of members) {
      const owner = rootOf(pod)
      if (owner) sizes.set(owner.metadata.uid!, owner.spec.replicas ?? 0)
    }
    const expectedPods = [...sizes.values()].reduce((sum, size) => sum + size, 0)
    const desiredHealthy =
      maxUnavailable !== undefined
        ? Math.max(0, expectedPods - scaledValue(maxUnavailable, expectedPods, true))
        : scaledValue(minAvailable ?? 0, expectedPods, true)
    return { expectedPods, desiredHealthy }
  }

  /** What gives a pod's set its size: its controller, or the deployment above it. */
  function rootOf(object: KubeObject): Scaled | undefined {
    const ref = controllerRef(object)
    if (!ref || !isScaled(ref.kind)) return undefined
    const owner: Scaled | undefined = informers
      .of(scaled[ref.kind])
      .find(object.metadata.namespace!, ref.name)
    return owner && (rootOf(owner) ?? owner)
  }

  /** Evictions that were allowed and whose pods still seem to be there. */
  function disrupted(budget: PodDisruptionBudget, members: readonly Pod[]) {
    const disruptedPods: Record<string, string> = {}
    let recheck: number | undefined
    for (const pod of members) {
      const time = budget.status?.disruptedPods?.[pod.metadata.name]
      if (!time || pod.metadata.deletionTimestamp) continue
      const left = parseTime(time) + deletionTimeoutMs - engine.now
      if (left <= 0) {
        const message = "Pod was expected by PDB to be deleted but it wasn't"
        recorder.event(pod, 'Warning', 'NotDeleted', message)
        continue
      }
      disruptedPods[pod.metadata.name] = time
      recheck = Math.min(recheck ?? left, left)
    }
    return { disruptedPods, recheck }
  }

  function write(budget: PodDisruptionBudget, counts: Counts): void {
    const { currentHealthy, desiredHealthy, expectedPods, disruptedPods } = counts
    const disruptionsAllowed = expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0
    const { generation } = budget.metadata
    const before = budget.status
    const [reason, value] =
      disruptionsAllowed > 0 ? ['SufficientPods', 'True'] : ['InsufficientPods', 'False']
    const old = findCondition(before, 'DisruptionAllowed')
    const lastTransitionTime = old?.status === value ? old.lastTransitionTime : engine.timestamp
    const condition = {
      type: 'DisruptionAllowed',
      status: value,
      observedGeneration: generation,
      lastTransitionTime,
      reason,
      message: '',
    }
    const status: PodDisruptionBudgetStatus = {
      observedGeneration: generation,
      ...(disruptedPods && Object.keys(disruptedPods).length && { disruptedPods }),
      disruptionsAllowed,
      currentHealthy,
      desiredHealthy,
      expectedPods,
      conditions: [...(before.conditions ?? []).filter(c => c !== old), condition],
    }
    if (!equal(before, status)) resource.updateStatus({ ...budget, status })
  }
}
