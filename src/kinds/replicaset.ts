// ReplicaSet: pkg/registry/apps/replicaset, pkg/apis/apps.
import { replicaCells } from './machinery/cells.ts'
import type { FieldError } from './machinery/field-error.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { validateImmutable, validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { replicaScale } from './machinery/scale.ts'
import {
  defaultTemplate,
  replicatedWarnings,
  validateCounts,
  validateReplicaTemplate,
} from './machinery/workload.ts'
import type { ReplicaSet } from './schema/types.ts'

const validateSpec = ({ spec }: ReplicaSet): FieldError[] => [
  ...validateNonnegative(spec.replicas, 'spec.replicas'),
  ...validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds'),
  ...validateReplicaTemplate(spec.selector, spec.template),
]

export const replicaCounts = [
  'replicas',
  'fullyLabeledReplicas',
  'readyReplicas',
  'availableReplicas',
  'observedGeneration',
]
export const replicaCountsWithin = ['fullyLabeledReplicas', 'readyReplicas', 'availableReplicas']

export const replicaSet = defineKind<ReplicaSet>('replicasets.apps/v1', {
  counted: true,
  defaults({ spec }) {
    spec.replicas ??= 1
    defaultTemplate(spec.template)
  },
  validate: validateSpec,
  validateUpdate: (object, old) => [
    ...validateSpec(object),
    ...validateImmutable(object.spec.selector, old.spec.selector, 'spec.selector'),
  ],
  warnings: replicatedWarnings,
  status: {
    validateUpdate: ({ status }) =>
      validateCounts(status, [...replicaCounts, 'terminatingReplicas'], replicaCountsWithin),
  },
  scale: replicaScale<ReplicaSet>(),
  row: (object, { now }) => [...replicaCells(object, now), formatLabelSelector(object.spec.selector)],
})
