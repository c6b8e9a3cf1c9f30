// The scale subresource of kinds with spec.replicas, status.replicas and a label selector.
import type { ScaleAccess } from '../kind.ts'
import type { KubeObject } from '../object.ts'
import type { LabelSelector } from '../schema/types.ts'
import { formatSelector, selectorFromObject } from './labels.ts'

interface Scalable extends KubeObject {
  spec: { replicas?: number; selector?: LabelSelector | null }
  status: { replicas?: number }
}

export const replicaScale = <T extends Scalable>(): ScaleAccess<T> => ({
  replicas: ({ spec }) => spec.replicas ?? 0,
  withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  statusReplicas: ({ status }) => status.replicas ?? 0,
  selector: ({ spec }) => formatSelector(selectorFromObject(spec.selector) ?? []),
})
