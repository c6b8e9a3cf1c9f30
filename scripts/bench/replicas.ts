// A Deployment of N replicas from create until all are Ready. Prints one line of JSON. The cluster gets a node for every
// hundred pods (a node takes 110), and a first, smaller rollout warms the code up, as a page that has been open has.
import { createCluster } from '../../src/cluster/cluster.ts'

const replicas = Number(process.argv[2])

function rollOut(count: number) {
  const cluster = createCluster({
    seed: 1,
    epoch: 1_795_430_000_000,
    workers: Math.max(1, Math.ceil(count / 100)),
  })
  const { api, engine } = cluster
  const path = '/apis/apps/v1/namespaces/default/deployments'
  const began = performance.now()
  const start = engine.now
  const answer = api.handle({
    method: 'POST',
    path,
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: count,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'web', image: 'leigg/hellok8s:v1' }] },
        },
      },
    },
  })
  if (answer.code !== 201) throw new Error(answer.body.message)
  let ready = 0
  const watch = api.watch({ method: 'GET', path, managedFields: false }, event => {
    if (event.type !== 'ERROR') ready = (event.object as any).status?.readyReplicas ?? 0
  })
  if (!engine.runUntil(() => ready >= count, 3_600_000))
    throw new Error(`${ready} of ${count} ready after an hour`)
  const wallMs = performance.now() - began
  if ('stop' in watch) watch.stop()
  return { cluster, wallMs, virtualMs: engine.now - start }
}

rollOut(50)
globalThis.gc?.()
const before = process.memoryUsage().heapUsed
const { cluster, wallMs, virtualMs } = rollOut(replicas)
globalThis.gc?.()
const heapMb = (process.memoryUsage().heapUsed - before) / 2 ** 20
console.log(
  JSON.stringify({
    wallMs,
    virtualMs,
    heapMb,
    microsecondsPerPod: (1000 * wallMs) / replicas,
    pods: cluster.engine.pending,
  }),
)
