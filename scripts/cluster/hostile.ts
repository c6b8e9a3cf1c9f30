// node scripts/cluster/hostile.ts
//
// What a server must outlive: 68 raw requests that no client means, and 15 cases of load, against a server of this
// program's own on loopback. Prints what each was answered; ends with 1 where the server does not answer afterwards.
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createCluster } from '../../src/cluster/cluster.ts'
import '../../src/parts/preload.ts'
import { hostileRequests, type Raw } from './hostile-requests.ts'
import { httpApi } from './server.ts'

export interface Target {
  readonly port: number
  readonly token: string
}

/** Milliseconds between the pieces of a slow request, and until an answer is no longer waited for. */
const pauseMs = 20
const patienceMs = 400

/** The first line of the answer; what it is where none came. */
async function send(port: number, raw: Raw): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  const ended = new Promise<void>(done => {
    socket.on('data', data => {
      text += data.toString('latin1')
      done()
    })
    socket.on('error', () => done())
    socket.on('close', () => done())
    setTimeout(done, patienceMs).unref()
  })
  for (const piece of typeof raw === 'string' ? [raw] : raw) {
    if (!socket.destroyed) socket.write(Buffer.from(piece, 'latin1'))
    if (typeof raw !== 'string') await new Promise(done => setTimeout(done, pauseMs))
  }
  await ended
  socket.destroy()
  return text.split('\r\n', 1)[0] || 'no answer'
}

/** Sends all of them, each on a connection of its own; answers by name. */
export async function sendHostile({ port, token }: Target): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  for (const [name, raw] of Object.entries(hostileRequests(token))) answers.set(name, await send(port, raw))
  return answers
}

const pods = '/api/v1/namespaces/default/pods'
const maps = '/api/v1/namespaces/default/configmaps'

/** Cases of load by name; each returns when it has let go of all that it opened. */
export function loadCases({ port, token }: Target): Readonly<Record<string, () => Promise<unknown>>> {
  const url = `http://127.0.0.1:${port}`
  const authorization = `Bearer ${token}`
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json', ...init.headers },
    }).then(response => response.arrayBuffer())
  const times = (count: number, run: (i: number) => Promise<unknown>) =>
    Promise.allSettled(Array.from({ length: count }, (_, i) => run(i)))
  const open = async (count: number, raw: string) => {
    const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'))
    for (const socket of sockets) socket.on('error', () => {})
    await Promise.allSettled(sockets.map(socket => once(socket, 'connect')))
    for (const socket of sockets) if (raw) socket.write(raw)
    return sockets
  }
  const head = (line: string) => `${line}\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n\r\n`
  const letGo = (sockets: readonly Socket[]) => {
    for (const socket of sockets) socket.destroy()
  }
  const make = (i: number, size = 10) =>
    ask(maps, {
      method: 'POST',
      body: JSON.stringify({ metadata: { name: `load-${i}` }, data: { x: 'x'.repeat(size) } }),
    })
  return {
    '1,000 quick reads': () => times(1000, () => ask('/version')),
    '200 lists at once': () => times(200, () => ask(pods)),
    '200 objects made at once': () => times(200, i => make(i)),
    '200 tries to make the same': () => times(200, () => make(0)),
    '200 changes of the same': () =>
      times(200, i =>
        ask(`${maps}/load-0`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/merge-patch+json' },
          body: `{"data":{"x":"${i}"}}`,
        }),
      ),
    '300 connections that say nothing': async () => letGo(await open(300, '')),
    '300 connections that stop within the head': async () => letGo(await open(300, 'GET /api HT')),
    '300 watches that are left at once': async () =>
      letGo(await open(300, head(`GET ${pods}?watch=true HTTP/1.1`))),
    '100 watches while objects change': async () => {
      const sockets = await open(100, head(`GET ${maps}?watch=true HTTP/1.1`))
      await times(50, i => make(1000 + i))
      letGo(sockets)
    },
    '20 watches that do not read': async () => {
      const sockets = await open(20, head(`GET ${maps}?watch=true HTTP/1.1`))
      for (const socket of sockets) socket.pause()
      await times(20, i => make(2000 + i, 500_000))
      letGo(sockets)
    },
    '20 lists that nobody reads': async () => {
      const sockets = await open(20, head(`GET ${maps} HTTP/1.1`))
      for (const socket of sockets) socket.pause()
      letGo(sockets)
    },
    '10 bodies of 4 MB': () => times(10, i => make(3000 + i, 4_000_000)),
    '50 bodies that are left half way': async () =>
      letGo(await open(50, `${head(`POST ${maps} HTTP/1.1\r\nContent-Length: 100000`)}{"a":`)),
    '100 requests on one connection, unread': async () =>
      letGo(await open(1, head('GET /version HTTP/1.1').repeat(100))),
    '1,000 deletions of what is not there': () =>
      times(1000, i => ask(`${maps}/none-${i}`, { method: 'DELETE' })),
  }
}

/** Whether the server answers as if nothing had been. */
export async function isWell({ port, token }: Target): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`http://127.0.0.1:${port}/api/v1/nodes`, { headers })).status === 200
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  const cluster = createCluster({ seed: 1 })
  const token = 'hostile'
  const server = httpApi(cluster, { token })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const timer = setInterval(() => cluster.engine.advance(10), 10)
  const target = { port: (server.address() as AddressInfo).port, token }
  const answers = await sendHostile(target)
  for (const [name, answer] of answers) console.log(`${answer.padEnd(48)} ${name}`)
  const cases = Object.entries(loadCases(target))
  for (const [name, run] of cases) {
    await run()
    console.log(`${(await isWell(target)) ? 'well' : 'NOT WELL'} after ${name}`)
  }
  const well = await isWell(target)
  console.log(
    `${answers.size} requests and ${cases.length} cases of load; the server is ${well ? 'well' : 'not well'}`,
  )
  clearInterval(timer)
  server.closeAllConnections()
  server.close()
  process.exitCode = well && !cluster.errors.length ? 0 : 1
}
