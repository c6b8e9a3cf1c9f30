import { expect, test } from 'vitest'
import { maxAnnotation, mostReplicas, newReplicas } from './deployment-util.ts'

test('counts are int32: a size that leaves no room for a surge wraps around, and gets no pods', () => {
  const deployment = {
    spec: { replicas: 2147483647, strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } },
  } as never
  expect(maxAnnotation).toBe('deployment.kubernetes.io/max-replicas')
  expect(mostReplicas(deployment)).toBe(-2147483648)
  expect(newReplicas(deployment, [], { spec: { replicas: 0 } } as never)).toBe(0)
})
