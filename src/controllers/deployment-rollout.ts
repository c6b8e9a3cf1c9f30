// How a deployment gets from one template to the next: rolling, or all at once, and what it says of its progress.
// Rules: pkg/controller/deployment/{rolling,recreate,progress}.go.
import { objectKey } from '../api/informer.ts'
import { findCondition } from '../kinds/machinery/conditions.ts'
import type { Deployment, ReplicaSet, ReplicaSetCondition } from '../kinds/schema/types.ts'
import type { WorkQueue } from './controller.ts'
import type { DeploymentController } from './deployment.ts'
import * as util from './deployment-util.ts'
import { isFinished, wantedPods } from './pods.ts'

export function rolloutRolling(
  controller: DeploymentController,
  d: Deployment,
  sets: readonly ReplicaSet[],
): void {
  const found = controller.findSets(d, sets, true)
  const newSet = found.newSet!
  const all = [...found.old, newSet]
  if (!scaleUpNew(controller, d, newSet, all) && !scaleDownOld(controller, d, newSet, found.old)) {
    if (util.isComplete(d, d.status)) controller.cleanUp(d, found.old)
  }
  syncRolloutStatus(controller, all, newSet, d)
}

function scaleUpNew(
  controller: DeploymentController,
  d: Deployment,
  newSet: ReplicaSet,
  all: ReplicaSet[],
): boolean {
  const wanted = wantedPods(d)
  const size = wantedPods(newSet) > wanted ? wanted : util.newReplicas(d, all, newSet)
  return controller.scaleSet(newSet, size, d).scaled
}

function scaleDownOld(
  controller: DeploymentController,
  d: Deployment,
  newSet: ReplicaSet,
  old: readonly ReplicaSet[],
): boolean {
  const active = old.filter(util.isActiveSet).sort(util.byCreation)
  if (active.length === 0) return false
  const { available } = util
  const minAvailable = wantedPods(d) - util.maxUnavailable(d)
  const newUnavailable = wantedPods(newSet) - available(newSet)
  const allPods = util.total([...old, newSet], wantedPods)
  const most = allPods - minAvailable - newUnavailable
  if (most <= 0) return false

  // Pods that do not work go first: they serve nobody.
  let cleaned = 0
  for (const [i, rs] of active.entries()) {
    if (cleaned >= most) break
    const unhealthy = wantedPods(rs) - available(rs)
    if (unhealthy === 0) continue
    const count = Math.min(most - cleaned, unhealthy)
    active[i] = controller.scaleSet(rs, wantedPods(rs) - count, d).set
    cleaned += count
  }

  const spare = util.total([...active, newSet], available) - minAvailable
  let removed = 0
  for (const rs of active) {
    if (removed >= spare) break
    const size = wantedPods(rs)
    if (size === 0) continue
    const count = Math.min(size, spare - removed)
    controller.scaleSet(rs, size - count, d)
    removed += count
  }
  return cleaned + removed > 0
}

export function rolloutRecreate(
  controller: DeploymentController,
  d: Deployment,
  sets: readonly ReplicaSet[],
): void {
  let { newSet, old } = controller.findSets(d, sets, false)
  let all = [...old, newSet]
  let scaledDown = false
  for (const rs of old.filter(util.isActiveSet))
    scaledDown = controller.scaleSet(rs, 0, d).scaled || scaledDown
  if (scaledDown || oldPodsRun(controller, newSet, old)) {
    syncRolloutStatus(controller, all, newSet, d)
    return
  }
  if (!newSet) {
    ;({ newSet, old } = controller.findSets(d, sets, true))
    all = [...old, newSet]
  }
  controller.scaleSet(newSet!, wantedPods(d), d)
  if (util.isComplete(d, d.status)) controller.cleanUp(d, old)
  syncRolloutStatus(controller, all, newSet, d)
}

function oldPodsRun(
  controller: DeploymentController,
  newSet: ReplicaSet | undefined,
  old: ReplicaSet[],
): boolean {
  if (util.total(old, util.statusReplicas) > 0) return true
  for (const rs of old) {
    if (rs.metadata.uid === newSet?.metadata.uid) continue
    for (const pod of controller.pods.eachByIndex('controller', rs.metadata.uid!))
      if (!isFinished(pod)) return true
  }
  return false
}

/** Puts the counts and conditions of the sets into the deployment's status. */
function syncRolloutStatus(
  controller: DeploymentController,
  all: readonly (ReplicaSet | undefined)[],
  newSet: ReplicaSet | undefined,
  d: Deployment,
): void {
  const now = controller.engine.timestamp
  const status = util.calculateStatus(all, newSet, d, now)
  const current = findCondition(d.status, 'Progressing')
  const settled = status.replicas === status.updatedReplicas && current?.reason === 'NewReplicaSetAvailable'
  if (util.hasDeadline(d) && !settled) {
    const subject = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${d.metadata.name}"`
    const say = (
      value: string,
      reason: string,
      text: string,
      conditions = status.conditions,
      since = now,
    ) => {
      const condition = ['Progressing', value, reason, `${subject} ${text}`] as const
      status.conditions = util.withCondition(conditions, now, condition, since)
    }
    if (util.isComplete(d, status)) {
      say('True', 'NewReplicaSetAvailable', 'has successfully progressed.')
    } else if (util.isProgressing(d, status)) {
      // Each step renews the condition's time, and with it the deadline.
      const others = status.conditions.filter(c => c.type !== 'Progressing')
      const since = current?.status === 'True' ? (current.lastTransitionTime ?? now) : now
      say('True', 'ReplicaSetUpdated', 'is progressing.', others, since)
    } else if (util.isTimedOut(d, status, controller.engine.now)) {
      say('False', 'ProgressDeadlineExceeded', 'has timed out progressing.')
    }
  }
  const failure = replicaFailure([newSet, ...all])
  const others = status.conditions.filter(c => c.type !== 'ReplicaFailure')
  if (!failure) status.conditions = others
  else {
    const old = findCondition(status, 'ReplicaFailure')
    if (old?.status !== failure.status || old?.reason !== failure.reason) {
      const { lastTransitionTime } = old?.status === failure.status ? old : failure
      const { type, status: value, lastTransitionTime: since, reason, message } = failure
      const told = { type, status: value, lastUpdateTime: since, lastTransitionTime, reason, message }
      status.conditions = [...others, told]
    }
  }
  if (!controller.putStatus(d, status)) controller.requeueStuck(d)
}

function replicaFailure(sets: readonly (ReplicaSet | undefined)[]): ReplicaSetCondition | undefined {
  for (const rs of sets) {
    const found = findCondition(rs?.status, 'ReplicaFailure')
    if (found) return found
  }
  return undefined
}

/** Looks again when the deadline for progress will have passed. */
export function requeueStuck(queue: WorkQueue, d: Deployment, now: number): void {
  const current = findCondition(d.status, 'Progressing')
  if (!current || current.reason === 'ProgressDeadlineExceeded' || util.isComplete(d, d.status)) return
  const left = util.untilStuck(d, current, now)
  if (left === undefined) return
  if (left < 1000) queue.addRateLimited(objectKey(d))
  else queue.addAfter(objectKey(d), left + 1000)
}
