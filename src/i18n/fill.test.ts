import { expect, test } from 'vitest'
import { fill } from './fill.ts'

test('places are filled, and of two words the right one stands there', () => {
  expect(fill('{n} of {total}, {other}', { n: 1, total: 2 })).toBe('1 of 2, {other}')
  const text = '{n} {n|pod is|pods are} ready'
  expect([0, 1, 2].map(n => fill(text, { n }))).toEqual([
    '0 pods are ready',
    '1 pod is ready',
    '2 pods are ready',
  ])
})
