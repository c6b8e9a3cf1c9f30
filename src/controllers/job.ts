// The job controller: runs pods until enough of them have succeeded, or too many have failed. Finished pods are counted
// once, in three steps (noted as uncounted, freed of the finalizer, counted), as in a real cluster.
// Rules: pkg/controller/job/job_controller.go. Left out: pod groups, jobs managed by others are left alone.
import { isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { parseTime } from '../engine/engine.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { Container, ContainerStatus, PodCondition } from '../kinds/schema/types.ts'
import { claim, controllerRef, Expectations, indexByController, ownerOf } from './claim.ts'
import { RateLimit, recorderFor, type StartController, WorkQueue } from './controller.ts'
import * as indexes from './job-indexes.ts'
import { judge } from './job-policy.ts'
import { matchedRule } from './job-success.ts'
import { isNamespaceEnding, PodControl, podFromTemplate } from './pod-control.ts'
import type { Pod } from './pods.ts'
import * as pods from './pods.ts'

const finalizer = 'batch.kubernetes.io/job-tracking'
/** Changes of pods are handled together, a second after the first. */
const batchMs = 1000
const backoffMs = 10_000
const maxBackoffMs = 600_000
const burst = 500

type Job = AnyObject
type Condition = { type: string; status: string; reason: string; message: string; [time: string]: string }

export const findCondition = (job: Job, type: string): Condition | undefined =>
  job.status?.conditions?.find((c: Condition) => c.type === type && c.status === 'True')

export const isJobFinished = (job: Job): boolean =>
  !!findCondition(job, 'Complete') || !!findCondition(job, 'Failed')

export const startJob: StartController = context => {
  const { client, informers, engine } = context
  const jobs = informers.of('jobs.batch')
  const podInformer = informers.of('pods')
  indexByController(podInformer)
  const jobClient = client.resource('jobs.batch')
  const recorder = recorderFor(context, 'job-controller')
  const control = new PodControl(client, recorder)
  const expectations = new Expectations()
  const limit = new RateLimit(engine)
  /** Failures in a row and when the last one was, by job: the next pod waits. */
  const backoff = new Map<string, { failures: number; last: number }>()
  const queue = new WorkQueue(context, sync)

  const now = (job: Job | undefined) => job && queue.add(objectKey(job))
  const later = (job: Job | undefined) => job && queue.addAfter(objectKey(job), batchMs)
  const owner = (pod: Pod) => ownerOf(pod, jobs, 'Job')
  jobs.handle({
    add: now,
    update: (_old, job) => now(job),
    delete(job) {
      expectations.forget(objectKey(job))
      backoff.delete(objectKey(job))
      // Pods that it leaves behind are freed of the finalizer.
      for (const pod of podInformer.byIndex('controller', job.metadata.uid!)) release(pod)
    },
  })
  podInformer.handle({
    add(pod) {
      const job = owner(pod)
      if (job && !pod.metadata.deletionTimestamp) expectations.created(objectKey(job))
      if (job) later(job)
      else if (!controllerRef(pod)) orphan(pod)
      else releaseOrphan(pod)
    },
    update(old, pod) {
      const before = owner(old)
      const job = owner(pod)
      if (before && before !== job) now(before)
      if (job && pod.metadata.deletionTimestamp) expectations.deleted(objectKey(job), pod)
      if (job) later(job)
      else if (!controllerRef(pod) && !equal(old.metadata.labels, pod.metadata.labels)) orphan(pod)
      else releaseOrphan(pod)
    },
    delete(pod) {
      const job = owner(pod)
      if (job) expectations.deleted(objectKey(job), pod)
      later(job)
    },
  })
  function orphan(pod: Pod): void {
    for (const job of jobs.eachByIndex('namespace', pod.metadata.namespace ?? '')) {
      if (selectorMatcher(job.spec.selector)(pod.metadata.labels)) later(job)
    }
  }
  /** A pod of a job that is gone. */
  function releaseOrphan(pod: Pod): void {
    if (controllerRef(pod)?.kind === 'Job' && pod.metadata.deletionTimestamp) release(pod)
  }

  function release(pod: Pod): void {
    const { namespace = '', name, uid, finalizers } = pod.metadata
    if (!finalizers?.includes(finalizer)) return
    try {
      const patch = { metadata: { uid, '$deleteFromPrimitiveList/finalizers': [finalizer] } }
      control.pods.patch(namespace, name, 'strategic', patch)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }

  function sync(key: string): number {
    const cached = jobs.get(key)
    if (!cached || isJobFinished(cached) || cached.spec.managedBy?.includes('/') === true) {
      const external = cached?.spec.managedBy && cached.spec.managedBy !== 'kubernetes.io/job-controller'
      if (!external) backoff.delete(key)
      if (!cached || external || isJobFinished(cached)) return 1
    }
    const own = claim({
      owner: cached,
      informer: podInformer,
      client: control.pods,
      owners: jobClient,
      matches: selectorMatcher(cached.spec.selector),
    })
    new Sync(cached, own, key).run()
    return own.length + 1
  }

  /** One look at a job: what its pods did, what is to do, what its status becomes. */
  class Sync {
    job: Job
    readonly key: string
    readonly own: readonly Pod[]
    readonly active: Pod[]
    readonly status: AnyObject['status']
    readonly indexed: boolean
    readonly uncounted: { succeeded: string[]; failed: string[] }
    readonly doneIndexes: Set<number>
    readonly failedIndexes: Set<number> | undefined
    terminating: number
    ready: number
    succeeded: number
    failed: number
    finished: Condition | undefined

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
      const fresh = own.filter(pod => this.#tracked(pod) && !this.#noted(pod))
      const won = fresh.filter(pod => pod.status?.phase === 'Succeeded')
      const lost = fresh.filter(pod => this.#isFailed(pod))
      const counted = lost.filter(pod => judge(job.spec.podFailurePolicy, pod).counts)
      this.succeeded = (this.status.succeeded ?? 0) + won.length + succeeded.length
      this.failed = (this.status.failed ?? 0) + counted.length + failed.length
      this.doneIndexes = indexes.parseIndexes(this.status.completedIndexes, job.spec.completions ?? 0)
      this.failedIndexes = this.#findFailedIndexes(lost)
      if (this.indexed) {
        for (const pod of won) this.#addIndex(this.doneIndexes, pod)
        this.succeeded = this.doneIndexes.size
      }
      noteBackoff(key, won, counted)
    }

    #tracked = (pod: Pod): boolean => !!pod.metadata.finalizers?.includes(finalizer)
    #noted = ({ metadata: { uid = '' } }: Pod): boolean =>
      this.uncounted.succeeded.includes(uid) || this.uncounted.failed.includes(uid)

    /** A pod that is being deleted counts as failed at once, unless only failed pods are replaced. */
    #isFailed(pod: Pod): boolean {
      const { phase } = pod.status ?? {}
      if (phase === 'Failed') return true
      if (this.job.spec.podReplacementPolicy === 'Failed') return false
      return !!pod.metadata.deletionTimestamp && phase !== 'Succeeded'
    }

    #addIndex(set: Set<number>, pod: Pod): void {
      const index = indexes.indexOf(pod)
      if (index !== undefined && index < this.job.spec.completions) set.add(index)
    }

    #findFailedIndexes(lost: readonly Pod[]): Set<number> | undefined {
      const { backoffLimitPerIndex, completions, podFailurePolicy } = this.job.spec
      if (!this.indexed || backoffLimitPerIndex === undefined) return undefined
      const failed = indexes.parseIndexes(this.status.failedIndexes, completions)
      for (const pod of lost) {
        const { action, counts } = judge(podFailurePolicy, pod)
        const count = Number(pod.metadata.annotations?.[indexes.failureCountAnnotation] ?? 0)
        if (action === 'FailIndex' || (counts && count >= backoffLimitPerIndex)) this.#addIndex(failed, pod)
      }
      return failed
    }

    #condition(type: string, reason: string, message: string): Condition {
      const time = engine.timestamp
      return { type, status: 'True', lastProbeTime: time, lastTransitionTime: time, reason, message }
    }

    run(): void {
      const { spec } = this.job
      const suspended = !!spec.suspend
      if (!this.status.startTime && !suspended) this.status.startTime = engine.timestamp
      this.#decide(suspended)
      const satisfied = expectations.satisfied(this.key)
      let active = this.active.length
      let changed = false
      let failure: unknown
      if (this.finished) {
        const removed = this.#delete(this.active, true)
        if (removed !== active || !satisfied) this.finished = undefined
        active -= removed
      } else {
        let managed = false
        if (satisfied && !this.job.metadata.deletionTimestamp) {
          managed = true
          try {
            active = this.#manage(active, suspended)
          } catch (error) {
            failure = error
            active = this.#attempted
          }
        }
        const complete =
          spec.completions === undefined ? this.succeeded > 0 : this.succeeded >= spec.completions
        if (complete && active === 0) {
          const message = 'Reached expected number of succeeded pods'
          this.finished = this.#condition('SuccessCriteriaMet', 'CompletionsReached', message)
        } else if (managed) changed = this.#suspend(suspended)
      }
      const before = this.job.status ?? {}
      changed ||=
        active !== (before.active ?? 0) ||
        this.ready !== before.ready ||
        this.terminating !== before.terminating
      this.status.active = active
      this.status.ready = this.ready
      this.status.terminating = this.terminating
      this.#track(changed)
      if (failure) throw failure
    }

    /** Has the job ended, by success or failure? */
    #decide(suspended: boolean): void {
      const { spec } = this.job
      const met = findCondition(this.job, 'SuccessCriteriaMet')
      const target = findCondition(this.job, 'FailureTarget')
      if (met) this.finished = met
      else if (target) this.finished = this.#condition('Failed', target.reason, target.message)
      if (this.finished) return
      const fail = (reason: string, message: string) => {
        this.finished = this.#condition('FailureTarget', reason, message)
      }
      const verdicts = this.own
        .filter(pod => this.#isFailed(pod))
        .map(pod => judge(spec.podFailurePolicy, pod))
      const message = verdicts.find(v => v.message)?.message
      const limit = spec.backoffLimit ?? 6
      const start = this.status.startTime ? parseTime(this.status.startTime) : engine.now
      const left = (spec.activeDeadlineSeconds ?? Number.POSITIVE_INFINITY) * 1000 - (engine.now - start)
      if (message) fail('PodFailurePolicy', message)
      else if (this.failed > limit || this.#restarts() > limit || (limit === 0 && this.#restarts() > 0)) {
        fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
      } else if (!suspended && left <= 0) {
        fail('DeadlineExceeded', 'Job was active longer than specified deadline')
      } else if (!suspended && left < Number.POSITIVE_INFINITY) queue.addAfter(this.key, left)
      if (this.finished || !this.indexed) return
      const failed = this.failedIndexes?.size ?? 0
      if (failed > (spec.maxFailedIndexes ?? Number.POSITIVE_INFINITY)) {
        fail('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes')
      } else if (failed && failed + this.doneIndexes.size >= spec.completions) {
        fail('FailedIndexes', 'Job has failed indexes')
      }
      const enough = this.finished ? undefined : matchedRule(spec, this.doneIndexes)
      if (enough) this.finished = this.#condition('SuccessCriteriaMet', 'SuccessPolicy', enough)
    }

    /** With restartPolicy OnFailure the restarts of containers count; the limit is passed once they reach it. */
    #restarts(): number {
      const { template, backoffLimit = 6 } = this.job.spec
      if (template.spec.restartPolicy !== 'OnFailure') return 0
      let sum = 0
      for (const { status } of this.own) {
        if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue
        for (const list of [status.initContainerStatuses, status.containerStatuses]) {
          for (const { restartCount } of list ?? []) sum += restartCount
        }
      }
      return backoffLimit > 0 && sum >= backoffLimit ? backoffLimit + 1 : sum
    }

    #suspend(suspended: boolean): boolean {
      const { conditions } = this.status
      const i = conditions.findIndex((c: Condition) => c.type === 'Suspended')
      if (suspended === (conditions[i]?.status === 'True')) return false
      if (!suspended && i < 0) return false
      const [reason, message] = suspended ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed']
      const condition = this.#condition('Suspended', reason!, message!)
      condition.status = suspended ? 'True' : 'False'
      if (i < 0) conditions.push(condition)
      else conditions[i] = condition
      recorder.event(this.job, 'Normal', suspended ? 'Suspended' : 'Resumed', message!)
      // A suspended job has no start; a resumed one starts anew, and so does its deadline.
      if (suspended) delete this.status.startTime
      else this.status.startTime = engine.timestamp
      return true
    }

    /** `counted`: they are failures of the job; else they were too many, are freed first, and count as nothing. */
    #delete(victims: readonly Pod[], counted: boolean): number {
      if (victims.length === 0) return 0
      expectations.expectDeletions(this.key, victims)
      let removed = 0
      for (const pod of victims) {
        try {
          if (!counted) release(pod)
          control.delete(pod, this.job)
        } catch (error) {
          expectations.deleted(this.key, pod)
          if (!isNotFound(error)) continue
        }
        removed++
        this.terminating++
        if (pods.isReady(pod)) this.ready--
      }
      return removed
    }

    #attempted = 0

    /** Brings the number of active pods to what is wanted; returns it. */
    #manage(active: number, suspended: boolean): number {
      const { completions, parallelism = 1 } = this.job.spec
      this.#attempted = active
      if (suspended) return active - this.#delete(this.active, false)
      let wanted: number
      if (completions === undefined) wanted = this.succeeded > 0 ? active : parallelism
      else wanted = Math.max(0, Math.min(parallelism, completions - this.succeeded))
      const ordered = [...this.active].sort(pods.compareForDeletion(() => 0, engine.now))
      const surplus = ordered.slice(0, Math.min(burst, Math.max(0, active - wanted)))
      if (surplus.length) return active - this.#delete(surplus, false)
      const waiting = this.job.spec.podReplacementPolicy === 'Failed' ? this.terminating : 0
      const missing = Math.min(burst, wanted - waiting - active)
      if (missing <= 0) return active
      const wait = this.failedIndexes ? 0 : remainingBackoff(this.key)
      if (wait > 0) {
        queue.addAfter(this.key, wait)
        return active
      }
      return active + this.#create(missing)
    }

    #create(count: number): number {
      const { job } = this
      const numbers = this.indexed ? this.#pending(count) : undefined
      const wanted = numbers ? numbers.length : count
      const total = limit.take(wanted)
      if (total < wanted) queue.addAfter(this.key, limit.pause)
      if (total === 0) return 0
      expectations.expectCreations(this.key, total)
      for (let i = 0; i < total; i++) {
        try {
          control.create(jobPod(job, numbers?.[i], this.#failureCount(numbers?.[i])), job)
          this.#attempted++
        } catch (error) {
          if (isNamespaceEnding(error)) continue
          expectations.created(this.key, total - i)
          throw error
        }
      }
      return total
    }

    #pending(count: number): number[] {
      const busy = new Set(this.active.map(indexes.indexOf).filter(i => i !== undefined))
      const taken = [this.doneIndexes, busy, ...(this.failedIndexes ? [this.failedIndexes] : [])]
      return indexes.pendingIndexes(count, this.job.spec.completions, taken)
    }

    #failureCount(index: number | undefined): number | undefined {
      if (index === undefined || !this.failedIndexes) return undefined
      let count = 0
      for (const pod of this.own) {
        if (indexes.indexOf(pod) !== index || !this.#isFailed(pod)) continue
        const before = Number(pod.metadata.annotations?.[indexes.failureCountAnnotation] ?? 0)
        count = Math.max(count, before + (judge(this.job.spec.podFailurePolicy, pod).counts ? 1 : 0))
      }
      return count
    }

    /** Notes finished pods, frees them of the finalizer, counts them, and ends the job when all is counted. */
    #track(changed: boolean): void {
      const { status, uncounted } = this
      const freed: Pod[] = []
      const stillTracked = new Set(this.own.filter(this.#tracked).map(pod => pod.metadata.uid!))
      let flush = changed || this.#count(uid => !stillTracked.has(uid))
      const failedJob = this.finished && this.finished.type !== 'SuccessCriteriaMet'
      for (const pod of this.own) {
        if (!this.#tracked(pod)) continue
        const { phase } = pod.status ?? {}
        const { uid = '', deletionTimestamp } = pod.metadata
        const failed = this.#isFailed(pod)
        const done =
          phase === 'Succeeded' || failed || !!this.finished || !!this.job.metadata.deletionTimestamp
        if (!done && !deletionTimestamp) continue
        freed.push(pod)
        if (phase === 'Succeeded' && !uncounted.failed.includes(uid)) {
          if (this.indexed || uncounted.succeeded.includes(uid)) continue
          uncounted.succeeded.push(uid)
          flush = true
        } else if ((failed || failedJob) && !uncounted.failed.includes(uid)) {
          if (!judge(this.job.spec.podFailurePolicy, pod).counts) continue
          uncounted.failed.push(uid)
          flush = true
        }
      }
      if (this.indexed) {
        status.succeeded = this.doneIndexes.size
        const completedIndexes = indexes.formatIndexes(this.doneIndexes)
        const failedIndexes = this.failedIndexes && indexes.formatIndexes(this.failedIndexes)
        flush ||=
          completedIndexes !== (status.completedIndexes ?? '') || failedIndexes !== status.failedIndexes
        Object.assign(status, { completedIndexes, failedIndexes })
      }
      if (this.finished?.type === 'FailureTarget') {
        status.conditions.push(this.finished)
        flush = true
        this.finished = { ...this.finished, type: 'Failed' }
      } else if (this.finished?.type === 'SuccessCriteriaMet') {
        if (!findCondition(this.job, 'SuccessCriteriaMet')) {
          status.conditions.push(this.finished)
          flush = true
        }
        const { reason, message } = this.finished
        this.finished = this.#condition('Complete', reason, message)
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
      const { uncounted, status } = this
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
      const { succeeded, failed } = this.uncounted
      this.status.uncountedTerminatedPods = {
        ...(succeeded.length && { succeeded: [...succeeded] }),
        ...(failed.length && { failed: [...failed] }),
      }
      this.job = jobClient.updateStatus({
        ...this.job,
        status: { ...this.status, conditions: [...this.status.conditions] },
      })
    }

    /** The last condition comes when all pods are counted and none is ending any more. */
    #end(): boolean {
      const { succeeded, failed } = this.uncounted
      if (!this.finished || succeeded.length || failed.length || this.terminating > 0) return false
      this.status.conditions.push(this.finished)
      if (this.finished.type === 'Complete') this.status.completionTime = this.finished.lastTransitionTime
      return true
    }

    #tell(): void {
      const { type, reason, message } = this.finished!
      if (type !== 'Complete') {
        recorder.event(this.job, 'Warning', reason, message)
        return
      }
      const { completions } = this.job.spec
      if (completions !== undefined && this.status.succeeded > completions) {
        const text = 'Too many succeeded pods running after completion count reached'
        recorder.event(this.job, 'Warning', 'TooManySucceededPods', text)
      }
      recorder.event(this.job, 'Normal', 'Completed', 'Job completed')
    }
  }

  function noteBackoff(key: string, won: readonly Pod[], lost: readonly Pod[]): void {
    if (won.length + lost.length === 0) return
    const record = won.length
      ? { failures: 0, last: 0 }
      : { ...(backoff.get(key) ?? { failures: 0, last: 0 }) }
    const since = Math.max(0, ...won.map(finishTime))
    for (const pod of lost) {
      const time = finishTime(pod)
      if (time <= since && won.length) continue
      record.failures++
      record.last = Math.max(record.last, time)
    }
    backoff.set(key, record)
  }

  function remainingBackoff(key: string): number {
    const record = backoff.get(key)
    if (!record?.failures) return 0
    return record.last + Math.min(maxBackoffMs, backoffMs * 2 ** (record.failures - 1)) - engine.now
  }
}

