// Why a patched map cannot become the Go struct: runtime.DefaultUnstructuredConverter, which strategic merge patches go
// through instead of the JSON decoder. Its words differ; what it accepts is what the decoder accepts.
import type { ValueType } from '../../kinds/schema.ts'
import { isObject } from '../json.ts'

const kindOf = (value: unknown): string =>
  Array.isArray(value)
    ? 'slice'
    : isObject(value)
      ? 'map'
      : typeof value === 'number'
        ? Number.isSafeInteger(value)
          ? 'int64'
          : 'float64'
        : typeof value === 'boolean'
          ? 'bool'
          : 'string'

const goKinds: Partial<Record<ValueType['form'], string>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
}

const jsonKinds: Record<string, string> = {
  slice: 'array',
  map: 'object',
  int64: 'number',
  float64: 'number',
}

/** The converter's error, or undefined where it has none (types with an UnmarshalJSON of their own are not looked at). */
export function conversionError(type: ValueType | undefined, value: unknown): string | undefined {
  if (value === null || value === undefined || !type) return undefined
  const kind = kindOf(value)
  switch (type.form) {
    case 'struct':
      if (!isObject(value)) return `cannot restore struct from: ${kind}`
      for (const field of type.fields) {
        const error = conversionError(field.type, value[field.name])
        if (error) return error
      }
      return undefined
    case 'map':
      if (!isObject(value)) return `cannot restore map from ${kind}`
      return first(Object.keys(value).map(key => [type.values, value[key]]))
    case 'list':
      if (!Array.isArray(value)) return `cannot restore slice from ${kind}`
      return first(value.map(item => [type.items, item]))
    case 'bytes':
      return Array.isArray(value) || kind === 'string' ? undefined : `cannot restore slice from ${kind}`
    case 'intOrString':
      return kind === 'string' || kind === 'int64'
        ? undefined
        : `json: cannot unmarshal ${jsonKinds[kind] ?? kind} into Go value of type int32`
    case 'time':
    case 'microTime':
      return kind === 'string'
        ? undefined
        : `json: cannot unmarshal ${jsonKinds[kind] ?? kind} into Go value of type string`
    default: {
      const wanted = goKinds[type.form]
      if (!wanted || kind === wanted) return undefined
      if (wanted === 'int32' || wanted === 'float64' || wanted === 'int64') {
        if (kind === 'int64') return undefined
        return kind === 'float64' ? `cannot convert float64 to ${wanted}` : `unrecognized type: ${wanted}`
      }
      const goType = 'go' in type ? type.go : wanted
      return wanted === 'string' && kind === 'int64'
        ? `cannot convert int64 to ${goType}`
        : `unrecognized type: ${wanted}`
    }
  }
}

function first(pairs: readonly (readonly [ValueType, unknown])[]): string | undefined {
  for (const [type, value] of pairs) {
    const error = conversionError(type, value)
    if (error) return error
  }
  return undefined
}
