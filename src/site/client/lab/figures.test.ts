import { expect, test } from 'vitest'
import { objectPattern } from './figures.ts'

test.each([
  ['deployment/web', 'deployment/default/web', true],
  ['deployment/web', 'deployment/default/web-2', false],
  ['deployment/web', 'deployment/shop/web', false],
  ['deployment/shop/web', 'deployment/shop/web', true],
  ['node/k8s-node1', 'node//k8s-node1', true],
  ['pod/web-*-*', 'pod/default/web-84b97ff4d-ft8tn', true],
  ['pod/web-*-*', 'pod/default/web-canary-84b97ff4d-ft8tn', false],
  ['pod/web.v1-*', 'pod/default/web-v1-0', false],
])('%s and %s: %s', (pattern, object, matches) => {
  expect(objectPattern(pattern).test(object)).toBe(matches)
})
