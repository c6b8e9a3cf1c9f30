// The spec of a PersistentVolumeClaim, which pods and StatefulSets have templates of: ValidatePersistentVolumeClaimSpec.
import type { ObjectMeta } from '../object.ts'
import type { PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate } from '../schema/types.ts'
import { equal } from './equality.ts'
import { type FieldError, forbidden, invalid, notSupported, required } from './field-error.ts'
import { invalidEach, validateAnnotations, validateLabelSelector, validateLabels } from './meta-validation.ts'
import { isDNS1123Subdomain, nameIsDNSLabel, nameIsDNSSubdomain } from './names.ts'
import { parseQuantity } from './quantity.ts'

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
export const volumeModes = ['Block', 'Filesystem']

/** Of a claim's or a volume's access modes. */
export function validateAccessModes(modes: readonly string[] | undefined, field: string): FieldError[] {
  const list = modes ?? []
  const errors: FieldError[] = list.length ? [] : [required(field, 'at least 1 access mode is required')]
  for (const mode of list)
    if (!accessModes.includes(mode)) errors.push(notSupported(field, mode, accessModes))
  if (
    list.includes('ReadWriteOncePod') &&
    list.some(mode => mode !== 'ReadWriteOncePod' && accessModes.includes(mode))
  )
    errors.push(forbidden(field, 'may not use ReadWriteOncePod with other access modes'))
  return errors
}

export function validateClaimSpec(spec: PersistentVolumeClaimSpec, field: string): FieldError[] {
  const modes = validateAccessModes(spec.accessModes, `${field}.accessModes`)
  const selector = validateLabelSelector(spec.selector, `${field}.selector`)
  // A missing mode is found before the selector is looked at, a wrong one after.
  const errors = spec.accessModes?.length ? [...selector, ...modes] : [...modes, ...selector]
  const storage = `${field}.resources[storage]`
  const size = spec.resources?.requests?.storage
  if (size === undefined) errors.push(required(storage))
  else if (parseQuantity(size).nano <= 0n) errors.push(invalid(storage, size, 'must be greater than zero'))
  const named = (name: 'storageClassName' | 'volumeAttributesClassName') => {
    const value = spec[name]
    if (value) errors.push(...invalidEach(`${field}.${name}`, value, nameIsDNSSubdomain(value, false)))
  }
  named('storageClassName')
  if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode))
    errors.push(notSupported(`${field}.volumeMode`, spec.volumeMode, volumeModes))
  for (const name of ['dataSource', 'dataSourceRef'] as const) {
    const source = spec[name] as
      | { apiGroup?: string; kind: string; name: string; namespace?: string }
      | undefined
    if (!source) continue
    const at = `${field}.${name}`
    if (!source.name) errors.push(required(`${at}.name`))
    if (!source.kind) errors.push(required(`${at}.kind`))
    if (!source.apiGroup && source.kind !== 'PersistentVolumeClaim')
      errors.push(
        invalid(at, source.kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"),
      )
    if (source.apiGroup)
      errors.push(...invalidEach(`${at}.apiGroup`, source.apiGroup, isDNS1123Subdomain(source.apiGroup)))
    if (source.namespace)
      errors.push(
        ...invalidEach(`${at}.namespace`, source.namespace, nameIsDNSLabel(source.namespace, false)),
      )
  }
  const { dataSource, dataSourceRef } = spec
  if (dataSource && dataSourceRef) {
    if (dataSourceRef.namespace)
      errors.push(invalid(field, {}, 'may not be specified when dataSourceRef.namespace is specified'))
    else if (!equal(dataSource, dataSourceRef)) errors.push(invalid(field, {}, 'must match dataSourceRef'))
  }
  named('volumeAttributesClassName')
  return errors
}

/** A template may have labels and annotations, and nothing else in its metadata. */
export function validateClaimTemplate(template: PersistentVolumeClaimTemplate, field: string): FieldError[] {
  const meta: Partial<ObjectMeta> = template.metadata ?? {}
  return [
    ...validateAnnotations(meta.annotations, `${field}.metadata.annotations`),
    ...validateLabels(meta.labels, `${field}.metadata.labels`),
    ...Object.keys(meta)
      .filter(name => name !== 'annotations' && name !== 'labels')
      .map(name => forbidden(`${field}.metadata.${name === 'uid' ? 'uID' : name}`, 'cannot be set')),
    ...validateClaimSpec(template.spec, `${field}.spec`),
  ]
}
