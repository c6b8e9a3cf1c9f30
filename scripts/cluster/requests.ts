// What a client sent, as the API server takes it.
import type { IncomingMessage } from 'node:http'
import type { ApiRequest } from '../../src/api/types.ts'

export function toRequest(message: IncomingMessage, body: string): ApiRequest {
  const url = new URL(message.url ?? '/', 'http://localhost')
  const accept = message.headers.accept ?? ''
  const as = accept.includes('as=Table')
    ? 'table'
    : accept.includes('as=PartialObjectMetadata')
      ? 'metadata'
      : undefined
  const name = message.headers['impersonate-user']
  const groups = message.headers['impersonate-group']
  const type = message.headers['content-type']
  return {
    method: message.method as ApiRequest['method'],
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    command: url.searchParams.getAll('command'),
    ...(body && { body }),
    ...(type && { contentType: type }),
    ...(as && { accept: as }),
    userAgent: message.headers['user-agent'] ?? 'unknown',
    ...(typeof name === 'string' && { user: { name, groups: groups ? String(groups).split(', ') : [] } }),
  }
}
