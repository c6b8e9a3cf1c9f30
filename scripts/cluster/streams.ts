// What is more than a request and its answer: followed logs; exec, attach and port-forward over WebSockets and over SPDY.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws'
import { isProxyPath } from '../../src/api/proxied.ts'
import type { ApiRequest, Connection, ExecStream, LogStream, PortForward } from '../../src/api/types.ts'
import { Fiber } from '../../src/engine/task.ts'
import { json } from './answers.ts'
import { forward, forwardStreams, isPort } from './port-forward.ts'
import { toRequest } from './requests.ts'
import { type ExecWays, serveExec } from './streams-exec.ts'
import { pour } from './streams-pipes.ts'
import { SpdyConnection, type SpdyStream } from './streams-spdy.ts'
import { ChannelSocket, formOf } from './websocket-channels.ts'
import type { World } from './world.ts'

/** A log as it comes, until the container ends or the client goes. */
export function followLog({ api, engine }: World, request: ApiRequest, response: ServerResponse) {
  const stream = api.connect(request)
  if (!('type' in stream)) return json(response, stream.code, stream.body)
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.flushHeaders()
  response.on('error', () => {})
  new Fiber(engine, pour((stream as LogStream).output, response))
  response.on('close', () => stream.close())
}

const tunnel = 'SPDY/3.1+portforward.k8s.io'
const webSocketProtocols = [
  'v5.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
  'channel.k8s.io',
  'base64.channel.k8s.io',
]
const spdyProtocols = ['v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io', 'channel.k8s.io']
const portForwardProtocol = 'portforward.k8s.io'
/** Bytes of one message of a client. */
const messageMost = 2 ** 24
/** Milliseconds in which a client must have opened its streams. */
const openMs = 30_000

/** Messages from before v4 end with a sentence in place of a status. */
const isSentence = (protocol: string): boolean => !/^v[45]\./.test(protocol)

const numbers = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const
type Way = keyof typeof numbers

const webSockets = new WebSocketServer({
  noServer: true,
  maxPayload: messageMost,
  handleProtocols: offered => chosen(webSocketProtocols, [...offered]) ?? false,
})
/** Upgrades to the tunnel. Its name has a slash, which RFC 6455 allows in none: the library is not shown it. */
const tunnels = new WeakSet<IncomingMessage>()
webSockets.on('headers', (headers, message) => {
  if (tunnels.has(message)) headers.push(`Sec-WebSocket-Protocol: ${tunnel}`)
})

const chosen = (known: readonly string[], offered: readonly string[]) => known.find(p => offered.includes(p))

const listed = (header: string | string[] | undefined): string[] =>
  String(header ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(Boolean)

/** A request to speak another protocol from here on; what is wrong with it is answered, and nothing thrown. */
export function upgrade(world: World, message: IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => {})
  try {
    begin(world, message, socket, head)
  } catch {
    socket.destroy()
  }
}

function begin(world: World, message: IncomingMessage, socket: Duplex, head: Buffer) {
  const request = toRequest(message, '')
  const to = message.headers.upgrade?.toLowerCase()
  if (isProxyPath(request.path))
    return refuse(socket, 501, 'NotImplemented', 'the simulated network carries no upgraded connections')
  if (to !== 'websocket' && to !== 'spdy/3.1')
    return refuse(
      socket,
      400,
      'BadRequest',
      `unable to upgrade: unknown protocol ${JSON.stringify(to ?? '')}`,
    )
  const isForward = request.path.endsWith('/portforward')
  const protocol =
    to === 'websocket'
      ? webSocketProtocol(message, isForward)
      : chosen(isForward ? [portForwardProtocol] : spdyProtocols, spdyOffers(message))
  if (!protocol)
    return refuse(socket, 403, 'Forbidden', 'unable to upgrade: unable to negotiate protocol', {
      'X-Accepted-Stream-Protocol-Versions': (isForward ? [portForwardProtocol] : spdyProtocols).join(','),
    })
  const ports = isForward ? portsOf(message) : []
  if (isForward && to === 'websocket' && protocol !== tunnel && !ports.length)
    return refuse(socket, 400, 'BadRequest', 'query parameter "ports" is required')
  const opened = world.api.connect(request)
  if ('code' in opened)
    return opened.code === 500 ? answerAsText(socket, opened) : answer(socket, opened.code, opened.body)
  socket.on('close', () => opened.close())
  if (opened.type !== 'exec' && opened.type !== 'portforward') {
    opened.close()
    return refuse(socket, 400, 'BadRequest', 'unable to upgrade: this is no stream')
  }
  if (to === 'spdy/3.1') return overSpdy(world, opened, request, protocol, socket, head)
  if (protocol === tunnel) {
    tunnels.add(message)
    delete message.headers['sec-websocket-protocol']
  }
  webSockets.handleUpgrade(message, socket, head, ws =>
    overWebSocket(world, opened, request, ports, protocol, ws),
  )
}

