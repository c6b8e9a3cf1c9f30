// DaemonSet: pkg/registry/apps/daemonset, pkg/apis/apps.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, invalid, notSupported, required } from './machinery/field-error.ts'
import {
  intOrPercentValue,
  validateNotMoreThan100Percent,
  validatePositiveIntOrPercent,
} from './machinery/int-or-percent.ts'
import { internalValue } from './machinery/internal.ts'
import { formatLabelSelector, formatLabels, matches, selectorFromObject } from './machinery/labels.ts'
import { validateImmutable, validateLabelSelector, validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import {
  defaultTemplate,
  shownLabels,
  templateWarnings,
  validateCollisionCount,
  validateCounts,
  validateEndlessTemplate,
} from './machinery/workload.ts'
import { validatePodTemplate } from './pod-spec/validation.ts'
import type { DaemonSet, DaemonSetSpec } from './schema/types.ts'

/** Where the internal type's templateGeneration is kept in v1. */
const generationAnnotation = 'deprecated.daemonset.template.generation'

function defaults({ spec }: DaemonSet): void {
  const { updateStrategy: strategy } = spec
  strategy.type ||= 'RollingUpdate'
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {}
    strategy.rollingUpdate.maxUnavailable ??= 1
    strategy.rollingUpdate.maxSurge ??= 0
  }
  spec.revisionHistoryLimit ??= 10
  defaultTemplate(spec.template)
}

function validateStrategy({ updateStrategy }: DaemonSetSpec): FieldError[] {
  const field = 'spec.updateStrategy'
  const { type, rollingUpdate } = updateStrategy
  if (type === 'OnDelete') return []
  if (type !== 'RollingUpdate')
    return [
      notSupported(field, internalValue('io.k8s.api.apps.v1.DaemonSetUpdateStrategy', updateStrategy), [
        'RollingUpdate',
        'OnDelete',
      ]),
    ]
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {}
  const [unavailable, surge] = [`${field}.rollingUpdate.maxUnavailable`, `${field}.rollingUpdate.maxSurge`]
  const errors = [
    ...validatePositiveIntOrPercent(maxUnavailable, unavailable),
    ...validatePositiveIntOrPercent(maxSurge, surge),
    ...validateNotMoreThan100Percent(maxUnavailable, unavailable),
    ...validateNotMoreThan100Percent(maxSurge, surge),
  ]
  const hasUnavailable = intOrPercentValue(maxUnavailable) !== 0
  const hasSurge = intOrPercentValue(maxSurge) !== 0
  if (hasUnavailable && hasSurge)
    errors.push(invalid(surge, maxSurge, 'may not be set when maxUnavailable is non-zero'))
  else if (!hasUnavailable && !hasSurge) errors.push(required(unavailable, 'cannot be 0 when maxSurge is 0'))
  return errors
}

function validateSpec({ spec }: DaemonSet): FieldError[] {
  const { selector, template } = spec
  const errors = validateLabelSelector(selector, 'spec.selector')
  const compiled = selectorFromObject(selector)
  if (compiled && !matches(compiled, template.metadata.labels))
    errors.push(
      invalid(
        'spec.template.metadata.labels',
        shownLabels(template),
        '`selector` does not match template `labels`',
      ),
    )
  if (selector && !Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length)
    errors.push(invalid('spec.selector', selector, 'empty selector is invalid for daemonset'))
  return [
    ...errors,
    ...validatePodTemplate(template, 'spec.template'),
    ...validateEndlessTemplate(template, 'spec.template', 'DaemonSet'),
    ...validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds'),
    ...validateStrategy(spec),
    ...validateNonnegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
  ]
}

const counts = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
]

function setTemplateGeneration({ metadata }: DaemonSet, generation: number): void {
  metadata.annotations = { ...metadata.annotations, [generationAnnotation]: String(generation) }
}

export const daemonSet = defineKind<DaemonSet>('daemonsets.apps/v1', {
  counted: true,
  defaults,
  prepareForCreate(object) {
    const given = Number(object.metadata.annotations?.[generationAnnotation] ?? 0)
    setTemplateGeneration(object, given >= 1 ? given : 1)
  },
  prepareForUpdate(object, old) {
    const before = Number(old.metadata.annotations?.[generationAnnotation] ?? 1)
    setTemplateGeneration(object, equal(object.spec.template, old.spec.template) ? before : before + 1)
  },
  validate: validateSpec,
  validateUpdate: (object, old) => [
    ...validateImmutable(object.spec.selector, old.spec.selector, 'spec.selector'),
    ...validateSpec(object),
  ],
  warnings: (object, old) =>
    !old || !equal(object.spec.template, old.spec.template) ? templateWarnings(object.spec.template) : [],
  status: {
    validateUpdate: ({ status }, old) => [
      ...validateCounts(status, counts, []),
      ...validateCollisionCount(status, old.status),
    ],
  },
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    status.desiredNumberScheduled,
    status.currentNumberScheduled,
    status.numberReady,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
    formatLabels(spec.template.spec.nodeSelector),
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
})
