// ReplicationController: pkg/registry/core/replicationcontroller.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { formatLabels, formatSelector, selectorFromSet } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ReplicationController } from './schema/types.ts'

export const replicationController = defineKind<ReplicationController>('replicationcontrollers.v1', {
  counted: true,
  scale: {
    replicas: ({ spec }) => spec.replicas ?? 0,
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
    statusReplicas: ({ status }) => status.replicas,
    selector: ({ spec }) => formatSelector(selectorFromSet(spec.selector)),
  },
  selectableFields: ({ status }) => ({ 'status.replicas': String(status.replicas) }),
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    spec.replicas ?? 0,
    status.replicas,
    status.readyReplicas ?? 0,
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.template),
    formatLabels(spec.selector),
  ],
})
