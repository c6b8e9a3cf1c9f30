// PersistentVolume: pkg/apis/core, pkg/registry/core/persistentvolume.
import { age } from './machinery/duration.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { PersistentVolume } from './schema/types.ts'

const shortModes = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** `RWO,RWX`, in an order of its own. */
export const accessModesText = (modes: readonly string[] | undefined): string =>
  Object.entries(shortModes)
    .flatMap(([mode, short]) => (modes?.includes(mode) ? short : []))
    .join(',')

/** The class's name, as the old annotation or the field has it. */
export const storageClassOf = (object: {
  metadata: { annotations?: Record<string, string> }
  spec: { storageClassName?: string }
}): string =>
  object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ??
  object.spec.storageClassName ??
  ''

export const persistentVolume = defineKind<PersistentVolume>('persistentvolumes.v1', {
  selectableFields: ({ metadata }) => ({ name: metadata.name }),
  row(object, { now }) {
    const { metadata, spec, status } = object
    const { claimRef } = spec
    return [
      metadata.name,
      spec.capacity?.storage ?? '0',
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      metadata.deletionTimestamp ? 'Terminating' : (status.phase ?? ''),
      claimRef ? `${claimRef.namespace ?? ''}/${claimRef.name ?? ''}` : '',
      storageClassOf(object),
      spec.volumeAttributesClassName ?? '<unset>',
      status.reason ?? '',
      age(metadata.creationTimestamp, now),
      spec.volumeMode ?? '<unset>',
    ]
  },
})
