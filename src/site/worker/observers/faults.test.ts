import { expect, test } from 'vitest'
import { Faults } from './faults.ts'
import type { Stage } from './observer.ts'

test('what a component threw is told to the page, once for each', () => {
  const errors: { at: number; where: string; error: unknown }[] = []
  const cluster = { errors, faults: { broken: [] } }
  const world = { cluster, engine: { now: 5 }, elapsed: 5 }
  const observer = new Faults({ life: { world } } as unknown as Stage)
  expect(observer.flush()).toMatchObject([{ type: 'faults', failed: [] }])
  const error = new TypeError('x is undefined')
  for (const at of [1, 2]) errors.push({ at, where: 'deployment-controller default/web', error })
  expect(observer.flush()).toMatchObject([{ failed: ['deployment-controller default/web: x is undefined'] }])
  errors.push({ at: 3, where: 'deployment-controller default/web', error })
  expect(observer.flush()).toEqual([])
})
