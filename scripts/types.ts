// Type checks of the three parts, each with what it may know of its surroundings: the core (no DOM, no Node), the tests
// and scripts (Node), the site (DOM, Astro).
import { existsSync } from 'node:fs'
import { requireNode } from './lib/node-version.ts'
import { stage } from './lib/progress.ts'
import { run } from './lib/run.ts'

requireNode()
const parts: [name: string, command: string, args: string[]][] = [
  ['core', 'tsc', ['-p', 'tsconfig.json']],
  ['tests and scripts', 'tsc', ['-p', 'tsconfig.node.json']],
]
if (existsSync('src/site/tsconfig.json'))
  parts.push([
    'site',
    'astro',
    ['check', '--tsconfig', 'src/site/tsconfig.json', '--minimumFailingSeverity', 'error'],
  ])

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
