// ConfigMap: pkg/registry/core/configmap.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ConfigMap } from './schema/types.ts'

export const configMap = defineKind<ConfigMap>('configmaps.v1', {
  row: ({ metadata, data, binaryData }, { now }) => [
    metadata.name,
    Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    age(metadata.creationTimestamp, now),
  ],
})
