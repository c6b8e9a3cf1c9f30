// kubectl decodes an object's metadata before it sends the object (metadata_decoder.go of k8s.io/cli-runtime): the one
// part of an object whose types it checks itself.
import { type FieldType, goTypeName, structType, type ValueType } from '../kinds/schema.ts'
import type { YamlValue } from '../yaml/parse.ts'

/** What sigs.k8s.io/json says of the first value of a wrong type, or nothing. */
export function metadataFault(object: { [key: string]: YamlValue }): string | undefined {
  const meta = structType('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')
  return meta && check(object.metadata, meta, 'metadataOnlyObject', 'metadata')
}

/** `owner`: the struct that has the field; `path`: the field's path from the top, without the indices of lists. */
function check(
  value: YamlValue | undefined,
  type: ValueType,
  owner: string,
  path: string,
): string | undefined {
  if (value === undefined || value === null) return undefined
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  const wrong = `json: cannot unmarshal ${found} into Go struct field ${owner}.${path} of type ${goTypeName(type)}`
  const each = (children: [YamlValue, ValueType, string, string][]): string | undefined => {
    for (const [child, of, name, at] of children) {
      const fault = check(child, of, name, at)
      if (fault) return fault
    }
    return undefined
  }
  switch (type.form) {
    case 'struct':
      if (found !== 'object') return wrong
      return each(
        known(value as { [key: string]: YamlValue }, type).map(([v, f]) => [
          v,
          f.type,
          type.name,
          `${path}.${f.name}`,
        ]),
      )
    case 'map':
      if (found !== 'object') return wrong
      return each(Object.values(value as object).map(v => [v, type.values, owner, path]))
    case 'list':
      if (!Array.isArray(value)) return wrong
      return each(value.map(v => [v, type.items, owner, path]))
    case 'string':
      return found === 'string' ? undefined : wrong
    case 'bool':
      return found === 'bool' ? undefined : wrong
    case 'int32':
    case 'int64':
      if (found === 'number' && Number.isInteger(value)) return undefined
      return found === 'number' ? wrong.replace('number', `number ${value}`) : wrong
    case 'time':
      return time(value)
    default:
      return undefined
  }
}

const known = (
  value: { [key: string]: YamlValue },
  type: { field(name: string): FieldType | undefined },
): [YamlValue, FieldType][] =>
  Object.entries(value).flatMap(([key, v]): [YamlValue, FieldType][] => {
    const field = type.field(key)
    return field ? [[v, field]] : []
  })

/** metav1.Time.UnmarshalJSON. */
function time(value: YamlValue): string | undefined {
  if (typeof value !== 'string')
    return `json: cannot unmarshal ${typeof value === 'boolean' ? 'bool' : typeof value} into Go value of type string`
  const layout = '2006-01-02T15:04:05Z07:00'
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)) return undefined
  const parts = ['2006', '-', '01', '-', '02', 'T', '15', ':', '04', ':', '05', 'Z07:00']
  let rest = value
  for (const part of parts) {
    const match = /\d/.test(part[0]!)
      ? new RegExp(`^\\d{${part.length}}`).exec(rest)
      : rest.startsWith(part)
        ? [part]
        : null
    if (!match)
      return `parsing time ${JSON.stringify(value)} as "${layout}": cannot parse ${JSON.stringify(rest)} as "${part}"`
    rest = rest.slice(match[0]!.length)
  }
  return `parsing time ${JSON.stringify(value)}: extra text: ${JSON.stringify(rest)}`
}
