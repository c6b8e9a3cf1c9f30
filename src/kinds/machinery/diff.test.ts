import { expect, it } from 'vitest'
import { diffValues } from './diff.ts'

it('shows changed lines with three lines around them, hunks apart', () => {
  const long = (changes: object) => ({
    ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`k${i}`, i])),
    ...changes,
  })
  expect(diffValues(long({}), long({ k1: 'x', k10: null }))).toBe(`@@ -1,6 +1,6 @@
 {
  "k0": 0,
- "k1": 1,
+ "k1": "x",
  "k2": 2,
  "k3": 3,
  "k4": 4,
@@ -9,6 +9,6 @@
  "k7": 7,
  "k8": 8,
  "k9": 9,
- "k10": 10,
+ "k10": null,
  "k11": 11
 }
`)
  expect(diffValues({ a: 1 }, { a: 1 })).toBe('')
})
