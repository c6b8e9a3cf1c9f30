// PriorityClass: pkg/apis/scheduling, pkg/registry/scheduling/priorityclass.
import { dictionary } from '../engine/dictionary.ts'
import { age } from './machinery/duration.ts'
import { type FieldError, forbidden, notSupported } from './machinery/field-error.ts'
import { validateImmutable } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { PriorityClass } from './schema/types.ts'

const highestUserDefinable = 1_000_000_000
const systemClasses: Readonly<Record<string, number>> = dictionary({
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
})

/** Why a class with a system name is not the one that the system knows. */
function systemFault({ metadata: { name }, value, globalDefault }: PriorityClass): string | undefined {
  const known = systemClasses[name]
  if (known === undefined) return `${name} is not a known system priority class`
  if (value !== known) return `value of ${name} PriorityClass must be ${known}`
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined
}

function validate(object: PriorityClass): FieldError[] {
  const { metadata, value, preemptionPolicy } = object
  const errors: FieldError[] = []
  if (metadata.name?.startsWith('system-')) {
    const fault = systemFault(object)
    if (fault)
      errors.push(
        forbidden(
          'metadata.name',
          `priority class names with 'system-' prefix are reserved for system use only. error: ${fault}`,
        ),
      )
  } else if (value > highestUserDefinable)
    errors.push(
      forbidden('value', `maximum allowed value of a user defined priority is ${highestUserDefinable}`),
    )
  const policies = ['PreemptLowerPriority', 'Never']
  if (!policies.includes(preemptionPolicy!))
    errors.push(notSupported('preemptionPolicy', preemptionPolicy, policies))
  return errors
}

export const priorityClass = defineKind<PriorityClass>('priorityclasses.scheduling.k8s.io/v1', {
  defaults(object) {
    object.preemptionPolicy ??= 'PreemptLowerPriority'
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1
  },
  validate,
  validateUpdate: (object, old) => [
    ...(object.value === old.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...validateImmutable(object.preemptionPolicy, old.preemptionPolicy, 'preemptionPolicy'),
  ],
  row: ({ metadata, value, globalDefault, preemptionPolicy }, { now }) => [
    metadata.name,
    value,
    globalDefault ?? false,
    age(metadata.creationTimestamp, now),
    preemptionPolicy ?? '',
  ],
})
