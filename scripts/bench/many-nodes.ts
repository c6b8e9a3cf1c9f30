// Ten pods on each of N nodes, from create until all are Ready: what a pod costs should not grow with the cluster.
// One deployment for each thousand pods. Prints one line of JSON.

import { createCluster } from '../../src/cluster/cluster.ts'
import type { Deployment } from '../../src/kinds/schema/types.ts'
import '../../src/parts/preload.ts'
import { deployment, deployments } from './deployment.ts'

function fill(nodes: number) {
  const pods = 10 * nodes
  const began = performance.now()
  const cluster = createCluster({ seed: 1, epoch: 1_795_430_000_000, workers: nodes })
  const createdMs = performance.now() - began
  const { api, engine } = cluster
  const start = engine.now
  const size = Math.min(pods, 1000)
  const ready = new Map<string, number>()
  const watch = api.watch({ method: 'GET', path: deployments, managedFields: false }, event => {
    if (event.type === 'ERROR') return
    const { metadata, status } = event.object as Deployment
    ready.set(metadata.name, status?.readyReplicas ?? 0)
  })
  for (let i = 0; i < pods / size; i++) {
    const { code, body } = api.handle({
      method: 'POST',
      path: deployments,
      body: deployment(`web-${i}`, size),
    })
    if (code !== 201) throw new Error(body.message)
  }
  const total = () => [...ready.values()].reduce((sum, n) => sum + n, 0)
  if (!engine.runUntil(() => total() >= pods, 3_600_000)) throw new Error(`${total()} of ${pods} ready`)
  if ('stop' in watch) watch.stop()
  const wallMs = performance.now() - began - createdMs
  return { cluster, nodes, pods, createdMs, wallMs, virtualMs: engine.now - start }
}

const warm = fill(10).cluster
globalThis.gc?.()
const before = process.memoryUsage().heapUsed
const { cluster, ...figures } = fill(Number(process.argv[2]))
globalThis.gc?.()
const heapMb = (process.memoryUsage().heapUsed - before) / 2 ** 20
const microsecondsPerPod = (1000 * figures.wallMs) / figures.pods
console.log(
  JSON.stringify({
    ...figures,
    heapMb,
    microsecondsPerPod,
    pending: warm.engine.pending + cluster.engine.pending,
  }),
)
