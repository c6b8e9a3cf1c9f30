// ConfigMap: pkg/registry/core/configmap, pkg/apis/core.
import { age } from './machinery/duration.ts'
import { equal } from './machinery/equality.ts'
import { type FieldError, forbidden, invalid, tooLong } from './machinery/field-error.ts'
import { invalidEach } from './machinery/meta-validation.ts'
import { byteLength, isConfigMapKey } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { ConfigMap } from './schema/types.ts'

const megabyte = 1024 * 1024

/** Bytes that base64 stands for. */
export const decodedLength = (text: string): number => Math.floor((text.replace(/=+$/, '').length * 3) / 4)

/** An object that its `immutable` protects, and the parts that it protects. */
export function validateFrozen<T extends { immutable?: boolean }>(
  object: T,
  old: T,
  parts: readonly (keyof T & string)[],
): FieldError[] {
  if (!old.immutable) return []
  const frozen = (field: string) => forbidden(field, 'field is immutable when `immutable` is set')
  return [
    ...(object.immutable ? [] : [frozen('immutable')]),
    ...parts.filter(part => !equal(object[part], old[part])).map(frozen),
  ]
}

function validate({ data = {}, binaryData = {} }: ConfigMap): FieldError[] {
  const errors: FieldError[] = []
  let size = 0
  for (const [key, value] of Object.entries(data)) {
    errors.push(...invalidEach(`data[${key}]`, key, isConfigMapKey(key)))
    if (Object.hasOwn(binaryData, key))
      errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'))
    size += byteLength(value)
  }
  for (const [key, value] of Object.entries(binaryData)) {
    errors.push(...invalidEach(`binaryData[${key}]`, key, isConfigMapKey(key)))
    size += decodedLength(value ?? '')
  }
  if (size > megabyte) errors.push(tooLong('[]', megabyte))
  return errors
}

export const configMap = defineKind<ConfigMap>('configmaps.v1', {
  validate,
  validateUpdate: (object, old) => [
    ...validateFrozen(object, old, ['data', 'binaryData']),
    ...validate(object),
  ],
  row: ({ metadata, data, binaryData }, { now }) => [
    metadata.name,
    Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
    age(metadata.creationTimestamp, now),
  ],
})
