// ResourceQuota: pkg/apis/core, pkg/registry/core/resourcequota.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ResourceQuota } from './schema/types.ts'

export const resourceQuota = defineKind<ResourceQuota>('resourcequotas.v1', {
  row({ metadata, status }, { now }) {
    const { hard = {}, used = {} } = status
    const column = (limits: boolean) =>
      Object.keys(hard)
        .filter(name => name.startsWith('limits.') === limits)
        .sort()
        .map(name => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
        .join(', ')
    return [metadata.name, column(false), column(true), age(metadata.creationTimestamp, now)]
  },
})
