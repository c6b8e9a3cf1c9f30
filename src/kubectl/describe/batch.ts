// kubectl describe of Job and CronJob.

import { parseTime } from '../../engine/engine.ts'
import { humanDuration } from '../../kinds/machinery/duration.ts'
import type { CronJob, Job, ObjectReference } from '../../kinds/schema/types.ts'
import { describeSelector } from '../print/labels.ts'
import {
  annotations,
  bool,
  controllerOf,
  type Describer,
  events,
  heading,
  labels,
  longTime,
} from './parts.ts'
import { describePodTemplate } from './pod-template.ts'
import { orUnset } from './queries.ts'

export const describeJob: Describer<Job> = (job, d) => {
  const { w } = d
  const { metadata, spec, status } = job
  w.line(0, 'Name:', metadata.name)
  w.line(0, 'Namespace:', metadata.namespace ?? '')
  if (spec.selector) w.line(0, 'Selector:', describeSelector(spec.selector))
  labels(w, 'Labels', metadata.labels)
  annotations(w, 'Annotations', metadata.annotations)
  if (controllerOf(job)) w.field('Controlled By', controllerOf(job))
  if (spec.parallelism !== undefined) w.line(0, 'Parallelism:', spec.parallelism)
  w.line(0, 'Completions:', orUnset(spec.completions))
  if (spec.completionMode) w.line(0, 'Completion Mode:', spec.completionMode)
  if (spec.suspend !== undefined) w.line(0, 'Suspend:', String(spec.suspend))
  if (spec.backoffLimit !== undefined) w.line(0, 'Backoff Limit:', spec.backoffLimit)
  if (spec.ttlSecondsAfterFinished !== undefined)
    w.line(0, 'TTL Seconds After Finished:', spec.ttlSecondsAfterFinished)
  if (status.startTime) w.line(0, 'Start Time:', longTime(status.startTime))
  if (status.completionTime) w.line(0, 'Completed At:', longTime(status.completionTime))
  if (status.startTime && status.completionTime)
    w.line(0, 'Duration:', humanDuration(parseTime(status.completionTime) - parseTime(status.startTime)))
  if (spec.activeDeadlineSeconds !== undefined)
    w.line(0, 'Active Deadline Seconds:', `${spec.activeDeadlineSeconds}s`)
  const { active = 0, ready, succeeded = 0, failed = 0 } = status
  w.line(
    0,
    'Pods Statuses:',
    `${active} Active${ready === undefined ? '' : ` (${ready} Ready)`} / ${succeeded} Succeeded / ${failed} Failed`,
  )
  if (spec.completionMode === 'Indexed')
    w.line(0, 'Completed Indexes:', cappedIndexes(status.completedIndexes ?? ''))
  describePodTemplate(spec.template, w)
  events(job, d)
}

function cappedIndexes(indexes: string): string {
  if (!indexes) return '<none>'
  if (indexes.length <= 50) return indexes
  return `${indexes.slice(0, indexes.lastIndexOf(',', 50) + 1)}...`
}

export const describeCronJob: Describer<CronJob> = (cron, d) => {
  const { w } = d
  const { spec, status } = cron
  heading(cron, d)
  w.line(0, 'Schedule:', spec.schedule)
  w.line(0, 'Concurrency Policy:', spec.concurrencyPolicy ?? '')
  w.line(0, 'Suspend:', bool(spec.suspend))
  w.line(0, 'Time Zone:', orUnset(spec.timeZone))
  w.line(0, 'Successful Job History Limit:', orUnset(spec.successfulJobsHistoryLimit))
  w.line(0, 'Failed Job History Limit:', orUnset(spec.failedJobsHistoryLimit))
  w.line(
    0,
    'Starting Deadline Seconds:',
    spec.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`,
  )
  const job = spec.jobTemplate?.spec ?? {}
  w.line(0, 'Selector:', job.selector ? describeSelector(job.selector) : '<unset>')
  w.line(0, 'Parallelism:', orUnset(job.parallelism))
  w.line(0, 'Completions:', orUnset(job.completions))
  if (job.activeDeadlineSeconds !== undefined)
    w.line(0, 'Active Deadline Seconds:', `${job.activeDeadlineSeconds}s`)
  describePodTemplate(job.template, w)
  w.line(0, 'Last Schedule Time:', status.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>')
  w.line(0, 'Active Jobs:', (status.active ?? []).map((a: ObjectReference) => a.name).join(', ') || '<none>')
  events(cron, d)
}
