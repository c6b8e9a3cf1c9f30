// RuntimeClass: pkg/apis/node, pkg/registry/node/runtimeclass.
import { age } from './machinery/duration.ts'
import { invalidEach, validateImmutable } from './machinery/meta-validation.ts'
import { isDNS1123Label } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { roundUp } from './pod-spec/defaults.ts'
import { validateTolerations } from './pod-spec/scheduling.ts'
import type { RuntimeClass } from './schema/types.ts'

const validate = ({ handler, scheduling }: RuntimeClass) => [
  ...invalidEach('handler', handler, isDNS1123Label(handler)),
  ...validateTolerations(scheduling?.tolerations, 'scheduling.tolerations'),
]

export const runtimeClass = defineKind<RuntimeClass>('runtimeclasses.node.k8s.io/v1', {
  unconditionalUpdate: false,
  defaults: ({ overhead }) => roundUp(overhead?.podFixed),
  validate,
  validateUpdate: (object, old) => [
    ...validate(object),
    ...validateImmutable(object.handler, old.handler, 'handler'),
  ],
  row: ({ metadata, handler }, { now }) => [metadata.name, handler, age(metadata.creationTimestamp, now)],
})
