// Validation that all kinds share: names, labels, annotations, owners, finalizers, managed fields, selectors.
// After apimachinery/pkg/api/validation/objectmeta.go and pkg/apis/meta/v1/validation/validation.go.
import type { NameRule } from '../kind.ts'
import type { ObjectMeta } from '../object.ts'
import type { LabelSelector } from '../schema/types.ts'
import { equal } from './equality.ts'
import { type FieldError, forbidden, invalid, required, tooLong } from './field-error.ts'
import { byteLength, isLabelValue, isQualifiedName, nameIsDNSLabel } from './names.ts'

type Map = Readonly<Record<string, string>> | undefined

export const fieldImmutable = 'field is immutable'

/** One error for each text that `check` finds. */
export const invalidEach = (field: string, value: unknown, details: readonly string[]): FieldError[] =>
  details.map(detail => invalid(field, value, detail))

export const validateLabelName = (name: string, field: string): FieldError[] =>
  invalidEach(field, name, isQualifiedName(name))

// Go walks maps in random order; here it is the order of the keys, which is sorted.
export const validateLabels = (labels: Map, field: string): FieldError[] =>
  Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...validateLabelName(key, field),
    ...invalidEach(field, value, isLabelValue(value)),
  ])

export function validateAnnotations(annotations: Map, field: string): FieldError[] {
  const errors: FieldError[] = []
  let size = 0
  for (const [key, value] of Object.entries(annotations ?? {})) {
    errors.push(...invalidEach(field, key, isQualifiedName(key.toLowerCase())))
    size += byteLength(key) + byteLength(value)
  }
  if (size > 262144) errors.push(tooLong(field, 262144))
  return errors
}

export const validateNonnegative = (value: number | undefined, field: string): FieldError[] =>
  value !== undefined && value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : []

