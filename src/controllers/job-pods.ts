// Makes and deletes the pods of a job, until as many are active as are wanted.
// Rules: pkg/controller/job/job_controller.go (manageJob).
import { isNotFound } from '../api/errors.ts'
import type { JobLook } from './job-look.ts'
import { jobPod } from './job-pod.ts'
import type { JobTools } from './job-tools.ts'
import { isNamespaceEnding } from './pod-control.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'

/** Pods that are made or deleted at once, at most. */
const burst = 500

export interface Managed {
  /** Pods that are active now. */
  readonly active: number
  /** Why not all could be made. */
  readonly failure?: unknown
}

/** Brings the number of active pods to what is wanted. */
export function managePods(tools: JobTools, look: JobLook, suspended: boolean): Managed {
  const { engine, queue, backoff } = tools
  const { completions, parallelism = 1, podReplacementPolicy } = look.job.spec
  const active = look.active.length
  if (suspended) return { active: active - deletePods(tools, look, look.active, false) }
  let wanted: number
  if (completions === undefined) wanted = look.succeeded > 0 ? active : parallelism
  else wanted = Math.max(0, Math.min(parallelism, completions - look.succeeded))
  const ordered = [...look.active].sort(pods.compareForDeletion(() => 0, engine.now))
  const surplus = ordered.slice(0, Math.min(burst, Math.max(0, active - wanted)))
  if (surplus.length) return { active: active - deletePods(tools, look, surplus, false) }
  const waiting = podReplacementPolicy === 'Failed' ? look.terminating : 0
  const missing = Math.min(burst, wanted - waiting - active)
  if (missing <= 0) return { active }
  const wait = look.failedIndexes ? 0 : backoff.remaining(look.key, engine.now)
  if (wait > 0) {
    queue.addAfter(look.key, wait)
    return { active }
  }
  const { active: made, failure } = createPods(tools, look, missing)
  return { active: active + made, failure }
}

/** `counted`: they are failures of the job; else they were too many, are freed first, and count as nothing. */
export function deletePods(
  { expectations, control, release }: JobTools,
  look: JobLook,
  victims: readonly Pod[],
  counted: boolean,
): number {
  if (victims.length === 0) return 0
  expectations.expectDeletions(look.key, victims)
  let removed = 0
  for (const pod of victims) {
    try {
      if (!counted) release(pod)
      control.delete(pod, look.job)
    } catch (error) {
      expectations.deleted(look.key, pod)
      if (!isNotFound(error)) continue
    }
    removed++
    look.terminating++
    if (pods.isReady(pod)) look.ready--
  }
  return removed
}

function createPods(
  { queue, limit, expectations, control }: JobTools,
  look: JobLook,
  count: number,
): Managed {
  const { job, key } = look
  const numbers = look.indexed ? look.pendingIndexes(count) : undefined
  const wanted = numbers ? numbers.length : count
  const total = limit.take(wanted)
  if (total < wanted) queue.addAfter(key, limit.pause)
  if (total === 0) return { active: 0 }
  expectations.expectCreations(key, total)
  let made = 0
  for (let i = 0; i < total; i++) {
    try {
      control.create(jobPod(job, numbers?.[i], look.failuresOf(numbers?.[i])), job)
      made++
    } catch (error) {
      if (isNamespaceEnding(error)) continue
      expectations.created(key, total - i)
      return { active: made, failure: error }
    }
  }
  return { active: total }
}
