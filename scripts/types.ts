// Type checks of the three parts, each with what it may know of its surroundings: the core (no DOM, no Node), the tests
// and scripts (Node), the site (DOM, Astro). The native compiler does it in a fifth of the time, but does not know .astro.
import { join } from 'node:path'
import { requireNode } from './lib/node-version.ts'
import { stage } from './lib/progress.ts'
import { root, run } from './lib/run.ts'

requireNode()
// Not by its name: both compilers call themselves tsc.
const compiler = join(root, 'node_modules/typescript-native/bin/tsc')
const compile = (project: string): [string, string[]] => ['node', [compiler, '-p', project, '--noEmit']]
const severities = ['--minimumSeverity', 'error', '--minimumFailingSeverity', 'error']
const parts: [name: string, ...[command: string, args: string[]]][] = [
  ['core', ...compile('tsconfig.json')],
  ['tests and scripts', ...compile('tsconfig.node.json')],
  // Writes down the types of what Astro provides, which the rest of the site takes.
  ['pages', 'astro', ['check', '--tsconfig', 'src/site/tsconfig.astro.json', ...severities]],
  ['site', ...compile('src/site/tsconfig.json')],
]

let failed = 0
for (const [name, command, args] of parts) {
  const each = stage(`types: ${name}`)
  const { code, output } = await run(command, args, { env: { ASTRO_TELEMETRY_DISABLED: '1' } })
  if (code !== 0) {
    failed++
    console.log(output.trimEnd())
  }
  each.end(code === 0 ? 'ok' : 'failed')
}
console.log(`${parts.length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
