// PersistentVolumeClaim: pkg/apis/core, pkg/registry/core/persistentvolumeclaim.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { accessModesText, storageClassOf } from './persistentvolume.ts'
import type { PersistentVolumeClaim } from './schema/types.ts'

export const persistentVolumeClaim = defineKind<PersistentVolumeClaim>('persistentvolumeclaims.v1', {
  selectableFields: ({ metadata }) => ({ name: metadata.name }),
  row(object, { now }) {
    const { metadata, spec, status } = object
    const bound = Boolean(spec.volumeName)
    return [
      metadata.name,
      metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''),
      spec.volumeName ?? '',
      bound ? (status.capacity?.storage ?? '0') : '',
      bound ? accessModesText(status.accessModes) : '',
      storageClassOf(object),
      spec.volumeAttributesClassName ?? '<unset>',
      age(metadata.creationTimestamp, now),
      spec.volumeMode ?? '<unset>',
    ]
  },
})
