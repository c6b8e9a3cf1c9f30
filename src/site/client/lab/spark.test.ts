import { expect, test } from 'vitest'
import { sparkPaths } from './spark.ts'

test('steps as long as a number stayed, over its limit; the last one goes on to the present', () => {
  const points = [
    [1000, 3],
    [3000, 1],
    [4000, 4],
  ] as const
  // The highest one is at the top, none at the foot.
  expect(sparkPaths({ least: 3, points }, 5000)).toEqual({ limit: 'M0 7H96', steps: 'M0 7H48V17H72V2H96' })
  expect(sparkPaths({ least: 2, points: [[1000, 0]] }, 1000)).toEqual({ limit: 'M0 2H96', steps: 'M0 22H96' })
})
