// The arithmetic of deployments: fenceposts, proportions, conditions and status.
// Rules: pkg/controller/deployment/util/deployment_util.go and calculateStatus in sync.go.
import { parseTime } from '../engine/engine.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { scaledValue } from '../kinds/machinery/int-or-percent.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { DeploymentCondition } from '../kinds/schema/types.ts'

export type Deployment = AnyObject
export type ReplicaSet = AnyObject

export const hashLabel = 'pod-template-hash'
export const revisionAnnotation = 'deployment.kubernetes.io/revision'
export const historyAnnotation = 'deployment.kubernetes.io/revision-history'
export const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas'
export const maxAnnotation = 'deployment.kubernetes.io/max-replicas'

export const isRolling = (d: Deployment): boolean => d.spec.strategy.type === 'RollingUpdate'

/** ResolveFenceposts: at least one pod may be missing where neither surge nor missing pods are allowed. */
function fenceposts(d: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = 0, maxUnavailable = 0 } = d.spec.strategy.rollingUpdate ?? {}
  const surge = scaledValue(maxSurge, d.spec.replicas, true)
  const unavailable = scaledValue(maxUnavailable, d.spec.replicas, false)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

/** Counts are Go's int32: what is too big for them wraps around. */
const int32 = (count: number): number => count | 0

/** As many pods as there may be at once. */
export const mostReplicas = (d: Deployment): number => int32(d.spec.replicas + maxSurge(d))

export const maxSurge = (d: Deployment): number => (isRolling(d) ? fenceposts(d).surge : 0)

export const maxUnavailable = (d: Deployment): number =>
  isRolling(d) && d.spec.replicas > 0 ? Math.min(fenceposts(d).unavailable, d.spec.replicas) : 0

/** Oldest first. */
export const byCreation = (a: ReplicaSet, b: ReplicaSet): number =>
  compare(a.metadata.creationTimestamp!, b.metadata.creationTimestamp!) ||
  compare(a.metadata.name, b.metadata.name)

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const isActiveSet = (rs: ReplicaSet | undefined): rs is ReplicaSet => !!rs && rs.spec.replicas > 0

export const revisionOf = (object: AnyObject): number =>
  Number(object.metadata.annotations?.[revisionAnnotation] ?? 0) || 0

export const total = (
  sets: readonly (ReplicaSet | undefined)[],
  of: (rs: ReplicaSet) => number | undefined,
) => sets.reduce((sum, rs) => sum + (rs ? (of(rs) ?? 0) : 0), 0)

export const specReplicas = (rs: ReplicaSet): number => rs.spec.replicas
export const statusReplicas = (rs: ReplicaSet): number => rs.status?.replicas ?? 0
const available = (rs: ReplicaSet): number => rs.status?.availableReplicas ?? 0

/** What each template was last compared with: a status write leaves the templates the very same objects. */
const compared = new WeakMap<object, { readonly other: object; readonly same: boolean }>()

/** The templates say the same, but for the hash label. */
export function sameTemplate(a: AnyObject['spec'], b: AnyObject['spec']): boolean {
  const last = compared.get(a)
  if (last && last.other === b) return last.same
  const same = templatesEqual(a, b)
  compared.set(a, { other: b, same })
  return same
}

function templatesEqual(a: AnyObject['spec'], b: AnyObject['spec']): boolean {
  const { [hashLabel]: _a, ...labelsA } = a.metadata?.labels ?? {}
  const { [hashLabel]: _b, ...labelsB } = b.metadata?.labels ?? {}
  return (
    equal(labelsA, labelsB) &&
    equal({ ...a.metadata, labels: 0 }, { ...b.metadata, labels: 0 }) &&
    equal(a.spec, b.spec)
  )
}

/** How many pods the new set may have now: as many as surge leaves room for. */
export function newReplicas(
  d: Deployment,
  all: readonly (ReplicaSet | undefined)[],
  newSet: ReplicaSet,
): number {
  if (!isRolling(d)) return d.spec.replicas
  const surge = scaledValue(d.spec.strategy.rollingUpdate?.maxSurge ?? 0, d.spec.replicas, true)
  const room = int32(int32(d.spec.replicas + surge) - int32(total(all, specReplicas)))
  if (room <= 0) return newSet.spec.replicas
  return newSet.spec.replicas + Math.min(room, d.spec.replicas - newSet.spec.replicas)
}

/** How a set shares in a change of the deployment's size, by its own size. */
export function proportion(rs: ReplicaSet, d: Deployment, toAdd: number, added: number): number {
  if (rs.spec.replicas === 0 || toAdd === 0 || toAdd === added) return 0
  const fraction = setFraction(rs, d)
  const allowed = toAdd - added
  return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed)
}

