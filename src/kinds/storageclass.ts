// StorageClass: pkg/apis/storage, pkg/registry/storage/storageclass.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { StorageClass } from './schema/types.ts'

/** The marks of the class that claims without one get. */
export const defaultClassAnnotations = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
]

export const storageClass = defineKind<StorageClass>('storageclasses.storage.k8s.io/v1', {
  row: (object, { now }) => {
    const { name, annotations, creationTimestamp } = object.metadata
    const isDefault = defaultClassAnnotations.some(mark => annotations?.[mark] === 'true')
    return [
      name + (isDefault ? ' (default)' : ''),
      object.provisioner,
      object.reclaimPolicy ?? 'Delete',
      object.volumeBindingMode ?? 'Immediate',
      object.allowVolumeExpansion ?? false,
      age(creationTimestamp, now),
    ]
  },
})
