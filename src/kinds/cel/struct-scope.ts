// The types of Kubernetes' own kinds as expressions see them, for the checks that end in a policy's status.
// k8s.io/apiserver/pkg/cel/openapi.
import { type StructType, structType, type ValueType } from '../schema.ts'
import type { CelScope } from './cel.ts'
import { escapeName } from './values.ts'

const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  int32: 'int',
  int64: 'int',
  bool: 'bool',
  float64: 'double',
  bytes: 'bytes',
  time: 'google.protobuf.Timestamp',
  microTime: 'google.protobuf.Timestamp',
}

/** `object` and `oldObject` of a kind beside other variables; undefined where the tables do not describe it. */
export function scopeOfKind(schema: string, others: Readonly<Record<string, string>>): CelScope | undefined {
  const type = structType(schema)
  if (!type) return undefined
  const types: Record<string, Record<string, string>> = {}
  const name = typeOf(type, types)
  return { types, variables: { ...others, object: name, oldObject: name } }
}

/** CEL's name of a type; structs are put into `types`, the innermost first. */
function typeOf(type: ValueType, types: Record<string, Record<string, string>>): string {
  if (type.form === 'list') return `list<${typeOf(type.items, types)}>`
  if (type.form === 'map') return `map<string, ${typeOf(type.values, types)}>`
  if (type.form !== 'struct') return scalars[type.form] ?? 'dyn'
  const { schema, fields } = type as StructType
  if (!types[schema]) {
    const known: Record<string, string> = {}
    for (const field of fields) known[escapeName(field.name)] = typeOf(field.type, types)
    types[schema] = known
  }
  return schema
}
