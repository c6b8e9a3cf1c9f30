// PriorityClass: pkg/apis/scheduling, pkg/registry/scheduling/priorityclass.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { PriorityClass } from './schema/types.ts'

export const priorityClass = defineKind<PriorityClass>('priorityclasses.scheduling.k8s.io/v1', {
  row: ({ metadata, value, globalDefault, preemptionPolicy }, { now }) => [
    metadata.name,
    value,
    globalDefault ?? false,
    age(metadata.creationTimestamp, now),
    preemptionPolicy ?? '',
  ],
})
