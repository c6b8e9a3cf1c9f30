// `--overrides` of run and expose: a merge, strategic or JSON patch of the generated object, which is then read into the
// struct that its kind names (cmdutil.ConvertToType's neighbours Merge, StrategicMerge and JSONPatch).
import { ApiError } from '../api/errors.ts'
import { jsonPatch } from '../api/patch/json-patch.ts'
import { mergePatch } from '../api/patch/merge.ts'
import { strategicMergePatch } from '../api/patch/strategic.ts'
import { decode } from '../kinds/machinery/decode.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { KubeObject } from '../kinds/object.ts'
import { structType } from '../kinds/schema.ts'
import type { Context } from './context.ts'
import { CommandError } from './errors.ts'
import { isObject, textOf } from './print/values.ts'

/** The object with what `--overrides` says of it; throws where that is no patch or no object comes out. */
export function withOverrides(ctx: Context, object: KubeObject): KubeObject {
  const text = ctx.flags.string('overrides')
  if (!text) return object
  const type = ctx.flags.string('override-type')
  if (!['json', 'merge', 'strategic'].includes(type)) throw new CommandError(`invalid override type: ${type}`)
  const patched = patch(ctx, object, type, parse(text))
  if (Array.isArray(patched))
    throw new CommandError(
      `couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    )
  const content = isObject(patched) ? { ...patched } : {}
  const [apiVersion, kind] = [textOf(content, 'apiVersion'), textOf(content, 'kind')]
  delete content.apiVersion
  delete content.kind
  const resource = ctx.discovery.forKind(apiVersion, kind)
  if (!resource)
    throw new CommandError(
      `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/scheme/scheme.go:28"`,
    )
  const { error } = decode(resource.schema, content)
  if (error !== undefined) throw new CommandError(error)
  return patched as KubeObject
}

function parse(text: string): object {
  try {
    const value = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Neither is a text that is no JSON a patch.
  }
  throw new CommandError('Invalid JSON Patch')
}

function patch(ctx: Context, object: KubeObject, type: string, change: object): unknown {
  if (type === 'json')
    try {
      return jsonPatch(object, change)
    } catch (error) {
      throw error instanceof ApiError ? new CommandError(error.message) : error
    }
  if (type === 'merge') return Array.isArray(change) ? change : mergePatch(object, change)
  if (Array.isArray(change)) throw new CommandError('invalid JSON document')
  const schema = ctx.discovery.forKind(object.apiVersion, object.kind)?.schema
  const struct = schema ? structType(schema) : undefined
  return struct ? strategicMergePatch({ ...object }, { ...change }, struct) : mergePatch(object, change)
}
