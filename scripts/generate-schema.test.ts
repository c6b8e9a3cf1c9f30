import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('the tables of src/kinds/schema are those that the recorded OpenAPI, discovery and columns give', () => {
  const script = join(import.meta.dirname, 'generate-schema.ts')
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('')
})
