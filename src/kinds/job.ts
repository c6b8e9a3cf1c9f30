// Job: pkg/registry/batch/job.
import { parseTime } from '../engine/engine.ts'
import { containerCells } from './machinery/cells.ts'
import { age, humanDuration } from './machinery/duration.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Job } from './schema/types.ts'

/** Conditions that the status column names, in this order. */
const states = [
  ['Complete', 'Complete'],
  ['Failed', 'Failed'],
  ['Suspended', 'Suspended'],
  ['FailureTarget', 'FailureTarget'],
  ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
] as const

/** STATUS of a job's row. */
export function jobState({ metadata, status }: Job): string {
  const has = (type: string) => status.conditions?.find(c => c.type === type)?.status === 'True'
  for (const [type, word] of states) {
    if (type === 'Suspended' && metadata.deletionTimestamp) return 'Terminating'
    if (has(type)) return word
  }
  return 'Running'
}

export const job = defineKind<Job>('jobs.batch/v1', {
  counted: true,
  defaultPropagation: 'Background',
  selectableFields: ({ status }) => ({ 'status.successful': String(status.succeeded ?? 0) }),
  row(object, { now }) {
    const { metadata, spec, status } = object
    const succeeded = status.succeeded ?? 0
    const completions =
      spec.completions !== undefined
        ? `${succeeded}/${spec.completions}`
        : (spec.parallelism ?? 0) > 1
          ? `${succeeded}/1 of ${spec.parallelism}`
          : `${succeeded}/1`
    const { startTime, completionTime } = status
    const end = completionTime ? parseTime(completionTime) : now
    return [
      metadata.name,
      jobState(object),
      completions,
      startTime ? humanDuration(end - parseTime(startTime)) : '',
      age(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      formatLabelSelector(spec.selector),
    ]
  },
})
