import { join } from 'node:path'
import { expect, test } from 'vitest'
import { usage } from './options.ts'

test('the usage of a script is the comment at its head', () => {
  for (const name of ['bench', 'cluster', 'conformance', 'examples', 'timelines', 'validate']) {
    const lines = usage(join(import.meta.dirname, '..', `${name}.ts`)).split('\n')
    expect(lines[0]).toMatch(new RegExp(`^npm run ${name} -- \\[--`))
    expect(lines.filter(line => line.startsWith('//') || line.startsWith('import'))).toEqual([])
    expect(lines.length).toBeGreaterThan(2)
  }
})
