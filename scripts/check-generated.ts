// Whether everything that is generated from something else is up to date: tables of the schema, the fresh cluster's
// objects, the tables of the README.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

let passed = 0
const stale: string[] = []
for (const [script, cure] of [
  ['generate-schema.ts', 'npm run generate'],
  ['generate-cluster.ts', 'npm run generate'],
  ['latencies.ts', 'npm run latencies -- --update'],
  ['readme.ts', 'npm run readme'],
] as const) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, script), '--check'],
    {
      encoding: 'utf8',
    },
  )
  if (status === 0) passed++
  else stale.push(`${script} --check: ${stderr || stdout || 'failed'}\n  cure: ${cure}`)
}
for (const each of stale) console.error(`✗ ${each}`)
console.log(`${passed} passed, ${stale.length} failed`)
process.exitCode = stale.length ? 1 : 0
