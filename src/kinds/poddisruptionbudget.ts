// PodDisruptionBudget: pkg/apis/policy, pkg/registry/policy/poddisruptionbudget.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { PodDisruptionBudget } from './schema/types.ts'

export const podDisruptionBudget = defineKind<PodDisruptionBudget>('poddisruptionbudgets.policy/v1', {
  counted: true,
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    String(spec.minAvailable ?? 'N/A'),
    String(spec.maxUnavailable ?? 'N/A'),
    status.disruptionsAllowed,
    age(metadata.creationTimestamp, now),
  ],
})
