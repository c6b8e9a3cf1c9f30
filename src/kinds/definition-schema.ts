// The schemas of a CustomResourceDefinition: what makes them structural, and whether the rules in them compile.
// k8s.io/apiextensions-apiserver/pkg/{apis/apiextensions/validation,apiserver/schema}. Left out: costs of rules.
import { cel } from './cel/cel.ts'
import { isTransition, type Rule, type RuleSchema, scopeOfSchema } from './cel/schema-scope.ts'
import {
  child,
  type FieldError,
  index,
  invalid,
  key,
  notSupported,
  required,
} from './machinery/field-error.ts'

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired']

interface Place {
  readonly root?: boolean
  /** Items of lists that are not told apart by keys have no past. */
  readonly uncorrelated?: boolean
}

/** Below `root`, every field has a type, unless it takes anything. */
export function validateDefinitionSchema(
  schema: RuleSchema,
  field: string,
  place: Place = { root: true },
): FieldError[] {
  const errors = (schema['x-kubernetes-validations'] ?? []).flatMap((rule, i) =>
    validateRule(rule, schema, index(child(field, 'x-kubernetes-validations'), i), place),
  )
  const list = schema as RuleSchema & { 'x-kubernetes-list-type'?: string }
  const below = (next: RuleSchema, at: string, what: string, more: Place = {}): void => {
    if (!next.type && !next['x-kubernetes-int-or-string'] && !next['x-kubernetes-preserve-unknown-fields'])
      errors.push(required(child(at, 'type'), `must not be empty for specified ${what}`))
    errors.push(
      ...validateDefinitionSchema(next, at, { ...more, ...(place.uncorrelated && { uncorrelated: true }) }),
    )
  }
  if (schema.items)
    below(schema.items, child(field, 'items'), 'array items', {
      uncorrelated: list['x-kubernetes-list-type'] !== 'map',
    })
  for (const [name, property] of Object.entries(schema.properties ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    if (place.root && ['apiVersion', 'kind', 'metadata'].includes(name)) continue
    below(property, key(child(field, 'properties'), name), 'object fields')
  }
  const { additionalProperties } = schema
  if (typeof additionalProperties === 'object')
    below(additionalProperties, child(field, 'additionalProperties'), 'object fields')
  return errors
}

function validateRule(
  rule: Rule,
  schema: RuleSchema,
  field: string,
  { root, uncorrelated }: Place,
): FieldError[] {
  const errors: FieldError[] = []
  const trimmed = rule.rule?.trim() ?? ''
  if (!trimmed) return [required(child(field, 'rule'), 'rule is not specified')]
  const { message = '', messageExpression = '' } = rule
  if (message && !message.trim())
    errors.push(invalid(child(field, 'message'), message, 'message must be non-empty if specified'))
  else if (/[\n\r]/.test(message.trim()))
    errors.push(invalid(child(field, 'message'), message, 'message must not contain line breaks'))
  else if (!message.trim() && /[\n\r]/.test(trimmed) && !messageExpression)
    errors.push(required(child(field, 'message'), 'message must be specified if rule contains line breaks'))
  if (rule.reason !== undefined && !reasons.includes(rule.reason))
    errors.push(notSupported(child(field, 'reason'), rule.reason, reasons))
  const scope = scopeOfSchema(schema, root === true, rule.optionalOldSelf)
  const fault = cel().check(rule.rule, scope, 'bool')
  if (fault)
    errors.push(
      invalid(
        child(field, 'rule'),
        shown(rule),
        fault === 'must evaluate to bool' ? 'cel expression must evaluate to a bool' : fault,
      ),
    )
  if (messageExpression) {
    const fault = cel().check(messageExpression, scope, 'string')
    if (fault)
      errors.push(
        invalid(
          child(field, 'messageExpression'),
          shown(rule),
          fault === 'must evaluate to string' ? 'messageExpression must evaluate to a string' : fault,
        ),
      )
  }
  if (!fault && isTransition(rule) && uncorrelated)
    errors.push(
      invalid(
        child(field, 'rule'),
        rule.rule,
        'oldSelf cannot be used on the uncorrelatable portion of the schema within a list that is not of type map',
      ),
    )
  return errors
}

/** As the server's own type of a rule is written. */
const shown = ({ rule, message, messageExpression, reason, fieldPath, optionalOldSelf }: Rule) => ({
  Rule: rule,
  Message: message ?? '',
  MessageExpression: messageExpression ?? '',
  Reason: reason ?? null,
  FieldPath: fieldPath ?? '',
  OptionalOldSelf: optionalOldSelf ?? null,
})
