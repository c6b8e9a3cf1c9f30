// CronJob: pkg/registry/batch/cronjob, pkg/apis/batch.
import { containerCells } from './machinery/cells.ts'
import { parseSchedule, timeZoneFault } from './machinery/cron.ts'
import { age } from './machinery/duration.ts'
import { type FieldError, invalid, notSupported, required } from './machinery/field-error.ts'
import { defaultJobTemplate, jobWarnings, validateJobSpec } from './machinery/job-spec.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { validateNonnegative } from './machinery/meta-validation.ts'
import { byteLength } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { hostnameWarnings } from './pod-spec/warnings.ts'
import type { CronJob, CronJobSpec } from './schema/types.ts'

function defaults({ spec }: CronJob): void {
  spec.concurrencyPolicy ||= 'Allow'
  spec.suspend ??= false
  spec.successfulJobsHistoryLimit ??= 3
  spec.failedJobsHistoryLimit ??= 1
  defaultJobTemplate(spec.jobTemplate.spec)
}

function validateSchedule({ schedule, timeZone }: CronJobSpec, old: CronJobSpec | undefined): FieldError[] {
  const field = 'spec.schedule'
  if (!schedule) return [required(field)]
  const errors: FieldError[] = []
  const parsed = parseSchedule(schedule)
  if (typeof parsed === 'string') errors.push(invalid(field, schedule, parsed))
  if (!schedule.includes('TZ')) return errors
  if (!old?.schedule.includes('TZ'))
    errors.push(invalid(field, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'))
  else if (timeZone !== undefined)
    errors.push(invalid(field, schedule, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'))
  return errors
}

function validateTimeZone(zone: string | undefined): FieldError[] {
  const field = 'spec.timeZone'
  if (zone === undefined) return []
  if (!zone) return [invalid(field, zone, 'timeZone must be nil or non-empty string')]
  const good = (part: string) => part !== '.' && part !== '..' && /^(?!-)[A-Za-z._0-9+-]{1,14}$/.test(part)
  if (!zone.split('/').every(good)) return [invalid(field, zone, `unknown time zone ${zone}`)]
  const errors: FieldError[] = []
  if (zone.toLowerCase() === 'local')
    errors.push(
      invalid(
        field,
        zone,
        'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ),
    )
  const fault = timeZoneFault(zone)
  if (fault) errors.push(invalid(field, zone, fault))
  return errors
}

const policies = ['Allow', 'Forbid', 'Replace']

function validateSpec(spec: CronJobSpec, old?: CronJobSpec): FieldError[] {
  const template = spec.jobTemplate.spec
  const at = 'spec.jobTemplate.spec'
  const policy = spec.concurrencyPolicy
  const errors = [
    ...validateSchedule(spec, old),
    ...validateNonnegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds'),
    ...(old && old.timeZone === spec.timeZone ? [] : validateTimeZone(spec.timeZone)),
    ...(!policy
      ? [required('spec.concurrencyPolicy')]
      : policies.includes(policy)
        ? []
        : [notSupported('spec.concurrencyPolicy', policy, policies)]),
    ...validateJobSpec(template, at),
  ]
  if (template.selector)
    errors.push(invalid(`${at}.selector`, template.selector, '`selector` will be auto-generated'))
  if (template.manualSelector)
    errors.push(notSupported(`${at}.manualSelector`, template.manualSelector, ['nil', 'false']))
  return [
    ...errors,
    ...validateNonnegative(spec.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit'),
    ...validateNonnegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit'),
  ]
}

export const cronJob = defineKind<CronJob>('cronjobs.batch/v1', {
  counted: true,
  defaults,
  validate: ({ metadata, spec }) => [
    ...validateSpec(spec),
    ...(byteLength(metadata.name ?? '') > 52
      ? [invalid('metadata.name', metadata.name, 'must be no more than 52 characters')]
      : []),
  ],
  validateUpdate: ({ spec }, old) => validateSpec(spec, old.spec),
  warnings({ metadata, spec }, old) {
    const at = 'spec.jobTemplate.spec'
    if (!old) return [...hostnameWarnings(metadata), ...jobWarnings(spec.jobTemplate.spec, at)]
    return [
      ...(metadata.generation !== old.metadata.generation ? jobWarnings(spec.jobTemplate.spec, at) : []),
      ...(spec.schedule.includes('TZ')
        ? [
            'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details',
          ]
        : []),
    ]
  },
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
