// Webhooks are programs in the cluster: called through their services while a request waits, heeded, and missed as real.
import { beforeEach, expect, test } from 'vitest'
import type { AnyObject } from '../kinds/object.ts'
import { type Cluster, createCluster } from './cluster.ts'

let cluster: Cluster
const resource = (name: string) => cluster.client('test').resource(name)
const post = (path: string, body: object) =>
  cluster.api.handle({ method: 'POST', path, body }) as {
    code: number
    body: AnyObject
    warnings: readonly string[]
  }
const map = (data: object, metadata: object = { name: 'c' }) =>
  post('/api/v1/namespaces/default/configmaps', { metadata, data })

beforeEach(() => {
  cluster = createCluster({ seed: 1 })
})

function register(kind: 'validating' | 'mutating', path: string, more: object = {}): void {
  const made = post(`/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations`, {
    metadata: { name: 'demo' },
    webhooks: [
      {
        name: 'demo.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { service: { name: 'hook', namespace: 'default', path } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
        ...more,
      },
    ],
  })
  expect(made.body.message ?? made.code).toBe(201)
}

function serve(): void {
  const labels = { app: 'hook' }
  resource('pods').create({
    metadata: { name: 'hook', namespace: 'default', labels },
    spec: {
      containers: [
        {
          name: 'hook',
          image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
          args: ['webhook', '--port=8443'],
        },
      ],
    },
  } as never)
  resource('services').create({
    metadata: { name: 'hook', namespace: 'default' },
    spec: { selector: labels, ports: [{ port: 443, targetPort: 8443 }] },
  } as never)
  cluster.engine.advance(30_000)
}

const failing = (why: string) =>
  `Internal error occurred: failed calling webhook "demo.example.com": failed to call webhook: ${why}`

test('a webhook whose service is missing fails each request that its rules take, unless failures are ignored', () => {
  register('validating', '/configmaps')
  expect(map({})).toMatchObject({
    code: 500,
    body: {
      reason: 'InternalError',
      message: failing(
        'Post "https://hook.default.svc:443/configmaps?timeout=10s": service "hook" not found',
      ),
    },
  })
  expect(post('/api/v1/namespaces/default/secrets', { metadata: { name: 's' } }).code).toBe(201)
  const configurations = resource('validatingwebhookconfigurations.admissionregistration.k8s.io')
  configurations.patch('', 'demo', 'json', [
    { op: 'add', path: '/webhooks/0/failurePolicy', value: 'Ignore' },
  ])
  expect(map({}).code).toBe(201)
})

test('a service without endpoints refuses; a port that it lacks is said', () => {
  register('validating', '/configmaps')
  resource('services').create({
    metadata: { name: 'hook', namespace: 'default' },
    spec: { selector: { app: 'nobody' }, ports: [{ port: 443 }], clusterIP: '20.1.9.9' },
  } as never)
  cluster.engine.advance(2000)
  expect(map({}).body.message).toBe(
    failing(
      'Post "https://hook.default.svc:443/configmaps?timeout=10s": dial tcp 20.1.9.9:443: connect: connection refused',
    ),
  )
  resource('services').patch('default', 'hook', 'json', [
    { op: 'replace', path: '/spec/ports/0/port', value: 8080 },
  ])
  expect(map({}).body.message).toContain('no service port 443 found for service "hook"')
})

test('a webhook denies, in its words', () => {
  serve()
  register('validating', '/configmaps')
  const denied = map({ key: 'webhook-disallow' })
  expect(denied.body.message).toBe(
    'admission webhook "demo.example.com" denied the request: the configmap contains unwanted key and value',
  )
  expect(denied.code).toBe(400)
  expect(map({ key: 'fine' }).code).toBe(201)
})

test('selectors and match conditions leave requests out', () => {
  serve()
  register('validating', '/always-deny', {
    objectSelector: { matchLabels: { checked: 'yes' } },
    matchConditions: [{ name: 'big', expression: 'has(object.data) && size(object.data) > 1' }],
  })
  const labels = { checked: 'yes' }
  expect(map({ a: '1', b: '2' }, { name: 'plain' }).code).toBe(201)
  expect(map({ a: '1' }, { name: 'small', labels }).code).toBe(201)
  expect(map({ a: '1', b: '2' }, { name: 'big', labels }).body.message).toContain(
    'this webhook denies all requests',
  )
})

test('patches of a mutating webhook are applied', () => {
  serve()
  register('mutating', '/add-label')
  expect(map({}).body.metadata.labels).toEqual({ 'added-label': 'yes' })
})

test('an answer has its time', () => {
  serve()
  register('validating', '/always-allow-delay-5s', { timeoutSeconds: 3 })
  const before = cluster.engine.now
  expect(map({}).body.message).toBe(
    failing(
      'Post "https://hook.default.svc:443/always-allow-delay-5s?timeout=3s": context deadline exceeded',
    ),
  )
  expect(cluster.engine.now).toBe(before)
})

test('a headless service leads nowhere; an external name is asked by its name, at any port', () => {
  register('validating', '/configmaps')
  const url = 'Post "https://hook.default.svc:443/configmaps?timeout=10s": '
  const service = (spec: object) => {
    resource('services').create({ metadata: { name: 'hook', namespace: 'default' }, spec } as never)
    const { message } = map({}).body
    resource('services').delete('default', 'hook')
    return message
  }
  const none = 'cannot route to service with ClusterIP "None"'
  expect(service({ clusterIP: 'None', ports: [{ port: 443 }] })).toBe(failing(url + none))
  expect(service({ type: 'ExternalName', externalName: 'hooks.example.com' })).toBe(
    failing(`${url}dial tcp: lookup hooks.example.com: no such host`),
  )
})
