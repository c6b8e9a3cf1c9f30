// The body of a request as an object of the resource: decoded by the schema, in the version that is stored.
// k8s.io/apiserver/pkg/endpoints/handlers: create.go, rest.go (transformDecodeError), fieldValidation.
import { decode } from '../kinds/machinery/decode.ts'
import type { AnyObject } from '../kinds/object.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { isObject } from './json.ts'

/**
 * The body of a create or update. Where a component writes a status, what it took over from the stored object is not
 * decoded again: the very same spec is the same decoded spec.
 */
export function decodeBody(call: Call, stored?: AnyObject): AnyObject {
  const { resource } = call
  const { body } = call
  const {
    group,
    version = '',
    kind = resource.kind,
  } = isObject(body) ? gvkOf(body, resource.apiVersion) : ({} as ReturnType<typeof gvkOf>)
  const cannot = (why: string) =>
    badRequest(
      `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${resource.kind}: ${why}`,
    )
  if (!isObject(body))
    throw cannot(`json: cannot unmarshal ${jsonType(body)} into Go value of type ${goType(resource)}`)
  if (kind !== resource.kind) {
    const known = call.server.registry.ofObject({ apiVersion: apiVersionOf(group, version), kind })
    if (!known)
      throw cannot(
        `no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersionOf(group, version))} in scheme "pkg/runtime/scheme.go:111"`,
      )
    throw cannot(`converting (${goType(known)}) to (${goTypeInternal(resource)}): unknown conversion`)
  }
  if (group !== resource.group || version !== resource.version)
    throw badRequest(
      `the API version in the data (${apiVersionOf(group, version)}) does not match the expected API version (${resource.apiVersion})`,
    )
  if (!stored || call.subresource !== 'status' || resource.conversion) return fromSchema(call, body, cannot)
  const kept = Object.keys(stored).filter(key => typeof stored[key] === 'object' && body[key] === stored[key])
  if (!kept.length) return fromSchema(call, body, cannot)
  const changed = { ...body }
  for (const key of kept) delete changed[key]
  const object = fromSchema(call, changed, cannot)
  for (const key of kept) object[key] = stored[key]
  return object
}

/** A patched object: the same decoding, other words around its errors. */
export function decodePatched(call: Call, value: unknown, failed: (why: string) => Error): AnyObject {
  return fromSchema(call, value, failed)
}

function fromSchema(call: Call, value: unknown, failed: (why: string) => Error): AnyObject {
  const { resource } = call
  const { object, error, strict } = resource.custom
    ? resource.custom.decode(value)
    : decode(resource.schema, value)
  if (error !== undefined) throw failed(error)
  if (strict.length) {
    if (call.fieldValidation === 'Strict') throw failed(`strict decoding error: ${strict.join(', ')}`)
    if (call.fieldValidation === 'Warn') call.warnings.push(...strict)
  }
  object.kind = resource.kind
  object.apiVersion = resource.apiVersion
  object.metadata ??= {}
  return resource.conversion ? resource.conversion.toStored(object) : object
}

/** Raw clients send text; JSON is YAML. */
export function parseBody(body: unknown): unknown {
  if (typeof body !== 'string') return body
  try {
    return parseYaml(body)
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : String(error))
  }
}

function gvkOf(body: Record<string, unknown>, apiVersion: string) {
  const given = typeof body.apiVersion === 'string' && body.apiVersion ? body.apiVersion : apiVersion
  const slash = given.indexOf('/')
  return {
    group: slash < 0 ? '' : given.slice(0, slash),
    version: given.slice(slash + 1),
    ...(typeof body.kind === 'string' && body.kind ? { kind: body.kind } : {}),
  }
}

const apiVersionOf = (group: string | undefined, version: string) => (group ? `${group}/${version}` : version)
const jsonType = (value: unknown) =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
const goType = ({ version, kind }: { version: string; kind: string }) => `${version}.${kind}`
const goTypeInternal = ({ group, kind }: { group: string; kind: string }) =>
  `${group.split('.')[0] || 'core'}.${kind}`
