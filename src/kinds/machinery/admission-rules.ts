// What webhook configurations and admission policies share: the rules that say which requests they look at, match
// conditions, references to parameters. pkg/apis/admissionregistration/validation/validation.go and v1/defaults.go.
import { type CelScope, cel } from '../cel/cel.ts'
import type {
  MatchCondition,
  MatchResources,
  ParamKind,
  ParamRef,
  RuleWithOperations,
  Variable,
} from '../schema/types.ts'
import {
  child,
  duplicate,
  type FieldError,
  forbidden,
  index,
  invalid,
  notSupported,
  required,
} from './field-error.ts'
import { invalidEach, validateLabelSelector } from './meta-validation.ts'
import { isCIdentifier, isQualifiedName } from './names.ts'

export const failurePolicies = ['Fail', 'Ignore']
const matchPolicies = ['Equivalent', 'Exact']
const operations = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE']
const scopes = ['*', 'Cluster', 'Namespaced']

/** The variables of an admission expression that always are. */
export const admissionVariables: Readonly<Record<string, string>> = {
  object: 'dyn',
  oldObject: 'dyn',
  request: 'dyn',
  namespaceObject: 'dyn',
  authorizer: 'dyn',
}
const plainScope: CelScope = { variables: admissionVariables }

export const oneOf = (value: unknown, field: string, supported: readonly string[]): FieldError[] =>
  supported.includes(value as string) ? [] : [notSupported(field, value, supported)]

/** `*` stands alone. */
function alone(list: readonly string[], field: string, what: string): FieldError[] {
  return list.length > 1 && list.includes('*')
    ? [invalid(field, list, `if '*' is present, must not specify other ${what}`)]
    : []
}

export function defaultRule(rule: RuleWithOperations): void {
  rule.scope ??= '*'
}

function validateResources(resources: readonly string[], field: string): FieldError[] {
  if (!resources.length) return [required(field)]
  const errors: FieldError[] = []
  const all = new Set<string>()
  for (const [i, name] of resources.entries()) {
    const at = index(field, i)
    const [resource = '', subresource] = name.split(/\/(.*)/s)
    if (!name) errors.push(required(at))
    else if (name === '*/*') all.add('*/*')
    else if (subresource === '*' && resource) all.add(`${resource}/*`)
    else if (all.has(`${resource}/*`) && subresource)
      errors.push(invalid(at, name, `if '${resource}/*' is present, must not specify ${name}`))
  }
  if (resources.includes('*/*') && resources.length > 1)
    errors.push(invalid(field, resources, "if '*/*' is present, must not specify other resources"))
  if (resources.includes('*') && resources.some(name => name !== '*' && !name.includes('/')))
    errors.push(
      invalid(field, resources, "if '*' is present, must not specify other resources without subresources"),
    )
  return errors
}

export function validateRule(rule: RuleWithOperations, field: string): FieldError[] {
  const { operations: verbs = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule
  const errors: FieldError[] = []
  const at = (name: string) => child(field, name)
  if (!verbs?.length) errors.push(required(at('operations')))
  else {
    errors.push(...alone(verbs, at('operations'), 'operations'))
    for (const [i, verb] of verbs.entries())
      errors.push(...oneOf(verb, index(at('operations'), i), operations))
  }
  if (!apiGroups?.length) errors.push(required(at('apiGroups')))
  else errors.push(...alone(apiGroups, at('apiGroups'), 'API groups'))
  if (!apiVersions?.length) errors.push(required(at('apiVersions')))
  else errors.push(...alone(apiVersions, at('apiVersions'), 'API versions'))
  for (const [i, version] of (apiVersions ?? []).entries())
    if (!version) errors.push(required(index(at('apiVersions'), i)))
  errors.push(...validateResources(resources ?? [], at('resources')))
  if (scope !== undefined) errors.push(...oneOf(scope, at('scope'), scopes))
  return errors
}

export function defaultMatchResources(match: MatchResources | undefined): void {
  if (!match) return
  match.matchPolicy ??= 'Equivalent'
  match.namespaceSelector ??= {}
  match.objectSelector ??= {}
  for (const rule of [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])])
    defaultRule(rule)
}

