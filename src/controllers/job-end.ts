// Whether a job has ended, by success or failure: its limits, its deadline, its policies.
// Rules: pkg/controller/job/job_controller.go (syncJob).

import { parseTime } from '../engine/engine.ts'
import type { JobCondition } from '../kinds/schema/types.ts'
import { condition, trueCondition } from './job-conditions.ts'
import type { JobLook } from './job-look.ts'
import { judge } from './job-policy.ts'
import { matchedRule } from './job-success.ts'

export interface Ending {
  /** The condition by which it ends. */
  readonly finished?: JobCondition | undefined
  /** Milliseconds until its deadline, where it has one ahead. */
  readonly deadline?: number | undefined
}

/** `time`: now, as the API writes it and in ms since 1970. */
export function endingOf(
  look: JobLook,
  suspended: boolean,
  time: { readonly timestamp: string; readonly now: number },
): Ending {
  const { job, status, indexed, doneIndexes } = look
  const { spec } = job
  const met = trueCondition(job, 'SuccessCriteriaMet')
  if (met) return { finished: met }
  const target = trueCondition(job, 'FailureTarget')
  if (target) return { finished: condition(time.timestamp, 'Failed', target.reason!, target.message!) }
  const fail = (reason: string, message: string): Ending => ({
    finished: condition(time.timestamp, 'FailureTarget', reason, message),
  })
  const message = look.own
    .filter(pod => look.isFailed(pod))
    .map(pod => judge(spec.podFailurePolicy, pod).message)
    .find(Boolean)
  if (message) return fail('PodFailurePolicy', message)
  const limit = spec.backoffLimit ?? 6
  const restarts = restartsOf(look)
  if (look.failed > limit || restarts > limit || (limit === 0 && restarts > 0))
    return fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
  const start = status.startTime ? parseTime(status.startTime) : time.now
  const left = (spec.activeDeadlineSeconds ?? Number.POSITIVE_INFINITY) * 1000 - (time.now - start)
  if (!suspended && left <= 0)
    return fail('DeadlineExceeded', 'Job was active longer than specified deadline')
  const deadline = !suspended && left < Number.POSITIVE_INFINITY ? left : undefined
  if (!indexed) return { deadline }
  const failed = look.failedIndexes?.size ?? 0
  if (failed > (spec.maxFailedIndexes ?? Number.POSITIVE_INFINITY))
    return {
      ...fail('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes'),
      deadline,
    }
  if (failed && failed + doneIndexes.size >= spec.completions!)
    return { ...fail('FailedIndexes', 'Job has failed indexes'), deadline }
  const enough = matchedRule(spec, doneIndexes)
  if (!enough) return { deadline }
  return { finished: condition(time.timestamp, 'SuccessCriteriaMet', 'SuccessPolicy', enough), deadline }
}

/** With restartPolicy OnFailure the restarts of containers count; the limit is passed once they reach it. */
function restartsOf({ job, own }: JobLook): number {
  const { template, backoffLimit = 6 } = job.spec
  if (template.spec.restartPolicy !== 'OnFailure') return 0
  let sum = 0
  for (const { status } of own) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue
    for (const list of [status.initContainerStatuses, status.containerStatuses]) {
      for (const { restartCount } of list ?? []) sum += restartCount
    }
  }
  return backoffLimit > 0 && sum >= backoffLimit ? backoffLimit + 1 : sum
}
