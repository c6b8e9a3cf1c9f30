// The structural schema of a custom resource: pruning, defaults and validation with the messages of go-openapi/validate
// as apiextensions-apiserver words them (pkg/apiserver/{schema,validation}). Left out: oneOf and its like, formats.
// Rules in CEL stand in rules.ts.

import { readableExpression } from '../../engine/expressions/expression.ts'
import type { Rule } from '../../kinds/cel/schema-scope.ts'
import {
  type FieldError,
  invalid,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../../kinds/machinery/field-error.ts'
import { goQuote } from '../../kinds/machinery/quote.ts'
import { copyJson, equalJson, isObject, set } from '../json.ts'

export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  required?: string[]
  enum?: unknown[]
  default?: unknown
  nullable?: boolean
  pattern?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: boolean
  exclusiveMaximum?: boolean
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-embedded-resource'?: boolean
  'x-kubernetes-list-type'?: string
  'x-kubernetes-list-map-keys'?: string[]
  'x-kubernetes-validations'?: readonly Rule[]
  format?: string
}

const keepsAll = (schema: Schema): boolean => schema['x-kubernetes-preserve-unknown-fields'] === true
/** What every object has, whatever its schema says. */
const meta = ['apiVersion', 'kind', 'metadata']

/** The value without fields that the schema does not know; their paths go to `unknown`. */
export function prune(schema: Schema, value: unknown, unknown: string[], path = '', root = true): unknown {
  if (Array.isArray(value))
    return schema.items
      ? value.map((item, i) => prune(schema.items!, item, unknown, `${path}[${i}]`, false))
      : copyJson(value)
  if (!isObject(value)) return value
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const at = path ? `${path}.${key}` : key
    const known = childSchema(schema, key)
    if (known) set(result, key, prune(known, value[key], unknown, at, false))
    else if ((root || schema['x-kubernetes-embedded-resource']) && meta.includes(key))
      set(result, key, copyJson(value[key]))
    else if (keepsAll(schema) || schema.additionalProperties === true) set(result, key, copyJson(value[key]))
    else unknown.push(at)
  }
  return result
}

function childSchema(schema: Schema, key: string): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key]
  return isObject(schema.additionalProperties) ? (schema.additionalProperties as Schema) : undefined
}

/** Fills in defaults, also below fields that are there; changes `value`. */
export function setDefaults(schema: Schema, value: unknown): void {
  if (Array.isArray(value)) {
    if (schema.items) for (const item of value) setDefaults(schema.items, item)
  } else if (isObject(value)) {
    for (const [key, property] of Object.entries(schema.properties ?? {}))
      if (
        property.default !== undefined &&
        (value[key] === undefined || (value[key] === null && !property.nullable))
      )
        set(value, key, copyJson(property.default))
    for (const key of Object.keys(value)) {
      const known = childSchema(schema, key)
      if (known) setDefaults(known, value[key])
    }
  }
}

const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'integer'
          : 'number'
        : typeof value

export function validateSchema(schema: Schema, value: unknown, path = ''): FieldError[] {
  const body = (text: string, bad: unknown = value): FieldError =>
    invalid(path || '<nil>', bad, `${path} in body ${text}`)
  if (value === null && schema.nullable) return []
  const type = typeOf(value)
  if (schema['x-kubernetes-int-or-string']) {
    if (type !== 'integer' && type !== 'string')
      return [body(`must be of type integer,string: ${goQuote(type)}`, type)]
  } else if (schema.type && type !== schema.type && !(schema.type === 'number' && type === 'integer'))
    return [body(`must be of type ${schema.type}: ${goQuote(type)}`, type)]
  const errors: FieldError[] = []
  if (schema.enum && !schema.enum.some(allowed => equalJson(allowed, value)))
    errors.push(notSupported(path, value, schema.enum.map(String)))
  if (typeof value === 'number') validateNumber(schema, value, errors, body)
  else if (typeof value === 'string') {
    const length = [...value].length
    if (schema.maxLength !== undefined && length > schema.maxLength)
      errors.push(tooLong(path, schema.maxLength))
    if (schema.minLength !== undefined && length < schema.minLength)
      errors.push(body(`should be at least ${schema.minLength} chars long`))
    if (schema.pattern && !matchesPattern(schema.pattern, value))
      errors.push(body(`should match '${schema.pattern}'`))
  } else if (Array.isArray(value)) {
    if (schema.minItems !== undefined && value.length < schema.minItems)
      errors.push(body(`should have at least ${schema.minItems} items`, value.length))
    if (schema.maxItems !== undefined && value.length > schema.maxItems)
      errors.push(tooMany(path, value.length, schema.maxItems))
    if (schema.items)
      for (const [i, item] of value.entries())
        errors.push(...validateSchema(schema.items, item, `${path}[${i}]`))
  } else if (isObject(value)) {
    const at = (key: string) => (path ? `${path}.${key}` : key)
    for (const key of schema.required ?? []) if (value[key] === undefined) errors.push(required(at(key)))
    for (const key of Object.keys(value).sort()) {
      const known = path === '' && meta.includes(key) ? undefined : childSchema(schema, key)
      if (known) errors.push(...validateSchema(known, value[key], at(key)))
    }
  }
  return errors
}

function validateNumber(
  schema: Schema,
  value: number,
  errors: FieldError[],
  body: (text: string) => FieldError,
): void {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema
  if (minimum !== undefined && (value < minimum || (exclusiveMinimum && value === minimum)))
    errors.push(body(`should be greater than ${exclusiveMinimum ? '' : 'or equal to '}${minimum}`))
  if (maximum !== undefined && (value > maximum || (exclusiveMaximum && value === maximum)))
    errors.push(body(`should be less than ${exclusiveMaximum ? '' : 'or equal to '}${maximum}`))
}

/** A pattern of Go's that is not known here fits. */
function matchesPattern(pattern: string, value: string): boolean {
  return readableExpression(pattern, 'perl')?.fits(value) ?? true
}
