// The fields of services and ingresses.
import { expect, test } from 'vitest'
import { networkScenes, networkStage } from './fields/network.ts'
import { playScenes } from './fields/scenes.ts'

test('the fields of services and ingresses act', () => {
  expect(playScenes(networkScenes, networkStage)).toEqual({ silent: [], restless: [] })
}, 240_000)
