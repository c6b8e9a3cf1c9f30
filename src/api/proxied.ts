// Requests that the API server passes on (`…/proxy/…`), for its clients: those take time, unlike all others.
import type { HttpResponse } from '../engine/network.ts'
import type { Task } from '../engine/task.ts'
import type { ApiRequest, ApiServer } from './types.ts'

export const isProxyPath = (path: string): boolean =>
  /^\/api\/v1\/(?:namespaces\/[^/]+\/(?:pods|services)|nodes)\/[^/]+\/proxy(?:\/|$)/.test(path)

/** The answer that came back, or the API server's own refusal as JSON. */
export function* proxied(
  api: ApiServer,
  request: ApiRequest,
  headers: Readonly<Record<string, string>> = {},
): Task<HttpResponse> {
  // The body is the other server's to read.
  const { body, ...asked } = request
  const opened = api.connect(asked)
  if ('code' in opened)
    return {
      status: opened.code,
      headers: { 'content-type': 'application/json' },
      body: `${JSON.stringify(opened.body, null, 2)}\n`,
    }
  if (opened.type !== 'proxy') throw new Error(`${request.path} is no proxy`)
  try {
    const text = typeof body === 'string' ? body : body ? JSON.stringify(body) : ''
    return yield* opened.http({ method: request.method, headers, body: text })
  } finally {
    opened.close()
  }
}
