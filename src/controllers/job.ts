// The job controller: runs pods until enough of them have succeeded, or too many have failed. What jobs and pods tell it is
// here, and what it then does with a job; its parts are how a job is looked at (job-look.ts), when it ends (job-end.ts), its
// pods (job-pods.ts) and their counting (job-tracking.ts).
// Rules: pkg/controller/job/job_controller.go. Left out: pod groups, jobs managed by others are left alone.

import { isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { selectorMatcher } from '../kinds/machinery/matchers.ts'
import type { JobCondition } from '../kinds/schema/types.ts'
import { claim, controllerRef, Expectations, indexByController, ownerOf } from './claim.ts'
import { RateLimit, recorderFor, type StartController, WorkQueue } from './controller.ts'
import { JobBackoff } from './job-backoff.ts'
import { condition, isJobFinished, type Job } from './job-conditions.ts'
import { endingOf } from './job-end.ts'
import { JobLook } from './job-look.ts'
import { finalizer, isTracked } from './job-pod.ts'
import { deletePods, managePods } from './job-pods.ts'
import type { JobTools } from './job-tools.ts'
import { JobTracking } from './job-tracking.ts'
import { PodControl } from './pod-control.ts'
import type { Pod } from './pods.ts'

/** Changes of pods are handled together, a second after the first (syncJobBatchPeriod of job_controller.go). */
const batchMs = 1000

export const startJob: StartController = context => {
  const { client, informers, engine } = context
  const jobs = informers.of('jobs.batch')
  const podInformer = informers.of('pods')
  indexByController(podInformer)
  const jobClient = client.resource<Job>('jobs.batch')
  const recorder = recorderFor(context, 'job-controller')
  const control = new PodControl(client, recorder)
  const expectations = new Expectations()
  const backoff = new JobBackoff()
  const queue = new WorkQueue(context, sync)
  const tools: JobTools = {
    engine,
    jobs: jobClient,
    recorder,
    control,
    expectations,
    limit: new RateLimit(engine),
    backoff,
    queue,
    release,
  }

  const now = (job: Job | undefined) => job && queue.add(objectKey(job))
  const later = (job: Job | undefined) => job && queue.addAfter(objectKey(job), batchMs)
  const owner = (pod: Pod) => ownerOf(pod, jobs, 'Job')
  jobs.handle({
    add: now,
    update: (_old, job) => now(job),
    delete(job) {
      expectations.forget(objectKey(job))
      backoff.forget(objectKey(job))
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
    if (!isTracked(pod)) return
    const { namespace = '', name, uid } = pod.metadata
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
      if (!external) backoff.forget(key)
      if (!cached || external || isJobFinished(cached)) return 1
    }
    const own = claim({
      owner: cached,
      informer: podInformer,
      client: control.pods,
      owners: jobClient,
      matches: selectorMatcher(cached.spec.selector),
    })
    syncJob(tools, new JobLook(cached, own, key))
    return own.length + 1
  }
}

/** What is to do for a job, and what its status becomes. */
function syncJob(tools: JobTools, look: JobLook): void {
  const { engine, queue, backoff, expectations } = tools
  const { key, status } = look
  const { spec } = look.job
  backoff.note(key, look.fresh.won, look.fresh.lost)
  const suspended = !!spec.suspend
  if (!status.startTime && !suspended) status.startTime = engine.timestamp
  const { finished, deadline } = endingOf(look, suspended, engine)
  look.finished = finished
  if (deadline !== undefined) queue.addAfter(key, deadline)
  const satisfied = expectations.satisfied(key)
  let active = look.active.length
  let changed = false
  let failure: unknown
  if (look.finished) {
    const removed = deletePods(tools, look, look.active, true)
    if (removed !== active || !satisfied) look.finished = undefined
    active -= removed
  } else {
    const managed = satisfied && !look.job.metadata.deletionTimestamp
    if (managed) ({ active, failure } = managePods(tools, look, suspended))
    const complete = spec.completions === undefined ? look.succeeded > 0 : look.succeeded >= spec.completions
    if (complete && active === 0) {
      const message = 'Reached expected number of succeeded pods'
      look.finished = condition(engine.timestamp, 'SuccessCriteriaMet', 'CompletionsReached', message)
    } else if (managed) changed = noteSuspension(tools, look, suspended)
  }
  const before = look.job.status ?? {}
  changed ||=
    active !== (before.active ?? 0) || look.ready !== before.ready || look.terminating !== before.terminating
  status.active = active
  status.ready = look.ready
  status.terminating = look.terminating
  new JobTracking(tools, look).run(changed)
  if (failure) throw failure
}

/** The condition Suspended, where it changes; false where it stays. */
function noteSuspension(
  { engine, recorder }: JobTools,
  { job, status }: JobLook,
  suspended: boolean,
): boolean {
  const { conditions } = status
  const i = conditions.findIndex((c: JobCondition) => c.type === 'Suspended')
  if (suspended === (conditions[i]?.status === 'True')) return false
  if (!suspended && i < 0) return false
  const [reason, message] = suspended ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed']
  const noted = condition(engine.timestamp, 'Suspended', reason!, message!)
  noted.status = suspended ? 'True' : 'False'
  if (i < 0) conditions.push(noted)
  else conditions[i] = noted
  recorder.event(job, 'Normal', suspended ? 'Suspended' : 'Resumed', message!)
  // A suspended job has no start; a resumed one starts anew, and so does its deadline.
  if (suspended) delete status.startTime
  else status.startTime = engine.timestamp
  return true
}