function setFraction(rs: ReplicaSet, d: Deployment): number {
  if (d.spec.replicas === 0) return -rs.spec.replicas
  const before = Number(rs.metadata.annotations?.[maxAnnotation] ?? 0) || statusReplicas(d)
  if (!before) return 0
  const size = (rs.spec.replicas * mostReplicas(d)) / before
  return Math.round(size) - rs.spec.replicas
}

export const hasDeadline = (d: Deployment): boolean =>
  d.spec.progressDeadlineSeconds !== undefined && d.spec.progressDeadlineSeconds !== 2147483647

export const findCondition = (status: AnyObject['status'], type: string): AnyObject['status'] =>
  status?.conditions?.find((c: { type: string }) => c.type === type)

/** `conditions` with this one in place of the one of its type; unchanged where status and reason are the same. */
export function withCondition(
  conditions: readonly DeploymentCondition[] | undefined,
  now: string,
  [type, status, reason, message]: readonly [type: string, status: string, reason: string, message: string],
  transition = now,
): readonly DeploymentCondition[] {
  const old = conditions?.find(c => c.type === type)
  if (conditions && old?.status === status && old?.reason === reason) return conditions
  const lastTransitionTime = (old?.status === status && old.lastTransitionTime) || transition
  const next = { type, status, lastUpdateTime: now, lastTransitionTime, reason, message }
  return [...(conditions ?? []).filter(c => c.type !== type), next]
}

export function calculateStatus(
  all: readonly (ReplicaSet | undefined)[],
  newSet: ReplicaSet | undefined,
  d: Deployment,
  now: string,
): AnyObject['status'] {
  const availableReplicas = total(all, available)
  const enough = availableReplicas >= d.spec.replicas - maxUnavailable(d)
  return {
    observedGeneration: d.metadata.generation,
    replicas: total(all, statusReplicas),
    updatedReplicas: total([newSet], statusReplicas),
    readyReplicas: total(all, rs => rs.status?.readyReplicas),
    availableReplicas,
    terminatingReplicas: terminating(all),
    unavailableReplicas: Math.max(0, int32(total(all, specReplicas) - availableReplicas)),
    collisionCount: d.status?.collisionCount,
    conditions: withCondition(
      d.status?.conditions,
      now,
      enough
        ? ['Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.']
        : [
            'Available',
            'False',
            'MinimumReplicasUnavailable',
            'Deployment does not have minimum availability.',
          ],
    ),
  }
}

/** Unknown while one of the sets, seen by its controller, does not tell. */
function terminating(all: readonly (ReplicaSet | undefined)[]): number | undefined {
  let sum = 0
  for (const rs of all) {
    const known = rs?.status?.terminatingReplicas
    if (known !== undefined) sum += known
    else if (rs?.status?.observedGeneration) return undefined
  }
  return sum
}

export const isComplete = (d: Deployment, status: AnyObject['status']): boolean =>
  (status?.updatedReplicas ?? 0) === d.spec.replicas &&
  (status?.replicas ?? 0) === d.spec.replicas &&
  (status?.availableReplicas ?? 0) === d.spec.replicas &&
  (status?.observedGeneration ?? 0) >= d.metadata.generation!

export function isProgressing(d: Deployment, status: AnyObject['status']): boolean {
  const before = d.status ?? {}
  const old = (s: AnyObject['status']) => (s.replicas ?? 0) - (s.updatedReplicas ?? 0)
  return (
    status.updatedReplicas > (before.updatedReplicas ?? 0) ||
    old(status) < old(before) ||
    status.readyReplicas > (before.readyReplicas ?? 0) ||
    status.availableReplicas > (before.availableReplicas ?? 0)
  )
}

export function isTimedOut(d: Deployment, status: AnyObject['status'], now: number): boolean {
  const condition = findCondition(status, 'Progressing')
  if (!hasDeadline(d) || !condition || condition.reason === 'NewReplicaSetAvailable') return false
  if (condition.reason === 'ProgressDeadlineExceeded') return true
  return parseTime(condition.lastUpdateTime) + d.spec.progressDeadlineSeconds * 1000 < now
}

/** What a new set has got: all that was asked for, available. */
export const isSaturated = (d: Deployment, rs: ReplicaSet | undefined): boolean =>
  !!rs &&
  rs.spec.replicas === d.spec.replicas &&
  rs.metadata.annotations?.[desiredAnnotation] === String(d.spec.replicas) &&
  available(rs) === d.spec.replicas
