// ReplicationController: pkg/registry/core/replicationcontroller, pkg/apis/core.
import { replicaCells } from './machinery/cells.ts'
import { type FieldError, required } from './machinery/field-error.ts'
import { formatLabels, formatSelector, selectorFromSet } from './machinery/labels.ts'
import { validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import {
  defaultTemplate,
  templateWarnings,
  validateCounts,
  validateEndlessTemplate,
  validateSelectorMatches,
} from './machinery/workload.ts'
import { validatePodTemplate } from './pod-spec/validation.ts'
import { hostnameWarnings } from './pod-spec/warnings.ts'
import { replicaCounts, replicaCountsWithin } from './replicaset.ts'
import type { ReplicationController } from './schema/types.ts'

const isEmpty = (labels: Record<string, string> | undefined): boolean => !Object.keys(labels ?? {}).length

function defaults({ metadata, spec }: ReplicationController): void {
  const labels = spec.template?.metadata.labels
  if (labels) {
    if (isEmpty(spec.selector)) spec.selector = labels
    if (isEmpty(metadata.labels)) metadata.labels = labels
  }
  spec.replicas ??= 1
  if (spec.template) defaultTemplate(spec.template)
}

function validateSpec({ spec }: ReplicationController): FieldError[] {
  const { template } = spec
  const at = 'spec.template'
  return [
    ...validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...(isEmpty(spec.selector) ? [required('spec.selector')] : []),
    ...validateNonnegative(spec.replicas, 'spec.replicas'),
    ...(template
      ? [
          ...validateSelectorMatches(selectorFromSet(spec.selector), template, at),
          ...validatePodTemplate(template, at),
          ...validateEndlessTemplate(template, at, 'ReplicationController'),
        ]
      : [required(at)]),
  ]
}

export const replicationController = defineKind<ReplicationController>('replicationcontrollers.v1', {
  counted: true,
  defaultPropagation: 'Orphan',
  defaults,
  validate: validateSpec,
  validateUpdate: validateSpec,
  warnings({ metadata, spec }, old) {
    const own = spec.template ? templateWarnings(spec.template) : []
    if (!old) return [...hostnameWarnings(metadata), ...own]
    return metadata.generation === old.metadata.generation ? [] : own
  },
  status: { validateUpdate: ({ status }) => validateCounts(status, replicaCounts, replicaCountsWithin) },
  scale: {
    replicas: ({ spec }) => spec.replicas ?? 0,
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
    statusReplicas: ({ status }) => status.replicas,
    selector: ({ spec }) => formatSelector(selectorFromSet(spec.selector)),
  },
  selectableFields: { 'status.replicas': ({ status }) => String(status.replicas) },
  row: (object, { now }) => [...replicaCells(object, now), formatLabels(object.spec.selector)],
})
