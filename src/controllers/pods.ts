// What controllers ask about pods. Rules: pkg/api/v1/pod/util.go and pkg/controller/controller_utils.go.
import { dictionary } from '../engine/dictionary.ts'
import { parseTime } from '../engine/engine.ts'
import { findCondition, isTrue } from '../kinds/machinery/conditions.ts'
import type { Pod } from '../kinds/schema/types.ts'

export type { Pod }

/** What is asked to have so many pods. */
export interface Sized {
  readonly spec: { readonly replicas?: number }
}

/** What does not say how many pods it wants, wants one: the server writes that too. */
export const wantedPods = ({ spec }: Sized): number => spec.replicas ?? 1

export const isReady = (pod: Pod): boolean => isTrue(pod.status, 'Ready')

export const isFinished = (pod: Pod): boolean => {
  const phase = pod.status?.phase
  return phase === 'Succeeded' || phase === 'Failed'
}

/** Neither finished nor being deleted. */
export const isActive = (pod: Pod): boolean => !isFinished(pod) && !pod.metadata.deletionTimestamp

/** Being deleted, and its containers may still run. */
export const isTerminating = (pod: Pod): boolean => !isFinished(pod) && !!pod.metadata.deletionTimestamp

/** Ms since 1970 at which the pod became ready, or undefined while it is not. */
export function readySince(pod: Pod): number | undefined {
  const ready = findCondition(pod.status, 'Ready')
  return ready?.status === 'True' && ready.lastTransitionTime
    ? parseTime(ready.lastTransitionTime)
    : undefined
}

/** Ready for `minReadySeconds` at least. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  if (!minReadySeconds) return isReady(pod)
  const since = readySince(pod)
  return since !== undefined && since + minReadySeconds * 1000 <= now
}

const phases: Record<string, number> = dictionary({ Pending: 0, Unknown: 1, Running: 2 })

/** Which pod goes first when there are too many: ActivePodsWithRanks, with the gates of 1.36. */
export function compareForDeletion(rank: (pod: Pod) => number, now: number): (a: Pod, b: Pod) => number {
  const age = (a: number, b: number, x: Pod, y: Pod) => {
    const difference = logarithm(now - a) - logarithm(now - b)
    return difference || (x.metadata.uid! < y.metadata.uid! ? -1 : 1)
  }
  return (a, b) => {
    const unassigned = Number(!!a.spec.nodeName) - Number(!!b.spec.nodeName)
    if (unassigned) return unassigned
    const phase = (phases[a.status?.phase ?? ''] ?? 0) - (phases[b.status?.phase ?? ''] ?? 0)
    if (phase) return phase
    const readyA = readySince(a)
    const readyB = readySince(b)
    if ((readyA === undefined) !== (readyB === undefined)) return readyA === undefined ? -1 : 1
    const cost = deletionCost(a) - deletionCost(b)
    if (cost) return cost
    const ranks = rank(b) - rank(a)
    if (ranks) return ranks
    if (readyA !== undefined && readyB !== undefined && readyA !== readyB) return age(readyA, readyB, a, b)
    const restarts = maxRestarts(b) - maxRestarts(a)
    if (restarts) return restarts
    const createdA = parseTime(a.metadata.creationTimestamp!)
    const createdB = parseTime(b.metadata.creationTimestamp!)
    return createdA === createdB ? 0 : age(createdA, createdB, a, b)
  }
}

/** LogarithmicScaleDown: ages are compared by their order of magnitude, in nanoseconds as the real one. */
const logarithm = (ms: number): number => (ms > 0 ? Math.floor(Math.log2(ms * 1e6)) : -1)

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost']
  return text && /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : 0
}

function maxRestarts(pod: Pod): number {
  let most = 0
  for (const { restartCount } of pod.status?.containerStatuses ?? []) most = Math.max(most, restartCount)
  return most
}
