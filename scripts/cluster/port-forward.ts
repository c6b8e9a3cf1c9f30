// Forwarded ports, whatever carries their bytes. The world's network carries exchanges and no bare connections: so the
// requests in those bytes are read here, each is passed to the pod, and its answer is written back. That is so for
// HTTP/1.1 and for Redis; what is something else is told that on the error stream, and ends.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex, Writable } from 'node:stream'
import type { PortForward } from '../../src/api/types.ts'
import { fromBytes } from '../../src/engine/bytes.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { Fiber, type Task } from '../../src/engine/task.ts'
import { forwardRedis } from './port-forward-redis.ts'
import { bodyOf, headersOf, TooLong, writeResponse } from './proxy-http.ts'
import type { SpdyStream } from './streams-spdy.ts'

export interface ForwardedPort {
  readonly port: number
  readonly data: Duplex
  /** Takes why it failed, in the kubelet's words, and is ended with the connection. */
  readonly error: Writable
}

/** Servers of the world that speak what is not carried, by their protocol. */
const notCarried: Readonly<Record<string, string>> = {
  MYSQL: 'MySQL',
  POSTGRES: 'PostgreSQL',
  MONGO: 'MongoDB',
}
const carried = 'the simulated network carries HTTP/1.1 without TLS and the protocol of Redis'

/** One connection to a port of the pod. */
export function forward(engine: Engine, connection: PortForward, forwarded: ForwardedPort): void {
  const { port, data, error } = forwarded
  const fail = (why: string) => {
    if (error.writable) error.end(why)
    data.end()
  }
  data.on('error', () => {})
  error.on('error', () => {})
  data.on('close', () => error.writable && error.end())
  const protocol = connection.protocol(port)
  if (protocol === 'REDIS') {
    forwardRedis(engine, connection, port, data, fail)
    return
  }
  if (protocol !== undefined) {
    fail(
      `error forwarding port ${port} to pod: ${carried}, and the server there speaks that of ${notCarried[protocol] ?? protocol}: its client in the pod reaches it (kubectl exec)`,
    )
    return
  }
  const exchange = (message: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const run = function* (): Task {
      const answer = yield* connection.http(port, {
        method: message.method!,
        path: message.url!,
        headers: headersOf(message),
        body: fromBytes(body),
        from: { address: '127.0.0.1', port: 0 },
      })
      if (!answer.ok) return fail(answer.failed)
      writeResponse(response, answer.value)
    }
    new Fiber(engine, run())
  }
  const server = createServer((message, response) => {
    bodyOf(message).then(
      body => exchange(message, response, body),
      problem =>
        problem instanceof TooLong
          ? writeResponse(response, { status: 413, headers: { connection: 'close' }, body: '' })
          : data.destroy(),
    )
  })
  // Who forwards a port keeps a connection open for as long as both sides like.
  server.keepAliveTimeout = 0
  server.on('clientError', () =>
    fail(`error forwarding port ${port} to pod: ${carried}, and this is something else`),
  )
  server.emit('connection', data)
}

/** The streams of one SPDY connection: two for each connection to a port, which bear the same number. */
export function forwardStreams(engine: Engine, connection: PortForward): (stream: SpdyStream) => void {
  const begun = new Map<string, Partial<Record<'data' | 'error', SpdyStream>>>()
  return stream => {
    const type = stream.headers.get('streamtype')
    const port = Number(stream.headers.get('port'))
    const request = stream.headers.get('requestid') ?? ''
    const pair = begun.get(request) ?? {}
    if ((type !== 'data' && type !== 'error') || !isPort(port) || pair[type]) return void stream.destroy()
    pair[type] = stream
    begun.set(request, pair)
    stream.on('close', () => begun.get(request) === pair && begun.delete(request))
    // Nothing is said on it by the client but its end.
    if (type === 'error') stream.resume()
    const { data, error } = pair
    if (!data || !error) return
    begun.delete(request)
    forward(engine, connection, { port, data, error })
  }
}

export const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536
