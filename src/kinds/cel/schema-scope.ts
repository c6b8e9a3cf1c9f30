// The types that a definition's schema gives to `self`: k8s.io/apiserver/pkg/cel/common/schemas.go.
import { dictionary } from '../../engine/dictionary.ts'
import type { CelScope } from './cel.ts'
import { escapeName, type ValueSchema } from './values.ts'

export interface RuleSchema extends ValueSchema {
  readonly properties?: Readonly<Record<string, RuleSchema>>
  readonly additionalProperties?: RuleSchema | boolean
  readonly items?: RuleSchema
  readonly 'x-kubernetes-int-or-string'?: boolean
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
  readonly 'x-kubernetes-validations'?: readonly Rule[]
}

export interface Rule {
  readonly rule: string
  readonly message?: string
  readonly messageExpression?: string
  readonly reason?: string
  readonly fieldPath?: string
  readonly optionalOldSelf?: boolean
}

const plain: Readonly<Record<string, string>> = dictionary({
  integer: 'int',
  number: 'double',
  boolean: 'bool',
  string: 'string',
})
const formats: Readonly<Record<string, string>> = dictionary({
  'date-time': 'google.protobuf.Timestamp',
  date: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
})

/** `self` and `oldSelf` for rules at a schema; `root`: that of the whole object. */
export function scopeOfSchema(schema: RuleSchema, root: boolean, optionalOldSelf = false): CelScope {
  const types: Record<string, Record<string, string>> = {}
  const self = typeOf(root ? withMeta(schema) : schema, types)
  return { types, variables: { self, oldSelf: optionalOldSelf ? `optional<${self}>` : self } }
}

const text: RuleSchema = { type: 'string' }
const withMeta = (schema: RuleSchema): RuleSchema => ({
  ...schema,
  properties: {
    ...schema.properties,
    apiVersion: text,
    kind: text,
    metadata: { type: 'object', properties: { name: text, generateName: text } },
  },
})

/** CEL's name of a schema's type; the objects in it are put into `types`, the innermost first. */
function typeOf(schema: RuleSchema | undefined, types: Record<string, Record<string, string>>): string {
  if (!schema || schema['x-kubernetes-int-or-string']) return 'dyn'
  if (schema.type === 'array') return `list<${typeOf(schema.items, types)}>`
  if (schema.type !== 'object')
    return (schema.type === 'string' && formats[schema.format ?? '']) || plain[schema.type ?? ''] || 'dyn'
  if (schema.properties && !schema['x-kubernetes-preserve-unknown-fields']) {
    const fields: Record<string, string> = {}
    for (const [name, property] of Object.entries(schema.properties))
      fields[escapeName(name)] = typeOf(property, types)
    const name = `object${Object.keys(types).length}`
    types[name] = fields
    return name
  }
  const { additionalProperties: values } = schema
  return typeof values === 'object' ? `map<string, ${typeOf(values, types)}>` : 'dyn'
}

/** Whether a rule compares with what was: transition rules hold for updates alone. */
export const isTransition = ({ rule }: Rule): boolean => /\boldSelf\b/.test(rule)
