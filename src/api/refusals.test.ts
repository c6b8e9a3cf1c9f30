import { expect, it } from 'vitest'
import { World } from '../lesson/world.ts'

const messages = (world: World) => world.cluster.api.refusals.all.map(each => each.status.message ?? '')

const config = (name: string, value: string) =>
  `echo '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"${name}"},"immutable":true,"data":{"a":"${value}"}}' | kubectl apply -f -`

it('keeps what a client outside was refused, and not what is simply not there', () => {
  const world = new World({ seed: 1 })
  world.run('kubectl get pod nosuch')
  expect(messages(world)).toEqual([])
  world.run('kubectl get secrets --as=somebody')
  expect(messages(world)).toEqual([expect.stringContaining('User "somebody" cannot list resource "secrets"')])
})

it('forgets what was not valid once the client has written a valid object of the kind', () => {
  const world = new World({ seed: 1 })
  world.run(config('a', 'old'))
  world.run(config('a', 'new'))
  expect(messages(world)).toEqual([expect.stringContaining('field is immutable')])
  world.run('kubectl create secret generic other')
  expect(messages(world)).toHaveLength(1)
  world.run(config('b', 'new'))
  expect(messages(world)).toEqual([])
})

it('forgets that the store was away once it answers again', () => {
  const world = new World({ seed: 1 })
  world.inject({ type: 'etcd-down' })
  world.run('kubectl get pods')
  expect(messages(world)).toEqual([expect.stringContaining('etcdserver: request timed out')])
  world.repair({ type: 'etcd-down' })
  world.run('kubectl get pods')
  expect(messages(world)).toEqual([])
})
