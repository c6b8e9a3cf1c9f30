// The same deployment on @ngrok/webernetes, for the ratio that the benchmark prints. Run as a process of its own:
// node webernetes.ts REPLICAS → one line of JSON {wallMs, heapMb} (or {error}).
import { registerHooks } from 'node:module'

// The package is made for bundlers and imports its own files without their endings.
registerHooks({
  resolve(specifier, context, next) {
    for (const ending of ['', '.js', '/index.js']) {
      try {
        return next(specifier + ending, context)
      } catch (error) {
        if (ending === '/index.js') throw error
      }
    }
    return next(specifier, context)
  },
})

const { BaseImage, Cluster } = (await import('@ngrok/webernetes')) as any
const replicas = Number(process.argv[2])
const limitMs = Number(process.argv[3] ?? 120_000)

class Hello extends BaseImage {
  static readonly imageName = 'hello'
  static readonly imageVersion = 'v1'
  readonly defaultCommand = ['server']
  async exec(context: any): Promise<number> {
    context.listenHttp(3000, async () => ({ statusCode: 200, body: 'hello' }))
    return await context.waitUntilKilled()
  }
}

// Its nodes take 110 pods each, as ours do.
const cluster = new Cluster({ nodes: Math.max(3, Math.ceil(replicas / 100)) })
cluster.registerImage(Hello)
await cluster.init()
const began = performance.now()
await cluster.apply([
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'hello:v1' }] },
      },
    },
  },
])

const readyReplicas = async (): Promise<number> => {
  const answer = await cluster.api.appsv1.readNamespacedDeployment({ name: 'web', namespace: 'default' })
  return (answer.body ?? answer).status?.readyReplicas ?? 0
}
let ready = 0
// It runs on the real clock: pods take as long as its own delays and its own work.
while ((ready = await readyReplicas()) < replicas && performance.now() - began < limitMs) {
  await new Promise(resolve => setTimeout(resolve, 5))
}
const wallMs = performance.now() - began
const heapMb = process.memoryUsage().heapUsed / 2 ** 20
console.log(
  JSON.stringify(
    ready >= replicas
      ? { wallMs, heapMb }
      : { error: `${ready} of ${replicas} ready after ${Math.round(wallMs)} ms` },
  ),
)
process.exit(0)
