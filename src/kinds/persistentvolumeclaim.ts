// PersistentVolumeClaim: pkg/apis/core, pkg/registry/core/persistentvolumeclaim.
import { validateClaimSpec } from './machinery/claim-spec.ts'
import { diffValues } from './machinery/diff.ts'
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, forbidden } from './machinery/field-error.ts'
import { internalValue } from './machinery/internal.ts'
import { validateImmutable } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { compareQuantities } from './machinery/quantity.ts'
import { accessModesText, storageClassOf } from './persistentvolume.ts'
import { roundUp } from './pod-spec/defaults.ts'
import { claimWarnings } from './pod-spec/warnings.ts'
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from './schema/types.ts'

const specSchema = 'io.k8s.api.core.v1.PersistentVolumeClaimSpec'
const classAnnotation = 'volume.beta.kubernetes.io/storage-class'

/** NormalizeDataSources: each of the two forms fills the other. */
function normalizeSources(spec: PersistentVolumeClaimSpec): void {
  const { dataSource, dataSourceRef } = spec
  if (dataSource && !dataSourceRef) spec.dataSourceRef = { ...dataSource }
  else if (dataSourceRef && !dataSource && !dataSourceRef.namespace) {
    const { apiGroup, kind, name } = dataSourceRef
    spec.dataSource = { ...(apiGroup !== undefined && { apiGroup }), kind, name } as typeof spec.dataSource
  }
}

function validateUpdate(object: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const errors = validateClaimSpec(object.spec, 'spec')
  const { spec, status } = object
  const before = { ...old.spec }
  const now = { ...spec }
  if (!before.volumeName) before.volumeName = now.volumeName
  const classes = [object, old].map(({ metadata }) => metadata.annotations?.[classAnnotation])
  if (
    before.storageClassName === undefined &&
    classes[1] !== undefined &&
    now.storageClassName === classes[1]
  )
    now.storageClassName = undefined // the annotation's class became the field's
  else {
    errors.push(
      ...validateImmutable(classes[0] ?? '', classes[1] ?? '', `metadata.annotations[${classAnnotation}]`),
    )
    // A default class may be given to what had none.
    if (classes[1] === undefined && before.storageClassName === undefined)
      now.storageClassName = before.storageClassName
  }
  if (status.phase === 'Bound') {
    const storage = old.spec.resources?.requests?.storage
    if (now.resources?.requests && storage !== undefined)
      now.resources = { ...now.resources, requests: { ...now.resources.requests, storage } }
    if (now.volumeAttributesClassName !== undefined)
      now.volumeAttributesClassName = before.volumeAttributesClassName
  }
  if (!equal(now, before))
    errors.push(
      forbidden(
        'spec',
        `spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n${diffValues(internalValue(specSchema, before), internalValue(specSchema, now))}`,
      ),
    )
  const size = spec.resources?.requests?.storage ?? '0'
  if (
    compareQuantities(size, old.spec.resources?.requests?.storage ?? '0') < 0 &&
    compareQuantities(size, old.status.capacity?.storage ?? '0') <= 0
  )
    errors.push(forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity'))
  errors.push(...validateImmutable(spec.volumeMode, old.spec.volumeMode, 'volumeMode'))
  if (old.spec.volumeAttributesClassName && !spec.volumeAttributesClassName)
    errors.push(forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'))
  return errors
}

export const persistentVolumeClaim = defineKind<PersistentVolumeClaim>('persistentvolumeclaims.v1', {
  defaults({ spec, status }) {
    status.phase ||= 'Pending'
    spec.volumeMode ??= 'Filesystem'
    for (const list of [spec.resources?.limits, spec.resources?.requests, status.capacity]) roundUp(list)
  },
  prepareForCreate(object) {
    object.status = { phase: 'Pending' }
    normalizeSources(object.spec)
  },
  prepareForUpdate({ spec }) {
    normalizeSources(spec)
  },
  validate: ({ spec }) => validateClaimSpec(spec, 'spec'),
  validateUpdate,
  warnings: ({ metadata, spec }) => [
    ...(metadata.annotations?.[classAnnotation] === undefined
      ? []
      : [
          `metadata.annotations[${classAnnotation}]: deprecated since v1.8; use "storageClassName" attribute instead`,
        ]),
    ...claimWarnings(spec, 'spec'),
  ],
  selectableFields: { name: ({ metadata }) => metadata.name },
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

/** What a volume says of the claim that has it. */
export const claimReference = ({
  metadata: { namespace, name, uid, resourceVersion },
}: Pick<PersistentVolumeClaim, 'metadata'>) => ({
  kind: 'PersistentVolumeClaim',
  namespace,
  name,
  uid,
  apiVersion: 'v1',
  resourceVersion,
})
