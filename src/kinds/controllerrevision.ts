// ControllerRevision: pkg/registry/apps/controllerrevision.
import { age } from './machinery/duration.ts'
import { required } from './machinery/field-error.ts'
import { validateImmutable, validateNonnegative } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ControllerRevision } from './schema/types.ts'

export const controllerRevision = defineKind<ControllerRevision>('controllerrevisions.apps/v1', {
  validate: ({ revision, data }) => [
    ...validateNonnegative(revision, 'revision'),
    ...(data === undefined || data === null
      ? [required('data', 'data is mandatory')]
      : typeof data !== 'object' || Array.isArray(data)
        ? [required('data', 'data must be a valid JSON object')]
        : []),
  ],
  validateUpdate: ({ revision, data }, old) => [
    ...validateNonnegative(revision, 'revision'),
    ...validateImmutable(data, old.data, 'data'),
  ],
  row({ metadata, revision }, { now }) {
    const owner = metadata.ownerReferences?.find(reference => reference.controller)
    const group = owner?.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : ''
    return [
      metadata.name,
      owner ? `${owner.kind.toLowerCase()}${group}/${owner.name}` : '<none>',
      revision,
      age(metadata.creationTimestamp, now),
    ]
  },
})
