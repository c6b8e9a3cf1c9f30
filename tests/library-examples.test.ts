// The examples of the page about the library, and the one of the README: each holds its own assertions.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { root } from '../scripts/lib/run.ts'

mkdirSync(join(root, 'tmp'), { recursive: true })
const scratch = mkdtempSync(join(root, 'tmp', 'readme-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const examples = globSync('content/library/*.ts', { cwd: root }).sort()

test('there are examples, and the page shows each of them', () => {
  const page = readFileSync(join(root, 'src/site/pages/[language]/library.astro'), 'utf8')
  expect(examples.length).toBeGreaterThan(0)
  for (const path of examples) expect(page).toContain(`read('${path.replaceAll('\\', '/')}')`)
})

test.each(examples)('%s', async path => {
  expect(readFileSync(join(root, path), 'utf8')).toContain('assert.')
  await import(join(root, path))
})

test('the example of the README', async () => {
  const [, code] =
    /^## As a library\n+```ts\n([\s\S]*?)```/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
  const file = join(scratch, 'readme.ts')
  writeFileSync(file, code!)
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await import(file)
    expect(printed.mock.calls.flat().join('\n')).toMatch(
      /^NAME .*\nweb-.* 1\/1 +Running .*\nweb-.* 1\/1 +Running .*\n$/,
    )
  } finally {
    printed.mockRestore()
  }
})
