// The arithmetic of deployments: fenceposts, proportions, conditions and status.
// Rules: pkg/controller/deployment/util/deployment_util.go and calculateStatus in sync.go.
import { parseTime } from '../engine/engine.ts'
import { findCondition } from '../kinds/machinery/conditions.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { scaledValue } from '../kinds/machinery/int-or-percent.ts'
import type { KubeObject } from '../kinds/object.ts'
import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
  PodTemplateSpec,
  ReplicaSet,
} from '../kinds/schema/types.ts'
import { type Sized, wantedPods } from './pods.ts'

/** As the controller works it out: with conditions, be there none. */
export type FullStatus = DeploymentStatus & { conditions: DeploymentCondition[] }

export const hashLabel = 'pod-template-hash'
export const revisionAnnotation = 'deployment.kubernetes.io/revision'
export const historyAnnotation = 'deployment.kubernetes.io/revision-history'
export const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas'
export const maxAnnotation = 'deployment.kubernetes.io/max-replicas'

export const isRolling = (d: Deployment): boolean => d.spec.strategy.type === 'RollingUpdate'

/** ResolveFenceposts: at least one pod may be missing where neither surge nor missing pods are allowed. */
function fenceposts(d: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = 0, maxUnavailable = 0 } = d.spec.strategy.rollingUpdate ?? {}
  const surge = scaledValue(maxSurge, wantedPods(d), true)
  const unavailable = scaledValue(maxUnavailable, wantedPods(d), false)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable }
}

/** Counts are Go's int32: what is too big for them wraps around. */
const int32 = (count: number): number => count | 0

/** As many pods as there may be at once. */
export const mostReplicas = (d: Deployment): number => int32(wantedPods(d) + maxSurge(d))

export const maxSurge = (d: Deployment): number => (isRolling(d) ? fenceposts(d).surge : 0)

export const maxUnavailable = (d: Deployment): number =>
  isRolling(d) ? Math.min(fenceposts(d).unavailable, wantedPods(d)) : 0

/** Oldest first. */
export const byCreation = (a: ReplicaSet, b: ReplicaSet): number =>
  compare(a.metadata.creationTimestamp!, b.metadata.creationTimestamp!) ||
  compare(a.metadata.name, b.metadata.name)

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const isActiveSet = (rs: ReplicaSet | undefined): rs is ReplicaSet => !!rs && wantedPods(rs) > 0

export const revisionOf = (object: KubeObject): number =>
  Number(object.metadata.annotations?.[revisionAnnotation] ?? 0) || 0

export const total = <T>(sets: readonly (T | undefined)[], of: (rs: T) => number | undefined): number =>
  sets.reduce<number>((sum, rs) => sum + (rs ? (of(rs) ?? 0) : 0), 0)

export const statusReplicas = ({ status }: ReplicaSet | Deployment): number => status?.replicas ?? 0
export const available = (rs: ReplicaSet): number => rs.status?.availableReplicas ?? 0

/** What each template was last compared with: a status write leaves the templates the very same objects. */
const compared = new WeakMap<object, { readonly other: object; readonly same: boolean }>()

/** The templates say the same, but for the hash label. */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  const last = compared.get(a)
  if (last && last.other === b) return last.same
  const same = templatesEqual(a, b)
  compared.set(a, { other: b, same })
  return same
}

function templatesEqual(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  const { [hashLabel]: _a, ...labelsA } = a.metadata?.labels ?? {}
  const { [hashLabel]: _b, ...labelsB } = b.metadata?.labels ?? {}
  return (
    equal(labelsA, labelsB) &&
    equal({ ...a.metadata, labels: 0 }, { ...b.metadata, labels: 0 }) &&
    equal(a.spec, b.spec)
  )
}

/** How many pods the new set may have now: as many as surge leaves room for. */
export function newReplicas(d: Deployment, all: readonly (Sized | undefined)[], newSet: Sized): number {
  const wanted = wantedPods(d)
  if (!isRolling(d)) return wanted
  const surge = scaledValue(d.spec.strategy.rollingUpdate?.maxSurge ?? 0, wanted, true)
  const room = int32(int32(wanted + surge) - int32(total(all, wantedPods)))
  const size = wantedPods(newSet)
  return room <= 0 ? size : size + Math.min(room, wanted - size)
}

