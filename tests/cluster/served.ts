// A cluster that programs reach over HTTP, for the tests of clients: its time passes while they wait.
import { randomBytes } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import { makeCertificates } from '../../scripts/cluster/certificate.ts'
import { kubeconfig } from '../../scripts/cluster/kubeconfig.ts'
import { randomSecrets } from '../../scripts/cluster/secrets.ts'
import { httpApi } from '../../scripts/cluster/server.ts'
import { type Cluster, createCluster } from '../../src/cluster/cluster.ts'

const turnMs = 5
/** Virtual milliseconds of each turn. */
const stepMs = 50

export interface Served {
  readonly cluster: Cluster
  readonly url: string
  /** As `kubectl` and client libraries read it. */
  readonly kubeconfig: object
  /** What clients have asked to speak from there on: `websocket`, `SPDY/3.1`. */
  readonly upgrades: string[]
  /** When the last request came, in ms of the machine's clock. */
  readonly asked: () => number
  close(): Promise<void>
}

/**
 * `passes`: whether time passes by itself. `secure`: over TLS, for who has the token, as `npm run cluster` serves it;
 * without, over plain HTTP, for everybody.
 */
export async function serveCluster(
  cluster = createCluster({ seed: 1, secrets: randomSecrets() }),
  { passes = true, secure = true } = {},
): Promise<Served> {
  const token = randomBytes(24).toString('base64url')
  const tls = secure ? makeCertificates(['127.0.0.1'], Date.now()) : undefined
  const server = httpApi(cluster, tls && { token, tls })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const sockets = new Set<Socket>()
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const upgrades: string[] = []
  let asked = Number.NEGATIVE_INFINITY
  for (const event of ['request', 'upgrade'])
    server.on(event, () => {
      asked = performance.now()
    })
  server.on('upgrade', message => upgrades.push(String(message.headers.upgrade)))
  const timer = passes ? setInterval(() => cluster.engine.advance(stepMs), turnMs) : undefined
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  const name = 'served'
  return {
    cluster,
    url,
    upgrades,
    asked: () => asked,
    kubeconfig: tls
      ? JSON.parse(kubeconfig({ server: url, ca: tls.ca, token }))
      : {
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [{ name, cluster: { server: url, 'insecure-skip-tls-verify': true } }],
          users: [{ name, user: {} }],
          contexts: [{ name, context: { cluster: name, user: name, namespace: 'default' } }],
          'current-context': name,
        },
    async close() {
      clearInterval(timer)
      for (const socket of sockets) socket.destroy()
      await new Promise(done => server.close(done))
      const faults = cluster.errors.map(({ error }) => error)
      if (faults.length) throw new AggregateError(faults, 'the world has faults')
    },
  }
}
