// Secret: pkg/registry/core/secret.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Secret } from './schema/types.ts'

export const secret = defineKind<Secret>('secrets.v1', {
  selectableFields: ({ type }) => ({ type: type ?? '' }),
  row: ({ metadata, type, data }, { now }) => [
    metadata.name,
    type ?? '',
    Object.keys(data ?? {}).length,
    age(metadata.creationTimestamp, now),
  ],
})
