// Objects as a kubectl holds them that reads them into Go structs: what `create`, `run`, `set`, `rollout` and others print.
// JSON then has the fields in the order of the structs and zero structs besides (`status: {}`). What `get`, `apply`, `patch` and `label` print stays as the server wrote it, with sorted keys.
import { decode } from '../../kinds/machinery/decode.ts'
import { structType, type ValueType } from '../../kinds/schema.ts'
import type { Context } from '../context.ts'
import { type Dict, isObject, keepOrder } from './values.ts'

/** The object, or each one of a list, as a struct; one of a kind that no tables describe stays as it is. */
export function asStruct(ctx: Context, object: object): object {
  const { kind, apiVersion, ...content }: Dict = { ...object }
  const { items, metadata = {} } = content
  if (Array.isArray(items))
    return keepOrder({ kind, apiVersion, metadata, items: items.map(item => asStruct(ctx, item)) })
  const schema = schemaOf(ctx, String(apiVersion), String(kind))
  const type = structType(schema)
  if (!type) return object
  const { object: decoded, error } = decode(schema, content)
  if (error !== undefined) return object
  shape(type, decoded, content)
  return keepOrder({ kind, apiVersion, ...decoded })
}

/** What a subresource takes (`TokenRequest`) is not in the discovery. */
function schemaOf(ctx: Context, apiVersion: string, kind: string): string {
  const found = ctx.discovery.forKind(apiVersion, kind)
  if (found) return found.schema
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  return /^[a-z]*(\.k8s\.io)?$/.test(group)
    ? `io.k8s.api.${group.split('.')[0] || 'core'}.${version}.${kind}`
    : ''
}

/** Structs keep the order that the decoder gave them, and get no defaults: those are the server's. Maps stay sorted. */
function shape(type: ValueType, decoded: unknown, given: unknown): void {
  if (type.form === 'list' && Array.isArray(decoded))
    for (const [i, item] of decoded.entries())
      shape(type.items, item, Array.isArray(given) ? given[i] : undefined)
  if (!isObject(decoded)) return
  const from = isObject(given) ? given : {}
  if (type.form === 'map') for (const key in decoded) shape(type.values, decoded[key], from[key])
  if (type.form !== 'struct') return
  for (const field of type.fields)
    if (field.default !== undefined && from[field.name] === undefined) delete decoded[field.name]
    else shape(field.type, decoded[field.name], from[field.name])
  keepOrder(decoded)
}