/**
 * When a pod ended: the last of its containers, once all have; else when it ceased to be ready; else when it was told to go,
 * which is its deletion's time less the grace that is to pass until then.
 */
function finishTime({ metadata, status = {} }: Pod): number {
  const ends = (status.containerStatuses ?? []).map(
    ({ state }: ContainerStatus) => state?.terminated?.finishedAt,
  )
  if (ends.length > 0 && ends.every(Boolean)) return Math.max(...ends.map(parseTime))
  const ready = status.conditions?.find(({ type }: PodCondition) => type === 'Ready')
  if (ready?.status === 'False' && ready.lastTransitionTime) return parseTime(ready.lastTransitionTime)
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata
  if (deletionTimestamp) return parseTime(deletionTimestamp) - deletionGracePeriodSeconds * 1000
  return parseTime(metadata.creationTimestamp!)
}

/** A pod of the job's template; one of an Indexed job knows its index. */
function jobPod(job: Job, index: number | undefined, failures: number | undefined): Pod {
  const pod = podFromTemplate(job.spec.template, job)
  pod.metadata.finalizers = [...(pod.metadata.finalizers ?? []), finalizer]
  if (index === undefined) return pod
  const number = String(index)
  pod.metadata.generateName = `${job.metadata.name}-${index}-`
  pod.metadata.annotations = {
    ...pod.metadata.annotations,
    [indexes.indexAnnotation]: number,
    ...(failures !== undefined && { [indexes.failureCountAnnotation]: String(failures) }),
  }
  pod.metadata.labels = { ...pod.metadata.labels, [indexes.indexAnnotation]: number }
  const fieldPath = `metadata.labels['${indexes.indexAnnotation}']`
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef: { fieldPath } } }
  const add = (containers: Container[] | undefined) =>
    containers?.map(c =>
      c.env?.some(e => e.name === variable.name) ? c : { ...c, env: [...(c.env ?? []), variable] },
    )
  const { spec } = pod
  pod.spec = {
    ...spec,
    hostname: `${job.metadata.name}-${index}`,
    ...(spec.initContainers && { initContainers: add(spec.initContainers) }),
    containers: add(spec.containers),
  }
  return pod
}
