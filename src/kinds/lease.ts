// Lease: pkg/registry/coordination/lease.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Lease } from './schema/types.ts'

export const lease = defineKind<Lease>('leases.coordination.k8s.io/v1', {
  createOnUpdate: true,
  unconditionalUpdate: false,
  row: ({ metadata, spec }, { now }) => [
    metadata.name,
    spec.holderIdentity ?? '',
    age(metadata.creationTimestamp, now),
  ],
})
