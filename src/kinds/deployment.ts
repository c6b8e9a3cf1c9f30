// Deployment: pkg/registry/apps/deployment.
import { containerCells } from './machinery/cells.ts'
import { age } from './machinery/duration.ts'
import { formatSelector, selectorFromObject } from './machinery/labels.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { replicaScale } from './machinery/scale.ts'
import type { Deployment } from './schema/types.ts'

export const deployment = defineKind<Deployment>('deployments.apps/v1', {
  counted: true,
  scale: replicaScale<Deployment>(),
  row({ metadata, spec, status }, { now }) {
    const selector = selectorFromObject(spec.selector)
    return [
      metadata.name,
      `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
      status.updatedReplicas ?? 0,
      status.availableReplicas ?? 0,
      age(metadata.creationTimestamp, now),
      ...containerCells(spec.template),
      selector ? formatSelector(selector) : '<invalid>',
    ]
  },
})
