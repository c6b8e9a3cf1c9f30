// Random sessions, one after another: `npm run soak` (-- --inputs 100000 --seed 1 --length 40 --session N --shrink). Counts
// throws, hangs over half a second of CPU, wedged controllers and terminals, JavaScript's words in outputs, and sessions
// that do not replay to equal bytes: all must be 0. A finding names its session; `--session N` plays that one alone, and
// `--shrink` leaves away what it does not need. Without `--inputs` and `--session` it goes on with the whole sets of which
// `npm test` tries samples (tests/sample.ts).
import '../src/parts/preload.ts'
import { parseArgs } from 'node:util'
import type { WorldInput } from '../src/lesson/input.ts'
import { type Finding, play, replay } from '../tests/soak/session.ts'
import { requireNode } from './lib/node-version.ts'
import { run } from './lib/run.ts'

requireNode()
const { values } = parseArgs({
  options: {
    inputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    length: { type: 'string', default: '40' },
    session: { type: 'string' },
    shrink: { type: 'boolean', default: false },
  },
})
const length = Number(values.length)
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** How many times slower the processor is just now than a quiet one, which takes 25 ms for this; at least 1. */
function pace(): number {
  const before = cpu()
  let x = 1
  for (let i = 0; i < 2.5e7; i++) x = (Math.imul(x, 31) + i) | 0
  return Math.max(1, (cpu() - before) / (x === 0 ? 26 : 25))
}

/** Leaves away inputs as long as the same kind of thing is found. */
function shrunk(inputs: readonly WorldInput[], seed: number, { kind, what }: Finding): readonly WorldInput[] {
  const begins = what.slice(0, 30)
  const fails = (tried: readonly WorldInput[]) =>
    replay(tried, { seed, length, cpu, pace }).findings.some(
      each => each.kind === kind && (kind === 'hang' || each.what.slice(0, 30) === begins),
    )
  let left = inputs
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < left.length; ) {
      const tried = [...left.slice(0, at), ...left.slice(at + size)]
      if (tried.length && fails(tried)) left = tried
      else at += size
    }
  return left
}

const counts: Record<Finding['kind'], number> = { throw: 0, hang: 0, wedged: 0, words: 0, unequal: 0 }
const sessions = values.session ? 1 : Math.ceil(Number(values.inputs ?? 100_000) / length)
let inputs = 0
for (let i = 0; i < sessions; i++) {
  const session = values.session ? Number(values.session) : Number(values.seed) * 1_000_000 + i
  const played = play({ seed: session, length, cpu, pace, again: true })
  inputs += played.inputs.length
  for (const finding of played.findings) {
    counts[finding.kind]++
    console.log(`session ${session}, input ${finding.at}: ${finding.kind}: ${finding.what}`)
    console.log(`  ${JSON.stringify(played.inputs[finding.at])}`)
    if (values.shrink && finding.kind !== 'unequal')
      for (const each of shrunk(played.inputs.slice(0, finding.at + 1), session, finding))
        console.log(`    ${JSON.stringify(each)}`)
  }
  if (i % 25 === 24) console.error(`${inputs} inputs, ${JSON.stringify(counts)}`)
}
console.log(`${inputs} inputs in ${sessions} sessions: ${JSON.stringify(counts)}`)
process.exitCode = Object.values(counts).some(count => count > 0) ? 1 : 0

const wholeSets = [
  [
    'vitest',
    'run',
    'tests/parts.test.ts',
    'tests/exercises.test.ts',
    'tests/determinism.test.ts',
    'tests/drills.test.ts',
    'src/lesson/fuzz.test.ts',
    'src/lesson/foreign.test.ts',
    'src/site/worker/foreign.test.ts',
  ],
  ['vitest', 'run', '--config', 'tests/rare-code/vitest.config.ts'],
  ['vitest', 'run', '--config', 'tests/site/vitest.config.ts'],
] as const
if (values.inputs === undefined && values.session === undefined)
  for (const [command, ...args] of wholeSets) {
    const { code } = await run(command, args, { env: { WHOLE_SETS: '1' }, show: '' })
    if (code !== 0) process.exitCode = 1
  }
