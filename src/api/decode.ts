// The body of a request as an object of the resource: decoded by the schema, in the version that is stored.
// k8s.io/apiserver/pkg/endpoints/handlers: create.go, rest.go (transformDecodeError), fieldValidation.

import { type Decoded, decode, decodeField } from '../kinds/machinery/decode.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import type { KubeObject, Sent } from '../kinds/object.ts'
import { strictOf, warningsOf } from './body.ts'
import type { Call } from './call.ts'
import { badRequest } from './errors.ts'
import { copyJson, isObject } from './json.ts'

/**
 * The body of a create or update. Where a component writes a status, what it took over from the stored object is not
 * decoded again: the very same spec is the same decoded spec. Nor is what it says that it wrote as decoding would.
 */
export function decodeBody(call: Call, stored?: KubeObject): KubeObject {
  const { resource } = call
  const { body } = call
  // What defaults and admission change is a copy: who owns what is read from the body.
  if (call.request.decoded && !stored) return (resource.rules.defaults ? copyJson(body) : body) as KubeObject
  const {
    group,
    version = '',
    kind = resource.kind,
  } = isObject(body) ? gvkOf(body, resource.apiVersion) : ({} as ReturnType<typeof gvkOf>)
  const cannot = (why: string) =>
    badRequest(`${kind} in version ${goQuote(version)} cannot be handled as a ${resource.kind}: ${why}`)
  if (!isObject(body))
    throw cannot(`json: cannot unmarshal ${jsonType(body)} into Go value of type ${goType(resource)}`)
  if (kind !== resource.kind) {
    const known = call.server.registry.ofObject({ apiVersion: apiVersionOf(group, version), kind })
    if (!known)
      throw cannot(
        `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersionOf(group, version))} in scheme "pkg/runtime/scheme.go:111"`,
      )
    throw cannot(`converting (${goType(known)}) to (${goTypeInternal(resource)}): unknown conversion`)
  }
  if (group !== resource.group || version !== resource.version)
    throw badRequest(
      `the API version in the data (${apiVersionOf(group, version)}) does not match the expected API version (${resource.apiVersion})`,
    )
  const mayKeep =
    stored &&
    call.subresource === 'status' &&
    !resource.conversion &&
    !resource.custom &&
    !call.duplicates.length
  return (mayKeep && keepStored(call, body, stored, cannot)) || fromSchema(call, body, cannot)
}

/** An object by the names of its fields. */
type Fields = KubeObject & Record<string, unknown>

/** The stored object with what the body says otherwise; undefined where that is not just other values of its fields. */
function keepStored(
  call: Call,
  body: Record<string, unknown>,
  before: KubeObject,
  failed: (why: string) => Error,
): KubeObject | undefined {
  const stored = before as Fields
  for (const key in body) if (!(key in stored)) return undefined
  const { kind, apiVersion } = call.resource
  const object = { kind, apiVersion } as Fields
  for (const key in stored) {
    let value = body[key]
    if (value !== stored[key]) {
      if (!isObject(value)) return undefined
      if (!call.request.decoded || key !== 'status') {
        const decoded = decodeField(call.resource.schema, key, value)
        if (!decoded) return undefined
        check(call, decoded, failed)
        value = decoded.object
      }
    } else if (key === 'metadata') value = { ...stored.metadata }
    object[key] = value
  }
  return object
}

/** A patched object: the same decoding, other words around its errors. */
export function decodePatched(call: Call, value: unknown, failed: (why: string) => Error): KubeObject {
  return fromSchema(call, value, failed)
}

function fromSchema(call: Call, value: unknown, failed: (why: string) => Error): KubeObject {
  const { resource } = call
  const decoded = resource.custom ? resource.custom.decode(value) : decode(resource.schema, value)
  check(call, { ...decoded, strict: allStrict(call, decoded.strict) }, failed)
  const { object } = decoded
  object.kind = resource.kind
  object.apiVersion = resource.apiVersion
  object.metadata ??= {}
  return resource.conversion ? resource.conversion.toStored(object) : object
}

/** The body of a subresource that is of another kind than its resource, by that kind's schema and in the same words. */
export function decodeAs<T>(call: Call, schema: string, value: unknown = call.body ?? {}): Sent<T> {
  // Components send what they mean.
  if (call.request.managedFields === false) return value as Sent<T>
  const [kind, version] = schema.split('.').reverse() as [string, string]
  const decoded = decode(schema, value)
  check(call, { ...decoded, strict: allStrict(call, decoded.strict) }, why =>
    badRequest(`${kind} in version ${goQuote(version)} cannot be handled as a ${kind}: ${why}`),
  )
  return decoded.object as Sent<T>
}

/**
 * What strict decoding says of all of the body. Of JSON that goes into a struct it is said in the order of the text; custom
 * resources, patches and YAML are looked at for keys that stand there again first.
 */
function allStrict({ resource, request, duplicates }: Call, unknowns: readonly string[]): readonly string[] {
  const { body, method, contentType } = request
  if (!duplicates.length && unknowns.length < 2) return unknowns
  const isStruct = !resource.custom && method !== 'PATCH' && !contentType?.includes('yaml')
  return isStruct && typeof body === 'string' ? strictOf(body, unknowns) : [...duplicates, ...unknowns]
}

function check(call: Call, { error, strict }: Decoded, failed: (why: string) => Error): void {
  if (error !== undefined) throw failed(error)
  if (!strict.length) return
  if (call.fieldValidation === 'Strict') throw failed(`strict decoding error: ${strict.join(', ')}`)
  if (call.fieldValidation === 'Warn') call.warnings.push(...strict.flatMap(warningsOf))
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
