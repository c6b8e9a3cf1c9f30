// Environment variables and where their values come from: ValidateEnv, ValidateEnvFrom and the selectors of the
// downward API, which volumes use too.
import { type FieldError, invalid, notSupported, required } from '../machinery/field-error.ts'
import { invalidEach } from '../machinery/meta-validation.ts'
import {
  isConfigMapKey,
  isDNS1123Label,
  isEnvVarName,
  isQualifiedName,
  nameIsDNSSubdomain,
} from '../machinery/names.ts'
import { formatQuantity, parseQuantity } from '../machinery/quantity.ts'
import type { EnvFromSource, EnvVar, ObjectFieldSelector, ResourceFieldSelector } from '../schema/types.ts'
import { validateNoBacksteps } from './paths.ts'

const envFieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]
/** Paths that the conversion of labels knows beside them. */
const convertible = [
  ...envFieldPaths,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
]
const resourcePaths = ['limits', 'requests'].flatMap(of =>
  ['cpu', 'ephemeral-storage', 'memory'].map(name => `${of}.${name}`),
)

export function validateFieldRef(
  ref: ObjectFieldSelector,
  paths: readonly string[],
  field: string,
): FieldError[] {
  const { apiVersion, fieldPath } = ref
  if (!apiVersion) return [required(`${field}.apiVersion`)]
  if (!fieldPath) return [required(`${field}.fieldPath`)]
  const bad = (message: string) => [
    invalid(`${field}.fieldPath`, fieldPath, `error converting fieldPath: ${message}`),
  ]
  if (apiVersion !== 'v1') return bad(`unsupported pod version: ${apiVersion}`)
  const subscript = /^(.*)\['(.*)'\]$/s.exec(fieldPath)
  if (subscript) {
    const [, path, name = ''] = subscript
    if (path === 'metadata.annotations')
      return invalidEach(field, name.toLowerCase(), isQualifiedName(name.toLowerCase()))
    if (path === 'metadata.labels') return invalidEach(field, name, isQualifiedName(name))
    return bad(`field label does not support subscript: ${fieldPath}`)
  }
  if (!convertible.includes(fieldPath)) return bad(`field label not supported: ${fieldPath}`)
  const internal = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath
  return paths.includes(internal) ? [] : [notSupported(`${field}.fieldPath`, internal, paths)]
}

export function validateResourceFieldRef(
  ref: ResourceFieldSelector,
  field: string,
  volume: boolean,
): FieldError[] {
  const { containerName, resource, divisor } = ref
  const errors: FieldError[] = []
  const hugePages = /^(limits|requests)\.hugepages-/.test(resource)
  if (volume && !containerName) errors.push(required(`${field}.containerName`))
  else if (!resource) errors.push(required(`${field}.resource`))
  else if (!resourcePaths.includes(resource) && !hugePages)
    errors.push(notSupported(`${field}.resource`, resource, resourcePaths))
  const unit = formatQuantity(parseQuantity(divisor))
  if (unit === '0') return errors
  const bad = (units: string, what: string) =>
    errors.push(
      invalid(
        `${field}.divisor`,
        resource,
        `only divisor's values ${units} are supported with the ${what} resource`,
      ),
    )
  const cpu = /^(limits|requests)\.cpu$/.test(resource)
  const bytes = /^1([kMGTPE]i?|Ki)?$/.test(unit) && unit !== '1ki'
  if (cpu) {
    if (unit !== '1m' && unit !== '1') bad('1m and 1', 'cpu')
  } else if (!bytes) {
    const units = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei'
    if (/^(limits|requests)\.memory$/.test(resource)) bad(units, 'memory')
    else if (/^(limits|requests)\.ephemeral-storage$/.test(resource)) bad(units, 'local ephemeral storage')
    else if (hugePages) bad(units, 'hugepages')
  }
  return errors
}

const validateKey = ({ name = '', key }: { name?: string; key: string }, field: string): FieldError[] => [
  ...invalidEach(`${field}.name`, name, nameIsDNSSubdomain(name, false)),
  ...(key ? invalidEach(`${field}.key`, key, isConfigMapKey(key)) : [required(`${field}.key`)]),
]

export const validateEnv = (list: readonly EnvVar[] | undefined, field: string): FieldError[] =>
  (list ?? []).flatMap((variable, i) => {
    const at = `${field}[${i}]`
    return [
      ...(variable.name
        ? invalidEach(`${at}.name`, variable.name, isEnvVarName(variable.name))
        : [required(`${at}.name`)]),
      ...validateValueFrom(variable, `${at}.valueFrom`),
    ]
  })

function validateValueFrom({ value, valueFrom }: EnvVar, field: string): FieldError[] {
  if (!valueFrom) return []
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom
  const errors: FieldError[] = []
  if (fieldRef) errors.push(...validateFieldRef(fieldRef, envFieldPaths, `${field}.fieldRef`))
  if (resourceFieldRef)
    errors.push(...validateResourceFieldRef(resourceFieldRef, `${field}.resourceFieldRef`, false))
  if (configMapKeyRef) errors.push(...validateKey(configMapKeyRef, `${field}.configMapKeyRef`))
  if (secretKeyRef) errors.push(...validateKey(secretKeyRef, `${field}.secretKeyRef`))
  if (fileKeyRef) {
    const { key, volumeName, path } = fileKeyRef
    const at = `${field}.fileKeyRef`
    errors.push(
      ...(key ? invalidEach(`${at}.key`, key, isEnvVarName(key)) : [required(`${at}.key`)]),
      ...(volumeName
        ? invalidEach(`${at}.volumeName`, volumeName, isDNS1123Label(volumeName))
        : [required(`${at}.volumeName`)]),
      ...(path ? validateNoBacksteps(path, `${at}.path`) : [required(`${at}.path`)]),
    )
  }
  const sources = Object.keys(valueFrom).length
  if (!sources)
    errors.push(
      invalid(
        field,
        '',
        'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      ),
    )
  else if (value) errors.push(invalid(field, '', 'may not be specified when `value` is not empty'))
  else if (sources > 1)
    errors.push(invalid(field, '', 'may not have more than one field specified at a time'))
  return errors
}

export const validateEnvFrom = (list: readonly EnvFromSource[] | undefined, field: string): FieldError[] =>
  (list ?? []).flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const at = `${field}[${i}]`
    const errors = prefix ? invalidEach(`${at}.prefix`, prefix, isEnvVarName(prefix)) : []
    const named = (ref: { name?: string }, name: string) =>
      errors.push(
        ...(ref.name
          ? invalidEach(`${at}.${name}.name`, ref.name, nameIsDNSSubdomain(ref.name, true))
          : [required(`${at}.${name}.name`)]),
      )
    if (configMapRef) named(configMapRef, 'configMapRef')
    if (secretRef) named(secretRef, 'secretRef')
    if (!configMapRef && !secretRef)
      errors.push(invalid(field, '', 'must specify one of: `configMapRef` or `secretRef`'))
    else if (configMapRef && secretRef)
      errors.push(invalid(field, '', 'may not have more than one field specified at a time'))
    return errors
  })
