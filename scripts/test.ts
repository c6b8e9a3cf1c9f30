// All tests of the project, one stage after another: `npm test`, or `npm test -- unit browser` for some of them. Every
// stage prints how it went and how long it took; the last line sums up.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireNode } from './lib/node-version.ts'
import { elapsed, stage } from './lib/progress.ts'
import { run } from './lib/run.ts'

interface Count {
  passed: number
  failed: number
}

requireNode()
const scratch = mkdtempSync(join(tmpdir(), 'living-kubernetes-'))

/** A script whose last `N passed, N failed` line counts; without one it is a single check. */
const script =
  (command: string, ...args: string[]) =>
  async (): Promise<Count> => {
    const { code, output } = await run(command, args, { show: true })
    const lines = [...output.matchAll(/(\d+) passed, (\d+) failed/g)]
    const last = lines.at(-1)
    if (!last) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
    const failed = Number(last[2])
    return { passed: Number(last[1]), failed: code !== 0 && failed === 0 ? 1 : failed }
  }

const vitest =
  (name: string, ...args: string[]) =>
  async (): Promise<Count> => {
    const report = join(scratch, `${name}.json`)
    const { code } = await run(
      'vitest',
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      { show: true },
    )
    if (!existsSync(report)) return { passed: 0, failed: 1 }
    const counts = JSON.parse(readFileSync(report, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
    }
    const failed = counts.numFailedTests
    return { passed: counts.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed }
  }

const stages: Record<string, () => Promise<Count>> = {
  types: script('node', 'scripts/types.ts'),
  lint: script('biome', 'check', '--error-on-warnings'),
  imports: script('node', 'scripts/check-imports.ts'),
  generated: script('node', 'scripts/check-generated.ts'),
  unit: vitest('unit', '--exclude', 'tests/site/**'),
  'rare-code': vitest('rare-code', '--config', 'tests/rare-code/vitest.config.ts'),
  conformance: script('node', 'scripts/conformance.ts', '--check'),
  examples: script('node', 'scripts/examples.ts'),
  build: script('node', 'scripts/build.ts', '--hold-sizes'),
  browser: vitest('browser', '--config', 'tests/site/vitest.config.ts'),
}

const asked = process.argv.slice(2)
for (const name of asked) {
  if (name in stages) continue
  console.error(`No stage is called ${name}. Stages: ${Object.keys(stages).join(', ')}`)
  process.exit(2)
}

const total: Count = { passed: 0, failed: 0 }
const bad: string[] = []
try {
  for (const [name, work] of Object.entries(stages)) {
    if (asked.length && !asked.includes(name)) continue
    const each = stage(name)
    const { passed, failed } = await work()
    total.passed += passed
    total.failed += failed
    if (failed) bad.push(name)
    each.end(`${name}: ${passed} passed, ${failed} failed`)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`\n${bad.length ? `Failed: ${bad.join(', ')}` : 'All passed'}, ${elapsed()}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed ? 1 : 0
