// What is more than a request and its answer: followed logs, exec and attach over WebSockets (v5.channel.k8s.io), and what
// the API server passes on to a pod, a service or a node.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { proxied } from '../../src/api/proxied.ts'
import type { ApiRequest, ExecStream, LogStream } from '../../src/api/types.ts'
import type { Readable } from '../../src/engine/pipe.ts'
import { Fiber, type Task, wait } from '../../src/engine/task.ts'
import { WebSocketConnection } from '../lib/websocket.ts'
import { json } from './answers.ts'
import { toRequest } from './requests.ts'
import type { World } from './world.ts'

/** What the API server passes on to a pod, a service or a node. */
export function pass(
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

/** Passes text on as it comes, until its end. */
function* copy(source: Readable, write: (text: string) => void, end: () => void): Task {
  for (let text = yield* source.read(); text !== undefined; text = yield* source.read()) write(text)
  end()
}

export function followLog({ api, engine }: World, request: ApiRequest, response: ServerResponse) {
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

export function upgrade({ api, engine }: World, message: IncomingMessage, socket: Duplex) {
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
