// What a client sent, as the API server takes it.
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { summarized } from '../../src/api/body.ts'
import { badRequest } from '../../src/api/errors.ts'
import type { ApiRequest, UserInfo } from '../../src/api/types.ts'
import { negotiate } from './media.ts'
import { decodeObject, ProtobufError } from './protobuf/envelope.ts'

/** `body`: text, or how to read it. A request without a token has an empty one, which stands for nobody. */
export function toRequest(message: IncomingMessage, body: ApiRequest['body']): ApiRequest {
  const { path, query } = urlOf(message)
  const as = negotiate(message.headers.accept, ['json', 'yaml', 'protobuf'])?.as
  const type = message.headers['content-type']
  const user = impersonated(message)
  const certificate = certificateOf(message)
  const firsts: Record<string, string> = {}
  for (const [name, value] of query) if (!Object.hasOwn(firsts, name)) firsts[name] = value
  return {
    method: message.method as ApiRequest['method'],
    path,
    query: firsts,
    command: query.getAll('command'),
    ...(body !== undefined && body !== '' && { body }),
    ...(type && { contentType: type }),
    ...(as && { accept: as }),
    userAgent: message.headers['user-agent'] ?? 'unknown',
    token: bearer(message),
    ...(certificate && { certificate }),
    ...(user && { user }),
  }
}

/** Whatever stands in the request line: a path, or an address as proxies are asked. */
export function urlOf({ url = '/' }: IncomingMessage): { path: string; query: URLSearchParams } {
  const own = url.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = own.indexOf('?')
  const path = mark < 0 ? own : own.slice(0, mark)
  return { path: path || '/', query: new URLSearchParams(mark < 0 ? '' : own.slice(mark + 1)) }
}

const bearer = ({ headers }: IncomingMessage): string =>
  /^bearer (\S+)/i.exec(headers.authorization ?? '')?.[1] ?? ''

/** PEM; the handshake has shown that the client has its key. */
const certificateOf = ({ socket }: IncomingMessage): string | undefined =>
  socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.toString() : undefined

/** k8s.io/apiserver/pkg/endpoints/filters/impersonation.go. */
function impersonated({ headers, headersDistinct }: IncomingMessage): UserInfo | undefined {
  const name = headers['impersonate-user']
  const groups = headersDistinct['impersonate-group'] ?? []
  const uid = headers['impersonate-uid']
  const extra: Record<string, readonly string[]> = {}
  for (const [header, values] of Object.entries(headersDistinct))
    if (header.startsWith('impersonate-extra-') && values)
      extra[unescaped(header.slice('impersonate-extra-'.length))] = values
  if (typeof name !== 'string' || !name) {
    if (groups.length || uid || Object.keys(extra).length)
      throw badRequest('requested groups, a uid or extra without impersonating a user')
    return undefined
  }
  return {
    name,
    groups,
    ...(typeof uid === 'string' && { uid }),
    ...(Object.keys(extra).length && { extra }),
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** How to read a protobuf body, for the kind that the path is about; throws ApiError as rest.go words it. */
export const protobufBody =
  (bytes: Buffer) =>
  (expected: string, custom = false): unknown => {
    try {
      return decodeObject(bytes)
    } catch (error) {
      if (!(error instanceof ProtobufError)) throw error
      const { kind, message } = error
      if (!kind?.kind)
        throw badRequest(
          `the object provided is unrecognized (must be of type ${expected}): ${message} (${summarized(bytes)})`,
        )
      const why = custom ? noProtobuf : message
      throw badRequest(
        `${kind.kind} in version ${JSON.stringify(kind.apiVersion.split('/').at(-1))} cannot be handled as a ${expected}: ${why}`,
      )
    }
  }

/** errNotMarshalable of k8s.io/apimachinery/pkg/runtime/serializer/protobuf: custom resources are read as JSON or YAML only. */
const noProtobuf =
  'object *unstructured.Unstructured does not implement the protobuf marshalling interface and cannot be encoded to a protobuf message'
