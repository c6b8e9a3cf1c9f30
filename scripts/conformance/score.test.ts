import { expect, test } from 'vitest'
import { mean, score, together } from './score.ts'

const recorded = { run: 'kubectl get pods', stdout: 'No resources found', stderr: '', exit: 0 }
const cases = [{ name: 'kubectl/get/pods', files: {}, setup: [], steps: [recorded, recorded] }]
const answers = (...outputs: string[]) =>
  outputs.map((stdout, step) => ({ case: 'kubectl/get/pods', step, stdout, stderr: '', exit: 0 }))

test('the figures of an area are those of each seed, and count with their mean', () => {
  const lucky = score(cases, [], answers('No resources found', 'No resources found'))
  const unlucky = score(cases, [], answers('No resources found', 'web'))
  const figures = together([lucky.areas, unlucky.areas])
  expect(figures).toEqual({
    kubectl: { matched: [2, 1], total: 2 },
    'kubectl/get': { matched: [2, 1], total: 2 },
  })
  expect(mean(figures.kubectl!.matched)).toBe(1.5)
  expect(unlucky.misses.map(miss => miss.where)).toEqual(['kubectl/get/pods step 1'])
})
