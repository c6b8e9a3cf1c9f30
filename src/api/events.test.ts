import { expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import type { Event } from '../kinds/schema/types.ts'
import { Client } from './client.ts'
import { EventRecorder } from './events.ts'
import { Server } from './server.ts'

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'default', uid: 'n', resourceVersion: '1' },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
}
const about = { kind: 'Pod', namespace: 'default', name: 'p', uid: 'u', apiVersion: 'v1' }

function recording() {
  const engine = new Engine({ seed: 1, epoch: 1_795_426_200_000 })
  const api = new Server({ engine })
  api.seed([namespace])
  const events = new Client(api, 'test').resource<Event>('events')
  const recorder = new EventRecorder(engine, new Client(api, 'kubelet'), { component: 'kubelet', host: 'n1' })
  return {
    engine,
    events,
    /** One event a second. */
    record(reason: string, message: string, times = 1) {
      for (let i = 0; i < times; i++) {
        recorder.event(about, 'Warning', reason, message)
        engine.advance(1000)
      }
    },
    counts: () => events.list().map(e => `${e.count} ${e.message}`),
  }
}

test('equal events are counted in one', () => {
  const { record, counts } = recording()
  record('BackOff', 'same', 3)
  expect(counts()).toEqual(['3 same'])
})

test('from the tenth on, similar events of ten minutes are combined', () => {
  const { record, counts, engine } = recording()
  for (let i = 0; i < 12; i++) record('BackOff', `other ${i}`)
  expect(counts().length).toBe(10)
  expect(counts()).toContain('3 (combined from similar events): other 11')
  engine.advance(600_000)
  record('BackOff', 'other 12')
  expect(counts()).toContain('1 other 12')
})

test('a flood of one reason is held back after 25, and what was left out counts in the next that is not', () => {
  const { record, counts, engine } = recording()
  record('Unhealthy', 'no', 40)
  expect(counts()).toEqual(['25 no'])
  engine.advance(300_000)
  record('Unhealthy', 'no')
  expect(counts()).toEqual(['41 no'])
  record('Unhealthy', 'no')
  expect(counts()).toEqual(['41 no'])
})

test('other reasons of the object go on beside a flood', () => {
  const { record, counts } = recording()
  record('Unhealthy', 'no', 30)
  record('Killing', 'because')
  expect(counts()).toContain('1 because')
})

test('an event that has expired is written again, with all that was counted', () => {
  const { record, counts, events } = recording()
  record('BackOff', 'same', 3)
  for (const { metadata } of events.list()) events.delete('default', metadata.name)
  record('BackOff', 'same')
  expect(counts()).toEqual(['4 same'])
})
