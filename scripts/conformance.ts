// npm run conformance -- [--seed N | --seeds N,N…] [--recordings DIR] [--corpus DIR] [--out RESULTS.jsonl] [--only TEXT]
//                        [--misses [N]] [--check | --accept]
//
// Runs the reference cases, each in a fresh world of the seed (1 where none is given), and prints matched / total by area.
// Under several seeds it prints the mean, and what each of them gave; a miss says under which seeds it is one. --out writes
// what came out under the one seed, for compare.mjs. --check runs the seeds of the committed figures (tests/conformance.json;
// with --seeds some of them, as in npm test) and fails where the mean of an area is below all of its committed figures;
// --accept commits to what it finds.
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { readCases, readCorpus } from './conformance/cases.ts'
import type { Result } from './conformance/run.ts'
import { type Figures, type Miss, mean, score, together } from './conformance/score.ts'
import { misused, readOptions } from './lib/options.ts'

const reference = join(import.meta.dirname, '..', 'tests', 'reference')
const reasonsFile = join(import.meta.dirname, '..', 'tests', 'conformance-reasons.json')
const figuresFile = join(import.meta.dirname, '..', 'tests', 'conformance.json')
const { values: options } = readOptions(import.meta.filename, {
  args: process.argv
    .slice(2)
    .map((a, i, all) => (a === '--misses' && !/^\d+$/.test(all[i + 1] ?? '') ? '--misses=20' : a)),
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string' },
    recordings: { type: 'string', default: join(reference, 'recordings') },
    corpus: { type: 'string', default: join(reference, 'corpus') },
    out: { type: 'string' },
    only: { type: 'string', default: '' },
    misses: { type: 'string', default: '0' },
    check: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
})

const committed: { seeds: number[]; areas: Figures } = JSON.parse(readFileSync(figuresFile, 'utf8'))
const seeds = readSeeds()
if (options.out && seeds.length > 1) misused(import.meta.filename, '--out takes the results of one seed')
const cases = readCases(options.recordings, options.only)
const corpus = readCorpus(options.corpus, options.only)
const total = cases.length * seeds.length + corpus.length
if (total === 0) fail(`nothing matches --only ${options.only}`)

const results = await run()
if (options.out)
  writeFileSync(
    options.out,
    results
      .get(seeds[0]!)!
      .map(each => `${JSON.stringify(each)}\n`)
      .join(''),
  )
const scores = seeds.map((seed, i) => score(cases, i === 0 ? corpus : [], results.get(seed)!))
const figures = together(scores.map(each => each.areas))

/** Each miss once, as it looks under the first seed that misses, and the seeds that do. */
const misses = new Map<string, Miss & { seeds: number[] }>()
for (const [i, each] of scores.entries())
  for (const miss of each.misses) {
    const known = misses.get(miss.where)
    if (known) known.seeds.push(seeds[i]!)
    else misses.set(miss.where, { ...miss, seeds: [seeds[i]!] })
  }
/** ` (seeds 2, 3)` where a step holds under others; nothing where it never does, or only one seed ran it. */
const under = (miss: Miss & { seeds: number[] }) =>
  miss.where.startsWith('corpus/') || miss.seeds.length === seeds.length
    ? ''
    : ` (missed under ${miss.seeds.join(', ')} of ${seeds.join(', ')})`

for (const miss of [...misses.values()].slice(0, Number(options.misses))) {
  console.log(`\n✗ ${miss.where}${under(miss)}: ${miss.what}`)
  const want = miss.expected.split('\n')
  const got = miss.actual.split('\n')
  const only = (lines: string[], other: string[]) => lines.filter(line => !other.includes(line)).slice(0, 12)
  for (const line of only(want, got)) console.log(`  - ${line.slice(0, 1000)}`)
  for (const line of only(got, want)) console.log(`  + ${line.slice(0, 1000)}`)
}
const crashes = seeds.flatMap(seed =>
  results.get(seed)!.flatMap(result => ('failure' in result ? [{ ...result, seed }] : [])),
)
for (const { failure, error, seed } of crashes.slice(0, 10))
  console.log(`\n! ${failure} (seed ${seed}) stopped: ${error.split('\n').slice(0, 6).join('\n')}`)
if (options.misses !== '0' || crashes.length) console.log()

