// node scripts/check-go-programs.ts
//
// Compiles and vets the Go programs of examples/ with the Go of this machine: what the lessons show must be right for a real
// compiler too. Where no Go is installed it says so and ends well.
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from './lib/run.ts'

const installed = spawnSync('go', ['version'], { encoding: 'utf8' })
if (installed.status !== 0) {
  console.log('skipped: Go is not installed on this machine')
  process.exit(0)
}
console.log(installed.stdout.trim())

const output = mkdtempSync(join(tmpdir(), 'go-programs-'))
const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOPROXY: 'off', GOTOOLCHAIN: 'local' }
let failed = 0
const programs = globSync('examples/**/main.go', { cwd: root }).sort()
for (const path of programs) {
  const cwd = join(root, dirname(path))
  for (const args of [
    ['build', '-o', join(output, 'main'), '.'],
    ['vet', '.'],
  ]) {
    const { status, stderr } = spawnSync('go', args, { cwd, env, encoding: 'utf8' })
    if (status === 0) continue
    failed++
    console.log(`✗ ${path}: go ${args[0]}\n${stderr}`)
  }
}
rmSync(output, { recursive: true })
console.log(`${programs.length} programs, ${failed} failures`)
process.exitCode = failed ? 1 : 0
