// ServiceAccount: pkg/registry/core/serviceaccount.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ServiceAccount } from './schema/types.ts'

export const serviceAccount = defineKind<ServiceAccount>('serviceaccounts.v1', {
  row: ({ metadata }, { now }) => [metadata.name, age(metadata.creationTimestamp, now)],
})