function validateOwnerReferences(references: ObjectMeta['ownerReferences'], field: string): FieldError[] {
  const errors: FieldError[] = []
  let controller = ''
  for (const reference of references ?? []) {
    const { apiVersion, kind, name, uid } = reference
    // ParseGroupVersion: what has more than one slash is no version at all.
    if (!/^(?:[^/]*\/)?[^/]+$/.test(apiVersion))
      errors.push(invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty'))
    if (!kind) errors.push(invalid(`${field}.kind`, kind, 'must not be empty'))
    if (!name) errors.push(invalid(`${field}.name`, name, 'must not be empty'))
    if (!uid) errors.push(invalid(`${field}.uid`, uid, 'must not be empty'))
    if (apiVersion === 'v1' && kind === 'Event')
      errors.push(invalid(field, reference, '/v1, Kind=Event is disallowed from being an owner'))
    if (!reference.controller) continue
    const current = `${kind}/${name}`
    if (controller)
      errors.push(
        invalid(
          field,
          references,
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`,
        ),
      )
    else controller = current
  }
  return errors
}

const orphanFinalizer = 'orphan'
const foregroundFinalizer = 'foregroundDeletion'

function validateFinalizers(finalizers: readonly string[] | undefined, field: string): FieldError[] {
  const list = finalizers ?? []
  const errors = list.flatMap(name => invalidEach(field, name, isQualifiedName(name)))
  if (list.includes(orphanFinalizer) && list.includes(foregroundFinalizer))
    errors.push(
      invalid(field, list, `finalizer ${orphanFinalizer} and ${foregroundFinalizer} cannot be both set`),
    )
  return errors
}

/** Finalizers that need no domain: helper.IsStandardFinalizerName. */
export const standardFinalizers: readonly string[] = ['kubernetes', orphanFinalizer, foregroundFinalizer]

/** validateKubeFinalizerName, which the kinds of Kubernetes' own groups ask for. */
export const validateFinalizerName = (name: string, field: string): FieldError[] =>
  name.includes('/') || standardFinalizers.includes(name)
    ? []
    : [invalid(field, name, 'name is neither a standard finalizer name nor is it fully qualified')]

function validateManagedFields(list: ObjectMeta['managedFields'], field: string): FieldError[] {
  return (list ?? []).flatMap(({ operation, fieldsType, manager, subresource }, i) => {
    const at = `${field}[${i}]`
    const errors: FieldError[] = []
    if (operation !== 'Apply' && operation !== 'Update')
      errors.push(invalid(`${at}.operation`, operation, 'must be `Apply` or `Update`'))
    if (fieldsType && fieldsType !== 'FieldsV1')
      errors.push(invalid(`${at}.fieldsType`, fieldsType, 'must be `FieldsV1`'))
    errors.push(...validateFieldManager(manager, `${at}.manager`))
    if (subresource && byteLength(subresource) > 256) errors.push(tooLong(`${at}.subresource`, 256))
    return errors
  })
}

function validateFieldManager(manager: string | undefined, field: string): FieldError[] {
  const errors: FieldError[] = []
  if (manager && byteLength(manager) > 128) errors.push(tooLong(field, 128))
  return errors
}

/** ValidateObjectMeta: what every create is checked for, before the kind's own rules. */
export function validateObjectMeta(
  meta: ObjectMeta,
  namespaced: boolean,
  nameRule: NameRule,
  field = 'metadata',
): FieldError[] {
  const errors: FieldError[] = []
  if (meta.generateName)
    errors.push(...invalidEach(`${field}.generateName`, meta.generateName, nameRule(meta.generateName, true)))
  if (!meta.name) errors.push(required(`${field}.name`, 'name or generateName is required'))
  else errors.push(...invalidEach(`${field}.name`, meta.name, nameRule(meta.name, false)))
  if (namespaced) {
    if (!meta.namespace) errors.push(required(`${field}.namespace`))
    else
      errors.push(...invalidEach(`${field}.namespace`, meta.namespace, nameIsDNSLabel(meta.namespace, false)))
  } else if (meta.namespace) errors.push(forbidden(`${field}.namespace`, 'not allowed on this type'))
  const { generation, labels, annotations, ownerReferences, finalizers, managedFields } = meta
  if (generation) errors.push(...validateNonnegative(generation, `${field}.generation`))
  if (labels) errors.push(...validateLabels(labels, `${field}.labels`))
  if (annotations) errors.push(...validateAnnotations(annotations, `${field}.annotations`))
  if (ownerReferences) errors.push(...validateOwnerReferences(ownerReferences, `${field}.ownerReferences`))
  if (finalizers) errors.push(...validateFinalizers(finalizers, `${field}.finalizers`))
  if (managedFields) errors.push(...validateManagedFields(managedFields, `${field}.managedFields`))
  return errors
}

const immutableMeta = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const

/** ValidateObjectMetaUpdate. What is the very same as before was looked at before. */
export function validateObjectMetaUpdate(
  meta: ObjectMeta,
  old: ObjectMeta,
  field = 'metadata',
): FieldError[] {
  const errors: FieldError[] = []
  if (old.deletionTimestamp) {
    const added = (meta.finalizers ?? []).filter(name => !old.finalizers?.includes(name)).sort()
    if (added.length)
      errors.push(
        forbidden(
          `${field}.finalizers`,
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map(name => JSON.stringify(name)).join(', ')}}`,
        ),
      )
  }
  if (!meta.resourceVersion)
    errors.push(
      invalid(`${field}.resourceVersion`, meta.resourceVersion ?? '', 'must be specified for an update'),
    )
  if ((meta.generation ?? 0) < (old.generation ?? 0))
    errors.push(invalid(`${field}.generation`, meta.generation ?? 0, 'must not be decremented'))
  for (const name of immutableMeta)
    if (meta[name] !== old[name]) errors.push(...validateImmutable(meta[name], old[name], `${field}.${name}`))
  const { labels, annotations, ownerReferences, managedFields } = meta
  if (labels !== old.labels) errors.push(...validateLabels(labels, `${field}.labels`))
  if (annotations !== old.annotations)
    errors.push(...validateAnnotations(annotations, `${field}.annotations`))
  if (ownerReferences !== old.ownerReferences)
    errors.push(...validateOwnerReferences(ownerReferences, `${field}.ownerReferences`))
  if (managedFields) errors.push(...validateManagedFields(managedFields, `${field}.managedFields`))
  return errors
}

export const validateImmutable = (value: unknown, old: unknown, field: string): FieldError[] =>
  equal(value, old) ? [] : [invalid(field, value, fieldImmutable)]

/** ValidateLabelSelector; `allowInvalidValues` as pod affinity terms have it. */
export function validateLabelSelector(
  selector: LabelSelector | null | undefined,
  field: string,
  allowInvalidValues = false,
): FieldError[] {
  if (!selector) return []
  const errors = validateLabels(selector.matchLabels, `${field}.matchLabels`)
  ;(selector.matchExpressions ?? []).forEach(({ key, operator, values = [] }, i) => {
    const at = `${field}.matchExpressions[${i}]`
    if (operator === 'In' || operator === 'NotIn') {
      if (!values.length)
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length)
        errors.push(
          forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
        )
    } else errors.push(invalid(`${at}.operator`, operator, 'not a valid selector operator'))
    errors.push(...validateLabelName(key, `${at}.key`))
    if (!allowInvalidValues)
      values.forEach((value, j) => {
        errors.push(...invalidEach(`${at}.values[${j}]`, value, isLabelValue(value)))
      })
  })
  return errors
}
