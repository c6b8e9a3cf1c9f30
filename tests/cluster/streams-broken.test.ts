// Requests for streams that no client library sends: each is answered or cut off, and the server goes on.
import { once } from 'node:events'
import { connect } from 'node:net'
import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { AnyObject } from '../../src/kinds/object.ts'
import { type Served, serveCluster } from './served.ts'

let served: Served
let port: number

beforeAll(async () => {
  served = await serveCluster(undefined, { secure: false })
  port = Number(new URL(served.url).port)
  const spec = { containers: [{ name: 'c', image: 'busybox:1.36', command: ['sleep', '100000'] }] }
  served.cluster
    .client('test')
    .resource<AnyObject>('pods')
    .create({ metadata: { name: 'box', namespace: 'default' }, spec })
  served.cluster.engine.advance(30_000)
})
afterAll(() => served.close())

const pod = '/api/v1/namespaces/default/pods/box'
const exec = `${pod}/exec?command=cat&stdin=true&stdout=true`

const head = (path: string, headers: Readonly<Record<string, string>>, method = 'POST'): string =>
  `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${Object.entries({ Connection: 'Upgrade', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`

/** What comes back up to the end; the client ends nothing where the server should. */
async function raw(...pieces: (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', bytes => {
    text += bytes.toString('latin1')
  })
  socket.on('error', () => {})
  for (const piece of pieces) socket.write(piece)
  await once(socket, 'close')
  return text
}

const answers = async () => {
  const response = await fetch(`${served.url}${pod}`)
  expect([response.status, ((await response.json()) as { kind: string }).kind]).toEqual([200, 'Pod'])
}

test.each([
  ['a protocol that is none', { Upgrade: 'smoke/1' }, exec, /^HTTP\/1\.1 400 /],
  [
    'versions that are none',
    { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'v9' },
    exec,
    /^HTTP\/1\.1 403 /,
  ],
  ['no such pod', { Upgrade: 'SPDY/3.1' }, exec.replace('box', 'nobody'), /^HTTP\/1\.1 404 /],
  ['no such path', { Upgrade: 'SPDY/3.1' }, '/nothing', /^HTTP\/1\.1 404 /],
  ['no stream', { Upgrade: 'SPDY/3.1' }, `${pod}/log?follow=true`, /^HTTP\/1\.1 400 /],
  ['a proxy', { Upgrade: 'SPDY/3.1' }, `${pod}/proxy/`, /^HTTP\/1\.1 501 /],
  [
    'a WebSocket without a key',
    { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': 'v5.channel.k8s.io' },
    exec,
    /^HTTP\/1\.1 40[05] /,
  ],
  ['a path that is no address', { Upgrade: 'SPDY/3.1' }, '//[', /^$|^HTTP\/1\.1 4/],
])('an upgrade to %s', async (_, headers, path, expected) => {
  expect(await raw(head(path, headers))).toMatch(expected)
  await answers()
})

const control = (type: number, body: Buffer, version = 3): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16BE(0x8000 | version, 0)
  bytes.writeUInt16BE(type, 2)
  bytes.writeUInt32BE(body.length, 4)
  return Buffer.concat([bytes, body])
}
const spdy = head(exec, { Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': 'v4.channel.k8s.io' })

test.each<[string, Buffer]>([
  ['of another version', control(1, Buffer.alloc(10), 2)],
  [
    'whose headers are not compressed',
    control(1, Buffer.concat([Buffer.from([0, 0, 0, 1]), Buffer.alloc(40, 7)])),
  ],
  [
    'whose headers know another dictionary',
    control(1, Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 0, 0]), deflateSync('x')])),
  ],
  ['that is longer than it may be', Buffer.from([0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff])],
  ['that is shorter than it must be', control(1, Buffer.alloc(2))],
  ['of a ping without a number', control(6, Buffer.alloc(0))],
  ['of a reset without a number', control(3, Buffer.alloc(1))],
])('a frame %s ends its connection', async (_, frame) => {
  expect(await raw(spdy, frame)).toMatch(/^HTTP\/1\.1 101 /)
  await answers()
})

test('frames that mean nothing are passed over: the next ping is answered', async () => {
  const socket = connect(port, '127.0.0.1')
  const ping = control(6, Buffer.from([0, 0, 0, 5]))
  const unknown = [control(99, Buffer.alloc(3)), control(4, Buffer.alloc(4)), control(9, Buffer.alloc(8))]
  socket.write(
    Buffer.concat([Buffer.from(spdy), ...unknown, control(3, Buffer.from([0, 0, 0, 9, 0, 0, 0, 5])), ping]),
  )
  let text = ''
  for await (const bytes of socket) {
    text += (bytes as Buffer).toString('latin1')
    if (text.endsWith(ping.toString('latin1'))) break
  }
  expect(text).toMatch(/^HTTP\/1\.1 101 /)
  await answers()
})

test.each<[string, string, string[], Buffer[]]>([
  [
    'an empty message, an unknown channel, closes of unknown channels',
    exec,
    ['v5.channel.k8s.io'],
    [Buffer.alloc(0), Buffer.from([77, 1]), Buffer.from([255]), Buffer.from([255, 200])],
  ],
  [
    'sizes that are none',
    `${exec}&tty=true`,
    ['v4.channel.k8s.io'],
    [Buffer.from('\x04{"Width":-1}{}}}}[[['), Buffer.from([4, 0xff, 0xfe])],
  ],
  ['base64 that is none', exec, ['base64.channel.k8s.io'], [Buffer.from('0%%%'), Buffer.from('z')]],
  [
    'no HTTP in a port',
    `${pod}/portforward?ports=80`,
    ['v4.channel.k8s.io'],
    [Buffer.from('\0not http\r\n\r\n')],
  ],
])('a WebSocket with %s', async (_, path, protocols, messages) => {
  const client = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols)
  await once(client, 'open')
  for (const message of messages) client.send(message)
  await answers()
  client.on('error', () => {})
  client.close()
  await once(client, 'close')
  await answers()
})

test('a message that is longer than it may be ends its connection', async () => {
  const client = new WebSocket(`ws://127.0.0.1:${port}${exec}`, ['v5.channel.k8s.io'])
  await once(client, 'open')
  client.on('error', () => {})
  client.send(Buffer.alloc(2 ** 24 + 1))
  const [code] = await once(client, 'close')
  expect([1006, 1009]).toContain(code)
  await answers()
})

test('no SPDY in the tunnel ends its connection', async () => {
  const upgrade = head(
    `${pod}/portforward`,
    {
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
      'Sec-WebSocket-Protocol': 'SPDY/3.1+portforward.k8s.io',
    },
    'GET',
  )
  // One message of 64 bytes, masked with nothing; then the client's own end.
  const message = Buffer.concat([Buffer.from([0x82, 0x80 | 64, 0, 0, 0, 0]), Buffer.alloc(64, 0xff)])
  const end = Buffer.from([0x88, 0x80, 0, 0, 0, 0])
  expect(await raw(upgrade, message, end)).toMatch(/^HTTP\/1\.1 101 /)
  await answers()
})
