// Lease: pkg/registry/coordination/lease.
import { age } from './machinery/duration.ts'
import { type FieldError, forbidden, invalid } from './machinery/field-error.ts'
import { validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Lease } from './schema/types.ts'

function validate({ spec }: Lease): FieldError[] {
  const { leaseDurationSeconds: duration, leaseTransitions: transitions, strategy, preferredHolder } = spec
  const errors: FieldError[] = []
  if (duration !== undefined && duration <= 0)
    errors.push(invalid('spec.leaseDurationSeconds', duration, 'must be greater than 0'))
  errors.push(...validateNonnegative(transitions, 'spec.leaseTransitions'))
  if (preferredHolder && !strategy)
    errors.push(forbidden('spec.preferredHolder', 'may only be specified if `strategy` is defined'))
  return errors
}

export const lease = defineKind<Lease>('leases.coordination.k8s.io/v1', {
  createOnUpdate: true,
  validate,
  validateUpdate: validate,
  unconditionalUpdate: false,
  row: ({ metadata, spec }, { now }) => [
    metadata.name,
    spec.holderIdentity ?? '',
    age(metadata.creationTimestamp, now),
  ],
})
