// The fields of what makes and reaches pods.
import { expect, test } from 'vitest'
import { playWorkloads } from './fields/play-workloads.ts'
import { playScenes } from './fields/scenes.ts'
import { workloadScenes } from './fields/workload-scenes.ts'
import { workloadSamples } from './fields/workloads.ts'

const allAct = { silent: [], restless: [] }

test('the fields of workloads, services and policies act', () => {
  expect(playWorkloads(workloadSamples)).toEqual(allAct)
}, 240_000)

test('those act that show when pods end, are evicted or updated', () => {
  expect(playScenes(workloadScenes, { options: { workers: 3 } })).toEqual(allAct)
}, 240_000)
