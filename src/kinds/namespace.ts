// Namespace: pkg/registry/core/namespace. Its content is deleted by the namespace controller before it goes itself.
import { age } from './machinery/duration.ts'
import { nameIsDNSLabel } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Namespace } from './schema/types.ts'

export const namespace = defineKind<Namespace>('namespaces.v1', {
  nameRule: nameIsDNSLabel,
  defaults({ metadata }) {
    // Not possible with generateName until there is a name.
    if (metadata.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name }
  },
  prepareForCreate(object) {
    object.status = { phase: 'Active' }
    // The finalizer that the namespace controller removes when the content is gone.
    const finalizers = object.spec.finalizers ?? []
    if (!finalizers.includes('kubernetes')) object.spec.finalizers = [...finalizers, 'kubernetes']
  },
  prepareForUpdate(object, old) {
    object.spec = { ...object.spec, finalizers: old.spec.finalizers }
  },
  ending: {
    begin: object => ({ ...object, status: { ...object.status, phase: 'Terminating' } }),
    held: ({ spec }) => (spec.finalizers?.length ?? 0) > 0,
  },
  subresources: {
    finalize: {
      verbs: ['update'],
      prepareForUpdate(object, old) {
        object.status = old.status
      },
    },
  },
  selectableFields: ({ status }) => ({ 'status.phase': status.phase ?? '' }),
  row: ({ metadata, status }, { now }) => [
    metadata.name,
    status.phase ?? '',
    age(metadata.creationTimestamp, now),
  ],
})
