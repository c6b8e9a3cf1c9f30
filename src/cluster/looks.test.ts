// Who looks at a world from outside changes nothing in it, also where what is looked at is made for the first look.
import { expect, test } from 'vitest'
import { World } from '../lesson/world.ts'
import { furtherResources } from './further-resources.ts'

const pathOf = (group: string, version: string, plural: string) =>
  `${group ? `/apis/${group}` : '/api'}/${version}/${plural}`

const commands = ['kubectl create namespace shop', 'kubectl create deployment web --image=nginx -n shop']

/** When each command ended, after looks at all resources whose objects are made later. */
function ends(looks: boolean): number[] {
  const world = new World({ seed: 1 })
  const { api, engine } = world.cluster
  const terminal = world.terminal(1)
  return commands.map(command => {
    if (looks)
      for (const { group, version, plural } of furtherResources) {
        const pending = engine.pending
        const request = { method: 'GET', path: pathOf(group, version, plural), looks: true } as const
        expect(api.handle(request).body.items.length).toBeGreaterThan(0)
        expect(engine.pending).toBe(pending)
      }
    world.type(1, command)
    engine.runUntil(() => !terminal.busy, 10_000)
    return world.elapsed
  })
}

test('commands take as long whether or not somebody has looked', () => {
  expect(ends(true)).toEqual(ends(false))
})

test('whoever follows a resource learns of its objects once the world itself asks, not before', () => {
  const { api, engine } = new World({ seed: 1 }).cluster
  const path = pathOf('rbac.authorization.k8s.io', 'v1', 'clusterroles')
  const heard: string[] = []
  api.handle({ method: 'GET', path, follows: true })
  api.watch({ method: 'GET', path, query: { watch: 'true', resourceVersion: '1' } }, event => {
    if (event.type === 'ADDED') heard.push(event.object.metadata.name)
  })
  api.handle({ method: 'GET', path, looks: true })
  engine.advance(10)
  expect(heard).toEqual([])
  api.handle({ method: 'GET', path })
  engine.advance(10)
  expect(heard).toContain('view')
})
