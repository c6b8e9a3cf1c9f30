// npm run cluster -- [--port N] [--host ADDRESS] [--pace N] [--workers N] [--seed N] [--outside] [--kubeconfig FILE]
//
// A simulated cluster's API server and a kubeconfig for it, so that a real kubectl can use it. It listens on loopback
// unless --host says otherwise. --pace: virtual seconds a second. --outside: pods reach a small made-up world outside
// (www.example.com).
import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createCluster } from '../src/cluster/cluster.ts'
import '../src/parts/preload.ts'
import { httpApi } from './cluster/server.ts'
import { requireNode } from './lib/node-version.ts'
import { readOptions } from './lib/options.ts'
import { loopback } from './lib/serve.ts'

requireNode()
const { values } = readOptions(import.meta.filename, {
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: loopback },
    pace: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    outside: { type: 'boolean', default: false },
    kubeconfig: { type: 'string', default: join(tmpdir(), 'living-kubernetes', 'kubeconfig') },
  },
})
const tickMs = 10

const cluster = createCluster({
  seed: Number(values.seed),
  workers: Number(values.workers),
  outside: values.outside,
  epoch: Date.now(),
})
let last = performance.now()
setInterval(() => {
  const now = performance.now()
  cluster.engine.advance((now - last) * Number(values.pace))
  last = now
}, tickMs)

const server = httpApi(cluster)
server.listen(Number(values.port), values.host, () => {
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const file = values.kubeconfig
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, kubeconfig(url), { mode: 0o600 })
  console.log(`The API server of a simulated cluster is at ${url}`)
  console.log(`export KUBECONFIG=${file}`)
  console.log('Ctrl-C ends it.')
})

function kubeconfig(server: string): string {
  const name = 'living-kubernetes'
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server } }],
      users: [{ name: 'kubernetes-admin', user: {} }],
      contexts: [{ name, context: { cluster: name, user: 'kubernetes-admin', namespace: 'default' } }],
      'current-context': name,
    },
    undefined,
    2,
  )}\n`
}
