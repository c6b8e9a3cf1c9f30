import { expect, test } from 'vitest'
import { toBytes } from '../engine/bytes.ts'
import { unescapeText } from './word-parser.ts'

test("numbers in `$'…'` and printf are bytes, which may make a character together", () => {
  expect([...toBytes(unescapeText('a\\377b'))]).toEqual([97, 255, 98])
  expect(unescapeText('\\xe4\\xb8\\xad')).toBe('中')
})
