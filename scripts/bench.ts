// npm run bench -- [--json FILE] [--fast]
//
// Measures speed and size and prints them, as ratios where there is something to compare with. It judges nothing: targets
// stand beside the figures, and a slow machine is no failure.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readOptions } from './lib/options.ts'

const root = join(import.meta.dirname, '..')
const { values: options } = readOptions(import.meta.filename, {
  options: { json: { type: 'string' }, fast: { type: 'boolean', default: false } },
})
const figures: Record<string, unknown> = {}

interface Rollout {
  wallMs: number
  cpuMs: number
  virtualMs: number
  heapMb: number
  microsecondsPerPod: number
}

section('Replicas until all are Ready', 'replicas   wall        CPU         virtual     heap      per pod')
const rollouts = new Map<number, Rollout>()
for (const replicas of [10, 100, 500, 1000, 5000]) {
  const each = child<Rollout>('replicas.ts', String(replicas))
  rollouts.set(replicas, each)
  figures[`replicas ${replicas}`] = each
  row([
    [replicas, 8],
    [`${each.wallMs.toFixed(0)} ms`, 10],
    [`${each.cpuMs.toFixed(0)} ms`, 10],
    [`${(each.virtualMs / 1000).toFixed(1)} s`, 11],
    [`${each.heapMb.toFixed(0)} MB`, 9],
    [`${each.microsecondsPerPod.toFixed(0)} µs`, 9],
  ])
}

section('Beside @ngrok/webernetes 0.3.5', 'replicas   theirs      ours        ratio     target')
for (const [replicas, target] of [
  [100, 50],
  [500, 200],
] as const) {
  if (options.fast && replicas > 100) continue
  const theirs = child<{ wallMs?: number; error?: string }>('webernetes.ts', String(replicas), '300000')
  const ours = rollouts.get(replicas)!.wallMs
  const ratio = theirs.wallMs === undefined ? undefined : theirs.wallMs / ours
  figures[`ratio ${replicas}`] = ratio ?? theirs.error
  row([
    [replicas, 8],
    [theirs.wallMs === undefined ? theirs.error! : `${theirs.wallMs.toFixed(0)} ms`, 10],
    [`${ours.toFixed(0)} ms`, 11],
    [ratio === undefined ? '-' : `${ratio.toFixed(0)}×`, 10],
    [`${target}×`, 10],
  ])
}

section(
  'Ten pods a node until all are Ready',
  'nodes      pods      wall        virtual     heap      per pod',
)
for (const nodes of options.fast ? [10, 100] : [10, 100, 1000]) {
  const each = child<Rollout & { pods: number }>('many-nodes.ts', String(nodes))
  figures[`nodes ${nodes}`] = each
  row([
    [nodes, 5],
    [each.pods, 9],
    [`${each.wallMs.toFixed(0)} ms`, 10],
    [`${(each.virtualMs / 1000).toFixed(1)} s`, 10],
    [`${each.heapMb.toFixed(0)} MB`, 8],
    [`${each.microsecondsPerPod.toFixed(0)} µs`, 9],
  ])
}

section('One virtual hour of crash loops', 'pods    restarts   wall        heap      per restart')
for (const pods of options.fast ? [50] : [50, 500]) {
  const each = child<{ restarts: number; wallMs: number; heapMb: number }>('crash-loop.ts', String(pods))
  figures[`crash loops ${pods}`] = each
  row([
    [pods, 4],
    [each.restarts, 10],
    [`${each.wallMs.toFixed(0)} ms`, 10],
    [`${each.heapMb.toFixed(0)} MB`, 8],
    [`${((1000 * each.wallMs) / each.restarts).toFixed(0)} µs`, 11],
  ])
}

section('Manifests', 'what                              per second')
for (const [name, perSecond] of Object.entries(child<Record<string, number>>('manifests.ts'))) {
  figures[name] = perSecond
  row([
    [name.padEnd(32), 0],
    [Math.round(perSecond).toLocaleString('en'), 12],
  ])
}

section('API operations', 'objects    create/s    patch/s     get/s       list µs/object   watch µs/event')
for (const each of child<Record<string, number>[]>('operations.ts')) {
  figures[`operations ${each.objects}`] = each
  row([
    [each.objects!, 7],
    [Math.round(each.create!).toLocaleString('en'), 12],
    [Math.round(each.patch!).toLocaleString('en'), 11],
    [Math.round(each.get!).toLocaleString('en'), 12],
    [each.list!.toFixed(2), 15],
    [each.watch!.toFixed(2), 17],
  ])
}

section('Sizes (gzip)', 'what                              bytes       target')
const dist = join(root, 'dist')
if (!existsSync(join(dist, 'index.html')))
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: true })
for (const [name, bytes, target] of sizes()) {
  figures[name] = bytes
  row([
    [name.padEnd(32), 0],
    [bytes.toLocaleString('en'), 12],
    [target, 12],
  ])
}

if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`)

/** Each measurement in a fresh process, so that none inherits another's warm code or heap. */
function child<T>(file: string, ...args: string[]): T {
  const script = join(import.meta.dirname, 'bench', file)
  const run = spawnSync(process.execPath, ['--expose-gc', script, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const line = run.stdout.trim().split('\n').at(-1) ?? ''
  if (run.status !== 0 || !line)
    throw new Error(`${file} ${args.join(' ')} failed:\n${run.stderr.slice(-2000)}`)
  return JSON.parse(line) as T
}

function* sizes(): Generator<[name: string, bytes: number, target: string]> {
  const gz = (path: string) => gzipSync(readFileSync(path), { level: 9 }).length
  const files = (dir: string): string[] =>
    readdirSync(dir).flatMap(name => {
      const path = join(dir, name)
      return statSync(path).isDirectory() ? files(path) : [path]
    })
  const lesson = join(dist, 'en', '04-deployment', '04-roll-back', 'index.html')
  const html = readFileSync(lesson, 'utf8')
  const text = html.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]+>/g, '')
  const linked = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, path]) => path!)
  const assets = [...new Set(linked)].map(path =>
    files(dist).find(file => path.endsWith(file.slice(dist.length).replaceAll('\\', '/'))),
  )
  const total = gz(lesson) + assets.reduce((sum, file) => sum + (file ? gz(file) : 0), 0)
  yield ['lesson page, all before a click', total, '']
  yield ['  over its text', total - gzipSync(text, { level: 9 }).length, '≤ 15,360']
  yield ['  requests before a click', 1 + assets.length, '≤ 4']
  yield [
    'lab bundle (as last committed)',
    JSON.parse(readFileSync(join(root, 'tests', 'sizes.json'), 'utf8')).lab,
    '≤ 143,360',
  ]
  const schema = files(join(root, 'src', 'kinds', 'schema')).filter(
    file => !/description|types\.ts/.test(file),
  )
  yield ['schema tables', schema.reduce((sum, file) => sum + gz(file), 0), '']
}

function section(title: string, head: string) {
  console.log(`\n${title}\n${head}`)
}

function row(cells: [value: string | number, width: number][]) {
  console.log(cells.map(([value, width]) => String(value).padStart(width)).join('  '))
}
