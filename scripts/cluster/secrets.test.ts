// Who has read this program, and knows a server's seed, makes nothing that the server takes for its own.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { fromBase64Url } from '../../src/api/base64.ts'
import { signToken } from '../../src/api/token.ts'
import { type Cluster, createCluster } from '../../src/cluster/cluster.ts'
import type { Secrets } from '../../src/engine/secrets.ts'
import type { TokenRequest } from '../../src/kinds/schema/types.ts'
import { World } from '../../src/lesson/world.ts'
import { freshWorld } from './make-world.ts'
import { recording, recordingHead, replayed } from './recording.ts'
import { randomSecrets } from './secrets.ts'
import { httpApi } from './server.ts'

const servers: Server[] = []
afterAll(() => {
  for (const each of servers) each.close()
})
const account = '/api/v1/namespaces/default/serviceaccounts/default/token'
const claimsOf = (token: string): object => JSON.parse(fromBase64Url(token.split('.')[1]!)!)

async function served(secrets: Secrets | undefined) {
  const cluster: Cluster = createCluster({ seed: 1, ...(secrets && { secrets }) })
  const admin = 'of-this-test'
  const server = httpApi(cluster, { token: admin })
  servers.push(server)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const ask = (path: string, token: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
  const headers = { 'content-type': 'application/json' }
  const made = (await (
    await ask(account, admin, { method: 'POST', headers, body: '{}' })
  ).json()) as TokenRequest
  return {
    token: made.status.token as string,
    status: async (token: string) => (await ask('/version', token)).status,
  }
}

test('a token is good on the server that made it, and nowhere else', async () => {
  const [one, other, common] = await Promise.all(
    [randomSecrets(), randomSecrets(), undefined].map(secrets => served(secrets)),
  )
  expect(claimsOf(one!.token)).toEqual(claimsOf(other!.token))
  expect(await one!.status(one!.token)).toBe(200)
  expect(await one!.status(other!.token)).toBe(401)
  const forged = signToken(claimsOf(one!.token), { seed: 1, secrets: undefined })
  expect(forged.length).toBe(one!.token.length)
  expect(await one!.status(forged)).toBe(401)
  expect(await one!.status(`${one!.token.slice(0, -2)}AA`)).toBe(401)
  // Where a world has no secrets, what it signs lets nobody in.
  expect(common!.token).toBe(signToken(claimsOf(common!.token), { seed: 1, secrets: undefined }))
  expect(await common!.status(common!.token)).toBe(401)
})

test('a world with secrets has an authority of its own, in all places that tell of it', () => {
  const run = (world: World, line: string) => world.run(line).stdout
  const [own, common] = [new World({ seed: 1, secrets: randomSecrets() }), new World({ seed: 1 })]
  const told = (world: World) => {
    const maps = JSON.parse(run(world, 'kubectl get cm -A -o json')).items as {
      data?: Record<string, string>
    }[]
    return new Set(
      maps.flatMap(({ data = {} }) => [data['ca.crt'] ?? [], data['client-ca-file'] ?? []].flat()),
    )
  }
  const ca = run(own, 'cat ~/.kube/ca.crt')
  expect(ca).not.toBe(run(common, 'cat ~/.kube/ca.crt'))
  expect(told(own)).toEqual(new Set([ca]))
  expect(told(common)).toEqual(new Set([run(common, 'cat ~/.kube/ca.crt')]))
  expect(run(own, 'openssl verify -CAfile ~/.kube/ca.crt ~/.kube/admin.crt')).toContain('OK')
  expect(run(own, 'cat ~/.kube/admin.key')).not.toBe(run(common, 'cat ~/.kube/admin.key'))
  expect(run(own, 'kubectl get nodes')).toContain('k8s-master')
})

test('a recording says who asked, not by which token, and has the same effects under other keys', () => {
  const made = { seed: 3, epoch: Date.UTC(2026, 11, 1), workers: 1, outside: false, addOns: [] }
  const world = freshWorld(made, randomSecrets())
  world.run('kubectl create rolebinding edit --clusterrole=edit --serviceaccount=default:default')
  const { api, engine } = world.cluster
  let text = recordingHead(made, {
    'binding.yaml': world.run('kubectl get rolebinding edit -o yaml').stdout,
  })
  const recorded = recording(api, engine, line => (text += line))
  const { token } = recorded.handle({ method: 'POST', path: account, body: '{}' }).body.status
  const maps = '/api/v1/namespaces/default/configmaps'
  const make = (name: string, more: object) =>
    recorded.handle({ method: 'POST', path: maps, body: `{"metadata":{"name":"${name}"}}`, ...more }).code
  expect(make('own', { token })).toBe(201)
  expect(make('as-other', { token, user: { name: 'jane', groups: ['system:masters'] } })).toBe(403)
  expect(make('nobody', { token: 'wrong' })).toBe(401)
  expect(text).not.toContain(token)
  const { api: again } = replayed(text, randomSecrets()).cluster
  const names = again
    .handle({ method: 'GET', path: maps })
    .body.items.map((each: { metadata: { name: string } }) => each.metadata.name)
  expect(names).toEqual(['kube-root-ca.crt', 'own'])
})
