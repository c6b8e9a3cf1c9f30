// The shell and its tools against bash and the GNU tools: testdata/NAME.txt holds scripts, testdata/NAME.json what bash
// printed for each. `BASH_GOLDEN=1 vitest run src/shell/bash` asks the bash of this machine again (Debian: bash 5.2, mawk).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runScript } from './run-script.ts'

for (const name of ['language', 'tools']) {
  const file = join(import.meta.dirname, 'testdata', name)
  const scripts = readFileSync(`${file}.txt`, 'utf8').split('\n===\n')
  if (process.env.BASH_GOLDEN)
    writeFileSync(`${file}.json`, `${JSON.stringify(scripts.map(askBash), null, 1)}\n`)
  const expected = JSON.parse(readFileSync(`${file}.json`, 'utf8'))
  describe(name, () => {
    for (const [i, script] of scripts.entries()) {
      const title = script.split('\n')[0]!
      test(title.length > 70 ? `${title.slice(0, 70)}…` : title, () => {
        expect(runScript(script)).toEqual(expected[i])
      })
    }
  })
}

function askBash(script: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'bash-'))
  const env = { HOME: '/root', PATH: process.env.PATH, LC_ALL: 'C.UTF-8' }
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], {
    cwd,
    env,
    encoding: 'utf8',
    input: '',
  })
  rmSync(cwd, { recursive: true })
  return { stdout, stderr, exit: status }
}
