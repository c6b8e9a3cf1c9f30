// HTTP over the simulated API server: what a real kubectl, client library or dashboard speaks. JSON only; watches and
// followed logs are chunked, exec, attach and port-forward run over WebSockets or SPDY. Left out: protobuf, client
// certificates (everyone is the administrator, or whom they impersonate).
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isProxyPath } from '../../src/api/proxied.ts'
import { json } from './answers.ts'
import { openapi } from './openapi.ts'
import { pass } from './proxy.ts'
import { toRequest } from './requests.ts'
import { followLog, upgrade } from './streams.ts'
import { watch } from './watch.ts'
import type { World } from './world.ts'

export function httpApi(world: World): HttpServer {
  const server = createServer((request, response) => {
    if (isProxyPath(pathOf(request))) return pass(world, toRequest(request, ''), request, response)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(world, request, Buffer.concat(chunks).toString(), response))
  })
  server.on('upgrade', (request, socket, head) => upgrade(world, request, socket, head))
  return server
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0]!

function answer(world: World, message: IncomingMessage, body: string, response: ServerResponse) {
  const request = toRequest(message, body)
  const { query = {}, path } = request
  if (request.contentType?.includes('protobuf'))
    return json(response, 415, {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message:
        'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
      reason: 'UnsupportedMediaType',
      code: 415,
    })
  if (path.startsWith('/openapi/v3')) return openapi(path, response)
  if (request.method === 'GET' && (query.watch === 'true' || query.watch === '1'))
    return watch(world, request, response)
  if (request.method === 'GET' && path.endsWith('/log') && query.follow === 'true')
    return followLog(world, request, response)
  const { code, body: result, warnings } = world.api.handle(request)
  for (const text of warnings) response.appendHeader('Warning', `299 - ${JSON.stringify(text)}`)
  if (typeof result === 'string') {
    response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(result)
  } else json(response, code, result)
}
