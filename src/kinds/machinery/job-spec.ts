// The spec of Jobs and of CronJobs' templates: validateJobSpec of pkg/apis/batch/validation/validation.go.

import { defaultPodSpec } from '../pod-spec/defaults.ts'
import { validatePodTemplate } from '../pod-spec/validation.ts'
import { podWarnings } from '../pod-spec/warnings.ts'
import type { JobSpec, PodFailurePolicyRule, SuccessPolicyRule } from '../schema/types.ts'
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
} from './field-error.ts'
import { internalValue } from './internal.ts'
import { invalidEach, validateNonnegative } from './meta-validation.ts'
import { byteLength, isDNS1123Subdomain, isQualifiedName, regexError } from './names.ts'
import { goQuote } from './quote.ts'

/** Defaults that Jobs get; CronJobs' templates get only those of the pod template. */
export function defaultJobSpec(spec: JobSpec): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1
  spec.parallelism ??= 1
  spec.backoffLimit ??= spec.backoffLimitPerIndex !== undefined ? 2147483647 : 6
  spec.completionMode ??= 'NonIndexed'
  spec.suspend ??= false
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'
  spec.manualSelector ??= false
}

export function defaultJobTemplate(spec: JobSpec): void {
  for (const rule of spec.podFailurePolicy?.rules ?? [])
    for (const pattern of rule.onPodConditions ?? []) pattern.status ||= 'True'
  defaultPodSpec(spec.template.spec)
}

const counted = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const

