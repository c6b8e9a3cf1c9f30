import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, createCluster } from '../../src/cluster/cluster.ts'
import type { AnyObject } from '../../src/kinds/object.ts'
import { decodeObject, encodeObject } from './protobuf/envelope.ts'
import { randomSecrets } from './secrets.ts'
import { httpApi } from './server.ts'

const admin = 'of-this-test'
let cluster: Cluster
let server: Server
let url: string

beforeAll(async () => {
  cluster = createCluster({ secrets: randomSecrets() })
  server = httpApi(cluster, { token: admin })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.closeAllConnections())
afterAll(() => void server.close())

const configMaps = '/api/v1/namespaces/default/configmaps'
const asJson = { 'content-type': 'application/json' }
const protobuf = 'application/vnd.kubernetes.protobuf'

function ask(path: string, init: RequestInit = {}, token = admin) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...init.headers }
  return fetch(`${url}${path}`, { ...init, headers })
}
const answerOf = async (response: Promise<Response>): Promise<AnyObject> =>
  (await response).json() as Promise<AnyObject>

test('answers a client over HTTP: JSON in and out, YAML in and out, Tables, warnings, users', async () => {
  const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: "1"}\ndta: 1\n'
  const headers = { 'content-type': 'application/yaml' }
  const made = await ask(configMaps, { method: 'POST', body: yaml, headers })
  expect([made.status, made.headers.get('warning')]).toEqual([201, '299 - "unknown field \\"dta\\""'])
  expect((await answerOf(ask(`${configMaps}/a`))).data).toEqual({ x: '1' })
  const shown = await ask(`${configMaps}/a`, { headers: { accept: 'application/yaml' } })
  expect(await shown.text()).toContain('data:\n  x: "1"\n')
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'
  expect((await answerOf(ask(configMaps, { headers: { accept } }))).kind).toBe('Table')
  const denied = await ask(configMaps, { headers: { 'impersonate-user': 'jane' } })
  expect(denied.status).toBe(403)
})

test('reads and writes protobuf', async () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'p' }, data: { x: '1' } }
  const headers = { 'content-type': protobuf, accept: protobuf }
  const body = Buffer.from(encodeObject(object)!)
  const made = await ask(configMaps, { method: 'POST', headers, body })
  expect([made.status, made.headers.get('content-type')]).toEqual([201, protobuf])
  expect(decodeObject(Buffer.from(await made.arrayBuffer()))).toMatchObject(object)
  const listed = await ask('/api/v1/pods', { headers: { accept: `${protobuf},application/json` } })
  expect(decodeObject(Buffer.from(await listed.arrayBuffer())).kind).toBe('PodList')
  const options = Buffer.from(encodeObject({ apiVersion: 'v1', kind: 'DeleteOptions' })!)
  const gone = await ask(`${configMaps}/p`, { method: 'DELETE', headers, body: options })
  expect(gone.status).toBe(200)

  const broken = await ask(configMaps, { method: 'POST', headers: { 'content-type': protobuf }, body: 'x' })
  expect([broken.status, (await broken.json()).message]).toEqual([
    400,
    'the object provided is unrecognized (must be of type ConfigMap): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (78)',
  ])
})

