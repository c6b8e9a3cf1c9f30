import { expect, test } from 'vitest'
import { latencies } from '../../engine/latencies.ts'
import { Chance, callMs } from './chance.ts'

const middleOf = (draw: () => number): number => {
  const drawn = Array.from({ length: 400 }, draw).sort((a, b) => a - b)
  expect(drawn.at(-1)).toBeGreaterThan(1.5 * drawn[0]!)
  return drawn[200]!
}
const between = (middle: number, [from, to]: readonly [number, number]) => {
  expect(middle).toBeGreaterThan(from)
  expect(middle).toBeLessThan(to)
}

test('what a client takes to start is drawn from what was measured', () => {
  const chance = new Chance(7)
  const { dockerClient } = latencies
  between(middleOf(() => chance.clientStart()) + callMs, [dockerClient[3], dockerClient[6]])
})

test('the parts of a run come to what whole runs took', () => {
  const chance = new Chance(7)
  const whole = () =>
    (['create', 'network', 'start', 'answer', 'clear'] as const).reduce(
      (sum, part) => sum + chance.run(part),
      0,
    )
  const { dockerRun } = latencies
  between(middleOf(whole), [dockerRun[2], dockerRun[7]])
})

test('an exec and the steps of a build are drawn too', () => {
  const chance = new Chance(7)
  for (const what of ['dockerExec', 'buildWorkdir', 'buildCopy'] as const)
    between(
      middleOf(() => chance.take(what)),
      [latencies[what][2], latencies[what][7]],
    )
})