function webSocketProtocol(message: IncomingMessage, isForward: boolean): string | undefined {
  const offered = listed(message.headers['sec-websocket-protocol'])
  return chosen(isForward ? [tunnel, ...webSocketProtocols] : webSocketProtocols, offered)
}

/** Each of a header of its own, or all in one; none means the first version. */
function spdyOffers({ headers, rawHeaders }: IncomingMessage): string[] {
  const name = 'x-stream-protocol-version'
  if (headers[name] === undefined) return ['channel.k8s.io', portForwardProtocol]
  return rawHeaders.flatMap((each, at) => (each.toLowerCase() === name ? listed(rawHeaders[at + 1]) : []))
}

const portsOf = (message: IncomingMessage): number[] =>
  new URL(message.url ?? '/', 'http://localhost').searchParams
    .getAll('ports')
    .flatMap(text => text.split(',').map(Number).filter(isPort))

type Opened = Extract<Connection, ExecStream | PortForward>

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1'

/** Which streams the client wants. */
function waysOf({ query = {} }: ApiRequest): { tty: boolean; wanted: Way[] } {
  const tty = isTrue(query.tty)
  const wanted: Way[] = ['error']
  for (const way of ['stdin', 'stdout', 'stderr'] as const)
    if (isTrue(query[way]) && !(tty && way === 'stderr')) wanted.push(way)
  if (tty) wanted.push('resize')
  return { tty, wanted }
}

const mannerOf = (request: ApiRequest, tty: boolean, protocol: string) => ({
  tty,
  attach: request.path.endsWith('/attach'),
  sentence: isSentence(protocol),
})

function overWebSocket(
  { engine }: World,
  opened: Opened,
  request: ApiRequest,
  ports: readonly number[],
  protocol: string,
  ws: WebSocket,
) {
  if (protocol === tunnel && opened.type === 'portforward') {
    ws.on('error', () => {})
    new SpdyConnection(createWebSocketStream(ws), forwardStreams(engine, opened))
    return
  }
  const socket = new ChannelSocket(ws, formOf(protocol))
  if (opened.type === 'portforward') {
    for (const [at, port] of ports.entries()) {
      const [data, error] = [socket.channel(2 * at), socket.channel(2 * at + 1)]
      // Each of the two begins with the port, as two bytes of which the lower comes first.
      const first = Buffer.of(port & 255, port >> 8)
      data.write(first)
      error.write(first)
      forward(engine, opened, { port, data, error })
    }
    return
  }
  const { tty, wanted } = waysOf(request)
  const ways = Object.fromEntries(wanted.map(way => [way, socket.channel(numbers[way])]))
  serveExec(engine, opened, ways as unknown as ExecWays, mannerOf(request, tty, protocol), () =>
    ws.close(1000),
  )
}

function overSpdy(
  { engine }: World,
  opened: Opened,
  request: ApiRequest,
  protocol: string,
  socket: Duplex,
  head: Buffer,
): void {
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
  )
  if (head.length) socket.unshift(head)
  if (opened.type === 'portforward') {
    new SpdyConnection(socket, forwardStreams(engine, opened))
    return
  }
  const { tty, wanted } = waysOf(request)
  // The first two versions know no sizes.
  const expected = wanted.filter(way => way !== 'resize' || /^v[34]/.test(protocol))
  const ways = new Map<string, SpdyStream>()
  const timer = setTimeout(() => socket.destroy(), openMs)
  socket.on('close', () => clearTimeout(timer))
  const connection = new SpdyConnection(socket, stream => {
    const way = stream.headers.get('streamtype') ?? ''
    if (!expected.includes(way as Way) || ways.has(way)) return void stream.destroy()
    ways.set(way, stream)
    if (ways.size < expected.length) return
    clearTimeout(timer)
    serveExec(
      engine,
      opened,
      Object.fromEntries(ways) as unknown as ExecWays,
      mannerOf(request, tty, protocol),
      () => connection.close(),
    )
  })
}

function refuse(
  socket: Duplex,
  code: number,
  reason: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  answer(
    socket,
    code,
    { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
    headers,
  )
}

/** A kubelet refuses in words, not with a Status; the API server passes them on as they are. */
function answerAsText(
  socket: Duplex,
  { code, body }: { readonly code: number; readonly body: unknown },
): void {
  const { message } = body as { readonly message: string }
  send(socket, code, 'text/plain; charset=utf-8', message)
}

/** Answers in place of the other protocol, and closes. */
function answer(
  socket: Duplex,
  code: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(socket, code, 'application/json', JSON.stringify(body), headers)
}

function send(
  socket: Duplex,
  code: number,
  type: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const lines = Object.entries({
    'Content-Type': type,
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\n${lines.join('')}\r\n${text}`)
}