for (const [area, { matched, total }] of Object.entries(figures).sort(([a], [b]) => (a < b ? -1 : 1))) {
  const middle = mean(matched)
  const figure = Number.isInteger(middle) ? String(middle) : middle.toFixed(1)
  const each = matched.length > 1 ? `  (${matched.join(' ')})` : ''
  console.log(
    `${area.padEnd(44)} ${figure.padStart(6)} / ${String(total).padStart(6)}  ${((100 * middle) / total).toFixed(1).padStart(5)} %${each}`,
  )
}

listReasons()
if (options.accept) accept()
if (options.check) check()
if (crashes.length) fail(`${crashes.length} cases stopped with an error of the simulator itself`)

function readSeeds(): number[] {
  const { seed, seeds, check, accept } = options
  if (seed !== undefined && seeds !== undefined)
    misused(import.meta.filename, '--seed and --seeds exclude each other')
  const text = seed ?? seeds
  if (text === undefined) return check || accept ? committed.seeds : [1]
  if (!/^\d+(,\d+)*$/.test(text)) misused(import.meta.filename, `not a list of seeds: ${text}`)
  return [...new Set(text.split(',').map(Number))]
}

async function run(): Promise<Map<number, Result[]>> {
  const threads = Math.max(1, Math.min(availableParallelism(), 8, total))
  const all = new Map<number, Result[]>(seeds.map(seed => [seed, []]))
  let done = 0
  let told = performance.now()
  const workers = Array.from({ length: threads }, (_, index) => {
    const { recordings, corpus, only } = options
    const worker = new Worker(new URL('./conformance/worker.ts', import.meta.url), {
      workerData: { recordings, corpus, only, seeds, index, of: threads },
    })
    worker.on('message', (message: { seed: number; done: number; results: Result[] }) => {
      all.get(message.seed)!.push(...message.results)
      done += message.done
      if (performance.now() - told > 2000) {
        told = performance.now()
        process.stderr.write(`conformance: ${done} of ${total} cases\n`)
      }
    })
    return new Promise<void>((resolve, reject) => {
      worker.on('error', reject)
      worker.on('exit', () => resolve())
    })
  })
  await Promise.all(workers)
  return all
}

/** Every miss with its reason (tests/conformance-reasons.json: a step, a line or a whole case by name), those alike together. */
function listReasons() {
  if (misses.size === 0) return
  const reasons: Record<string, string> = JSON.parse(readFileSync(reasonsFile, 'utf8'))
  const groups = new Map<string, string[]>()
  for (const miss of misses.values()) {
    const { where } = miss
    const reason =
      reasons[where] ?? reasons[where.replace(/ (?:step|line) \d+$/, '')] ?? 'no reason is known yet'
    groups.set(reason, [...(groups.get(reason) ?? []), `${where}${under(miss)}`])
  }
  console.log(`\n${misses.size} misses, by reason:`)
  for (const [reason, places] of [...groups].sort(([, a], [, b]) => b.length - a.length))
    console.log(`  ${reason} (${places.length})\n    ${places.join('\n    ')}`)
}

/** Results of a part of the cases say nothing about whole areas. */
function wholeRun(flag: string) {
  if (options.only) fail(`${flag} needs a whole run, without --only`)
}

function accept() {
  wholeRun('--accept')
  const lines = Object.entries(figures)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([area, { matched, total }]) =>
        `    ${JSON.stringify(area)}: { "matched": [${matched.join(', ')}], "total": ${total} }`,
    )
  writeFileSync(
    figuresFile,
    `{\n  "seeds": [${seeds.join(', ')}],\n  "areas": {\n${lines.join(',\n')}\n  }\n}\n`,
  )
}

/**
 * The mean of an area may not fall below the worst of the figures committed to. Where several seeds run, other draws from
 * the same distributions are no fault: less than one step, or half a percent of a large area, is chance.
 */
function check() {
  wholeRun('--check')
  let passed = 0
  const below: string[] = []
  for (const [area, { matched, total }] of Object.entries(committed.areas)) {
    const now = mean(figures[area]?.matched ?? [0])
    const chance = matched.length > 1 ? Math.max(0.99, total / 200) : 0
    if (now >= Math.min(...matched) - chance) passed++
    else below.push(`${area}: ${now.toFixed(1)} matched in the mean, ${matched.join(', ')} before`)
  }
  for (const line of below) console.log(`✗ ${line}`)
  console.log(`${passed} passed, ${below.length} failed`)
  if (below.length) process.exitCode = 1
}

function fail(message: string): never {
  console.error(`conformance: ${message}`)
  process.exit(1)
}
