// Deployment: pkg/registry/apps/deployment, pkg/apis/apps.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, forbidden, invalid, notSupported } from './machinery/field-error.ts'
import {
  intOrPercentValue,
  validateNotMoreThan100Percent,
  validatePositiveIntOrPercent,
} from './machinery/int-or-percent.ts'
import { internalValue } from './machinery/internal.ts'
import { formatSelector, selectorFromObject } from './machinery/labels.ts'
import { validateImmutable, validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { replicaScale } from './machinery/scale.ts'
import {
  defaultTemplate,
  replicatedWarnings,
  validateCollisionCount,
  validateCounts,
  validateReplicaTemplate,
} from './machinery/workload.ts'
import type { Deployment, DeploymentSpec } from './schema/types.ts'

function defaults({ spec }: Deployment): void {
  spec.replicas ??= 1
  const { strategy } = spec
  strategy.type ||= 'RollingUpdate'
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {}
    strategy.rollingUpdate.maxUnavailable ??= '25%'
    strategy.rollingUpdate.maxSurge ??= '25%'
  }
  spec.revisionHistoryLimit ??= 10
  spec.progressDeadlineSeconds ??= 600
  defaultTemplate(spec.template)
}

function validateStrategy({ strategy }: DeploymentSpec, field: string): FieldError[] {
  const { type, rollingUpdate } = strategy
  if (type === 'Recreate')
    return rollingUpdate
      ? [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")]
      : []
  if (type !== 'RollingUpdate')
    return [
      notSupported(field, internalValue('io.k8s.api.apps.v1.DeploymentStrategy', strategy), [
        'Recreate',
        'RollingUpdate',
      ]),
    ]
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {}
  const at = `${field}.rollingUpdate`
  return [
    ...validatePositiveIntOrPercent(maxUnavailable, `${at}.maxUnavailable`),
    ...validatePositiveIntOrPercent(maxSurge, `${at}.maxSurge`),
    ...(intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0
      ? [invalid(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...validateNotMoreThan100Percent(maxUnavailable, `${at}.maxUnavailable`),
  ]
}

function validateSpec({ spec }: Deployment): FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec
  const errors = [
    ...validateNonnegative(spec.replicas, 'spec.replicas'),
    ...validateReplicaTemplate(spec.selector, spec.template),
    ...validateStrategy(spec, 'spec.strategy'),
    ...validateNonnegative(minReadySeconds, 'spec.minReadySeconds'),
    ...validateNonnegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
    ...validateNonnegative(deadline, 'spec.progressDeadlineSeconds'),
  ]
  if (deadline !== undefined && deadline <= minReadySeconds)
    errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'))
  return errors
}

const counts = ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas', 'unavailableReplicas']

export const deployment = defineKind<Deployment>('deployments.apps/v1', {
  counted: true,
  defaults,
  prepareForUpdate(object, old) {
    // Annotations count too: `kubernetes.io/change-cause` and the like reach the ReplicaSets.
    if (!equal(object.metadata.annotations ?? {}, old.metadata.annotations ?? {}))
      object.metadata.generation = (old.metadata.generation ?? 0) + 1
  },
  validate: validateSpec,
  validateUpdate: (object, old) => [
    ...validateSpec(object),
    ...validateImmutable(object.spec.selector, old.spec.selector, 'spec.selector'),
  ],
  warnings: replicatedWarnings,
  status: {
    prepareForUpdate(object, old) {
      if (old.metadata.labels) object.metadata.labels = old.metadata.labels
      else delete object.metadata.labels
    },
    validateUpdate: ({ status }, old) => [
      ...validateCounts(
        status,
        ['observedGeneration', ...counts, 'terminatingReplicas', 'collisionCount'],
        ['updatedReplicas', 'readyReplicas', 'availableReplicas'],
      ),
      ...validateCollisionCount(status, old.status),
    ],
  },
  scale: replicaScale<Deployment>(),
  row({ metadata, spec, status }, { now }) {
    const selector = selectorFromObject(spec.selector)
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      age(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      selector ? formatSelector(selector) : '<invalid>',
    ]
  },
})
