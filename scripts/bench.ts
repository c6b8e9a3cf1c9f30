// npm run bench -- [--json FILE] [--fast]
//
// Measures speed and size and prints them, as ratios where there is something to compare with. It judges nothing: targets
// stand beside the figures, and a slow machine is no failure. Where other work goes on beside it, it says so.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { firstLoad, workerFile } from './lib/first-load.ts'
import { lessonLengths } from './lib/lesson-lengths.ts'
import { readOptions } from './lib/options.ts'
import { bundle } from './package/bundle.ts'

const root = join(import.meta.dirname, '..')
const { values: options } = readOptions(import.meta.filename, {
  options: { json: { type: 'string' }, fast: { type: 'boolean', default: false } },
})
const figures: Record<string, unknown> = {}

interface Rollout {
  wallMs: number
  cpuMs: number
  threadMs: number
  virtualMs: number
  heapMb: number
  microsecondsPerPod: number
}

tellLoad()
section('Replicas until all are Ready', 'replicas   wall        CPU         virtual     heap      per pod')
const rollouts = new Map<number, Rollout>()
for (const replicas of options.fast ? [10, 100, 500, 1000] : [10, 100, 500, 1000, 5000, 10_000]) {
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

const most = [...rollouts.keys()].at(-1)!
const [few, many] = [rollouts.get(100)!, rollouts.get(most)!]
const growth = (100 * many.threadMs * 100) / (few.threadMs * most) - 100
const heapEach = (1024 * many.heapMb) / most
figures['growth per pod'] = growth
figures['heap per pod'] = heapEach
console.log(
  `a pod of ${most} costs ${growth.toFixed(0)} % more than one of 100 (CPU; target ≤ 25 %) and keeps ${heapEach.toFixed(0)} KB of heap (≤ 34 KB)`,
)

// Theirs is the JavaScript of its package; so is ours.
const packaged = mkdtempSync(join(tmpdir(), 'living-kubernetes-bench-'))
process.on('exit', () => rmSync(packaged, { recursive: true, force: true }))
await bundle({ replicas: 'scripts/bench/replicas.ts' }, packaged)
section(
  'Beside @ngrok/webernetes 0.3.5, both as packages: CPU of the thread with the creation of the cluster, median of three',
  'replicas          theirs      ours        ratio     target',
)
for (const [replicas, before, target] of [
  [100, '50,50', 35],
  [500, '50,50', 80],
  [100, 'none', 20],
] as const) {
  if (options.fast && replicas > 100) continue
  const theirs: number[] = []
  const ours: number[] = []
  let failed: string | undefined
  for (let i = 0; i < 3 && !failed; i++) {
    const other = child<{ threadMs?: number; error?: string }>('webernetes.ts', String(replicas), before)
    failed = other.error
    if (other.threadMs !== undefined) theirs.push(other.threadMs)
    ours.push(child<Rollout>(join(packaged, 'replicas.js'), String(replicas), before).threadMs)
  }
  const ratio = failed ? undefined : median(theirs) / median(ours)
  const name = `${replicas}, ${before === 'none' ? 'cold' : 'warm'}`
  figures[`ratio ${name}`] = ratio ?? failed
  row([
    [name.padEnd(9), 9],
    [failed ?? `${median(theirs).toFixed(0)} ms`, 16],
    [`${median(ours).toFixed(0)} ms`, 11],
    [ratio === undefined ? '-' : `${ratio.toFixed(1)}×`, 10],
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

const dist = join(root, 'dist')
if (!existsSync(join(dist, 'index.html')))
  execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: true })
const lengths = lessonLengths(dist)
const first = lengths[0]![0]
const longest = lengths.reduce((most, each) => (each[1] > most[1] ? each : most))[0]

section(
  'What a reader waits for: CPU of the worker',
  'what                                                   ms       target',
)
const waits = child<Record<'prompt' | 'output' | 'first' | 'typed', number>>('lab.ts', dist, first)
const { back, commands } = child<{ back: number; commands: number }>('lab.ts', dist, longest)
for (const [name, ms, target] of [
  ['the lab opens → first prompt', waits.prompt, ''],
  ['Run → first output, four times as slow a processor', 4 * waits.output, '< 1000'],
  ['Enter → output of kk get pods, the first time', waits.first, '< 50'],
  ['Enter → output of kk get pods', waits.typed, '< 50'],
  [`Back in ${longest} (${commands} commands)`, back, '< 100'],
] as const) {
  figures[name] = ms
  row([
    [name.padEnd(50), 0],
    [ms < 10 ? ms.toFixed(1) : ms.toFixed(0), 8],
    [target, 11],
  ])
}

section(
  'The map while 500 pods start: CPU of the page for a frame',
  'what                                                   ms       target',
)
const map = child<Record<'frames' | 'mean' | 'slow', number>>('map.ts', dist, '500')
for (const [name, ms, target] of [
  [`mean of ${map.frames} frames`, map.mean, '< 16'],
  ['of twenty frames all but one are under', map.slow, ''],
] as const) {
  figures[`map: ${name.replace(/\d+ /, '')}`] = ms
  row([
    [name.padEnd(50), 0],
    [ms.toFixed(1), 8],
    [target, 11],
  ])
}

section('Sizes (gzip)', 'what                                        bytes       target')
for (const [name, bytes, target] of await sizes()) {
  figures[name] = bytes
  row([
    [name.padEnd(40), 0],
    [bytes.toLocaleString('en'), 9],
    [target, 13],
  ])
}
tellLoad()

if (options.json) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`)

/** Each measurement in a fresh process, so that none inherits another's warm code or heap. */
function child<T>(file: string, ...args: string[]): T {
  const script = resolve(import.meta.dirname, 'bench', file)
  const run = spawnSync(process.execPath, ['--expose-gc', script, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const line = run.stdout.trim().split('\n').at(-1) ?? ''
  if (run.status !== 0 || !line)
    throw new Error(`${file} ${args.join(' ')} failed:\n${run.stderr.slice(-2000)}`)
  return JSON.parse(line) as T
}

/** Says so where this process does not get the processor that it asks for. */
function tellLoad() {
  const began = performance.now()
  const cpu = process.cpuUsage()
  while (performance.now() - began < 500);
  const { user, system } = process.cpuUsage(cpu)
  const share = (user + system) / 1000 / (performance.now() - began)
  figures.share = Math.min(share, (figures.share as number) ?? 1)
  if (share < 0.9)
    console.log(
      `\nThis machine is loaded: a process gets ${(100 * share).toFixed(0)} % of a core. Wall times say little, CPU times are too high.`,
    )
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}

interface PageSize {
  readonly total: number
  readonly overText: number
  readonly requests: number
}

function gz(path: string): number {
  return gzipSync(readFileSync(path), { level: 9 }).length
}

/** What is fetched of a page before a click. */
function pageSize(path: string): PageSize {
  const html = readFileSync(path, 'utf8')
  const text = html.replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]+>/g, '')
  const linked = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, path]) => path!)
  const assets = [...new Set(linked)].map(path => join(dist, path))
  const total = gz(path) + assets.reduce((sum, file) => sum + (existsSync(file) ? gz(file) : 0), 0)
  return { total, overText: total - gzipSync(text, { level: 9 }).length, requests: 1 + assets.length }
}

async function sizes(): Promise<[name: string, bytes: number, target: string][]> {
  const page = (name: string, { total, overText, requests }: PageSize): [string, number, string][] => [
    [`${name}, all before a click`, total, ''],
    ['  over its text', overText, '≤ 12,288'],
    ['  requests', requests, '≤ 4'],
  ]
  const lessons = lengths.flatMap(([id]) =>
    ['zh', 'en'].map(language => join(dist, language, id, 'index.html')),
  )
  const heaviest = lessons.map(pageSize).reduce((most, each) => (each.total > most.total ? each : most))
  const main = workerFile(dist)
  const load = main && (await firstLoad(dist, main, first))
  const lab = load ? load.files.map(file => readFileSync(file)) : []
  const sum = (size: (data: Buffer) => number) => lab.reduce((bytes, data) => bytes + size(data), 0)
  const schema = globSync('src/kinds/schema/**/*.ts', { cwd: root })
    .filter(file => !/description|types\.ts/.test(file))
    .map(file => join(root, file))
  return [
    ...page('home page', pageSize(join(dist, 'zh', 'index.html'))),
    ...page('heaviest lesson', heaviest),
    ['the worker’s code up to its first output', sum(data => gzipSync(data, { level: 9 }).length), ''],
    ['  brotli', sum(data => brotliCompressSync(data).length), ''],
    ['the lab up to it (as last committed)', committedSize('lab'), '≤ 204,800'],
    ['  brotli', committedSize('lab-brotli'), '≤ 168,960'],
    ['schema tables', schema.reduce((sum, file) => sum + gz(file), 0), ''],
  ]
}

function committedSize(name: string): number {
  return JSON.parse(readFileSync(join(root, 'tests', 'sizes.json'), 'utf8'))[name]
}

function section(title: string, head: string) {
  console.log(`\n${title}\n${head}`)
}

function row(cells: [value: string | number, width: number][]) {
  console.log(cells.map(([value, width]) => String(value).padStart(width)).join('  '))
}
