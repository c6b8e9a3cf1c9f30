// DefaultStorageClass and StorageObjectInUseProtection; PersistentVolumeClaimResize; DefaultIngressClass beside them,
// which works alike. plugin/pkg/admission/storage, plugin/pkg/admission/network/defaultingressclass.
import { compareQuantities } from '../../kinds/machinery/quantity.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { Call } from '../call.ts'
import { type Admission, type AdmissionOf, refuse } from './admission.ts'

/** The newest object that has the annotation set to true; of equally new ones the first by name. */
function defaultOf({ server }: Call, table: string, annotation: string): KubeObject | undefined {
  let found: KubeObject | undefined
  for (const { object } of server.store.table(table).list()) {
    if (object.metadata.annotations?.[annotation] !== 'true') continue
    if (!found || object.metadata.creationTimestamp! > found.metadata.creationTimestamp!) found = object
  }
  return found
}

export const defaultStorageClass: AdmissionOf<'persistentvolumeclaims'> = {
  name: 'DefaultStorageClass',
  resources: ['persistentvolumeclaims'],
  admit({ call, operation, object }) {
    if (operation !== 'CREATE') return
    if (object.spec.storageClassName !== undefined) return
    if (object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] !== undefined) return
    const found = defaultOf(
      call,
      'storageclasses.storage.k8s.io',
      'storageclass.kubernetes.io/is-default-class',
    )
    if (found) object.spec.storageClassName = found.metadata.name
  },
}

const protections: Readonly<Record<string, string>> = {
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  persistentvolumes: 'kubernetes.io/pv-protection',
}

export const storageProtection: Admission = {
  name: 'StorageObjectInUseProtection',
  resources: Object.keys(protections),
  admit({ call, operation, object }) {
    if (operation !== 'CREATE') return
    const finalizer = protections[call.resource.table]!
    const { finalizers = [] } = object.metadata
    if (!finalizers.includes(finalizer)) object.metadata.finalizers = [...finalizers, finalizer]
  },
}

export const claimResize: AdmissionOf<'persistentvolumeclaims'> = {
  name: 'PersistentVolumeClaimResize',
  resources: ['persistentvolumeclaims'],
  validate(review) {
    const { call, operation, object, old, subresource } = review
    if (operation !== 'UPDATE' || subresource || !old) return
    const size = object.spec.resources?.requests?.storage ?? '0'
    if (compareQuantities(size, old.spec.resources?.requests?.storage ?? '0') <= 0) return
    if (old.status?.phase !== 'Bound')
      throw refuse(review, 'Only bound persistent volume claims can be expanded')
    const name = object.spec.storageClassName
    const found = name ? call.server.lookup('storageclasses.storage.k8s.io', undefined, name) : undefined
    if (!found?.allowVolumeExpansion)
      throw refuse(
        review,
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
      )
  },
}

export const defaultIngressClass: AdmissionOf<'ingresses.networking.k8s.io'> = {
  name: 'DefaultIngressClass',
  resources: ['ingresses.networking.k8s.io'],
  admit({ call, operation, object }) {
    if (operation !== 'CREATE' || object.spec.ingressClassName !== undefined) return
    if (object.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined) return
    const found = defaultOf(
      call,
      'ingressclasses.networking.k8s.io',
      'ingressclass.kubernetes.io/is-default-class',
    )
    if (found) object.spec.ingressClassName = found.metadata.name
  },
}
