// One virtual hour of a cluster whose pods all crash again and again, as long as their back-off lets them. Prints one line
// of JSON: the time it takes, and what the hour leaves in memory.

import { createCluster } from '../../src/cluster/cluster.ts'
import type { Pod } from '../../src/kinds/schema/types.ts'
import '../../src/parts/preload.ts'
import { deployment, deployments } from './deployment.ts'

function crash(pods: number, hours: number) {
  const cluster = createCluster({ seed: 1, epoch: 1_795_430_000_000, workers: Math.ceil(pods / 100) })
  const { api, engine } = cluster
  const body = deployment('crash', pods, { command: ['sh', '-c', 'exit 1'] })
  const answer = api.handle({ method: 'POST', path: deployments, body })
  if (answer.code !== 201) throw new Error(answer.body.message)
  const began = performance.now()
  engine.advance(hours * 3_600_000)
  return { cluster, wallMs: performance.now() - began }
}

const restarts = ({ api }: ReturnType<typeof createCluster>): number => {
  const { items } = api.handle({ method: 'GET', path: '/api/v1/namespaces/default/pods' }).body
  return items.reduce((sum: number, pod: Pod) => sum + pod.status.containerStatuses![0]!.restartCount, 0)
}

const pods = Number(process.argv[2])
const warm = crash(20, 0.1).cluster
globalThis.gc?.()
const before = process.memoryUsage().heapUsed
const { cluster, wallMs } = crash(pods, 1)
globalThis.gc?.()
const heapMb = (process.memoryUsage().heapUsed - before) / 2 ** 20
console.log(JSON.stringify({ pods, wallMs, heapMb, restarts: restarts(cluster), warm: restarts(warm) }))
