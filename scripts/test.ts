// All tests of the project, in stages: `npm test`, or `npm test -- unit browser` for some of them. Two stages go on at a
// time, of which one may be wide. Every stage prints how it went and how long it took; at the end everything that failed is
// named once more, and the last line sums up.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { failedTests, lastLines, type Report } from './lib/failures.ts'
import { requireNode } from './lib/node-version.ts'
import { elapsed, stage } from './lib/progress.ts'
import { root, run } from './lib/run.ts'

interface Count {
  passed: number
  failed: number
}

interface Outcome extends Count {
  /** What failed, in lines for the end. */
  readonly failures: readonly string[]
}

interface Stage {
  /** It divides its work among all cores, one such at a time; the others keep one busy. */
  readonly wide?: boolean
  /** Begins when that one has ended. */
  readonly after?: string
  readonly work: (name: string) => Promise<Outcome>
}

requireNode()
const scratch = mkdtempSync(join(tmpdir(), 'living-kubernetes-'))
process.env.LIVING_KUBERNETES_MEASURED = join(scratch, 'measured')

/** A command that failed is at least one failure, and says something of it. */
const outcome = (
  code: number,
  { passed, failed }: Count,
  failures: readonly string[],
  output: string,
): Outcome => {
  if (code === 0) return { passed, failed, failures }
  return { passed, failed: Math.max(failed, 1), failures: failures.length ? failures : lastLines(output) }
}

/** A script whose last `N passed, N failed` line counts; without one it is a single check. */
const script =
  (command: string, ...args: string[]) =>
  async (name: string): Promise<Outcome> => {
    const { code, output } = await run(command, args, { show: `${name}: ` })
    const last = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1)
    const count = last
      ? { passed: Number(last[1]), failed: Number(last[2]) }
      : { passed: code === 0 ? 1 : 0, failed: 0 }
    return outcome(code, count, [], output)
  }

const vitest =
  (...args: string[]) =>
  async (name: string): Promise<Outcome> => {
    const file = join(scratch, `${name}.json`)
    const { code, output } = await run(
      'vitest',
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
      { show: `${name}: ` },
    )
    if (!existsSync(file)) return { passed: 0, failed: 1, failures: lastLines(output) }
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report
    const count = { passed: report.numPassedTests, failed: report.numFailedTests }
    return outcome(code, count, failedTests(report, root), output)
  }

const stages: Record<string, Stage> = {
  build: { work: script('node', 'scripts/build.ts', '--hold-sizes') },
  // Early enough that the build finds what the lessons ask for, and plays none of them again.
  examples: { work: script('node', 'scripts/examples.ts') },
  lint: { work: script('biome', 'check', '--error-on-warnings') },
  imports: { work: script('node', 'scripts/check-imports.ts') },
  generated: { work: script('node', 'scripts/check-generated.ts') },
  // Late enough to take up what the build has measured.
  'rare-code': { work: vitest('--config', 'tests/rare-code/vitest.config.ts') },
  // Both have Astro write down its types.
  types: { after: 'build', work: script('node', 'scripts/types.ts') },
  unit: { wide: true, work: vitest('--exclude', 'tests/site/**') },
  conformance: { wide: true, work: script('node', 'scripts/conformance.ts', '--check') },
  browser: {
    wide: true,
    after: 'build',
    work: vitest('--config', 'tests/site/vitest.config.ts'),
  },
}

const asked = process.argv.slice(2)
for (const name of asked) {
  if (name in stages) continue
  console.error(`No stage is called ${name}. Stages: ${Object.keys(stages).join(', ')}`)
  process.exit(2)
}

const total: Count = { passed: 0, failed: 0 }
/** The stages that failed, with what they say about it. */
const bad = new Map<string, readonly string[]>()

async function perform(name: string): Promise<void> {
  const each = stage(name)
  const { passed, failed, failures } = await stages[name]!.work(name)
  total.passed += passed
  total.failed += failed
  if (failed) bad.set(name, failures)
  each.end(`${name}: ${passed} passed, ${failed} failed`)
}

try {
  const waiting = Object.keys(stages).filter(name => !asked.length || asked.includes(name))
  const lanes = Math.min(2, availableParallelism())
  const running = new Map<string, Promise<void>>()
  const ready = (name: string): boolean => {
    const { wide, after } = stages[name]!
    if (after && (waiting.includes(after) || running.has(after))) return false
    return !wide || ![...running.keys()].some(other => stages[other]!.wide)
  }
  while (waiting.length || running.size) {
    // The first that can begin. Beside one that keeps one core busy even a wide one does: what is over early leaves no
    // core idle.
    const next = running.size < lanes ? waiting.find(ready) : undefined
    if (next) {
      waiting.splice(waiting.indexOf(next), 1)
      running.set(
        next,
        perform(next).finally(() => running.delete(next)),
      )
    } else await Promise.race(running.values())
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
for (const [name, failures] of bad) console.log(`\n${[`Failed in ${name}:`, ...failures].join('\n')}`)
console.log(`\n${bad.size ? `Failed: ${[...bad.keys()].join(', ')}` : 'All passed'}, ${elapsed()}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed ? 1 : 0
