// Manifests validated per second: the diagnostics of the editor (text in, marked lines out) and the API server's own
// checks (a dry-run create). Prints one line of JSON.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCluster } from '../../src/cluster/cluster.ts'
import '../../src/parts/preload.ts'
import { diagnose } from '../../src/manifest/diagnose.ts'

const text = readFileSync(
  join(import.meta.dirname, '..', '..', 'examples', '04-deployment', 'deployment-readiness.yaml'),
  'utf8',
)
const corpus = readFileSync(
  join(import.meta.dirname, '..', '..', 'tests', 'reference', 'corpus', 'create.jsonl'),
  'utf8',
)
const requests = corpus
  .trim()
  .split('\n')
  .map(line => JSON.parse(line))

function perSecond(count: number, work: (i: number) => void): number {
  for (let i = 0; i < count / 4; i++) work(i)
  const began = performance.now()
  for (let i = 0; i < count; i++) work(i)
  return (1000 * count) / (performance.now() - began)
}

const { api } = createCluster({ seed: 1, epoch: 1_795_430_000_000 })
const result = {
  'a Deployment, as text in the editor': perSecond(2000, () => diagnose(text)),
  'damaged objects, dry-run create': perSecond(requests.length, i => {
    const { method, path, body } = requests[i]
    const [route, search = ''] = path.split('?')
    api.handle({ method, path: route, query: Object.fromEntries(new URLSearchParams(search)), body })
  }),
}
console.log(JSON.stringify(result))
