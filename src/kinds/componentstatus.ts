// ComponentStatus: pkg/registry/core/componentstatus; the API server makes its objects at each read.
import { findCondition } from './machinery/conditions.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { KubeObject } from './object.ts'

/** It has no type among the generated ones. */
interface ComponentStatus extends KubeObject {
  readonly conditions?: readonly {
    readonly type: string
    readonly status: string
    readonly message?: string
    readonly error?: string
  }[]
}

export const componentStatus = defineKind<ComponentStatus>('componentstatuses.v1', {
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  row(object) {
    const healthy = findCondition(object, 'Healthy')
    const status = { True: 'Healthy', False: 'Unhealthy' }[String(healthy?.status)] ?? 'Unknown'
    return [object.metadata.name, status, healthy?.message ?? '', healthy?.error ?? '']
  },
})
