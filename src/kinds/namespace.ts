// Namespace: pkg/registry/core/namespace. Its content is deleted by the namespace controller before it goes itself.
import { age } from './machinery/duration.ts'
import { type FieldError, invalid } from './machinery/field-error.ts'
import { invalidEach, validateFinalizerName } from './machinery/meta-validation.ts'
import { isQualifiedName, nameIsDNSLabel } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Namespace } from './schema/types.ts'

const validateFinalizers = (finalizers: readonly string[] | undefined, field: string): FieldError[] =>
  (finalizers ?? []).flatMap(name => [
    ...invalidEach(field, name, isQualifiedName(name)),
    ...validateFinalizerName(name, field),
  ])

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
  validate: ({ spec }) => validateFinalizers(spec.finalizers, 'spec.finalizers'),
  validateUpdate: ({ spec }) => validateFinalizers(spec.finalizers, 'spec.finalizers'),
  status: {
    validateUpdate({ metadata, status }) {
      const phase = metadata.deletionTimestamp ? 'Terminating' : 'Active'
      if (status.phase === phase) return []
      const not = metadata.deletionTimestamp ? 'not ' : ''
      return [
        invalid(
          'status.Phase',
          status.phase ?? '',
          `may only be '${phase}' if \`deletionTimestamp\` is ${not}empty`,
        ),
      ]
    },
  },
  subresources: {
    finalize: {
      verbs: ['update'],
      prepareForUpdate(object, old) {
        object.status = old.status
      },
      validateUpdate: ({ spec }) =>
        (spec.finalizers ?? []).flatMap((name, i) => validateFinalizers([name], `spec.finalizers[${i}]`)),
    },
  },
  selectableFields: { 'status.phase': ({ status }) => status.phase ?? '' },
  row: ({ metadata, status }, { now }) => [
    metadata.name,
    status.phase ?? '',
    age(metadata.creationTimestamp, now),
  ],
})
