// StorageClass: pkg/apis/storage, pkg/registry/storage/storageclass.
import { age } from './machinery/duration.ts'
import { duplicate, type FieldError, invalid, notSupported, required } from './machinery/field-error.ts'
import { invalidEach, validateImmutable, validateLabelName } from './machinery/meta-validation.ts'
import { isQualifiedName } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { StorageClass } from './schema/types.ts'

const reclaimPolicies = ['Delete', 'Retain']
const bindingModes = ['Immediate', 'WaitForFirstConsumer']

/** Of a storage class's or a volume's own driver. */
const validateDriverName = (name: string, field: string): FieldError[] =>
  name ? invalidEach(field, name.toLowerCase(), isQualifiedName(name.toLowerCase())) : [required(field)]

function validateTopologies({ allowedTopologies }: StorageClass): FieldError[] {
  const terms = allowedTopologies ?? []
  const seen = new Set<string>()
  return terms.flatMap(({ matchLabelExpressions = [] }, i) => {
    const at = `allowedTopologies[${i}].matchLabelExpressions`
    const keys = new Set<string>()
    const errors = matchLabelExpressions.flatMap(({ key, values: given }, j) => {
      const values = given ?? []
      const field = `${at}[${j}]`
      const faults = [
        ...(values.length ? [] : [required(`${field}.values`)]),
        ...values.flatMap((value, k) =>
          values.indexOf(value) < k ? [duplicate(`${field}.values[${k}]`, value)] : [],
        ),
        ...validateLabelName(key, `${field}.key`),
        ...(keys.has(key) ? [duplicate(`${field}.key`, key)] : []),
      ]
      keys.add(key)
      return faults
    })
    const shape = JSON.stringify(matchLabelExpressions.map(e => [e.key, [...(e.values ?? [])].sort()]).sort())
    if (seen.has(shape)) errors.push(duplicate(at, ''))
    seen.add(shape)
    return errors
  })
}

function validate(object: StorageClass): FieldError[] {
  const { provisioner, parameters, reclaimPolicy, volumeBindingMode } = object
  const errors = validateDriverName(provisioner, 'provisioner')
  for (const name of Object.keys(parameters ?? {}))
    if (!name) errors.push(invalid('parameters', name, 'field can not be empty.'))
  if (reclaimPolicy && !reclaimPolicies.includes(reclaimPolicy))
    errors.push(notSupported('reclaimPolicy', reclaimPolicy, reclaimPolicies))
  if (!bindingModes.includes(volumeBindingMode!))
    errors.push(notSupported('volumeBindingMode', volumeBindingMode, bindingModes))
  return [...errors, ...validateTopologies(object)]
}

/** The marks of the class that claims without one get. */
const defaultClassAnnotations = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
]
const immutable = ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'] as const

export const storageClass = defineKind<StorageClass>('storageclasses.storage.k8s.io/v1', {
  defaults(object) {
    object.reclaimPolicy ??= 'Delete'
    object.volumeBindingMode ??= 'Immediate'
  },
  validate,
  validateUpdate: (object, old) => [
    ...validate(object),
    ...immutable.flatMap(name => validateImmutable(object[name], old[name], name)),
  ],
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
