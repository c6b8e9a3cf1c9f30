// CronJob: pkg/registry/batch/cronjob.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { CronJob } from './schema/types.ts'

export const cronJob = defineKind<CronJob>('cronjobs.batch/v1', {
  counted: true,
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec.schedule,
    spec.timeZone ?? '<none>',
    spec.suspend === undefined ? '<unset>' : spec.suspend ? 'True' : 'False',
    (status.active ?? []).length,
    status.lastScheduleTime ? age(status.lastScheduleTime, now) : '<none>',
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.jobTemplate.spec.template),
    formatLabelSelector(spec.jobTemplate.spec.selector),
  ],
})