/** How a set shares in a change of the deployment's size, by its own size. */
export function proportion(rs: ReplicaSet, d: Deployment, toAdd: number, added: number): number {
  if (wantedPods(rs) === 0 || toAdd === 0 || toAdd === added) return 0
  const fraction = setFraction(rs, d)
  const allowed = toAdd - added
  return toAdd > 0 ? Math.min(fraction, allowed) : Math.max(fraction, allowed)
}

function setFraction(rs: ReplicaSet, d: Deployment): number {
  const own = wantedPods(rs)
  if (wantedPods(d) === 0) return -own
  const before = Number(rs.metadata.annotations?.[maxAnnotation] ?? 0) || statusReplicas(d)
  if (!before) return 0
  return Math.round((own * mostReplicas(d)) / before) - own
}

/** Ms within which a rollout has to get on; undefined: it may take its time. */
function progressDeadline({ spec }: Deployment): number | undefined {
  const seconds = spec.progressDeadlineSeconds
  return seconds === undefined || seconds === 2147483647 ? undefined : seconds * 1000
}

export const hasDeadline = (d: Deployment): boolean => progressDeadline(d) !== undefined

/** Ms until the progress that is told of may have stopped (below 0: it has); undefined where nothing waits for that. */
export function untilStuck(d: Deployment, told: DeploymentCondition, now: number): number | undefined {
  const deadline = progressDeadline(d)
  // No time is that of the year 1.
  const since = told.lastUpdateTime ? parseTime(told.lastUpdateTime) : Number.NEGATIVE_INFINITY
  return deadline === undefined ? undefined : since + deadline - now
}

/** `conditions` with this one in place of the one of its type; unchanged where status and reason are the same. */
export function withCondition(
  conditions: DeploymentCondition[] | undefined,
  now: string,
  [type, status, reason, message]: readonly [type: string, status: string, reason: string, message: string],
  transition = now,
): DeploymentCondition[] {
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
): FullStatus {
  const availableReplicas = total(all, available)
  const enough = availableReplicas >= wantedPods(d) - maxUnavailable(d)
  return {
    observedGeneration: d.metadata.generation,
    replicas: total(all, statusReplicas),
    updatedReplicas: total([newSet], statusReplicas),
    readyReplicas: total(all, rs => rs.status?.readyReplicas),
    availableReplicas,
    terminatingReplicas: terminating(all),
    unavailableReplicas: Math.max(0, int32(total(all, wantedPods) - availableReplicas)),
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

export const isComplete = (d: Deployment, status: DeploymentStatus | undefined): boolean =>
  (status?.updatedReplicas ?? 0) === wantedPods(d) &&
  (status?.replicas ?? 0) === wantedPods(d) &&
  (status?.availableReplicas ?? 0) === wantedPods(d) &&
  (status?.observedGeneration ?? 0) >= d.metadata.generation!

export function isProgressing(
  d: Deployment,
  {
    updatedReplicas: updated = 0,
    replicas = 0,
    readyReplicas: ready = 0,
    availableReplicas: available = 0,
  }: DeploymentStatus,
): boolean {
  const before = d.status ?? {}
  return (
    updated > (before.updatedReplicas ?? 0) ||
    replicas - updated < (before.replicas ?? 0) - (before.updatedReplicas ?? 0) ||
    ready > (before.readyReplicas ?? 0) ||
    available > (before.availableReplicas ?? 0)
  )
}

export function isTimedOut(d: Deployment, status: DeploymentStatus, now: number): boolean {
  const condition = findCondition(status, 'Progressing')
  if (!hasDeadline(d) || !condition || condition.reason === 'NewReplicaSetAvailable') return false
  return condition.reason === 'ProgressDeadlineExceeded' || (untilStuck(d, condition, now) ?? 0) < 0
}

/** What a new set has got: all that was asked for, available. */
export const isSaturated = (d: Deployment, rs: ReplicaSet | undefined): boolean =>
  !!rs &&
  wantedPods(rs) === wantedPods(d) &&
  rs.metadata.annotations?.[desiredAnnotation] === String(wantedPods(d)) &&
  available(rs) === wantedPods(d)
