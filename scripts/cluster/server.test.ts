import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, createCluster } from '../../src/cluster/cluster.ts'
import { httpApi } from './server.ts'

let cluster: Cluster
let server: Server
let url: string

beforeAll(async () => {
  cluster = createCluster()
  server = httpApi(cluster)
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.closeAllConnections())
afterAll(() => void server.close())

const configMaps = '/api/v1/namespaces/default/configmaps'

test('answers a client over HTTP: JSON in and out, YAML in, Tables, warnings, users', async () => {
  const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\ndta: 1\n'
  const made = await fetch(`${url}${configMaps}`, { method: 'POST', body: yaml })
  expect([made.status, made.headers.get('warning')]).toEqual([201, '299 - "unknown field \\"dta\\""'])
  const got = (await (await fetch(`${url}${configMaps}/a`)).json()) as any
  expect(got.data).toEqual({ x: '1' })
  const table = await fetch(`${url}${configMaps}`, {
    headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
  })
  expect(((await table.json()) as any).kind).toBe('Table')
  const denied = await fetch(`${url}${configMaps}`, { headers: { 'impersonate-user': 'jane' } })
  expect(denied.status).toBe(403)
})

test('streams watch events as they happen', async () => {
  const response = await fetch(`${url}${configMaps}?watch=true&fieldSelector=metadata.name%3Dw`)
  const reader = response.body!.getReader()
  await fetch(`${url}${configMaps}`, { method: 'POST', body: JSON.stringify({ metadata: { name: 'w' } }) })
  cluster.engine.advance(10)
  const { value } = await reader.read()
  expect(JSON.parse(new TextDecoder().decode(value))).toMatchObject({
    type: 'ADDED',
    object: { metadata: { name: 'w' } },
  })
  await reader.cancel()
})
