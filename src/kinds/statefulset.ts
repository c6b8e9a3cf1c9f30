// StatefulSet: pkg/registry/apps/statefulset.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { nameIsDNSLabel } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { replicaScale } from './machinery/scale.ts'
import type { StatefulSet } from './schema/types.ts'

export const statefulSet = defineKind<StatefulSet>('statefulsets.apps/v1', {
  counted: true,
  nameRule: nameIsDNSLabel,
  scale: replicaScale<StatefulSet>(),
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.template),
  ],
})
