// The API server's pod: it answers HTTP on port 6443 of its node, so that programs in pods reach the API through the
// service `kubernetes`. Who asks is told by the bearer token. Certificates are left out, and so are watches over HTTP.
import { isProxyPath, proxied } from '../../api/proxied.ts'
import type { ApiRequest, ApiServer, UserInfo } from '../../api/types.ts'
import { byTls, type HttpRequest, type HttpResponse } from '../../engine/network.ts'
import type { Program } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { unknownFlag } from './component-flags.ts'
import { answer, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

const anonymous: UserInfo = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

export const apiServer: ImageMaker = (_, api) => {
  const run: Program = function* ({ argv, network, stderr }) {
    const problem = unknownFlag('kube-apiserver', argv)
    if (problem) {
      stderr.write(problem)
      return 1
    }
    const listener = network.listen(
      6443,
      byTls(function* (request) {
        return yield* respond(api, request)
      }),
    )
    return yield* untilSignal(0, [listener])
  }
  const executable = { run, handlesSignals: true }
  return {
    programs: { '/usr/local/bin/kube-apiserver': executable, '/pause': executable },
    entrypoint: ['/usr/local/bin/kube-apiserver'],
  }
}

function* respond(api: ApiServer, { method, path, headers, body }: HttpRequest): Task<HttpResponse> {
  const [, token] = /^Bearer (.*)$/.exec(headers.authorization ?? '') ?? []
  const json = (code: number, value: unknown) =>
    answer(code, typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`, {
      'content-type': typeof value === 'string' ? 'text/plain' : 'application/json',
    })
  const [name = '/', search = ''] = path.split('?')
  const query: Record<string, string> = {}
  for (const part of search.split('&')) {
    const [key, value = ''] = part.split('=')
    if (key) query[decodeURIComponent(key)] = decodeURIComponent(value)
  }
  const request: ApiRequest = {
    method: method as ApiRequest['method'],
    path: name,
    query,
    ...(token === undefined ? { user: anonymous } : { token }),
    userAgent: headers['user-agent']?.split('/')[0] ?? 'unknown',
    ...(body && { body }),
    ...(headers['content-type'] && { contentType: headers['content-type'] }),
  }
  if (isProxyPath(name)) return yield* proxied(api, request, headers)
  const { code, body: value } = api.handle(request)
  return json(code, value)
}
