// ComponentStatus: pkg/registry/core/componentstatus; the API server makes its objects at each read.
import { defineKind } from './machinery/plain-kind.ts'

export const componentStatus = defineKind('componentstatuses.v1', {
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  row({ metadata, conditions }) {
    const healthy = conditions?.find((c: { type: string }) => c.type === 'Healthy')
    const status = { True: 'Healthy', False: 'Unhealthy' }[String(healthy?.status)] ?? 'Unknown'
    return [metadata.name, status, healthy?.message ?? '', healthy?.error ?? '']
  },
})
