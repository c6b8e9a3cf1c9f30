// Releasing an image whose program crashes at once, without a readiness probe. Nothing in the controllers knows of it: a
// container counts as available while it runs, and whether enough of them run in one moment is a race of starts against
// ends and restarts. On the recorded cluster three replicas stalled twice of two times, two replicas finished.
import { expect, test } from 'vitest'
import { World } from '../src/lesson/world.ts'

function stalls(replicas: number, seed: number): boolean {
  const world = new World({ seed })
  world.run(`kubectl create deployment web --image=leigg/hellok8s:v1 --replicas=${replicas}`)
  world.run('kubectl rollout status deployment/web --timeout=60s')
  world.advance(2000)
  world.run('kubectl set image deployment/web hellok8s=leigg/hellok8s:v2_problem')
  return world.run('kubectl rollout status deployment/web --timeout=60s').exit !== 0
}
const count = (replicas: number, seeds: number) =>
  Array.from({ length: seeds }, (_, i) => stalls(replicas, i + 1)).filter(Boolean).length

test('with three replicas it stalls more often than it finishes, and does both', () => {
  const stalled = count(3, 60)
  expect(stalled).toBeGreaterThan(30)
  expect(stalled).toBeLessThan(60)
})

test('with two replicas it usually finishes', () => {
  expect(count(2, 15)).toBeLessThan(5)
})
