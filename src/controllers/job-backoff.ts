// How long a job waits after failures of its pods before it makes the next: 10 s, 20 s … 10 min, from the last failure on;
// a success ends the row. Rules: pkg/controller/job/backoff_utils.go.
import { parseTime } from '../engine/engine.ts'
import type { Pod } from './pods.ts'

/** DefaultJobPodFailureBackOff and MaxJobPodFailureBackOff of job_controller.go. */
const backoffMs = 10_000
const maxBackoffMs = 600_000

export class JobBackoff {
  /** Failures in a row and when the last one was, by job. */
  readonly #records = new Map<string, { failures: number; last: number }>()

  forget(key: string): void {
    this.#records.delete(key)
  }

  /** Pods of a job that have ended since it was last looked at. */
  note(key: string, won: readonly Pod[], lost: readonly Pod[]): void {
    if (won.length + lost.length === 0) return
    const record = won.length
      ? { failures: 0, last: 0 }
      : { ...(this.#records.get(key) ?? { failures: 0, last: 0 }) }
    const since = Math.max(0, ...won.map(finishTime))
    for (const pod of lost) {
      const time = finishTime(pod)
      if (time <= since && won.length) continue
      record.failures++
      record.last = Math.max(record.last, time)
    }
    this.#records.set(key, record)
  }

  /** Milliseconds that are left at `now`; none where it is not positive. */
  remaining(key: string, now: number): number {
    const record = this.#records.get(key)
    if (!record?.failures) return 0
    return record.last + Math.min(maxBackoffMs, backoffMs * 2 ** (record.failures - 1)) - now
  }
}

/**
 * When a pod ended: the last of its containers, once all have; else when it ceased to be ready; else when it was told to go,
 * which is its deletion's time less the grace that is to pass until then.
 */
function finishTime({ metadata, status = {} }: Pod): number {
  const { containerStatuses = [] } = status
  const ended = containerStatuses.flatMap(({ state }) => state?.terminated ?? [])
  // Of a container that was lost nobody knows when.
  const known = ended.flatMap(({ finishedAt }) => (finishedAt ? parseTime(finishedAt) : []))
  if (known.length > 0 && ended.length === containerStatuses.length) return Math.max(...known)
  const ready = status.conditions?.find(({ type }) => type === 'Ready')
  if (ready?.status === 'False' && ready.lastTransitionTime) return parseTime(ready.lastTransitionTime)
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata
  if (deletionTimestamp) return parseTime(deletionTimestamp) - deletionGracePeriodSeconds * 1000
  return parseTime(metadata.creationTimestamp!)
}
