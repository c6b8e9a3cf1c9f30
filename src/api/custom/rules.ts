// x-kubernetes-validations of custom resources: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go.
// Left out: limits on cost; ratcheting (a rule that failed before fails again).
import { CelError, cel } from '../../kinds/cel/cel.ts'
import { isTransition, type Rule } from '../../kinds/cel/schema-scope.ts'
import { celValue } from '../../kinds/cel/values.ts'
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  required,
} from '../../kinds/machinery/field-error.ts'
import { isObject } from '../json.ts'
import type { Schema } from './schema.ts'

/** Whether there is any rule in a schema. */
export function hasRules(schema: Schema): boolean {
  return (
    Boolean(schema['x-kubernetes-validations']?.length) ||
    Object.values(schema.properties ?? {}).some(hasRules) ||
    (isObject(schema.additionalProperties) && hasRules(schema.additionalProperties as Schema)) ||
    (schema.items !== undefined && hasRules(schema.items))
  )
}

const blocking = new Set(['Required', 'TooLong', 'TooMany', 'TypeInvalid'])

/** The rules' errors, unless the object is too broken for rules (`errors` says so). */
export function validateRules(
  schema: Schema,
  object: unknown,
  old: unknown,
  errors: readonly FieldError[],
): FieldError[] {
  if (errors.some(error => blocking.has(error.type) || / in body must be of type /.test(error.detail)))
    return [
      invalid(
        '<nil>',
        null,
        'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
      ),
    ]
  return [...walk(schema, object, old, '')]
}

function* walk(schema: Schema, value: unknown, old: unknown, path: string): Generator<FieldError> {
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    const error = check(rule, schema, value, old, path)
    if (error) yield error
  }
  if (Array.isArray(value) && schema.items) {
    for (const [i, item] of value.entries())
      yield* walk(schema.items, item, correlated(schema, item, old), `${path}[${i}]`)
  } else if (isObject(value))
    for (const name of Object.keys(value).sort()) {
      const property = schema.properties?.[name]
      const other = isObject(schema.additionalProperties)
        ? (schema.additionalProperties as Schema)
        : undefined
      const below = property ?? other
      if (!below) continue
      const field = property ? (path ? `${path}.${name}` : name) : `${path}[${name}]`
      yield* walk(below, value[name], isObject(old) ? old[name] : undefined, field)
    }
}

/** The item that an item of a list was before, by the keys of a map list; others have none. */
function correlated(schema: Schema, item: unknown, old: unknown): unknown {
  const keys = schema['x-kubernetes-list-map-keys']
  if (schema['x-kubernetes-list-type'] !== 'map' || !keys || !Array.isArray(old) || !isObject(item))
    return undefined
  return old.find(other => isObject(other) && keys.every(key => other[key] === item[key]))
}

function check(
  rule: Rule,
  schema: Schema,
  value: unknown,
  old: unknown,
  path: string,
): FieldError | undefined {
  const transition = isTransition(rule)
  if (transition && old === undefined && !rule.optionalOldSelf) return undefined
  const self = celValue(value, schema)
  const bindings: Record<string, unknown> = { self }
  if (transition) {
    const before = celValue(old, schema)
    bindings.oldSelf = rule.optionalOldSelf
      ? cel().evaluate(old === undefined ? 'optional.none()' : 'optional.of(old)', { old: before })
      : before
  }
  const at = (path + (rule.fieldPath ?? '')).replace(/^\./, '')
  const told = (detail: string) => fieldError(rule, at, value, detail)
  try {
    if (cel().evaluate(rule.rule, bindings) === true) return undefined
  } catch (error) {
    if (!(error instanceof CelError)) throw error
    return told(`${error.message} evaluating rule: ${plainMessage(rule)}`)
  }
  return told(messageOf(rule, bindings))
}

const plainMessage = ({ message, rule }: Rule): string => message?.trim() || `failed rule: ${rule.trim()}`

function messageOf(rule: Rule, bindings: Record<string, unknown>): string {
  if (!rule.messageExpression) return plainMessage(rule)
  try {
    const text = cel().evaluate(rule.messageExpression, bindings)
    if (typeof text === 'string' && text.trim() && !/[\n\r]/.test(text.trim())) return text.trim()
  } catch (error) {
    if (!(error instanceof CelError)) throw error
  }
  return plainMessage(rule)
}

function fieldError(rule: Rule, path: string, value: unknown, detail: string): FieldError {
  const at = path || '<nil>'
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return forbidden(at, detail)
    case 'FieldValueRequired':
      return required(at, detail)
    case 'FieldValueDuplicate':
      return { ...duplicate(at, shown(value).value), ...shown(value), detail }
    default:
      return { ...invalid(at, value, detail), ...shown(value) }
  }
}

/** Values that are one word are shown, lists and objects are not. */
const shown = (value: unknown): Pick<FieldError, 'value' | 'omitValue'> =>
  typeof value === 'object' && value !== null ? { omitValue: true } : { value }
