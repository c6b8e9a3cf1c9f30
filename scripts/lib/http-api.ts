// HTTP over the simulated API server: what a real kubectl, client library or dashboard speaks. JSON only; watches and
// followed logs are chunked, exec and attach run over WebSockets (v5.channel.k8s.io). Left out: protobuf, SPDY (so no
// port-forward), client certificates (everyone is the administrator, or whom they impersonate).
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { isProxyPath, proxied } from '../../src/api/proxied.ts'
import type { ApiRequest, ApiServer, ExecStream, LogStream } from '../../src/api/types.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Readable } from '../../src/engine/pipe.ts'
import { Fiber, type Task, wait } from '../../src/engine/task.ts'
import { servedKinds } from '../../src/kinds/index.ts'
import { WebSocketConnection } from './websocket.ts'

interface World {
  readonly engine: Engine
  readonly api: ApiServer
}

export function httpApi(world: World): HttpServer {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(world, request, Buffer.concat(chunks).toString(), response))
  })
  server.on('upgrade', (request, socket) => upgrade(world, request, socket))
  return server
}

function toRequest(message: IncomingMessage, body: string): ApiRequest {
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
  if (isProxyPath(path)) return pass(world, request, message, response)
  const { code, body: result, warnings } = world.api.handle(request)
  for (const text of warnings) response.appendHeader('Warning', `299 - ${JSON.stringify(text)}`)
  if (typeof result === 'string') {
    response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' })
    response.end(result)
  } else json(response, code, result)
}

/** What the API server passes on to a pod, a service or a node. */
function pass(
  { api, engine }: World,
  request: ApiRequest,
  message: IncomingMessage,
  response: ServerResponse,
) {
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  )
  const run = function* (): Task {
    const answer = yield* proxied(api, request, headers)
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  }
  new Fiber(engine, run())
}

function json(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'Content-Type': 'application/json' })
  response.end(`${JSON.stringify(body)}\n`)
}

function watch({ api }: World, request: ApiRequest, response: ServerResponse) {
  const query = { ...request.query, watch: 'true' }
  const started = api.watch(
    { ...request, query },
    event => void response.write(`${JSON.stringify(event)}\n`),
    () => response.end(),
  )
  if ('code' in started) return json(response, started.code, started.body)
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.flushHeaders()
  response.on('close', () => started.stop())
}

/** Passes text on as it comes, until its end. */
function* copy(source: Readable, write: (text: string) => void, end: () => void): Task {
  for (let text = yield* source.read(); text !== undefined; text = yield* source.read()) write(text)
  end()
}

function followLog({ api, engine }: World, request: ApiRequest, response: ServerResponse) {
  const stream = api.connect(request)
  if (!('type' in stream)) return json(response, stream.code, stream.body)
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.flushHeaders()
  const { output } = stream as LogStream
  new Fiber(
    engine,
    copy(
      output,
      text => void response.write(text),
      () => response.end(),
    ),
  )
  response.on('close', () => stream.close())
}

const channels = { stdin: 0, stdout: 1, stderr: 2, error: 3, closed: 255 } as const

function upgrade({ api, engine }: World, message: IncomingMessage, socket: Duplex) {
  const refuse = (code: number, body: unknown) => {
    const text = JSON.stringify(body)
    socket.end(
      `HTTP/1.1 ${code} Error\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    )
  }
  const offered = String(message.headers['sec-websocket-protocol'] ?? '').split(/, */)
  const protocol = ['v5.channel.k8s.io', 'v4.channel.k8s.io'].find(p => offered.includes(p))
  if (message.headers.upgrade?.toLowerCase() !== 'websocket' || !protocol)
    return refuse(400, {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'only WebSockets are spoken here',
      reason: 'BadRequest',
      code: 400,
    })
  const stream = api.connect(toRequest(message, ''))
  if (!('type' in stream)) return refuse(stream.code, stream.body)
  if (stream.type !== 'exec')
    return refuse(400, {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      message: 'this stream is not served over HTTP',
      reason: 'BadRequest',
      code: 400,
    })
  const { stdin, stdout, stderr, exit, signal } = stream as ExecStream
  const connection = new WebSocketConnection(message, socket, protocol, {
    message(data) {
      if (data[0] === channels.stdin) {
        const text = data.subarray(1).toString()
        if (text.includes('\x03')) signal('SIGINT')
        else stdin.write(text)
      } else if (data[0] === channels.closed && data[1] === channels.stdin) stdin.close()
    },
    closed: () => stream.close(),
  })
  const send = (channel: number, text: string) =>
    connection.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]))
  let open = stderr === stdout ? 1 : 2
  const finished = () => --open
  new Fiber(
    engine,
    copy(stdout, text => send(channels.stdout, text), finished),
  )
  if (stderr !== stdout)
    new Fiber(
      engine,
      copy(stderr, text => send(channels.stderr, text), finished),
    )
  new Fiber(
    engine,
    (function* (): Task {
      const result = yield* wait(exit)
      send(channels.error, JSON.stringify(exitStatus(result)))
      connection.close()
    })(),
  )
}

function exitStatus(result: { code: number } | { error: string }) {
  if ('code' in result && result.code === 0) return { metadata: {}, status: 'Success' }
  if ('error' in result)
    return { metadata: {}, status: 'Failure', message: result.error, reason: 'InternalError', code: 500 }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${result.code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(result.code) }] },
  }
}

/** Just enough for kubectl to learn that the server checks fields itself. */
function openapi(path: string, response: ServerResponse) {
  const versions = new Map(
    servedKinds.map(({ resource: { group, version } }) => [
      `${group ? `apis/${group}` : 'api'}/${version}`,
      { group, version },
    ]),
  )
  const wanted = path.replace(/^\/openapi\/v3\/?/, '')
  if (!wanted) {
    const paths = Object.fromEntries(
      [...versions.keys()].map(key => [key, { serverRelativeURL: `/openapi/v3/${key}` }]),
    )
    return json(response, 200, { paths })
  }
  const found = versions.get(wanted)
  if (!found) return json(response, 404, {})
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(name => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  const paths = Object.fromEntries(
    servedKinds
      .filter(({ resource: r }) => r.group === found.group && r.version === found.version)
      .map(({ resource: { group, version, kind, plural, namespaced } }) => [
        `/${wanted}${namespaced ? '/namespaces/{namespace}' : ''}/${plural}/{name}`,
        { patch: { parameters, responses: {}, 'x-kubernetes-group-version-kind': { group, version, kind } } },
      ]),
  )
  json(response, 200, { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.36.3' }, paths })
}
