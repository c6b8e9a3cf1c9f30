import { expect, test } from 'vitest'
import { parseEnvFile } from './env-file.ts'

test('a file of variables has quoted values, comments and blank lines, and nothing else', () => {
  const text = "# by the init container\n\n  HOST='db.internal'\nMOTD='two\nlines' # note\nEMPTY=''\n"
  expect([...parseEnvFile(text)!]).toEqual([
    ['HOST', 'db.internal'],
    ['MOTD', 'two\nlines'],
    ['EMPTY', ''],
  ])
  for (const bad of ['HOST=db\n', "KEY = 'spaced'\n", 'KEY="x"\n', "KEY='open\n", 'words\n'])
    expect(parseEnvFile(bad), bad).toBeUndefined()
  expect(parseEnvFile('')?.size).toBe(0)
})
