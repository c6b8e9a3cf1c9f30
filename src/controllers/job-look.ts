// One look at a job: what its pods did, those that are not yet counted among them. What is done about it changes the
// numbers here, until they are written to the job's status.

import type { JobCondition, JobStatus } from '../kinds/schema/types.ts'
import type { Job } from './job-conditions.ts'
import * as indexes from './job-indexes.ts'
import { isTracked } from './job-pod.ts'
import { judge } from './job-policy.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'

export class JobLook {
  job: Job
  readonly key: string
  readonly own: readonly Pod[]
  readonly active: readonly Pod[]
  /** The status that is to be. */
  readonly status: JobStatus & { conditions: JobCondition[] }
  readonly indexed: boolean
  /** Uids of pods that are noted and not yet in the counters. */
  readonly uncounted: { succeeded: string[]; failed: string[] }
  readonly doneIndexes: Set<number>
  readonly failedIndexes: Set<number> | undefined
  /** Pods that have ended and are not noted yet: the successful, and the failed that count. */
  readonly fresh: { readonly won: readonly Pod[]; readonly lost: readonly Pod[] }
  terminating: number
  ready: number
  readonly succeeded: number
  readonly failed: number
  /** How the job ends, once that is known. */
  finished: JobCondition | undefined

  constructor(job: Job, own: readonly Pod[], key: string) {
    this.job = job
    this.key = key
    this.own = own
    this.status = { ...job.status, conditions: [...(job.status?.conditions ?? [])] }
    this.indexed = job.spec.completionMode === 'Indexed'
    const { succeeded = [], failed = [] } = this.status.uncountedTerminatedPods ?? {}
    this.uncounted = { succeeded: [...succeeded], failed: [...failed] }
    this.active = own.filter(pods.isActive)
    this.terminating = own.filter(pods.isTerminating).length
    this.ready = this.active.filter(pods.isReady).length
    const fresh = own.filter(pod => isTracked(pod) && !this.#isNoted(pod))
    const won = fresh.filter(pod => pod.status?.phase === 'Succeeded')
    const lost = fresh.filter(pod => this.isFailed(pod))
    const counted = lost.filter(pod => judge(job.spec.podFailurePolicy, pod).counts)
    this.fresh = { won, lost: counted }
    this.failed = (this.status.failed ?? 0) + counted.length + failed.length
    this.doneIndexes = indexes.parseIndexes(this.status.completedIndexes, job.spec.completions ?? 0)
    this.failedIndexes = this.#findFailedIndexes(lost)
    if (this.indexed) for (const pod of won) this.#addIndex(this.doneIndexes, pod)
    this.succeeded = this.indexed
      ? this.doneIndexes.size
      : (this.status.succeeded ?? 0) + won.length + succeeded.length
  }

  #isNoted({ metadata: { uid = '' } }: Pod): boolean {
    return this.uncounted.succeeded.includes(uid) || this.uncounted.failed.includes(uid)
  }

  /** A pod that is being deleted counts as failed at once, unless only failed pods are replaced. */
  isFailed(pod: Pod): boolean {
    const { phase } = pod.status ?? {}
    if (phase === 'Failed') return true
    if (this.job.spec.podReplacementPolicy === 'Failed') return false
    return !!pod.metadata.deletionTimestamp && phase !== 'Succeeded'
  }

  #addIndex(set: Set<number>, pod: Pod): void {
    const index = indexes.indexOf(pod)
    if (index !== undefined && index < this.job.spec.completions!) set.add(index)
  }

  #findFailedIndexes(lost: readonly Pod[]): Set<number> | undefined {
    const { backoffLimitPerIndex, completions, podFailurePolicy } = this.job.spec
    if (!this.indexed || backoffLimitPerIndex === undefined) return undefined
    const failed = indexes.parseIndexes(this.status.failedIndexes, completions!)
    for (const pod of lost) {
      const { action, counts } = judge(podFailurePolicy, pod)
      const count = Number(pod.metadata.annotations?.[indexes.failureCountAnnotation] ?? 0)
      if (action === 'FailIndex' || (counts && count >= backoffLimitPerIndex)) this.#addIndex(failed, pod)
    }
    return failed
  }

  /** The first `count` indexes that neither are done or failed nor have a pod. */
  pendingIndexes(count: number): number[] {
    const busy = new Set(this.active.map(indexes.indexOf).filter(i => i !== undefined))
    const taken = [this.doneIndexes, busy, ...(this.failedIndexes ? [this.failedIndexes] : [])]
    return indexes.pendingIndexes(count, this.job.spec.completions!, taken)
  }

  /** How often an index has failed; undefined where that is not limited. */
  failuresOf(index: number | undefined): number | undefined {
    if (index === undefined || !this.failedIndexes) return undefined
    let count = 0
    for (const pod of this.own) {
      if (indexes.indexOf(pod) !== index || !this.isFailed(pod)) continue
      const before = Number(pod.metadata.annotations?.[indexes.failureCountAnnotation] ?? 0)
      count = Math.max(count, before + (judge(this.job.spec.podFailurePolicy, pod).counts ? 1 : 0))
    }
    return count
  }
}
