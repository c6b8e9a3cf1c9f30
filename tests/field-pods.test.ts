// The fields of pods, their containers and what they hold, as one looks at a pod that runs.
import { expect, test } from 'vitest'
import { partSamples } from './fields/parts.ts'
import { acting, type Sample } from './fields/play.ts'
import { idleSamples, podSamples } from './fields/pods.ts'

const fieldsOf = (samples: readonly Sample[]) => samples.map(({ field }) => field)

test('the fields of pods act, and those said to have no effect do not', () => {
  const found = acting([...podSamples, ...idleSamples])
  expect(fieldsOf(podSamples.filter(each => !found.has(each)))).toEqual([])
  expect(fieldsOf(idleSamples.filter(each => found.has(each)))).toEqual([])
}, 240_000)

test('the fields of what pods hold act', () => {
  const found = acting(partSamples)
  expect(fieldsOf(partSamples.filter(each => !found.has(each)))).toEqual([])
}, 240_000)
