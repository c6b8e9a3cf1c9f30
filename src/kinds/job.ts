// Job: pkg/registry/batch/job, pkg/apis/batch.
import { parseTime } from '../engine/engine.ts'
import { containerCells } from './machinery/cells.ts'
import { isTrue } from './machinery/conditions.ts'
import { age, humanDuration } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, invalid, required } from './machinery/field-error.ts'
import { internalValue } from './machinery/internal.ts'
import { defaultJobSpec, defaultJobTemplate, jobWarnings, validateJobSpec } from './machinery/job-spec.ts'
import { formatLabelSelector, matches, selectorFromObject } from './machinery/labels.ts'
import { fieldImmutable, validateImmutable, validateLabelSelector } from './machinery/meta-validation.ts'
import { isDNS1123Label, isLabelValue } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { hostnameWarnings } from './pod-spec/warnings.ts'
import type { Job, PodSpec, PodTemplateSpec } from './schema/types.ts'

const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid']
const nameLabels = ['job-name', 'batch.kubernetes.io/job-name']

/** Labels and a selector of the job's own, so that it finds its pods and no others. */
function generateSelector({ metadata, spec }: Job): void {
  const labels = { ...spec.template.metadata.labels }
  for (const name of nameLabels) labels[name] ??= metadata.name ?? ''
  for (const name of uidLabels) labels[name] ??= metadata.uid ?? ''
  const before = spec.template.metadata.labels
  const sorted = sortKeys(labels)
  spec.template = { ...spec.template, metadata: { ...spec.template.metadata, labels: sorted } }
  // A job without labels of its own has those of its pods, generated ones included. Where the template had none, they
  // are set only when the job is read again, so that a name too long for a label is found but once.
  if (before && metadata.labels === before) metadata.labels = sorted
  else if (!Object.keys(metadata.labels ?? {}).length && !isLabelValue(metadata.name ?? '').length)
    metadata.labels = sorted
  const selector = spec.selector ?? {}
  const matchLabels = sortKeys({ [uidLabels[1]!]: metadata.uid!, ...selector.matchLabels })
  spec.selector = { ...selector, matchLabels }
}

const sortKeys = (labels: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))

function validateGenerated({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector || !spec.selector) return []
  const errors: FieldError[] = metadata.uid ? [] : [required('metadata.uid')]
  const expected: Record<string, string> = {}
  const labels = spec.template.metadata.labels ?? {}
  const at = 'spec.template.metadata.labels'
  const must = (name: string, value: string) => {
    expected[name] = value
    const actual = labels[name]
    if (actual === undefined) errors.push(required(`${at}[${name}]`, `must be '${value}'`))
    else if (actual !== value) errors.push(invalid(`${at}[${name}]`, labels, `must be '${value}'`))
  }
  must(uidLabels[0]!, metadata.uid ?? '')
  must(nameLabels[0]!, metadata.name ?? '')
  must(uidLabels[1]!, metadata.uid ?? '')
  must(nameLabels[1]!, metadata.name ?? '')
  const selector = selectorFromObject(spec.selector)
  if (selector && !matches(selector, expected))
    errors.push(invalid('spec.selector', spec.selector, '`selector` not auto-generated'))
  return errors
}

function validateSpec({ spec }: Job): FieldError[] {
  const errors = [
    ...validateJobSpec(spec, 'spec'),
    ...(spec.selector ? validateLabelSelector(spec.selector, 'spec.selector') : [required('spec.selector')]),
  ]
  const selector = selectorFromObject(spec.selector)
  const { labels } = spec.template.metadata
  if (selector && !matches(selector, labels))
    errors.push(
      invalid('spec.template.metadata.labels', labels ?? null, '`selector` does not match template `labels`'),
    )
  return errors
}

const podTemplateSchema = 'io.k8s.api.core.v1.PodTemplateSpec'

