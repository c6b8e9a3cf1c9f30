// Rules of the API that no recording shows: what they refuse, and how.
import { beforeEach, expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import type { AnyObject } from '../kinds/object.ts'
import { Server } from './server.ts'
import type { ApiRequest, ApiResponse } from './types.ts'

let server: Server
beforeEach(() => {
  server = new Server({ engine: new Engine({ seed: 1, epoch: 1_795_426_200_000 }) })
  const metadata = { name: 'default', resourceVersion: '1' }
  server.seed([{ apiVersion: 'v1', kind: 'Namespace', metadata, status: { phase: 'Active' } }])
})
const send = (method: ApiRequest['method'], path: string, body?: unknown, more: Partial<ApiRequest> = {}) =>
  server.handle({ method, path, body, ...more }) as ApiResponse & { body: AnyObject }
const maps = '/api/v1/namespaces/default/configmaps'
const map = (metadata: object = {}, data: object = {}) => ({ metadata: { name: 'a', ...metadata }, data })

test('finalizers of Kubernetes’ own kinds have a domain, unless they are standard', () => {
  expect(send('POST', maps, map({ finalizers: ['example.com/x', 'hold'] })).body.message).toBe(
    'ConfigMap "a" is invalid: metadata.finalizers[1]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified',
  )
  expect(send('POST', maps, map({ finalizers: ['orphan'] })).code).toBe(201)
})

test('an owner’s apiVersion is a group and a version', () => {
  const owner = { apiVersion: 'a/b/c', kind: 'Pod', name: 'p', uid: 'u' }
  expect(send('POST', maps, map({ ownerReferences: [owner] })).body.message).toBe(
    'ConfigMap "a" is invalid: metadata.ownerReferences.apiVersion: Invalid value: "a/b/c": version must not be empty',
  )
})

test('a PodDisruptionBudget is called as its path allows, once its content is right', () => {
  const path = '/apis/policy/v1/namespaces/default/poddisruptionbudgets'
  const budget = (name: string, minAvailable: unknown) => ({ metadata: { name }, spec: { minAvailable } })
  expect(send('POST', path, budget('Foo_Bar', 1)).code).toBe(201)
  expect(send('POST', path, budget('a%', -1)).body.message).not.toContain('metadata.name')
  expect(send('POST', path, budget('a%', 1)).body.message).toContain(
    `metadata.name: Invalid value: "a%": may not contain '%'`,
  )
})

test('a watch and a list begin at a version that is a number', () => {
  const query = { resourceVersion: 'abc' }
  const why = 'resourceVersion: Invalid value: "abc": strconv.ParseUint: parsing "abc": invalid syntax'
  expect(send('GET', maps, undefined, { query })).toMatchObject({ code: 500, body: { message: why } })
  const request = { method: 'GET', path: maps, query: { ...query, watch: 'true' } } as const
  expect(server.watch(request, () => {})).toMatchObject({
    code: 422,
    body: { message: `configmaps "" is invalid: ${why}` },
  })
})

test('a request has 3 MiB at most, an object 1.5 MiB', () => {
  expect(send('POST', maps, map({}, { a: 'x'.repeat(3_200_000) }))).toMatchObject({
    code: 413,
    body: { reason: 'RequestEntityTooLarge', message: 'Request entity too large: limit is 3145728' },
  })
  const pod = {
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', image: 'i', args: ['中'.repeat(600_000)] }] },
  }
  expect(
    send('POST', '/api/v1/namespaces/default/podtemplates', { metadata: { name: 'p' }, template: pod }),
  ).toMatchObject({
    code: 500,
    body: { message: 'etcdserver: request is too large' },
  })
})

test('a service without a name is refused for that, one that gets a name under it', () => {
  const path = '/api/v1/namespaces/default/services'
  const service = (metadata: object) => ({
    metadata,
    spec: { type: 'NodePort', selector: { a: 'b' }, ports: [{ port: 80, nodePort: 30080 }] },
  })
  expect(send('POST', path, service({ name: 'one' })).code).toBe(201)
  expect(send('POST', path, service({})).body.message).toBe(
    'Service "" is invalid: metadata.name: Required value: name or generateName is required',
  )
  expect(send('POST', path, service({ generateName: 'x-' })).body.message).toMatch(
    /^Service "x-\w{5}" is invalid: spec.ports\[0\].nodePort: Invalid value: 30080: provided port is already allocated$/,
  )
})

test('`__proto__` is a name like any other', () => {
  const body = JSON.parse('{"metadata":{"name":"a"},"data":{"__proto__":"x"}}')
  expect(JSON.stringify(send('POST', maps, body).body.data)).toBe('{"__proto__":"x"}')
})

test('server-side apply drops kubectl’s own annotation where it would be too big', () => {
  const annotation = 'kubectl.kubernetes.io/last-applied-configuration'
  send('POST', maps, map({ annotations: { [annotation]: '{}' } }))
  const apply = (data: object) =>
    send(
      'PATCH',
      `${maps}/a`,
      { apiVersion: 'v1', kind: 'ConfigMap', ...map({}, data) },
      {
        contentType: 'application/apply-patch+yaml',
        query: { fieldManager: 'kubectl', force: 'true' },
      },
    ).body.metadata.annotations?.[annotation]
  expect(apply({ a: 'b' })).toContain('"a":"b"')
  expect(apply({ a: 'x'.repeat(300_000) })).toBeUndefined()
})

test('a node has one range of pods for each family', () => {
  const refused = (podCIDRs: string[]) =>
    send('POST', '/api/v1/nodes', { metadata: { name: 'n' }, spec: { podCIDR: podCIDRs[0], podCIDRs } }).body
      .message
  const many = (list: string[]) =>
    `spec.podCIDRs: Invalid value: ${JSON.stringify(list)}: may specify no more than one CIDR for each IP family`
  expect(refused(['10.1.0.0/24', '10.2.0.0/24'])).toBe(
    `Node "n" is invalid: ${many(['10.1.0.0/24', '10.2.0.0/24'])}`,
  )
  expect(refused(['10.1.0.0/24', 'x'])).toContain(
    'spec.podCIDRs: Internal error: invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR address: x',
  )
  expect(refused(['10.1.0.0/24', 'fd00::/64'])).toBeUndefined()
})

test('of claim templates with one name the last is meant', () => {
  const claim = (storage: string) => ({
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
  })
  const labels = { a: 'b' }
  const { code } = send('POST', '/apis/apps/v1/namespaces/default/statefulsets', {
    metadata: { name: 's' },
    spec: {
      selector: { matchLabels: labels },
      serviceName: 's',
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'c', image: 'nginx', volumeMounts: [{ name: 'data', mountPath: '/d' }] }],
        },
      },
      volumeClaimTemplates: [claim('1Gi'), claim('2Gi')],
    },
  })
  expect(code).toBe(201)
})
