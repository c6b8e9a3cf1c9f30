// HTTP over the simulated API server: what a real kubectl, client library or dashboard speaks. Bodies are JSON, YAML or
// protobuf; watches and followed logs are chunked, exec, attach and port-forward run over WebSockets or SPDY. Over TLS a
// client's certificate says who asks, or a token. Left out: CBOR, which the real server refuses too unless it is told
// otherwise.
// Whatever comes in, no request ends the process.
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { ApiError, failure, internal } from '../../src/api/errors.ts'
import { isProxyPath } from '../../src/api/proxied.ts'
import type { ApiRequest } from '../../src/api/types.ts'
import { type Access, strange, withIdentities } from './access.ts'
import { notAcceptable, object, refuse, text } from './answers.ts'
import { formatOf, mediaTypes, negotiate } from './media.ts'
import { openapi } from './openapi.ts'
import { hasProtobuf } from './protobuf/envelope.ts'
import { pass } from './proxy.ts'
import { protobufBody, toRequest, urlOf } from './requests.ts'
import { followLog, upgrade } from './streams.ts'
import { Watches } from './watch.ts'
import type { World } from './world.ts'

export interface HttpApiOptions extends Access {
  /** Key and certificate in PEM; absent: plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Called with each request before it is answered; what it returns is called when its answer has ended. */
  readonly onRequest?: () => () => void
}

/** k8s.io/apiserver/pkg/server/config.go (MaxRequestBodyBytes). */
const mostBytes = 3 * 1024 * 1024
const mostConnections = 2048

export function httpApi(world: World, options: HttpApiOptions = {}): HttpServer {
  const served: World = { engine: world.engine, api: withIdentities(world, options) }
  const watches = new Watches(served)
  // A request must have come whole within the minute; its answer may take as long as it likes.
  const limits = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 }
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    // Its reader may leave at any time.
    response.on('error', () => response.destroy())
    guarded(response, async () => {
      const why = strange(request, options)
      if (why) return text(response, 403, `${why}\n`)
      const release = options.onRequest?.()
      if (release) response.on('close', release)
      // Passed on as it comes, whatever it is.
      if (isProxyPath(urlOf(request).path)) return pass(served, toRequest(request, ''), request, response)
      const body = await readBody(request)
      if (body === 'gone') return
      if (body === 'too large') {
        response.setHeader('Connection', 'close')
        return refuse(
          response,
          failure(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${mostBytes}`),
        )
      }
      answer(served, watches, request, body, response)
    })
  }
  const server = options.tls
    ? createTlsServer({ ...options.tls, ...clientCertificates, ...limits }, listener)
    : createServer(limits, listener)
  server.maxConnections = mostConnections
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    try {
      const why = strange(request, options)
      if (why) return hangUp(socket, '403 Forbidden')
      const release = options.onRequest?.()
      if (release) socket.on('close', release)
      upgrade(served, request, socket, head)
    } catch (error) {
      if (!(error instanceof ApiError)) report(error)
      hangUp(socket, error instanceof ApiError ? `${error.code} Error` : '500 Internal Server Error')
    }
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const isLong = error.code === 'HPE_HEADER_OVERFLOW'
    hangUp(socket, isLong ? '431 Request Header Fields Too Large' : '400 Bad Request')
  })
  return server
}

/**
 * Asked for, and looked at with the request: who has a bad one is told so in HTTP, or says who it is by a token. OpenSSL
 * knows no authority here: one whose signature it finds wrong would break the connection now and then.
 */
const clientCertificates = { requestCert: true, rejectUnauthorized: false, ca: [] }

function hangUp(socket: Duplex, line: string): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const [, words] = /^\d+ (.*)/.exec(line)!
  socket.end(
    `HTTP/1.1 ${line}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${words!.length + 1}\r\nConnection: close\r\n\r\n${words}\n`,
  )
}

/** What goes wrong in a handler is this request's failure, and told once on the server's side. */
async function guarded(response: ServerResponse, handle: () => Promise<void> | void): Promise<void> {
  try {
    await handle()
  } catch (error) {
    if (!(error instanceof ApiError)) report(error)
    if (response.headersSent) response.destroy()
    else refuse(response, error instanceof ApiError ? error : internal(String(error)))
  }
}

const report = (error: unknown) => console.error(error instanceof Error ? error.stack : error)

/** Too large: the rest is thrown away as it comes, so that the answer can be read. */
function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'gone'> {
  return new Promise(done => {
    const chunks: Buffer[] = []
    let length = 0
    if (Number(request.headers['content-length']) > mostBytes) done('too large')
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= mostBytes) chunks.push(chunk)
      else if (length > 4 * mostBytes) request.destroy()
      else done('too large')
    })
    request.on('end', () => done(Buffer.concat(chunks)))
    request.on('error', () => done('gone'))
    request.on('close', () => done('gone'))
  })
}

function answer(
  world: World,
  watches: Watches,
  message: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
) {
  const { path } = urlOf(message)
  const request = toRequest(message, bodyOf(message, body))
  const { query = {} } = request
  if (path.startsWith('/openapi/')) return openapi(world, request, message, response)
  const isWatch = request.method === 'GET' && (query.watch === 'true' || query.watch === '1')
  if (request.method === 'GET' && path.endsWith('/log') && query.follow === 'true')
    return followLog(world, request, response)
  const isResource = /^\/apis?(?:\/|$)/.test(path)
  const wanted = negotiate(
    message.headers.accept,
    isWatch ? ['json', 'protobuf'] : ['json', 'yaml', 'protobuf'],
  )
  if (isResource && !wanted)
    throw notAcceptable(
      isWatch ? [mediaTypes.json, mediaTypes.protobuf].map(type => `${type};stream=watch`) : undefined,
    )
  const format = (isResource && wanted?.format) || 'json'
  if (isWatch && isResource) return watches.begin(request, response, format)
  const { code, body: result, warnings } = world.api.handle(request)
  for (const warning of warnings) response.appendHeader('Warning', `299 - ${JSON.stringify(warning)}`)
  if (code === 429) response.setHeader('Retry-After', '1')
  if (typeof result === 'string') text(response, code, result)
  else {
    // Custom resources have no protobuf form: who takes no other gets none.
    const isRead = request.method === 'GET' && code === 200
    const hasForm = format !== 'protobuf' || hasProtobuf(result)
    if (isRead && !hasForm && !negotiate(message.headers.accept, ['json', 'yaml'])) throw notAcceptable()
    object(response, code, result, format, isPretty(request))
  }
}

/** Text or a way to read it; which forms are taken is for the API server to say. */
function bodyOf({ method, headers }: IncomingMessage, body: Buffer): ApiRequest['body'] {
  if (!body.length) return undefined
  return method !== 'PATCH' && formatOf(headers['content-type'] ?? '') === 'protobuf'
    ? protobufBody(body)
    : body.toString()
}

/** As people look at it: endpoints/handlers/responsewriters. */
const isPretty = ({ query = {}, userAgent = '' }: ApiRequest): boolean =>
  query.pretty === undefined
    ? /^(?:curl|Wget|Mozilla\/5\.0)/.test(userAgent)
    : !/^(?:false|0)$/.test(query.pretty)
