// What people reported: tests/reference/reports/NAME.yaml holds a manifest or commands, and its head says what is expected.
// tests/reports/NAME.ts holds the test of it, in a world whose working directory has that file.
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'vitest'
import { World } from '../src/lesson/world.ts'

export interface Report {
  /** A fresh world; the report's file lies in its working directory. */
  readonly world: World
  /** `headless-service.yaml` */
  readonly file: string
  /** What it holds. */
  readonly text: string
}

for (const path of globSync('reports/*.ts', { cwd: import.meta.dirname }).sort()) {
  const name = basename(path, '.ts')
  const file = `${name}.yaml`
  const check = (await import(`./reports/${name}.ts`)) as { default(report: Report): void }
  test(name, () => {
    const text = readFileSync(join(import.meta.dirname, 'reference', 'reports', file), 'utf8')
    check.default({ world: new World({ seed: 1, files: { [file]: text } }), file, text })
  })
}
