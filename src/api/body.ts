// The body of a request as a value: what its Content-Type says that it is, and what is said of a text that is none.
// k8s.io/apiserver/pkg/endpoints/handlers: negotiation, create.go, patch.go, delete.go, rest.go (transformDecodeError).

import { fromBytes, toBytes } from '../engine/bytes.ts'
import { dictionary } from '../engine/dictionary.ts'
import { goQuote } from '../kinds/machinery/quote.ts'
import { eachKey, JsonError, parseJson, unmarshalFault } from '../yaml/json.ts'
import { parseStrictly, type YamlValue } from '../yaml/parse.ts'
import { badRequest, plainError, unsupportedMediaType } from './errors.ts'
import { isObject } from './json.ts'
import type { Route } from './route.ts'
import type { ApiRequest } from './types.ts'

export interface Body {
  readonly value: unknown
  /**
   * What its text has twice, as strict decoding says it: `duplicate field "metadata.name"` for each in JSON; in YAML one text
   * for all, see `warningsOf`.
   */
  readonly duplicates: readonly string[]
}

/** How go-yaml begins to say what all it has found; a line for each follows. */
const ofYaml = 'yaml: unmarshal errors:\n'

/** What strict decoding says in one text is one warning for each line (parseYAMLWarnings). */
export const warningsOf = (strict: string): string[] =>
  strict.startsWith(ofYaml)
    ? strict
        .slice(ofYaml.length)
        .split('\n')
        .map(line => line.trim())
    : [strict]

/** What the bodies of all requests but patches may be. */
const accepted = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

/** Throws ApiError: the form is not known (415), or the text is not of that form. */
export function readBody(request: ApiRequest, route: Route): Body {
  const { method, body, contentType } = request
  const type = contentType?.split(';')[0]?.trim().toLowerCase()
  if (method !== 'PATCH' && body !== undefined && type && !accepted.includes(type))
    throw unsupportedMediaType(accepted)
  if (typeof body === 'function')
    return { value: body(kindOf(route), !!route.resource.custom), duplicates: [] }
  if (typeof body !== 'string') return { value: body, duplicates: [] }
  if (method === 'PATCH') return patchOf(body, type ?? '')
  try {
    return type === 'application/yaml' ? yamlOf(body) : objectOf(body, type)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // What of a deletion's options cannot be read is no Status of its own.
    if (method === 'DELETE') throw plainError(error.message)
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kindOf(route)}): ${error.message} (${summarized(toBytes(body))})`,
    )
  }
}

/** What a body must be: that of a subresource is another than the resource's own. */
const kindOf = ({ resource, subresource = '' }: Route): string => ofSubresources[subresource] ?? resource.kind
const ofSubresources: Readonly<Record<string, string>> = dictionary({
  scale: 'Scale',
  binding: 'Binding',
  eviction: 'Eviction',
  token: 'TokenRequest',
})

/** SimpleMetaFactory.Interpret looks for two fields before anything else is read. */
const typeMeta =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'

function objectOf(text: string, type: string | undefined): Body {
  if (type === 'application/vnd.kubernetes.protobuf')
    throw new Error('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]')
  let value: unknown
  try {
    value = parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new Error(`couldn't get version/kind; json parse error: ${unmarshalFault(error)}`)
  }
  const cannot = (value: unknown, into: string) =>
    new Error(
      `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonType(value)} into Go ${into}`,
    )
  if (value === null) return { value: {}, duplicates: [] }
  if (!isObject(value)) throw cannot(value, `value of type ${typeMeta}`)
  for (const field of ['apiVersion', 'kind'])
    if (value[field] !== undefined && value[field] !== null && typeof value[field] !== 'string')
      throw cannot(value[field], `struct field .${field} of type string`)
  return { value, duplicates: duplicatesOf(text) }
}

/** As encoding/json calls it. */
export const jsonType = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value

function yamlOf(text: string): { readonly value: YamlValue; readonly duplicates: string[] } {
  const { value, again } = parseStrictly(text)
  return { value, duplicates: again.length ? [ofYaml + again.map(line => `  ${line}`).join('\n')] : [] }
}

/** kjson reports at most so many. */
const mostStrict = 100

/** What kjson says of keys that stand in an object again: each way once. */
function duplicatesOf(text: string): string[] {
  const found = new Set<string>()
  eachKey(text, (path, again) => {
    if (again) found.add(path)
  })
  return [...found].slice(0, mostStrict).map(duplicate)
}
const duplicate = (path: string) => `duplicate field ${goQuote(path)}`
const unknown = (path: string) => `unknown field ${goQuote(path)}`

/**
 * What strict decoding of a JSON text into a struct says, in the order of the text: fields that the struct has not (as
 * `decode` says them), and those that stand there again. What is within an unknown field nobody looks at.
 */
export function strictOf(text: string, unknowns: readonly string[]): string[] {
  const known = new Set(unknowns)
  const found = new Set<string>()
  let inUnknown: string | undefined
  eachKey(text, (path, again) => {
    if (inUnknown !== undefined && (path.startsWith(`${inUnknown}.`) || path.startsWith(`${inUnknown}[`)))
      return
    inUnknown = known.has(unknown(path)) ? path : undefined
    if (inUnknown !== undefined) found.add(unknown(path))
    else if (again) found.add(duplicate(path))
  })
  return [...found].slice(0, mostStrict)
}

function patchOf(text: string, type: string): Body {
  try {
    if (type === 'application/apply-patch+yaml') return yamlOf(text)
    // A form that is not known is refused by whoever would apply it.
    if (!/^application\/(?:json|merge|strategic-merge)-patch\+json$/.test(type))
      return { value: undefined, duplicates: [] }
    const value = parseJson(text)
    return {
      value,
      duplicates: type === 'application/json-patch+json' ? ofOperations(text) : duplicatesOf(text),
    }
  } catch (error) {
    if (error instanceof JsonError)
      throw badRequest(
        `${type.includes('strategic') ? '' : 'error decoding patch: '}${unmarshalFault(error)}`,
      )
    if (!(error instanceof Error)) throw error
    throw badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`)
  }
}

/** A JSON patch is a list of such structs (jsonPatchOp): what a `value` holds belongs to no struct. */
function ofOperations(text: string): string[] {
  const unknowns = new Set<string>()
  eachKey(text, path => {
    if (/^\[\d+\]\./.test(path) && !/^\[\d+\]\.(?:(?:op|path|from)$|value(?:$|[.[]))/.test(path))
      unknowns.add(unknown(path))
  })
  return strictOf(text, [...unknowns]).map(each => `json patch ${each}`)
}

/** summarizeData: the beginning of what cannot be read; as it is where it looks like JSON. */
export function summarized(bytes: Uint8Array): string {
  const most = 30
  const more = bytes.length > most ? ' ...' : ''
  const head = bytes.subarray(0, most)
  if (!bytes.length) return '<empty>'
  if (bytes[0] === 0x7b) return fromBytes(head) + more
  return Array.from(head, byte => byte.toString(16).padStart(2, '0')).join('') + more
}
