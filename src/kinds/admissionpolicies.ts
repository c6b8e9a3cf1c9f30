// ValidatingAdmissionPolicy, MutatingAdmissionPolicy and what binds them: pkg/apis/admissionregistration.
import { dictionary } from '../engine/dictionary.ts'
import type { CelScope } from './cel/cel.ts'
import type { AnyKind } from './kind.ts'
import {
  admissionVariables,
  defaultMatchResources,
  failurePolicies,
  oneOf,
  validateExpression,
  validateMatchConditions,
  validateMatchResources,
  validateParamKind,
  validateParamRef,
  validateVariables,
} from './machinery/admission-rules.ts'
import { age } from './machinery/duration.ts'
import { child, duplicate, type FieldError, index, invalid, required } from './machinery/field-error.ts'
import { invalidEach } from './machinery/meta-validation.ts'
import { isQualifiedName } from './machinery/names.ts'
import { defineKind } from './machinery/plain-kind.ts'
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
} from './schema/types.ts'

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge', 'Unauthorized']
const actions = ['Audit', 'Deny', 'Warn']

const group = 'admissionregistration.k8s.io/v1'

type Policy = MutatingAdmissionPolicy | ValidatingAdmissionPolicy
type Binding = MutatingAdmissionPolicyBinding | ValidatingAdmissionPolicyBinding

const paramKind = ({ spec }: Policy): string =>
  spec?.paramKind ? `${spec.paramKind.apiVersion}/${spec.paramKind.kind}` : '<unset>'

function paramRef({ spec }: Binding): string {
  const reference = spec?.paramRef
  if (!reference) return '<unset>'
  const name = reference.name || (reference.selector ? '*' : '')
  return reference.namespace ? `${reference.namespace}/${name}` : name
}

/** The variables that expressions of a policy know: `params` only with a paramKind. */
const scopeOf = ({
  paramKind: params,
  variables,
}: Pick<Policy['spec'], 'paramKind' | 'variables'>): CelScope => ({
  variables: {
    ...admissionVariables,
    ...(params && { params: 'dyn' }),
    ...(variables?.length && { variables: 'Variables' }),
  },
  ...(variables?.length && {
    types: { Variables: Object.fromEntries(variables.map(({ name }) => [name, 'dyn'])) },
  }),
})

function defaultPolicy({ spec }: Policy): void {
  if (!spec) return
  spec.failurePolicy ??= 'Fail'
  defaultMatchResources(spec.matchConstraints)
}

/** What both policies have; `scope` is that of their expressions. */
function validateShared(spec: Policy['spec'], scope: CelScope): FieldError[] {
  const errors: FieldError[] = []
  const { failurePolicy, matchConstraints } = spec
  errors.push(...oneOf(failurePolicy, 'spec.failurePolicy', failurePolicies))
  if (spec.paramKind) errors.push(...validateParamKind(spec.paramKind, 'spec.paramKind'))
  if (!matchConstraints) errors.push(required('spec.matchConstraints'))
  else {
    errors.push(...validateMatchResources(matchConstraints, 'spec.matchConstraints'))
    if (!matchConstraints.resourceRules?.length) errors.push(required('spec.matchConstraints.resourceRules'))
  }
  // Match conditions are looked at before there are variables.
  const { types: _, ...outer } = scopeOf({ ...spec, variables: undefined })
  errors.push(...validateMatchConditions(spec.matchConditions, 'spec.matchConditions', outer))
  errors.push(...validateVariables(spec.variables, 'spec.variables', scope))
  return errors
}

function validateValidation(validation: Validation, field: string, scope: CelScope): FieldError[] {
  const { expression, message, messageExpression, reason } = validation
  const errors = validateExpression(
    expression,
    child(field, 'expression'),
    'bool',
    scope,
    'expression is not specified',
  )
  if (messageExpression && !messageExpression.trim())
    errors.push(
      invalid(child(field, 'messageExpression'), messageExpression, 'must be non-empty if specified'),
    )
  else if (messageExpression)
    errors.push(...validateExpression(messageExpression, child(field, 'messageExpression'), 'string', scope))
  const trimmed = message?.trim() ?? ''
  if (message && !trimmed)
    errors.push(invalid(child(field, 'message'), message, 'message must be non-empty if specified'))
  else if (/[\n\r]/.test(trimmed))
    errors.push(invalid(child(field, 'message'), message, 'message must not contain line breaks'))
  else if (!trimmed && /[\n\r]/.test(expression?.trim() ?? ''))
    errors.push(
      required(child(field, 'message'), 'message must be specified if expression contains line breaks'),
    )
  if (reason !== undefined) errors.push(...oneOf(reason, child(field, 'reason'), reasons))
  return errors
}

function validateValidating({ metadata, spec }: ValidatingAdmissionPolicy): FieldError[] {
  const scope = scopeOf(spec)
  const { validations = [], auditAnnotations = [] } = spec
  const errors = validateShared(spec, scope)
  if (!validations.length && !auditAnnotations.length) {
    const detail = 'validations or auditAnnotations must contain at least one item'
    errors.push(required('spec.validations', detail), required('spec.auditAnnotations', detail))
  }
  for (const [i, validation] of validations.entries())
    errors.push(...validateValidation(validation, index('spec.validations', i), scope))
  for (const [i, { key, valueExpression }] of auditAnnotations.entries()) {
    const at = index('spec.auditAnnotations', i)
    if (!key) errors.push(required(child(at, 'key'), 'key is not specified'))
    else errors.push(...invalidEach(child(at, 'key'), key, isQualifiedName(`${metadata.name}/${key}`)))
    errors.push(
      ...validateExpression(
        valueExpression,
        child(at, 'valueExpression'),
        'any',
        scope,
        'valueExpression is not specified',
      ),
    )
    if (auditAnnotations.findIndex(other => other.key === key) < i)
      errors.push(duplicate(child(at, 'key'), key))
  }
  return errors
}

