import { expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import type { KubeObject } from '../kinds/object.ts'
import type { ConfigMap } from '../kinds/schema/types.ts'
import { Client } from './client.ts'
import { Informers, indexes } from './informer.ts'
import { Server } from './server.ts'

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'default', uid: 'n', resourceVersion: '1' },
  spec: { finalizers: ['kubernetes'] },
  status: { phase: 'Active' },
}

function world() {
  const engine = new Engine({ seed: 1, epoch: 1_795_426_200_000 })
  const api = new Server({ engine })
  api.seed([namespace])
  return {
    engine,
    client: new Client(api, 'test'),
    informers: new Informers(engine, new Client(api, 'informers')),
  }
}
const configMap = (name: string, owner?: string): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name,
    namespace: 'default',
    ...(owner && {
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: owner, controller: true }],
    }),
  },
})

test('an informer tells handlers of what there is and what changes, old and new', () => {
  const { engine, client, informers } = world()
  const maps = client.resource<ConfigMap>('configmaps')
  maps.create(configMap('a'))
  const told: string[] = []
  informers.of<ConfigMap>('configmaps').handle({
    add: o => told.push(`+${o.metadata.name}`),
    update: (old, o) => told.push(`${old.data?.x ?? '-'}→${o.data?.x ?? '-'}`),
    delete: o => told.push(`-${o.metadata.name}`),
  })
  engine.advance(10)
  maps.patch('default', 'a', 'merge', { data: { x: '1' } })
  maps.create(configMap('b'))
  maps.delete('default', 'a')
  expect(told).toEqual(['+a'])
  engine.advance(10)
  expect(told).toEqual(['+a', '-→1', '+b', '-a'])
})

test('an informer finds objects by its indexes and is shared by those who ask for the same resource', () => {
  const { engine, client, informers } = world()
  const cache = informers.of<ConfigMap>('configmaps')
  cache.addIndex('controller', indexes.controller)
  client.resource<ConfigMap>('configmaps').create(configMap('a', 'uid-1'))
  client.resource<ConfigMap>('configmaps').create(configMap('b'))
  engine.advance(10)
  expect(informers.of('configmaps')).toBe(cache)
  expect(cache.byIndex('controller', 'uid-1').map(o => o.metadata.name)).toEqual(['a'])
  expect(cache.list('default').map(o => o.metadata.name)).toEqual(['a', 'b'])
  client.resource<ConfigMap>('configmaps').delete('default', 'a')
  engine.advance(10)
  expect(cache.countByIndex('controller', 'uid-1')).toBe(0)
})
test('a component that starts with the first object of its own kind keeps its place among the others', () => {
  const { engine, client, informers } = world()
  const heard: string[] = []
  const hear = (who: string) => ({
    add: (object: KubeObject) => heard.push(`${who} ${object.metadata.name}`),
  })
  informers.of('configmaps').handle(hear('first'))
  let started = 0
  informers.startLater(['configmaps'], ['secrets'], () => {
    started++
    informers.of('configmaps').handle(hear('later'))
    informers.of('secrets').handle(hear('later'))
  })
  informers.of('configmaps').handle(hear('last'))
  informers.of('secrets').handle(hear('last'))
  const create = (resource: string, kind: string, name: string) => {
    client.resource(resource).create({ apiVersion: 'v1', kind, metadata: { name, namespace: 'default' } })
    engine.advance(10)
  }
  engine.advance(10)
  create('secrets', 'Secret', 'a')
  expect([started, heard]).toEqual([0, ['last a']])
  create('configmaps', 'ConfigMap', 'b')
  create('configmaps', 'ConfigMap', 'c')
  create('secrets', 'Secret', 'd')
  expect([started, heard.slice(1)]).toEqual([
    1,
    ['first b', 'later b', 'later a', 'last b', 'first c', 'later c', 'last c', 'later d', 'last d'],
  ])
})

test('a component that starts later may have several handlers for one resource', () => {
  const { engine, client, informers } = world()
  const heard: string[] = []
  informers.startLater(['configmaps'], [], () => {
    const cache = informers.of<ConfigMap>('configmaps')
    cache.handle({ add: object => heard.push(`add ${object.metadata.name}`) })
    cache.handle({ delete: object => heard.push(`delete ${object.metadata.name}`) })
  })
  const maps = client.resource<ConfigMap>('configmaps')
  for (const name of ['a', 'b']) maps.create(configMap(name))
  engine.advance(1000)
  maps.delete('default', 'a')
  engine.advance(1000)
  expect(heard).toEqual(['add a', 'add b', 'delete a'])
})