test('refuses forms that it does not know', async () => {
  const post = (type: string) =>
    answerOf(ask(configMaps, { method: 'POST', headers: { 'content-type': type }, body: 'x=1' }))
  const accepted = 'application/json, application/yaml, application/vnd.kubernetes.protobuf'
  for (const type of ['application/cbor', 'application/x-www-form-urlencoded', 'text/plain'])
    expect(await post(type)).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
      message: `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
    })
  expect(await answerOf(ask(configMaps, { headers: { accept: 'application/cbor' } }))).toMatchObject({
    code: 406,
    reason: 'NotAcceptable',
    message: `only the following media types are accepted: ${accepted}`,
  })
})

test('lets in who has a token, as whom it is for', async () => {
  const nobody = await ask(configMaps, {}, '')
  expect([nobody.status, await nobody.json()]).toEqual([
    401,
    {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    },
  ])
  for (const path of ['/', '/version', '/metrics', '/openapi/v2', '/openapi/v3', `${configMaps}?watch=true`])
    expect((await ask(path, {}, 'wrong')).status, path).toBe(401)
  expect((await ask('/readyz', {}, '')).status).toBe(200)
  const account = '/api/v1/namespaces/default/serviceaccounts/default/token'
  const made = await answerOf(ask(account, { method: 'POST', headers: asJson, body: '{}' }))
  const { token } = made.status
  expect((await ask('/version', {}, token)).status).toBe(200)
  expect((await answerOf(ask(configMaps, {}, token))).message).toContain(
    'User "system:serviceaccount:default:default" cannot list resource "configmaps"',
  )
  const headers = { 'impersonate-user': 'jane', 'impersonate-group': 'system:masters' }
  expect((await answerOf(ask(configMaps, { headers }, token))).message).toContain(
    'cannot impersonate resource "users"',
  )
  expect((await ask(configMaps, { headers })).status).toBe(200)
})

test('is called by its own names, and not from pages of other sites', async () => {
  const { request } = await import('node:http')
  const status = (headers: Record<string, string>) =>
    new Promise(done => {
      const sent = request(`${url}/version`, {
        headers: { authorization: `Bearer ${admin}`, ...headers },
      })
      sent.on('response', response => done(response.resume().statusCode)).end()
    })
  expect(await status({ host: 'localhost:1234' })).toBe(200)
  expect(await status({ host: '[::1]:1234' })).toBe(200)
  expect(await status({ host: 'attacker.example:1234' })).toBe(403)
  expect(await status({ origin: 'https://attacker.example' })).toBe(403)
  expect(await status({ origin: url })).toBe(200)
})

test('refuses what is larger than a request may be', async () => {
  const body = JSON.stringify({ metadata: { name: 'big' }, data: { x: 'x'.repeat(3 * 1024 * 1024) } })
  const refused = await ask(configMaps, { method: 'POST', headers: asJson, body })
  expect([refused.status, (await refused.json()).message]).toEqual([
    413,
    'Request entity too large: limit is 3145728',
  ])
})

test('streams watch events as they happen, in JSON and in protobuf', async () => {
  const path = `${configMaps}?watch=true&fieldSelector=metadata.name%3Dw`
  const watch = async (accept: string) => (await ask(path, { headers: { accept } })).body!.getReader()
  const [lines, frames] = [await watch('application/json'), await watch(protobuf)]
  await ask(configMaps, {
    method: 'POST',
    headers: asJson,
    body: JSON.stringify({ metadata: { name: 'w' } }),
  })
  cluster.engine.advance(10)
  const { value } = await lines.read()
  expect(JSON.parse(new TextDecoder().decode(value))).toMatchObject({
    type: 'ADDED',
    object: { metadata: { name: 'w' } },
  })
  const frame = Buffer.from((await frames.read()).value!)
  expect(frame.readUInt32BE(0)).toBe(frame.length - 4)
  const object = decodeObject(frame.subarray(frame.indexOf('k8s\0')))
  expect(object).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'w' } })
  await lines.cancel()
  await frames.cancel()
})

test('its OpenAPI documents say what fields are for, also of the kind that defines kinds', async () => {
  const schemas = async (version: string) =>
    (await answerOf(ask(`/openapi/v3/${version}`))).components.schemas as Record<
      string,
      { properties: { livenessProbe?: object } }
    >
  const core = await schemas('api/v1')
  expect(core['io.k8s.api.core.v1.Container']!.properties.livenessProbe).toMatchObject({
    allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.Probe' }],
    description: expect.stringContaining('liveness'),
  })
  const definitions = await schemas('apis/apiextensions.k8s.io/v1')
  for (const [, name] of JSON.stringify(definitions).matchAll(/#\/components\/schemas\/([^"]+)/g))
    expect(Object.keys(definitions)).toContain(name)
  expect(JSON.stringify(definitions)).toContain('CustomResourceDefinitionNames')
})

test('its OpenAPI document of version 2 refers to what stands in it, and says how fields are checked', async () => {
  const { definitions, paths } = await answerOf(ask('/openapi/v2'))
  const referred = [...JSON.stringify(definitions).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)]
  expect(referred.length).toBeGreaterThan(500)
  expect(referred.filter(([, name]) => !definitions[name!])).toEqual([])
  expect(JSON.stringify(definitions)).not.toContain('components/schemas')
  expect(definitions['io.k8s.api.core.v1.Container'].properties.livenessProbe).toMatchObject({
    $ref: '#/definitions/io.k8s.api.core.v1.Probe',
    description: expect.stringContaining('liveness'),
  })
  const { parameters } = paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'].patch
  expect(parameters).toContainEqual({ name: 'fieldValidation', in: 'query', type: 'string' })
})

test('custom resources have no protobuf form, and operations in the OpenAPI documents too', async () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
      ],
    },
  }
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  await ask(path, { method: 'POST', headers: asJson, body: JSON.stringify(definition) })
  cluster.engine.advance(1000)
  const widgets = '/apis/example.com/v1/namespaces/default/widgets'
  const widget = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'w' } }
  const sent = Buffer.from(
    Buffer.from(encodeObject(widget)!)
      .toString('latin1')
      .replace('\x02v1\x12\x09ConfigMap', '\x02v1\x12\x06Widget')
      .replace('\x0a\x0f', '\x0a\x0c'),
    'latin1',
  )
  const init = { method: 'POST', headers: { 'content-type': protobuf }, body: sent }
  expect(await answerOf(ask(widgets, init))).toMatchObject({
    code: 400,
    message:
      'Widget in version "v1" cannot be handled as a Widget: object *unstructured.Unstructured does not implement the protobuf marshalling interface and cannot be encoded to a protobuf message',
  })
  expect(await answerOf(ask(widgets, { headers: { accept: protobuf } }))).toMatchObject({
    code: 406,
    message: `only the following media types are accepted: application/json, application/yaml, ${protobuf}`,
  })
  expect((await ask(widgets, { headers: { accept: `${protobuf},application/json` } })).status).toBe(200)
  const { paths } = await answerOf(ask('/openapi/v3/apis/example.com/v1'))
  const found = paths['/apis/example.com/v1/namespaces/{namespace}/widgets/{name}']
  expect(found.patch['x-kubernetes-group-version-kind']).toEqual({
    group: 'example.com',
    version: 'v1',
    kind: 'Widget',
  })
})
