// How a job ends: the conditions of its status, and what they say.
import type { Job, JobCondition } from '../kinds/schema/types.ts'

export type { Job }

export const findCondition = (job: Job, type: string): JobCondition | undefined =>
  job.status?.conditions?.find(c => c.type === type && c.status === 'True')

export const isJobFinished = (job: Job): boolean =>
  !!findCondition(job, 'Complete') || !!findCondition(job, 'Failed')

/** A condition that holds since `time` (an API timestamp). */
export const condition = (time: string, type: string, reason: string, message: string): JobCondition => ({
  type,
  status: 'True',
  lastProbeTime: time,
  lastTransitionTime: time,
  reason,
  message,
})
