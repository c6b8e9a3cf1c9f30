import { expect, test } from 'vitest'
import { matchedRule } from './job-success.ts'

test.each([
  [[{ succeededIndexes: '0-1' }], [0], undefined],
  [[{ succeededIndexes: '0-1' }], [0, 1, 3], 'Matched rules at index 0'],
  [[{ succeededIndexes: '0,2-3', succeededCount: 2 }], [1, 2, 3], 'Matched rules at index 0'],
  [[{ succeededIndexes: '3' }, { succeededCount: 2 }], [0, 1], 'Matched rules at index 1'],
  // Nothing is enough of nothing, and who names no index has no rule.
  [[{ succeededCount: 0 }], [], undefined],
  [[{ succeededCount: 0 }], [2], 'Matched rules at index 0'],
  [[{ succeededIndexes: '' }], [2], undefined],
])('%j with %j succeeded', (rules, succeeded, message) => {
  expect(matchedRule({ completions: 4, successPolicy: { rules } }, new Set(succeeded))).toBe(message)
})
