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

test('a step whose events came at other times, or not as often, is found though the masks hide it', () => {
  const row = (times: string) =>
    `  Warning  BackOff  ${times}  kubelet  Back-off restarting failed container\n`
  const described = [
    {
      name: 'scenarios/03-pod/x',
      files: {},
      setup: [],
      steps: [{ ...recorded, run: 'kubectl describe pod x', stdout: row('1s (x5 over 97s)') }],
    },
  ]
  const printed = (times: string) =>
    score(described, [], [{ case: 'scenarios/03-pod/x', step: 0, stdout: row(times), stderr: '', exit: 0 }])
  for (const [times, agreed] of [
    ['1s (x5 over 97s)', 1],
    ['3s (x4 over 90s)', 1],
    ['1s (x9 over 97s)', 0],
    ['60s (x5 over 97s)', 0],
    ['1s (x5 over 50s)', 0],
    ['97s', 0],
  ] as const) {
    const { areas, misses } = printed(times)
    expect([times, areas['times of events']]).toEqual([times, { matched: agreed, total: 1 }])
    expect(misses.length).toBe(1 - agreed)
  }
})
