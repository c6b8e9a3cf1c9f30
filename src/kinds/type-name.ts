// The names of types as `kubectl explain` prints them (kubectl pkg/explain/v2).
import type { ValueType } from './schema.ts'

/** What a list or map is made of. */
export function elementOf(type: ValueType): ValueType {
  if (type.form === 'list') return elementOf(type.items)
  if (type.form === 'map') return elementOf(type.values)
  return type
}

const scalarNames: Record<string, string> = {
  int32: 'integer',
  int64: 'integer',
  bool: 'boolean',
  float64: 'number',
  bytes: 'string',
  quantity: 'Quantity',
  time: 'string',
  microTime: 'string',
  intOrString: 'IntOrString',
  raw: 'Object',
}

/** `[]Container`, `map[string]string`. */
export function typeName(type: ValueType): string {
  if (type.form === 'list') return `[]${typeName(type.items)}`
  if (type.form === 'map') return `map[string]${typeName(type.values)}`
  if (type.form === 'struct') return type.name
  return scalarNames[type.form] ?? 'string'
}
