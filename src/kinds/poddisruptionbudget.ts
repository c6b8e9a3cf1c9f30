// PodDisruptionBudget: pkg/apis/policy, pkg/registry/policy/poddisruptionbudget.
import { age } from './machinery/duration.ts'
import { type FieldError, invalid, notSupported } from './machinery/field-error.ts'
import { validateNotMoreThan100Percent, validatePositiveIntOrPercent } from './machinery/int-or-percent.ts'
import { internalValue } from './machinery/internal.ts'
import { validateLabelSelector, validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { PodDisruptionBudget } from './schema/types.ts'

function validate({ spec }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec
  const errors: FieldError[] = []
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    errors.push(
      invalid(
        'spec',
        internalValue('io.k8s.api.policy.v1.PodDisruptionBudgetSpec', spec),
        'minAvailable and maxUnavailable cannot be both set',
      ),
    )
  for (const name of ['minAvailable', 'maxUnavailable'] as const) {
    const value = spec[name]
    if (value !== undefined)
      errors.push(
        ...validatePositiveIntOrPercent(value, `spec.${name}`),
        ...validateNotMoreThan100Percent(value, `spec.${name}`),
      )
  }
  errors.push(...validateLabelSelector(spec.selector, 'spec.selector'))
  const policies = ['AlwaysAllow', 'IfHealthyBudget']
  if (policy !== undefined && !policies.includes(policy))
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, policies))
  return errors
}

const counts = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'] as const

export const podDisruptionBudget = defineKind<PodDisruptionBudget>('poddisruptionbudgets.policy/v1', {
  counted: true,
  plainMeta: true,
  unconditionalUpdate: false,
  validate,
  validateUpdate: validate,
  status: {
    validateUpdate: ({ status }) =>
      counts.flatMap(name => validateNonnegative(status[name], `status.${name}`)),
  },
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    String(spec.minAvailable ?? 'N/A'),
    String(spec.maxUnavailable ?? 'N/A'),
    status.disruptionsAllowed,
    age(metadata.creationTimestamp, now),
  ],
})
