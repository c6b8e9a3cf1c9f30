import { expect, test } from 'vitest'
import { Chance } from './chance.ts'

test('what a client takes to start is drawn from what was measured', () => {
  const chance = new Chance(7)
  const times = Array.from({ length: 200 }, () => chance.clientStart())
  expect(Math.min(...times)).toBeGreaterThanOrEqual(17)
  expect(times.sort((a, b) => a - b)[100]).toBeGreaterThan(40)
  expect(times[100]).toBeLessThan(65)
})
