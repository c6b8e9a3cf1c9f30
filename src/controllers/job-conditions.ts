// How a job ends: the conditions of its status, and what they say.
import { findCondition, isTrue } from '../kinds/machinery/conditions.ts'
import type { Job, JobCondition } from '../kinds/schema/types.ts'

export type { Job }

/** The condition of a type, where it is true. */
export function trueCondition({ status }: Job, type: string): JobCondition | undefined {
  const found = findCondition(status, type)
  return found?.status === 'True' ? found : undefined
}

export const isJobFinished = ({ status }: Job): boolean =>
  isTrue(status, 'Complete') || isTrue(status, 'Failed')

/** A condition that holds since `time` (an API timestamp). */
export const condition = (time: string, type: string, reason: string, message: string): JobCondition => ({
  type,
  status: 'True',
  lastProbeTime: time,
  lastTransitionTime: time,
  reason,
  message,
})
