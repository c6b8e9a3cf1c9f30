// Counts the finished pods of a job once each, in three steps (noted as uncounted, freed of the finalizer, counted), and
// ends the job when all are counted. Rules: pkg/controller/job/job_controller.go (trackJobStatusAndRemoveFinalizers).
import { condition, trueCondition } from './job-conditions.ts'
import * as indexes from './job-indexes.ts'
import type { JobLook } from './job-look.ts'
import { isTracked } from './job-pod.ts'
import { judge } from './job-policy.ts'
import type { JobTools } from './job-tools.ts'
import type { Pod } from './pods.ts'

export class JobTracking {
  readonly #tools: JobTools
  readonly #look: JobLook

  constructor(tools: JobTools, look: JobLook) {
    this.#tools = tools
    this.#look = look
  }

  /** Notes finished pods, frees them of the finalizer, counts them, and ends the job when all is counted. */
  run(changed: boolean): void {
    const look = this.#look
    const { status, uncounted } = look
    const { engine, release } = this.#tools
    const freed: Pod[] = []
    const stillTracked = new Set(look.own.filter(isTracked).map(pod => pod.metadata.uid!))
    let flush = changed || this.#count(uid => !stillTracked.has(uid))
    const failedJob = look.finished && look.finished.type !== 'SuccessCriteriaMet'
    for (const pod of look.own) {
      if (!isTracked(pod)) continue
      const { phase } = pod.status ?? {}
      const { uid = '' } = pod.metadata
      const failed = look.isFailed(pod)
      const done = phase === 'Succeeded' || failed || !!look.finished || !!look.job.metadata.deletionTimestamp
      if (!done) continue
      freed.push(pod)
      if (phase === 'Succeeded' && !uncounted.failed.includes(uid)) {
        if (look.indexed || uncounted.succeeded.includes(uid)) continue
        uncounted.succeeded.push(uid)
        flush = true
      } else if ((failed || failedJob) && !uncounted.failed.includes(uid)) {
        if (!judge(look.job.spec.podFailurePolicy, pod).counts) continue
        uncounted.failed.push(uid)
        flush = true
      }
    }
    if (look.indexed) {
      status.succeeded = look.doneIndexes.size
      const completedIndexes = indexes.formatIndexes(look.doneIndexes)
      const failedIndexes = look.failedIndexes && indexes.formatIndexes(look.failedIndexes)
      flush ||= completedIndexes !== (status.completedIndexes ?? '') || failedIndexes !== status.failedIndexes
      Object.assign(status, { completedIndexes, failedIndexes })
    }
    if (look.finished?.type === 'FailureTarget') {
      status.conditions.push(look.finished)
      flush = true
      look.finished = { ...look.finished, type: 'Failed' }
    } else if (look.finished?.type === 'SuccessCriteriaMet') {
      if (!trueCondition(look.job, 'SuccessCriteriaMet')) {
        status.conditions.push(look.finished)
        flush = true
      }
      const { reason, message } = look.finished
      look.finished = condition(engine.timestamp, 'Complete', reason!, message!)
    }
    if (flush) this.#flush()
    flush = false
    if (freed.length) {
      for (const pod of freed) release(pod)
      const gone = new Set(freed.map(pod => pod.metadata.uid!))
      flush = this.#count(uid => gone.has(uid) || !stillTracked.has(uid))
    }
    const ended = this.#end()
    if (flush || ended) this.#flush()
    if (ended) this.#tell()
  }

  /** Moves uncounted pods of which `free` holds into the counters. */
  #count(free: (uid: string) => boolean): boolean {
    const { uncounted, status } = this.#look
    const won = uncounted.succeeded.filter(free)
    const lost = uncounted.failed.filter(free)
    if (won.length + lost.length === 0) return false
    status.succeeded = (status.succeeded ?? 0) + won.length
    status.failed = (status.failed ?? 0) + lost.length
    uncounted.succeeded = uncounted.succeeded.filter(uid => !free(uid))
    uncounted.failed = uncounted.failed.filter(uid => !free(uid))
    return true
  }

  #flush(): void {
    const { succeeded, failed } = this.#look.uncounted
    this.#look.status.uncountedTerminatedPods = {
      ...(succeeded.length && { succeeded: [...succeeded] }),
      ...(failed.length && { failed: [...failed] }),
    }
    this.#look.job = this.#tools.jobs.updateStatus({
      ...this.#look.job,
      status: { ...this.#look.status, conditions: [...this.#look.status.conditions] },
    })
  }

  /** The last condition comes when all pods are counted and none is ending any more. */
  #end(): boolean {
    const { succeeded, failed } = this.#look.uncounted
    if (!this.#look.finished || succeeded.length || failed.length || this.#look.terminating > 0) return false
    this.#look.status.conditions.push(this.#look.finished)
    if (this.#look.finished.type === 'Complete')
      this.#look.status.completionTime = this.#look.finished.lastTransitionTime ?? undefined
    return true
  }

  #tell(): void {
    const { type, reason, message } = this.#look.finished!
    if (type !== 'Complete') {
      this.#tools.recorder.event(this.#look.job, 'Warning', reason!, message!)
      return
    }
    const { completions } = this.#look.job.spec
    if (completions !== undefined && (this.#look.status.succeeded ?? 0) > completions) {
      const text = 'Too many succeeded pods running after completion count reached'
      this.#tools.recorder.event(this.#look.job, 'Warning', 'TooManySucceededPods', text)
    }
    this.#tools.recorder.event(this.#look.job, 'Normal', 'Completed', 'Job completed')
  }
}
