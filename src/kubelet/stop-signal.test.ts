import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'

/** Seconds that Redis takes to end on a signal of the pod's, with a minute to do so. */
function secondsToStop(stopSignal: string): number {
  const world = new World({ seed: 1 })
  const containers = [{ name: 'c', image: 'redis', lifecycle: { stopSignal } }]
  const spec = { os: { name: 'linux' }, terminationGracePeriodSeconds: 60, containers }
  world.write('p.yaml', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }))
  expect(world.run('kubectl apply -f p.yaml').stderr).toBe('')
  world.advance(60_000)
  const began = world.engine.now
  expect(world.run('kubectl delete pod p').stderr).toBe('')
  return (world.engine.now - began) / 1000
}

test('a container is stopped with the signal that it names', () => {
  expect(secondsToStop('SIGTERM')).toBeLessThan(10)
})

test('a signal that its program has no handler for leaves it running until it is killed', () => {
  expect(secondsToStop('SIGWINCH')).toBeGreaterThan(60)
  expect(secondsToStop('SIGRTMIN+3')).toBeGreaterThan(60)
})
