// How a job ends: the conditions of its status, and what they say.
import type { AnyObject } from '../kinds/object.ts'

export type Job = AnyObject
export type Condition = {
  type: string
  status: string
  reason: string
  message: string
  [time: string]: string
}

export const findCondition = (job: Job, type: string): Condition | undefined =>
  job.status?.conditions?.find((c: Condition) => c.type === type && c.status === 'True')

export const isJobFinished = (job: Job): boolean =>
  !!findCondition(job, 'Complete') || !!findCondition(job, 'Failed')

/** A condition that holds since `time` (an API timestamp). */
export const condition = (time: string, type: string, reason: string, message: string): Condition => ({
  type,
  status: 'True',
  lastProbeTime: time,
  lastTransitionTime: time,
  reason,
  message,
})
