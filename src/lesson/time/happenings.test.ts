import { expect, test } from 'vitest'
import { Client } from '../../api/client.ts'
import type { AnyObject } from '../../kinds/object.ts'
import { Journal } from '../journal.ts'
import { World } from '../world.ts'
import { Happenings } from './happenings.ts'

test('an event that is written as events.k8s.io/v1 is told as any other', () => {
  const world = new World({ seed: 1 })
  const happenings = new Happenings(new Journal(world))
  new Client(world.cluster.api, 'test').resource<AnyObject>('events.events.k8s.io').create({
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { namespace: 'default', name: 'a' },
    eventTime: '2026-11-23T10:00:00.000000Z',
    reportingController: 'example.com/robot',
    reportingInstance: 'robot-1',
    action: 'Looking',
    reason: 'Seen',
    regarding: { kind: 'Pod', namespace: 'default', name: 'web' },
    note: 'A pod was seen',
    type: 'Warning',
  })
  expect(happenings.news()).toEqual([
    {
      at: 0,
      who: 'example.com/robot',
      object: 'pod/web',
      reason: 'Seen',
      message: 'A pod was seen',
      warning: true,
      count: 1,
    },
  ])
})
