// ReplicaSet: pkg/registry/apps/replicaset.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { formatLabelSelector } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { replicaScale } from './machinery/scale.ts'
import type { ReplicaSet } from './schema/types.ts'

export const replicaSet = defineKind<ReplicaSet>('replicasets.apps/v1', {
  counted: true,
  scale: replicaScale<ReplicaSet>(),
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec.replicas ?? 0,
    status.replicas,
    status.readyReplicas ?? 0,
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
})
