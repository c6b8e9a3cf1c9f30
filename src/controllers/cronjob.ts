// The cron job controller: makes a job at each time of the schedule and cleans up old ones.
// Rules: pkg/controller/cronjob/cronjob_controllerv2.go.

import { isAlreadyExists, isNotFound } from '../api/errors.ts'
import { objectKey } from '../api/informer.ts'
import { formatTime, parseTime } from '../engine/engine.ts'
import { nextTime, parseSchedule, type Schedule, timeIn } from '../kinds/machinery/cron.ts'
import { equal } from '../kinds/machinery/equality.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { CronJob, Job, ObjectReference } from '../kinds/schema/types.ts'
import { controllerRef, indexByController, newControllerRef, ownerOf } from './claim.ts'
import { recorderFor, type StartController, WorkQueue } from './controller.ts'
import { isJobFinished, trueCondition } from './job-conditions.ts'

/** Clocks differ: a job is made a little after its time (nextScheduleDelta of cronjob_controllerv2.go). */
const lateMs = 100

/** Of one that is being looked at: its list is there, and may be changed. */
const activeOf = ({ status }: CronJob): ObjectReference[] => status.active!

export const startCronJob: StartController = context => {
  const { client, informers, engine } = context
  const cronJobs = informers.of('cronjobs.batch')
  const jobs = informers.of('jobs.batch')
  indexByController(jobs)
  const cronJobClient = client.resource<CronJob>('cronjobs.batch')
  const jobClient = client.resource<Job>('jobs.batch')
  const recorder = recorderFor(context, 'cronjob-controller')
  const queue = new WorkQueue(context, sync)
  const enqueue = (cronJob: CronJob | undefined) => cronJob && queue.add(objectKey(cronJob))
  const owner = (job: Job) => ownerOf(job, cronJobs, 'CronJob')
  cronJobs.handle({ add: enqueue, update: updated, delete: enqueue })
  jobs.handle({
    add: job => enqueue(owner(job)),
    update(old, job) {
      if (!equal(controllerRef(old), controllerRef(job))) enqueue(owner(old))
      enqueue(owner(job))
    },
    delete: job => enqueue(owner(job)),
  })

  /** With another schedule or zone it is looked at when that comes next, and not before for what it would have missed. */
  function updated(old: CronJob, cronJob: CronJob): void {
    const { schedule, timeZone } = cronJob.spec
    if (schedule === old.spec.schedule && timeZone === old.spec.timeZone) {
      enqueue(cronJob)
      return
    }
    const parsed = parseSchedule(schedule)
    const next = typeof parsed === 'string' ? undefined : nextTime(parsed, engine.now, timeZone)
    if (next !== undefined) queue.addAfter(objectKey(cronJob), next - engine.now + lateMs)
  }

  function sync(key: string): number {
    const cached = cronJobs.get(key)
    if (!cached) return 1
    const own = jobs.byIndex('controller', cached.metadata.uid!)
    const { active = [], ...status } = cached.status ?? {}
    const cronJob: CronJob = { ...cached, status: { ...status, active: [...active] } }
    cleanUp(cronJob, own)
    try {
      const next = schedule(cronJob, own)
      if (next !== undefined) queue.addAfter(key, next - engine.now + lateMs)
    } finally {
      const { status } = cronJob
      const { active: before = [], ...others } = cached.status ?? {}
      if (!equal({ ...others, active: before }, status)) cronJobClient.updateStatus(cronJob)
    }
    return own.length + 1
  }

  const isActive = (cronJob: CronJob, uid: string | undefined): boolean =>
    activeOf(cronJob).some(ref => ref.uid === uid)

  function forget(cronJob: CronJob, uid: string | undefined): void {
    cronJob.status.active = activeOf(cronJob).filter(ref => ref.uid !== uid)
  }

  /** Takes note of finished jobs, starts one if it is time; returns when to look again. */
  function schedule(cronJob: CronJob, own: readonly Job[]): number | undefined {
    noteFinished(cronJob, own)
    const { spec } = cronJob
    if (cronJob.metadata.deletionTimestamp || spec.suspend) return undefined
    const parsed = parseSchedule(spec.schedule)
    if (typeof parsed === 'string') {
      const message = `unparseable schedule: ${goQuote(spec.schedule)} : ${parsed}`
      recorder.event(cronJob, 'Warning', 'UnparseableSchedule', message)
      return undefined
    }
    const next = nextTime(parsed, engine.now, spec.timeZone)
    const due = mostRecent(cronJob, parsed)
    if (due === undefined) return next
    const { namespace, name } = cronJob.metadata
    const deadline = spec.startingDeadlineSeconds
    if (deadline !== undefined && due + deadline * 1000 < engine.now) {
      recorder.event(
        cronJob,
        'Warning',
        'MissSchedule',
        `Missed scheduled time to start a job: ${rfc1123(due)}`,
      )
      return next
    }
    const jobName = `${name}-${Math.floor(due / 60_000)}`
    const started = activeOf(cronJob).some(ref => ref.name === jobName)
    if (started || cronJob.status.lastScheduleTime === formatTime(due)) return next
    if (spec.concurrencyPolicy === 'Forbid' && activeOf(cronJob).length > 0) {
      const message = 'Not starting job because prior execution is running and concurrency policy is Forbid'
      recorder.event(cronJob, 'Normal', 'JobAlreadyActive', message)
      return next
    }
    if (spec.concurrencyPolicy === 'Replace') {
      for (const ref of [...activeOf(cronJob)]) {
        const job = jobClient.get(namespace!, ref.name!)
        remove(cronJob, job)
      }
    }
    const job = start(cronJob, jobName, due)
    if (!job) return undefined
    const { apiVersion, kind, metadata } = job
    const { uid, resourceVersion } = metadata
    activeOf(cronJob).push({ kind, namespace, name: jobName, uid, apiVersion, resourceVersion })
    cronJob.status.lastScheduleTime = formatTime(due)
    return next
  }

  function noteFinished(cronJob: CronJob, own: readonly Job[]): void {
    const { status } = cronJob
    for (const job of own) {
      const { uid, name } = job.metadata
      const active = isActive(cronJob, uid)
      if (!isJobFinished(job)) {
        if (active) continue
        const fresh = cronJobClient.find(cronJob.metadata.namespace!, cronJob.metadata.name)
        if (fresh?.status?.active?.some(ref => ref.uid === uid)) continue
        const message = `Saw a job that the controller did not create or forgot: ${name}`
        recorder.event(cronJob, 'Warning', 'UnexpectedJob', message)
        continue
      }
      const complete = trueCondition(job, 'Complete')
      if (active) {
        forget(cronJob, uid)
        const condition = complete ? 'Complete' : 'Failed'
        recorder.event(
          cronJob,
          'Normal',
          'SawCompletedJob',
          `Saw completed job: ${name}, condition: ${condition}`,
        )
      }
      const { completionTime } = job.status
      if (complete && completionTime! > (status.lastSuccessfulTime ?? ''))
        status.lastSuccessfulTime = completionTime
    }
    for (const ref of [...activeOf(cronJob)]) {
      if (own.some(job => job.metadata.uid === ref.uid)) continue
      if (jobClient.find(ref.namespace!, ref.name!)) continue
      recorder.event(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${ref.name}`)
      forget(cronJob, ref.uid)
    }
  }

  function start(cronJob: CronJob, name: string, due: number): Job | undefined {
    const { metadata, spec } = cronJob.spec.jobTemplate
    const namespace = cronJob.metadata.namespace!
    const stamp = 'batch.kubernetes.io/cronjob-scheduled-timestamp'
    const annotations = { ...metadata?.annotations, [stamp]: timeIn(cronJob.spec.timeZone, due) }
    const ownerReferences = [newControllerRef(cronJob)]
    try {
      const wanted: Omit<Job, 'status'> = {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          name,
          namespace,
          ...(metadata?.labels && { labels: metadata.labels }),
          annotations,
          ownerReferences,
        },
        spec,
      }
      const job = jobClient.create(wanted as Job)
      recorder.event(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${name}`)
      return job
    } catch (error) {
      if (isAlreadyExists(error)) {
        const job = jobClient.get(namespace, name)
        const mine = controllerRef(job)?.uid === cronJob.metadata.uid
        return mine && !isActive(cronJob, job.metadata.uid) ? job : undefined
      }
      recorder.event(cronJob, 'Warning', 'FailedCreate', `Error creating job: ${(error as Error).message}`)
      throw error
    }
  }

  /** The latest time that has come since the last job; undefined where none has. */
  function mostRecent(cronJob: CronJob, schedule: Schedule): number | undefined {
    const { timeZone, startingDeadlineSeconds: deadline } = cronJob.spec
    const { lastScheduleTime } = cronJob.status
    let earliest = parseTime(lastScheduleTime ?? cronJob.metadata.creationTimestamp!)
    if (deadline !== undefined) earliest = Math.max(earliest, engine.now - deadline * 1000)
    const after = (time: number) => nextTime(schedule, time, timeZone)
    const first = after(earliest)
    if (first === undefined || engine.now < first) return undefined
    const second = after(first)
    if (second === undefined || engine.now < second) return first
    const interval = second - first
    const missed = Math.floor((engine.now - first) / interval) + 1
    if (missed > 100) {
      const message =
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew'
      recorder.event(cronJob, 'Warning', 'TooManyMissedTimes', message)
    }
    let recent: number | undefined
    for (let t = after(first + (missed - 2) * interval); t !== undefined && t <= engine.now; t = after(t))
      recent = t
    return recent
  }

  function cleanUp(cronJob: CronJob, own: readonly Job[]): void {
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = cronJob.spec
    const trim = (type: string, limit: number | undefined) => {
      if (limit === undefined) return
      const done = own.filter(job => trueCondition(job, type))
      done.sort((a, b) => startTime(a) - startTime(b) || (a.metadata.name < b.metadata.name ? -1 : 1))
      for (const job of done.slice(0, Math.max(0, done.length - limit))) remove(cronJob, job)
    }
    trim('Complete', successfulJobsHistoryLimit)
    trim('Failed', failedJobsHistoryLimit)
  }

  function remove(cronJob: CronJob, job: Job): void {
    const { name, namespace = '', uid } = job.metadata
    try {
      jobClient.delete(namespace, name, { propagationPolicy: 'Background' })
    } catch (error) {
      if (isNotFound(error)) return
      recorder.event(cronJob, 'Warning', 'FailedDelete', `Deleted job: ${(error as Error).message}`)
      throw error
    }
    forget(cronJob, uid)
    recorder.event(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`)
  }
}

const startTime = (job: Job): number =>
  job.status?.startTime ? parseTime(job.status.startTime) : Number.MAX_SAFE_INTEGER

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `Mon, 23 Nov 2026 11:24:00 UTC` */
function rfc1123(ms: number): string {
  const [year, month, day] = formatTime(ms).slice(0, 10).split('-')
  const weekday = weekdays[Math.floor(ms / 86_400_000) % 7]
  return `${weekday}, ${day} ${months[Number(month) - 1]} ${year} ${formatTime(ms).slice(11, 19)} UTC`
}
