// The fields of pods that show in where they run, at a moment of their life, or in who they let in.
import { expect, test } from 'vitest'
import { claimScenes } from './fields/claims.ts'
import { ephemeralScenes } from './fields/ephemeral.ts'
import { placementScenes, placementStage } from './fields/placement.ts'
import { podScenes } from './fields/pod-scenes.ts'
import { playScenes } from './fields/scenes.ts'

const allAct = { silent: [], restless: [] }

test('the fields of placement act', () => {
  expect(playScenes(placementScenes, placementStage)).toEqual(allAct)
}, 240_000)

test('the fields of pods and claims act that show in the course of time', () => {
  expect(playScenes([...podScenes, ...claimScenes], { options: { workers: 2 } })).toEqual(allAct)
}, 240_000)

test('the fields of ephemeral containers act', () => {
  expect(playScenes(ephemeralScenes, { options: { workers: 2 } })).toEqual(allAct)
}, 240_000)
