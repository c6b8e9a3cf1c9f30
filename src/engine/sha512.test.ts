import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sha512 } from './sha512.ts'

test.each([0, 3, 111, 112, 127, 128, 300])('agrees with another implementation on %d bytes', length => {
  const text = 'é'.repeat(length >> 1) + 'x'.repeat(length & 1)
  expect(sha512(text)).toBe(createHash('sha512').update(text).digest('hex'))
})
