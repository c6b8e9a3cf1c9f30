import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCluster } from '../../src/cluster/cluster.ts'
import { startClock } from './clock.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A cluster whose clock is looked at by the machine's, which here goes only as it is told. */
function running(pace: number | 'asked') {
  const { engine, api } = createCluster({ seed: 1 })
  let now = 0
  const clock = startClock(engine, pace, () => now)
  const begun = engine.now
  const pass = (ms: number) => {
    for (let each = 0; each < ms; each += 10) {
      now += 10
      vi.advanceTimersByTime(10)
    }
  }
  return { engine, api, clock, pass, passed: () => engine.now - begun }
}

test('a pace is virtual seconds for each of the machine’s', () => {
  const { clock, pass, passed } = running(60)
  pass(1000)
  expect(passed()).toBe(60_000)
  clock.stop()
  pass(1000)
  expect(passed()).toBe(60_000)
})

test('asked: time stands still, and goes a second further with each request', () => {
  const { clock, pass, passed } = running('asked')
  pass(60_000)
  expect(passed()).toBe(0)
  for (let each = 0; each < 5; each++) clock.asked()()
  expect(passed()).toBe(5000)
  pass(60_000)
  expect(passed()).toBe(5000)
})

test('asked: who waits for what comes is not kept waiting', () => {
  const { engine, api, clock, pass, passed } = running('asked')
  const pod = { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } }
  api.handle({ method: 'POST', path: '/api/v1/namespaces/default/pods', body: pod })
  const release = clock.asked()
  const phase = () =>
    api.handle({ method: 'GET', path: '/api/v1/namespaces/default/pods/a' }).body.status.phase
  expect(phase()).toBe('Pending')
  for (let each = 0; each < 100 && phase() !== 'Running'; each++) pass(10)
  expect(phase()).toBe('Running')
  release()
  const then = passed()
  pass(10_000)
  expect(passed()).toBe(then)
  expect(engine.now).toBeGreaterThan(0)
})