const patchTypes = ['ApplyConfiguration', 'JSONPatch']

function validateMutating({ spec }: MutatingAdmissionPolicy): FieldError[] {
  const scope = scopeOf(spec)
  const { mutations = [], reinvocationPolicy } = spec
  const errors = validateShared(spec, scope)
  for (const [i, rule] of (spec.matchConstraints?.resourceRules ?? []).entries())
    for (const [j, verb] of (rule.operations ?? []).entries())
      if (verb === '*' || verb === 'DELETE' || verb === 'CONNECT')
        errors.push(
          invalid(
            `spec.matchConstraints.resourceRules[${i}].operations[${j}]`,
            verb,
            'may only specify CREATE and UPDATE',
          ),
        )
  if (!mutations.length) errors.push(required('spec.mutations', 'mutations must contain at least one item'))
  for (const [i, { patchType, applyConfiguration, jsonPatch }] of mutations.entries()) {
    const at = index('spec.mutations', i)
    const forms: Record<string, [string, { readonly expression?: string } | undefined]> = dictionary({
      ApplyConfiguration: ['applyConfiguration', applyConfiguration],
      JSONPatch: ['jsonPatch', jsonPatch],
    })
    const [name, form] = forms[patchType] ?? []
    if (!patchType)
      errors.push(required(child(at, 'patchType'), 'must be one of ApplyConfiguration, JSONPatch'))
    else if (!name) errors.push(...oneOf(patchType, child(at, 'patchType'), patchTypes))
    else if (!form) errors.push(required(child(at, name), `must be specified when patchType is ${patchType}`))
    else
      errors.push(
        ...validateExpression(
          form.expression,
          `${child(at, name)}.expression`,
          'any',
          scope,
          'expression is not specified',
        ),
      )
  }
  if (!reinvocationPolicy) errors.push(required('spec.reinvocationPolicy'))
  else errors.push(...oneOf(reinvocationPolicy, 'spec.reinvocationPolicy', ['IfNeeded', 'Never']))
  return errors
}

function defaultBinding({ spec }: Binding): void {
  defaultMatchResources(spec?.matchResources)
}

function validateBinding({ spec }: Binding): FieldError[] {
  const errors: FieldError[] = []
  if (!spec.policyName) errors.push(required('spec.policyName'))
  if (spec.paramRef) errors.push(...validateParamRef(spec.paramRef, 'spec.paramRef'))
  if (spec.matchResources) errors.push(...validateMatchResources(spec.matchResources, 'spec.matchResources'))
  return errors
}

function validateActions({ spec }: ValidatingAdmissionPolicyBinding): FieldError[] {
  const field = 'spec.validationActions'
  const list = spec.validationActions ?? []
  if (!list.length) return [required(field, 'at least one validation action is required')]
  const errors = list.flatMap((action, i) => [
    ...oneOf(action, field, actions),
    ...(list.indexOf(action) < i ? [duplicate(index(field, i), action)] : []),
  ])
  if (list.includes('Deny') && list.includes('Warn'))
    errors.push(
      invalid(
        field,
        [...new Set(list)].sort(),
        'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)',
      ),
    )
  return errors
}

const policy = <T extends Policy>(
  plural: string,
  parts: (spec: T['spec']) => readonly unknown[] | undefined,
  validate: (object: T) => FieldError[],
): AnyKind =>
  defineKind<T>(`${plural}.${group}`, {
    counted: true,
    defaults: defaultPolicy,
    validate,
    validateUpdate: validate,
    row: (object, { now }) => [
      object.metadata.name,
      parts(object.spec)?.length ?? 0,
      paramKind(object),
      age(object.metadata.creationTimestamp, now),
    ],
  })

const binding = <T extends Binding>(plural: string, validate: (object: T) => FieldError[]): AnyKind =>
  defineKind<T>(`${plural}.${group}`, {
    counted: true,
    defaults: defaultBinding,
    validate,
    validateUpdate: validate,
    row: (object, { now }) => [
      object.metadata.name,
      object.spec?.policyName ?? '',
      paramRef(object),
      age(object.metadata.creationTimestamp, now),
    ],
  })

export const admissionPolicies: readonly AnyKind[] = [
  policy<ValidatingAdmissionPolicy>(
    'validatingadmissionpolicies',
    spec => spec.validations,
    validateValidating,
  ),
  policy<MutatingAdmissionPolicy>('mutatingadmissionpolicies', spec => spec.mutations, validateMutating),
  binding<ValidatingAdmissionPolicyBinding>('validatingadmissionpolicybindings', object => [
    ...validateBinding(object),
    ...validateActions(object),
  ]),
  binding<MutatingAdmissionPolicyBinding>('mutatingadmissionpolicybindings', validateBinding),
]
