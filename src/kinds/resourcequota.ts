// ResourceQuota: pkg/apis/core, pkg/registry/core/resourcequota. What is used is counted by the API server's admission and
// the controller.
import { dictionary } from '../engine/dictionary.ts'
import { age } from './machinery/duration.ts'
import { type FieldError, invalid, required } from './machinery/field-error.ts'
import { fieldImmutable } from './machinery/meta-validation.ts'
import { defineKind } from './machinery/plain-kind.ts'
import { roundUp } from './pod-spec/defaults.ts'
import { isQuotaResource, validateResourceName, validateResourceQuantity } from './pod-spec/resources.ts'
import type { ResourceList, ResourceQuota, ResourceQuotaSpec } from './schema/types.ts'

const podCompute = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory']
/** Scopes, and the standard resources that they can restrict. */
const scopes: Readonly<Record<string, string[]>> = dictionary({
  Terminating: podCompute,
  NotTerminating: podCompute,
  NotBestEffort: podCompute,
  PriorityClass: podCompute,
  CrossNamespacePodAffinity: podCompute,
  BestEffort: ['pods'],
  VolumeAttributesClass: ['persistentvolumeclaims', 'requests.storage'],
})
const conflicting = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
]

function validateResourceList(list: ResourceList | undefined, field: string): FieldError[] {
  return Object.entries(list ?? {}).flatMap(([name, value]) => {
    const at = `${field}[${name}]`
    const errors = validateResourceName(name, at)
    if (!name.includes('/') && !isQuotaResource(name))
      errors.push(invalid(at, name, 'must be a standard resource for quota'))
    return [...errors, ...validateResourceQuantity(name, value, at)]
  })
}

/** How often a scope does not fit one of the limited resources. */
const misfits = ({ hard }: ResourceQuotaSpec, scope: string): string[] =>
  Object.keys(hard ?? {}).filter(name => isQuotaResource(name) && !scopes[scope]?.includes(name))

const conflicts = (used: readonly string[]) =>
  conflicting.filter(pair => pair.every(scope => used.includes(scope)))

function validateSpec(spec: ResourceQuotaSpec): FieldError[] {
  const errors = validateResourceList(spec.hard, 'spec.hard')
  const list = spec.scopes ?? []
  const bad = (detail: string) => invalid('spec.scopes', list, detail)
  for (const scope of list) {
    if (!scopes[scope]) errors.push(bad('unsupported scope'))
    else errors.push(...misfits(spec, scope).map(() => bad('unsupported scope applied to resource')))
  }
  errors.push(...conflicts(list).map(() => bad('conflicting scopes')))

  const at = 'spec.scopeSelector.matchExpressions'
  const requirements = spec.scopeSelector?.matchExpressions ?? []
  for (const { scopeName, operator, values = [] } of requirements) {
    if (!scopes[scopeName]) errors.push(invalid(`${at}.scopeName`, scopeName, 'unsupported scope'))
    else
      errors.push(
        ...misfits(spec, scopeName).map(() =>
          invalid(at, spec.scopeSelector, 'unsupported scope applied to resource'),
        ),
      )
    if (scopes[scopeName] && !/Class$/.test(scopeName) && operator !== 'Exists')
      errors.push(
        invalid(
          `${at}.operator`,
          operator,
          "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity",
        ),
      )
    if (operator === 'In' || operator === 'NotIn') {
      if (!values.length)
        errors.push(
          required(
            `${at}.values`,
            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
          ),
        )
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length)
        errors.push(
          invalid(
            `${at}.values`,
            values,
            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
          ),
        )
    } else errors.push(invalid(`${at}.operator`, operator, 'not a valid selector operator'))
  }
  errors.push(
    ...conflicts(requirements.map(r => r.scopeName)).map(() => invalid(at, list, 'conflicting scopes')),
  )
  return errors
}

const sortedScopes = ({ spec }: ResourceQuota): string => [...new Set(spec.scopes)].sort().join()

export const resourceQuota = defineKind<ResourceQuota>('resourcequotas.v1', {
  defaults({ spec, status }) {
    for (const list of [spec.hard, status.hard, status.used]) roundUp(list)
  },
  validate: ({ spec }) => validateSpec(spec),
  validateUpdate: (object, old) => [
    ...validateSpec(object.spec),
    ...(sortedScopes(object) === sortedScopes(old)
      ? []
      : [invalid('spec.scopes', object.spec.scopes ?? null, fieldImmutable)]),
  ],
  status: {
    validateUpdate: ({ status }) => [
      ...validateResourceList(status.hard, 'status.hard'),
      ...validateResourceList(status.used, 'status.used'),
    ],
  },
  row({ metadata, status }, { now }) {
    const { hard = {}, used = {} } = status
    const column = (limits: boolean) =>
      Object.keys(hard)
        .filter(name => name.startsWith('limits.') === limits)
        .sort()
        .map(name => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
        .join(', ')
    return [metadata.name, column(false), column(true), age(metadata.creationTimestamp, now)]
  },
})