/** Of a suspended job that has no active pods, resources and scheduling may change. */
function validateTemplateUpdate(object: Job, old: Job): FieldError[] {
  const { template } = object.spec
  const suspended = old.spec.suspend === true
  const mayChange =
    suspended && (old.status.startTime === undefined || isTrue(old.status, 'Suspended')) && !old.status.active
  let before: PodTemplateSpec = old.spec.template
  if (mayChange) {
    const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec
    const nodeAffinity = affinity?.nodeAffinity
    const others = { ...before.spec.affinity, nodeAffinity }
    before = {
      metadata: {
        ...before.metadata,
        annotations: template.metadata.annotations,
        labels: template.metadata.labels,
      },
      spec: {
        ...before.spec,
        nodeSelector,
        tolerations,
        schedulingGates,
        affinity: others.podAffinity || others.podAntiAffinity || nodeAffinity ? others : affinity,
      },
    }
  }
  if (!mayChange)
    return equal(template, before)
      ? []
      : [invalid('spec.template', internalValue(podTemplateSchema, template), fieldImmutable)]
  const resources = (name: 'containers' | 'initContainers'): PodSpec['containers'] | undefined =>
    before.spec[name]?.map((container, i) => {
      const now = template.spec[name]?.[i]
      return now?.name === container.name && template.spec[name]?.length === before.spec[name]?.length
        ? { ...container, resources: now.resources }
        : container
    })
  const rest = {
    ...before.spec,
    containers: resources('containers'),
    initContainers: resources('initContainers'),
  }
  return equal(template.spec, rest)
    ? []
    : [
        invalid(
          'spec.template.spec',
          internalValue('io.k8s.api.core.v1.PodSpec', template.spec),
          fieldImmutable,
        ),
      ]
}

function validate(object: Job): FieldError[] {
  const { metadata, spec } = object
  const errors = [...validateGenerated(object), ...validateSpec(object)]
  if (spec.completionMode === 'Indexed' && spec.completions) {
    const hostname = `${metadata.name}-${spec.completions - 1}`
    if (isDNS1123Label(hostname).length)
      errors.push(
        invalid(
          'metadata.name',
          metadata.name,
          `will not able to create pod with invalid DNS label: ${hostname}`,
        ),
      )
  }
  return errors
}

function validateUpdate(object: Job, old: Job): FieldError[] {
  const { spec } = object
  const errors = validate(object)
  const { completions, parallelism } = spec
  if (spec.completionMode !== 'Indexed')
    errors.push(...validateImmutable(completions, old.spec.completions, 'spec.completions'))
  else if (completions !== undefined && completions !== old.spec.completions && completions !== parallelism)
    errors.push(
      invalid('spec.completions', completions, 'can only be modified in tandem with spec.parallelism'),
    )
  errors.push(
    ...validateImmutable(spec.selector, old.spec.selector, 'spec.selector'),
    ...validateTemplateUpdate(object, old),
  )
  for (const name of [
    'completionMode',
    'podFailurePolicy',
    'backoffLimitPerIndex',
    'managedBy',
    'successPolicy',
  ] as const) {
    const value = spec[name]
    if (!equal(value, old.spec[name])) {
      const schema = `io.k8s.api.batch.v1.${name[0]!.toUpperCase()}${name.slice(1)}`
      const shown = typeof value === 'object' ? internalValue(schema, value) : (value ?? null)
      errors.push(invalid(`spec.${name}`, shown, fieldImmutable))
    }
  }
  return errors
}

/** Conditions that the status column names, in this order. */
const states = ['Complete', 'Failed', 'Suspended', 'FailureTarget', 'SuccessCriteriaMet']

/** STATUS of a job's row. */
function jobState({ metadata, status }: Job): string {
  for (const type of states) {
    if (type === 'Suspended' && metadata.deletionTimestamp) return 'Terminating'
    if (isTrue(status, type)) return type
  }
  return 'Running'
}

export const job = defineKind<Job>('jobs.batch/v1', {
  counted: true,
  defaultPropagation: 'Orphan',
  defaults({ metadata, spec }) {
    const { labels } = spec.template.metadata
    if (labels && !Object.keys(metadata.labels ?? {}).length) metadata.labels = labels
    defaultJobSpec(spec)
    defaultJobTemplate(spec)
  },
  prepareForCreate(object) {
    if (!object.spec.manualSelector) generateSelector(object)
  },
  validate,
  validateUpdate,
  warnings: ({ metadata, spec }, old) =>
    !old
      ? [...hostnameWarnings(metadata), ...jobWarnings(spec, 'spec')]
      : metadata.generation !== old.metadata.generation
        ? jobWarnings(spec, 'spec')
        : [],
  selectableFields: { 'status.successful': ({ status }) => String(status.succeeded ?? 0) },
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
