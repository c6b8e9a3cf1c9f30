// The same deployment on @ngrok/webernetes, for the ratio that the benchmark prints. Run as a process of its own:
// node webernetes.ts REPLICAS [sizes of the rollouts before it] → one line of JSON {threadMs}: CPU of this thread, with
// the creation of the cluster (or {error}).
import { registerHooks } from 'node:module'
import { threadCpu } from './thread-cpu.ts'

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
const [size, before = 'none'] = process.argv.slice(2)
const replicas = Number(size)
/** Of one rollout, ms: it runs on the real clock, so pods take as long as its own delays and its own work. */
const limitMs = 300_000

class Hello extends BaseImage {
  static readonly imageName = 'hello'
  static readonly imageVersion = 'v1'
  readonly defaultCommand = ['server']
  async exec(context: any): Promise<number> {
    context.listenHttp(3000, async () => ({ statusCode: 200, body: 'hello' }))
    return await context.waitUntilKilled()
  }
}

async function rollOut(count: number): Promise<{ threadMs: number } | { error: string }> {
  const thread = threadCpu()
  // Its nodes take 110 pods each, as ours do.
  const cluster = new Cluster({ nodes: Math.max(3, Math.ceil(count / 100)) })
  cluster.registerImage(Hello)
  await cluster.init()
  const began = performance.now()
  await cluster.apply([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: count,
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
  while ((ready = await readyReplicas()) < count && performance.now() - began < limitMs)
    await new Promise(resolve => setTimeout(resolve, 50))
  const threadMs = threadCpu() - thread
  await cluster.close()
  if (ready < count) return { error: `${ready} of ${count} ready after ${limitMs / 1000} s` }
  return { threadMs }
}

if (before !== 'none') for (const count of before.split(',').map(Number)) await rollOut(count)
console.log(JSON.stringify(await rollOut(replicas)))
process.exit(0)
