// A Deployment of N replicas from create until all are Ready: replicas.ts N [sizes of the rollouts before it]. Prints one
// line of JSON; `threadMs` is the CPU of this thread with the creation of the cluster. The cluster gets a node for every
// hundred pods (a node takes 110). Smaller rollouts warm the code up, as a page that has been open has; their clusters
// stay, as the page's does: V8 throws away code that was compiled for objects of which none is left.

import { createCluster } from '../../src/cluster/cluster.ts'
import type { Deployment } from '../../src/kinds/schema/types.ts'
import '../../src/parts/preload.ts'
import { deployment, deployments as path } from './deployment.ts'
import { threadCpu } from './thread-cpu.ts'

const [size, before = '50,100,50,100,50,100'] = process.argv.slice(2)
const replicas = Number(size)

function rollOut(count: number) {
  const thread = threadCpu()
  const cluster = createCluster({
    seed: 1,
    epoch: 1_795_430_000_000,
    workers: Math.max(1, Math.ceil(count / 100)),
  })
  const { api, engine } = cluster
  const began = performance.now()
  const start = engine.now
  const cpu = process.cpuUsage()
  const answer = api.handle({ method: 'POST', path, body: deployment('web', count) })
  if (answer.code !== 201) throw new Error(answer.body.message)
  let ready = 0
  const watch = api.watch({ method: 'GET', path, managedFields: false }, event => {
    if (event.type !== 'ERROR') ready = (event.object as Deployment).status?.readyReplicas ?? 0
  })
  if (!engine.runUntil(() => ready >= count, 3_600_000))
    throw new Error(`${ready} of ${count} ready after an hour`)
  const wallMs = performance.now() - began
  const cpuMs = process.cpuUsage(cpu).user / 1000
  const threadMs = threadCpu() - thread
  if ('stop' in watch) watch.stop()
  return { cluster, wallMs, cpuMs, threadMs, virtualMs: engine.now - start }
}

const sizes = before === 'none' ? [] : before.split(',').map(Number)
const warm = sizes.map(count => rollOut(count).cluster)
globalThis.gc?.()
const heap = process.memoryUsage().heapUsed
const { cluster, wallMs, cpuMs, threadMs, virtualMs } = rollOut(replicas)
globalThis.gc?.()
const heapMb = (process.memoryUsage().heapUsed - heap) / 2 ** 20
const pending = [...warm, cluster].map(each => each.engine.pending)
const microsecondsPerPod = (1000 * wallMs) / replicas
console.log(JSON.stringify({ wallMs, cpuMs, threadMs, virtualMs, heapMb, microsecondsPerPod, pending }))
