// NetworkPolicy: pkg/apis/networking, pkg/registry/networking/networkpolicy.
import { age } from './machinery/duration.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { NetworkPolicy } from './schema/types.ts'

export const networkPolicy = defineKind<NetworkPolicy>('networkpolicies.networking.k8s.io/v1', {
  counted: true,
  row: ({ metadata, spec }, { now }) => [
    metadata.name,
    formatLabelSelector(spec.podSelector),
    age(metadata.creationTimestamp, now),
  ],
})
