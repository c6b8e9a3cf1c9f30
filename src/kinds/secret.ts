// Secret: pkg/registry/core/secret, pkg/apis/core.
import { decodeBase64, encodeBase64 } from '../engine/bytes.ts'
import { JsonError, parseJson } from '../yaml/json.ts'
import { decodedLength, validateFrozen } from './configmap.ts'
import { age } from './machinery/duration.ts'
import { type FieldError, invalid, required, tooLong } from './machinery/field-error.ts'
import { keyPairFault } from './machinery/key-pair.ts'
import { invalidEach, validateImmutable } from './machinery/meta-validation.ts'
import { isConfigMapKey } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type { Secret } from './schema/types.ts'

const megabyte = 1024 * 1024

/** stringData is another way to write data, which it overwrites; it is never read back. */
function defaults(object: Secret): void {
  object.type ||= 'Opaque'
  if (!object.stringData) return
  const data: Record<string, string> = { ...object.data }
  for (const [key, value] of Object.entries(object.stringData)) data[key] = encodeBase64(value)
  delete object.stringData
  if (!Object.keys(data).length) return
  const sorted = Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1)))
  // The field stands before the type, as in the struct.
  const { type } = object
  delete object.type
  delete object.data
  object.data = sorted
  object.type = type
}

/** Keys that a type asks for. */
const neededKeys = new Map(
  Object.entries({
    'kubernetes.io/dockercfg': ['.dockercfg'],
    'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
    'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  }),
)

/** encoding/json's words for a text that is no object. */
function jsonFault(text: string): string | undefined {
  try {
    const value = parseJson(text)
    if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined
    const what = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
    return `json: cannot unmarshal ${what} into Go value of type map[string]interface {}`
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    // Unmarshal looks through the whole text first: its end is no end of a value.
    return error.truncated ? 'unexpected end of JSON input' : error.message
  }
}

function validate({ metadata, type = '', data = {} }: Secret): FieldError[] {
  const errors: FieldError[] = []
  let size = 0
  for (const [key, value] of Object.entries(data)) {
    errors.push(...invalidEach(`data[${key}]`, key, isConfigMapKey(key)))
    size += decodedLength(value ?? '')
  }
  if (size > megabyte) errors.push(tooLong('data', megabyte))
  const need = (key: string) => errors.push(required(`data[${key}]`))
  for (const key of neededKeys.get(type) ?? []) if (!(key in data)) need(key)
  if (type.startsWith('kubernetes.io/docker'))
    for (const key of neededKeys.get(type) ?? []) {
      const fault = key in data ? jsonFault(decodeBase64(data[key] ?? '') ?? '') : undefined
      if (fault) errors.push(invalid(`data[${key}]`, '<secret contents redacted>', fault))
    }
  const account = 'kubernetes.io/service-account.name'
  if (type === 'kubernetes.io/service-account-token' && !metadata.annotations?.[account])
    errors.push(required(`metadata.annotations[${account}]`))
  if (type === 'kubernetes.io/basic-auth' && !('username' in data) && !('password' in data)) {
    need('username')
    need('password')
  }
  if (type === 'kubernetes.io/ssh-auth' && !data['ssh-privatekey']) need('ssh-privatekey')
  return errors
}

/** The pair is looked at, but not refused. */
function warnings({ type, data = {} }: Secret): string[] {
  if (type !== 'kubernetes.io/tls') return []
  const [certificate, key] = ['tls.crt', 'tls.key'].map(name => decodeBase64(data[name] ?? '') ?? '')
  const fault = keyPairFault(certificate!, key!)
  return fault ? [fault] : []
}

export const secret = defineKind<Secret>('secrets.v1', {
  defaults,
  validate,
  warnings,
  validateUpdate: (object, old) => [
    ...validateImmutable(object.type, old.type, 'type'),
    ...validateFrozen(object, old, ['data']),
    ...validate(object),
  ],
  selectableFields: { type: ({ type }) => type ?? '' },
  row: ({ metadata, type, data }, { now }) => [
    metadata.name,
    type ?? '',
    Object.keys(data ?? {}).length,
    age(metadata.creationTimestamp, now),
  ],
})
