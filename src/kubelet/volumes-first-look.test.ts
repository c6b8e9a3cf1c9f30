import { expect, test } from 'vitest'
import type { AnyObject } from '../kinds/object.ts'
import { World } from '../lesson/world.ts'

/** Ms from the binding of each of eight pods to the event that its volume is not there. */
function firstTries(seed: number): number[] {
  const world = new World({ seed })
  const client = world.cluster.client('test')
  const seen = new Map<string, { bound?: number; failed?: number }>()
  for (let i = 0; i < 8; i++)
    client.resource('pods').create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `p${i}`, namespace: 'default' },
      spec: {
        containers: [{ name: 'c', image: 'busybox', volumeMounts: [{ name: 'v', mountPath: '/v' }] }],
        volumes: [{ name: 'v', configMap: { name: 'missing' } }],
      },
    } as never)
  for (let i = 0; i < 200; i++) {
    world.advance(5)
    for (const { spec, metadata } of client.resource('pods').list({ namespace: 'default' }))
      if (spec.nodeName) (seen.get(metadata.name) ?? set(metadata.name)).bound ??= world.engine.now
    for (const { reason, involvedObject } of client
      .resource<AnyObject>('events')
      .list({ namespace: 'default' }))
      if (reason === 'FailedMount')
        (seen.get(involvedObject.name) ?? set(involvedObject.name)).failed ??= world.engine.now
  }
  function set(name: string) {
    const made: { bound?: number; failed?: number } = {}
    seen.set(name, made)
    return made
  }
  return [...seen.values()].map(({ bound = 0, failed = 0 }) => failed - bound)
}

test('a volume is first tried at any moment of two loops of 100 ms each', () => {
  const times = firstTries(1)
  expect(times).toHaveLength(8)
  for (const each of times) {
    expect(each).toBeGreaterThan(0)
    expect(each).toBeLessThan(300)
  }
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(30)
  expect(firstTries(1)).toEqual(times)
})
