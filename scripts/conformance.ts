// npm run conformance -- [--recordings DIR] [--corpus DIR] [--out RESULTS.jsonl] [--only TEXT] [--misses [N]] [--check | --accept]
//
// Runs the reference cases, each in a fresh world, and prints matched / total by area. --out writes what came out, for
// compare.mjs. --check fails where an area is below the committed figures (tests/conformance.json); --accept commits to these.
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { readCases, readCorpus } from './conformance/cases.ts'
import type { Result } from './conformance/run.ts'
import { type Score, score } from './conformance/score.ts'
import { readOptions } from './lib/options.ts'

const reference = join(import.meta.dirname, '..', 'tests', 'reference')
const reasonsFile = join(import.meta.dirname, '..', 'tests', 'conformance-reasons.json')
const figuresFile = join(import.meta.dirname, '..', 'tests', 'conformance.json')
const { values: options } = readOptions(import.meta.filename, {
  args: process.argv
    .slice(2)
    .map((a, i, all) => (a === '--misses' && !/^\d+$/.test(all[i + 1] ?? '') ? '--misses=20' : a)),
  options: {
    recordings: { type: 'string', default: join(reference, 'recordings') },
    corpus: { type: 'string', default: join(reference, 'corpus') },
    out: { type: 'string' },
    only: { type: 'string', default: '' },
    misses: { type: 'string', default: '0' },
    check: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
})

const cases = readCases(options.recordings, options.only)
const corpus = readCorpus(options.corpus, options.only)
const total = cases.length + corpus.length
if (total === 0) fail(`nothing matches --only ${options.only}`)

const results = await run()
if (options.out) writeFileSync(options.out, results.map(result => `${JSON.stringify(result)}\n`).join(''))
const { areas, misses } = score(cases, corpus, results)

for (const miss of misses.slice(0, Number(options.misses))) {
  console.log(`\n✗ ${miss.where}: ${miss.what}`)
  const want = miss.expected.split('\n')
  const got = miss.actual.split('\n')
  const only = (lines: string[], other: string[]) => lines.filter(line => !other.includes(line)).slice(0, 12)
  for (const line of only(want, got)) console.log(`  - ${line.slice(0, 1000)}`)
  for (const line of only(got, want)) console.log(`  + ${line.slice(0, 1000)}`)
}
const crashes = results.filter(result => 'failure' in result)
for (const crash of crashes.slice(0, 10))
  console.log(`\n! ${crash.failure} stopped: ${crash.error.split('\n').slice(0, 6).join('\n')}`)
if (options.misses !== '0' || crashes.length) console.log()

for (const [area, { matched, total }] of Object.entries(areas).sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(
    `${area.padEnd(44)} ${String(matched).padStart(6)} / ${String(total).padStart(6)}  ${((100 * matched) / total).toFixed(1).padStart(5)} %`,
  )

listReasons()
if (options.accept) accept(areas)
if (options.check) check(areas)
if (crashes.length) fail(`${crashes.length} cases stopped with an error of the simulator itself`)

async function run(): Promise<Result[]> {
  const threads = Math.max(1, Math.min(availableParallelism(), 8, total))
  const all: Result[] = []
  let done = 0
  let told = performance.now()
  const workers = Array.from({ length: threads }, (_, index) => {
    const { recordings, corpus, only } = options
    const worker = new Worker(new URL('./conformance/worker.ts', import.meta.url), {
      workerData: { recordings, corpus, only, index, of: threads },
    })
    worker.on('message', (message: { done: number; results: Result[] }) => {
      all.push(...message.results)
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
  if (misses.length === 0) return
  const reasons: Record<string, string> = JSON.parse(readFileSync(reasonsFile, 'utf8'))
  const groups = new Map<string, string[]>()
  for (const { where } of misses) {
    const reason =
      reasons[where] ?? reasons[where.replace(/ (?:step|line) \d+$/, '')] ?? 'no reason is known yet'
    groups.set(reason, [...(groups.get(reason) ?? []), where])
  }
  console.log(`\n${misses.length} misses, by reason:`)
  for (const [reason, places] of [...groups].sort(([, a], [, b]) => b.length - a.length))
    console.log(`  ${reason} (${places.length})\n    ${places.join('\n    ')}`)
}

/** Results of a part of the cases say nothing about whole areas. */
function wholeRun(flag: string) {
  if (options.only) fail(`${flag} needs a whole run, without --only`)
}

function accept(areas: Score) {
  wholeRun('--accept')
  const lines = Object.entries(areas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([area, { matched, total }]) =>
        `  ${JSON.stringify(area)}: { "matched": ${matched}, "total": ${total} }`,
    )
  writeFileSync(figuresFile, `{\n${lines.join(',\n')}\n}\n`)
}

function check(areas: Score) {
  wholeRun('--check')
  const figures: Score = JSON.parse(readFileSync(figuresFile, 'utf8'))
  let passed = 0
  const below: string[] = []
  for (const [area, { matched: before }] of Object.entries(figures)) {
    const matched = areas[area]?.matched ?? 0
    if (matched >= before) passed++
    else below.push(`${area}: ${matched} matched, ${before} before`)
  }
  for (const line of below) console.log(`✗ ${line}`)
  console.log(`${passed} passed, ${below.length} failed`)
  if (below.length) process.exitCode = 1
}

function fail(message: string): never {
  console.error(`conformance: ${message}`)
  process.exit(1)
}