export function validateMatchResources(match: MatchResources, field: string): FieldError[] {
  const {
    matchPolicy,
    namespaceSelector,
    objectSelector,
    resourceRules = [],
    excludeResourceRules = [],
  } = match
  const errors = [
    ...oneOf(matchPolicy, child(field, 'matchPolicy'), matchPolicies),
    ...(namespaceSelector
      ? validateLabelSelector(namespaceSelector, child(field, 'namespaceSelector'))
      : [required(child(field, 'namespaceSelector'))]),
    ...(objectSelector
      ? validateLabelSelector(objectSelector, child(field, 'objectSelector'))
      : [required(child(field, 'objectSelector'))]),
  ]
  for (const [name, rules] of [
    ['resourceRules', resourceRules],
    ['excludeResourceRules', excludeResourceRules],
  ] as const)
    for (const [i, rule] of rules.entries()) {
      errors.push(...validateRule(rule, index(child(field, name), i)))
      const names = rule.resourceNames ?? []
      for (const [j, resource] of names.entries())
        if (names.indexOf(resource) < j)
          errors.push(duplicate(index(child(index(child(field, name), i), 'resourceNames'), j), resource))
    }
  return errors
}

/** An expression that must result in a bool, a string or anything; empty ones are missing. */
export function validateExpression(
  expression: string | undefined,
  field: string,
  result: 'bool' | 'string' | 'any',
  scope: CelScope = plainScope,
  missing = '',
): FieldError[] {
  if (!expression?.trim()) return [required(field, missing)]
  const fault = cel().check(expression, scope, result)
  return fault ? [invalid(field, expression, fault)] : []
}

export function validateMatchConditions(
  conditions: readonly MatchCondition[] | undefined,
  field: string,
  scope: CelScope = plainScope,
): FieldError[] {
  const list = conditions ?? []
  const errors: FieldError[] = []
  if (list.length > 64)
    errors.push({ type: 'TooMany', field, value: list.length, detail: 'must have at most 64 items' })
  for (const [i, { name, expression }] of list.entries()) {
    const at = index(field, i)
    errors.push(...validateExpression(expression, child(at, 'expression'), 'bool', scope))
    if (!name) errors.push(required(child(at, 'name')))
    else errors.push(...invalidEach(child(at, 'name'), name, isQualifiedName(name)))
    if (name && list.findIndex(other => other.name === name) < i)
      errors.push(duplicate(child(at, 'name'), name))
  }
  return errors
}

export function validateParamKind(kind: ParamKind, field: string): FieldError[] {
  const errors: FieldError[] = []
  const { apiVersion, kind: name } = kind
  if (!apiVersion) errors.push(required(child(field, 'apiVersion')))
  else if (apiVersion.split('/').length > 2)
    errors.push(
      invalid(child(field, 'apiVersion'), apiVersion, `unexpected GroupVersion string: ${apiVersion}`),
    )
  if (!name) errors.push(required(child(field, 'kind')))
  return errors
}

export function validateParamRef(reference: ParamRef, field: string): FieldError[] {
  const { name, selector, parameterNotFoundAction } = reference
  const errors: FieldError[] = []
  if (name && selector)
    errors.push(forbidden(child(field, 'name'), 'name and selector are mutually exclusive'))
  if (!name && !selector) errors.push(required(field, 'one of name or selector must be specified'))
  if (selector) errors.push(...validateLabelSelector(selector, child(field, 'selector')))
  if (!parameterNotFoundAction) errors.push(required(child(field, 'parameterNotFoundAction')))
  else
    errors.push(...oneOf(parameterNotFoundAction, child(field, 'parameterNotFoundAction'), ['Allow', 'Deny']))
  return errors
}

/** The variables of a policy, each of which sees those before it. */
export function validateVariables(
  variables: readonly Variable[] | undefined,
  field: string,
  scope: CelScope,
): FieldError[] {
  const list = variables ?? []
  return list.flatMap(({ name, expression }, i) => {
    const at = index(field, i)
    const errors: FieldError[] = []
    if (!name) errors.push(required(child(at, 'name'), 'name is not specified'))
    else if (isCIdentifier(name).length)
      errors.push(invalid(child(at, 'name'), name, 'name is not a valid CEL identifier'))
    else if (list.findIndex(other => other.name === name) < i) errors.push(duplicate(child(at, 'name'), name))
    return [
      ...errors,
      ...validateExpression(expression, child(at, 'expression'), 'any', scope, 'expression is not specified'),
    ]
  })
}