export function validateJobSpec(spec: JobSpec, field: string): FieldError[] {
  const { completions, backoffLimitPerIndex: perIndex, maxFailedIndexes: maxFailed } = spec
  const mode = spec.completionMode
  const errors = counted.flatMap(name => validateNonnegative(spec[name], `${field}.${name}`))
  if (maxFailed !== undefined && perIndex === undefined)
    errors.push(required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'))
  if (spec.managedBy !== undefined) errors.push(...validateManagedBy(spec.managedBy, `${field}.managedBy`))
  if (mode !== undefined && mode !== 'NonIndexed' && mode !== 'Indexed')
    errors.push(notSupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed']))
  if (mode === 'Indexed') {
    const max = (name: 'parallelism' | 'maxFailedIndexes', limit: number, more = '') => {
      const value = spec[name]
      if (value !== undefined && value > limit)
        errors.push(invalid(`${field}.${name}`, value, `must be less than or equal to ${limit}${more}`))
    }
    if (completions === undefined)
      errors.push(required(`${field}.completions`, 'when completion mode is Indexed'))
    max('parallelism', 100000, ' when completion mode is Indexed')
    if (completions !== undefined && maxFailed !== undefined && maxFailed > completions)
      errors.push(
        invalid(`${field}.maxFailedIndexes`, maxFailed, 'must be less than or equal to completions'),
      )
    max('maxFailedIndexes', 100000)
    if (completions !== undefined && completions > 100000 && perIndex !== undefined) {
      if (maxFailed === undefined)
        errors.push(
          required(`${field}.maxFailedIndexes`, 'must be specified when completions is above 100000'),
        )
      const more = ' when completions are above 100000 and used with backoff limit per index'
      max('parallelism', 10000, more)
      max('maxFailedIndexes', 10000, more)
    }
  }
  if (mode === undefined || mode === 'NonIndexed')
    for (const name of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const)
      if (spec[name] !== undefined)
        errors.push(invalid(`${field}.${name}`, spec[name], 'requires indexed completion mode'))
  if (spec.podFailurePolicy) {
    const rules = spec.podFailurePolicy.rules ?? []
    const at = `${field}.podFailurePolicy.rules`
    if (rules.length > 20) errors.push(tooMany(at, rules.length, 20))
    rules.forEach((rule, i) => {
      errors.push(...validateFailureRule(rule, spec, `${at}[${i}]`))
    })
  }
  if (spec.successPolicy) {
    const at = `${field}.successPolicy`
    const rules = spec.successPolicy.rules ?? []
    if (mode !== 'Indexed')
      errors.push(
        invalid(
          at,
          internalValue('io.k8s.api.batch.v1.SuccessPolicy', spec.successPolicy),
          'requires indexed completion mode',
        ),
      )
    else {
      if (!rules.length)
        errors.push(
          required(`${at}.rules`, 'at least one rules must be specified when the successPolicy is specified'),
        )
      if (rules.length > 20) errors.push(tooMany(`${at}.rules`, rules.length, 20))
      rules.forEach((rule, i) => {
        errors.push(...validateSuccessRule(rule, completions ?? 0, `${at}.rules[${i}]`))
      })
    }
  }
  const replacement = spec.podReplacementPolicy
  const replacements = spec.podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed']
  if (replacement !== undefined && !replacements.includes(replacement))
    errors.push(notSupported(`${field}.podReplacementPolicy`, replacement, replacements))
  errors.push(...validatePodTemplate(spec.template, `${field}.template`))
  const policy = spec.template.spec.restartPolicy
  const at = `${field}.template.spec.restartPolicy`
  if (!policy || policy === 'Always') errors.push(required(at, 'valid values: "OnFailure", "Never"'))
  else if (policy !== 'OnFailure' && policy !== 'Never')
    errors.push(notSupported(at, policy, ['OnFailure', 'Never']))
  else if (spec.podFailurePolicy && policy !== 'Never')
    errors.push(invalid(at, policy, 'only "Never" is supported when podFailurePolicy is specified'))
  return errors
}

function validateManagedBy(value: string, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (!value) errors.push(required(field))
  else {
    const slash = value.indexOf('/')
    const host = value.slice(0, slash)
    const path = value.slice(slash + 1)
    if (slash < 1 || !path)
      errors.push(invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")'))
    else {
      errors.push(...invalidEach(field, host, isDNS1123Subdomain(host)))
      const format = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+"
      if (!new RegExp(`^${format}$`).test(path))
        errors.push(invalid(field, path, regexError('Invalid path', format)))
    }
  }
  if (byteLength(value) > 63) errors.push(tooLong(field, 63))
  return errors
}

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore']
const statuses = ['False', 'True', 'Unknown']
const listed = (values: string[]): string => `valid values: [${values.map(v => JSON.stringify(v)).join(' ')}]`

/** A value that the message leaves out: field.OmitValueType. */
const withoutValue = (field: string, detail: string): FieldError => ({
  type: 'Invalid',
  field,
  omitValue: true,
  detail,
})

function validateFailureRule(rule: PodFailurePolicyRule, spec: JobSpec, field: string): FieldError[] {
  const { action, onExitCodes: exit, onPodConditions: conditions } = rule
  const errors: FieldError[] = []
  if (!action) errors.push(required(`${field}.action`, listed(actions)))
  else if (action === 'FailIndex') {
    if (spec.backoffLimitPerIndex === undefined)
      errors.push(invalid(`${field}.action`, action, 'requires the backoffLimitPerIndex to be set'))
  } else if (!actions.includes(action)) errors.push(notSupported(`${field}.action`, action, actions))
  if (exit) {
    const at = `${field}.onExitCodes`
    const values = exit.values ?? []
    const { spec: podSpec } = spec.template
    const names = [...(podSpec.containers ?? []), ...(podSpec.initContainers ?? [])].map(c => c.name)
    if (!exit.operator) errors.push(required(`${at}.operator`, listed(['In', 'NotIn'])))
    else if (exit.operator !== 'In' && exit.operator !== 'NotIn')
      errors.push(notSupported(`${at}.operator`, exit.operator, ['In', 'NotIn']))
    if (exit.containerName !== undefined && !names.includes(exit.containerName))
      errors.push(
        invalid(
          `${at}.containerName`,
          exit.containerName,
          'must be one of the container or initContainer names in the pod template',
        ),
      )
    if (!values.length)
      errors.push(invalid(`${at}.values`, exit.values ?? null, 'at least one value is required'))
    else if (values.length > 255) errors.push(tooMany(`${at}.values`, values.length, 255))
    values.forEach((value, i) => {
      if (exit.operator === 'In' && value === 0)
        errors.push(invalid(`${at}.values[${i}]`, value, 'must not be 0 for the In operator'))
      if (values.indexOf(value) < i) errors.push(duplicate(`${at}.values[${i}]`, value))
    })
    if (values.some((value, i) => i > 0 && values[i - 1]! > value))
      errors.push(invalid(`${at}.values`, values, 'must be ordered'))
  }
  const patterns = conditions ?? []
  if (patterns.length > 20) errors.push(tooMany(`${field}.onPodConditions`, patterns.length, 20))
  patterns.forEach(({ type, status }, i) => {
    const at = `${field}.onPodConditions[${i}]`
    errors.push(...invalidEach(`${at}.type`, type, isQualifiedName(type)))
    if (!status) errors.push(required(`${at}.status`, listed(statuses)))
    else if (!statuses.includes(status)) errors.push(notSupported(`${at}.status`, status, statuses))
  })
  if (exit && patterns.length)
    errors.push(withoutValue(field, 'specifying both OnExitCodes and OnPodConditions is not supported'))
  if (!exit && !patterns.length)
    errors.push(withoutValue(field, 'specifying one of OnExitCodes and OnPodConditions is required'))
  return errors
}

/** How many indexes `1,3-5` names, or what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  let total = 0
  let last: number | undefined
  for (const interval of text ? text.split(',') : []) {
    const limits = interval.split('-')
    if (limits.length > 2)
      return `the fragment "${interval}" violates the requirement that an index interval can have at most two parts separated by '-'`
    const numbers: number[] = []
    for (const limit of limits) {
      if (!/^[+-]?\d+$/.test(limit)) return `cannot convert string to integer for index: ${goQuote(limit)}`
      numbers.push(Number(limit))
    }
    const [first = 0, end = first] = numbers
    for (const index of numbers) if (index >= completions) return `too large index: ${goQuote(String(index))}`
    if (numbers.length === 2 && first >= end)
      return `non-increasing order, previous: ${first}, current: ${end}`
    if (last !== undefined && last >= first)
      return `non-increasing order, previous: ${last}, current: ${first}`
    total += end - first + 1
    last = end
  }
  return total
}

function validateSuccessRule(rule: SuccessPolicyRule, completions: number, field: string): FieldError[] {
  const { succeededCount: count, succeededIndexes: indexes } = rule
  const errors: FieldError[] = []
  if (count === undefined && indexes === undefined)
    errors.push(required(field, 'at least one of succeededCount or succeededIndexes must be specified'))
  let total = 0
  if (indexes !== undefined) {
    const found = countIndexes(indexes, completions)
    if (typeof found === 'string')
      errors.push(invalid(`${field}.succeededIndexes`, indexes, `error parsing succeededIndexes: ${found}`))
    else total = found
  }
  if (count === undefined) return errors
  const at = `${field}.succeededCount`
  const most = (limit: number, what: string) =>
    invalid(at, count, `must be less than or equal to ${limit} (the number of ${what})`)
  errors.push(...validateNonnegative(count, at))
  if (count > completions) errors.push(most(completions, 'specified completions'))
  if (indexes !== undefined && count > total)
    errors.push(most(total, 'indexes in the specified succeededIndexes field'))
  return errors
}

/** WarningsForJobSpec. */
export function jobWarnings(spec: JobSpec, field: string): string[] {
  const { completionMode: mode, completions = 0, parallelism = 0, template } = spec
  return [
    ...(mode === 'Indexed' && completions > 100000 && parallelism > 10000
      ? [
          `${field}: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail`,
        ]
      : []),
    ...podWarnings(template.spec, template.metadata, `${field}.template`),
  ]
}
