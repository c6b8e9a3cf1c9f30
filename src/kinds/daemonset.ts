// DaemonSet: pkg/registry/apps/daemonset.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { formatLabelSelector, formatLabels } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { DaemonSet } from './schema/types.ts'

export const daemonSet = defineKind<DaemonSet>('daemonsets.apps/v1', {
  counted: true,
  row: ({ metadata, spec, status }, { now }) => [
    metadata.name,
    status.desiredNumberScheduled,
    status.currentNumberScheduled,
    status.numberReady,
    status.updatedNumberScheduled ?? 0,
    status.numberAvailable ?? 0,
    formatLabels(spec.template.spec.nodeSelector),
    age(metadata.creationTimestamp, now),
    ...containerCells(spec.template),
    formatLabelSelector(spec.selector),
  ],
})
