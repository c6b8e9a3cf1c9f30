import { beforeEach, describe, expect, test } from 'vitest'
import { Engine } from '../engine/engine.ts'
import type { AnyObject, KubeObject } from '../kinds/object.ts'
import type { ConfigMap } from '../kinds/schema/types.ts'
import { Client, type ResourceClient } from './client.ts'
import { Server } from './server.ts'
import type { ApiRequest, WatchEvent } from './types.ts'

const epoch = 1_795_426_200_000 // 2026-11-23T09:30:00Z
const seeded = (kind: string, name: string, namespace?: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace && { namespace }), uid: `${kind}-${name}`, resourceVersion: '1' },
  ...more,
})

let engine: Engine
let server: Server
let configMaps: ResourceClient<ConfigMap>
let pods: ResourceClient<AnyObject>

beforeEach(() => {
  engine = new Engine({ seed: 1, epoch })
  server = new Server({ engine, revision: 100 })
  server.seed([
    seeded('Namespace', 'default', undefined, {
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    }),
    seeded('ServiceAccount', 'default', 'default'),
  ])
  const client = new Client(server, 'test')
  configMaps = client.resource('configmaps')
  pods = client.resource('pods')
})

const configMap = (name: string, more: object = {}): ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default', ...more },
  data: { a: '1' },
})
const pod = (name: string, more: object = {}): AnyObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ...more },
})
const send = (method: ApiRequest['method'], path: string, more: Partial<ApiRequest> = {}) =>
  server.handle({ method, path, ...more })
const message = (...request: Parameters<typeof send>) => send(...request).body.message

/** `ADDED a@101` for each event that comes within a second. */
function follow(resource: Pick<ResourceClient, 'watch'>, options: Record<string, string> = {}): string[] {
  const seen: string[] = []
  const note = ({ type, object }: WatchEvent) => {
    const { name, resourceVersion } = (object as AnyObject).metadata
    seen.push(`${type} ${name}@${resourceVersion}`)
  }
  resource.watch({ namespace: 'default', ...options }, note)
  return seen
}

describe('writing', () => {
  test('numbers every write and refuses one that starts from an older state', () => {
    const first = configMaps.create(configMap('a'))
    const second = configMaps.update({ ...first, data: { a: '2' } })
    expect([first, second].map(o => o.metadata.resourceVersion)).toEqual(['101', '102'])
    expect(() => configMaps.update({ ...first, data: { a: '3' } })).toThrow(
      'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    )
  })

  test('leaves what was read before as it was, also where only the status is written', () => {
    const before = pods.create(pod('p'))
    const version = before.metadata.resourceVersion
    const after = pods.updateStatus({ ...before, status: { ...before.status, message: 'm' } })
    expect(before.metadata.resourceVersion).toBe(version)
    expect(after.metadata.resourceVersion).not.toBe(version)
    expect(() => pods.updateStatus({ ...before, status: {} })).toThrow('the object has been modified')
  })

  test('does not count an update that changes nothing', () => {
    const first = configMaps.create(configMap('a'))
    expect(configMaps.update({ ...first })).toBe(configMaps.get('default', 'a'))
    expect(configMaps.get('default', 'a').metadata.resourceVersion).toBe('101')
  })

  test('changes nothing in a dry run', () => {
    expect(
      send('POST', '/api/v1/namespaces/default/configmaps', {
        body: configMap('a'),
        query: { dryRun: 'All' },
      }).code,
    ).toBe(201)
    expect(configMaps.find('default', 'a')).toBeUndefined()
  })

  test('makes names from generateName', () => {
    const made = configMaps.create({
      ...configMap(''),
      metadata: { generateName: 'x-', namespace: 'default' },
    })
    expect(made.metadata.name).toMatch(/^x-[bcdfghjklmnpqrstvwxz2456789]{5}$/)
  })

  test('says what is wrong with a request, in the words of the real server', () => {
    const path = '/api/v1/namespaces/default/configmaps'
    configMaps.create(configMap('a'))
    expect(message('POST', path, { body: configMap('a') })).toBe('configmaps "a" already exists')
    expect(
      message('POST', path, { body: { ...configMap('b'), dta: {} }, query: { fieldValidation: 'Strict' } }),
    ).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dta"',
    )
    expect(
      message('POST', '/api/v1/namespaces/none/configmaps', {
        body: { ...configMap('b'), metadata: { name: 'b' } },
      }),
    ).toBe('namespaces "none" not found')
    expect(message('PUT', `${path}/a`, { body: configMap('b') })).toBe(
      'the name of the object (b) does not match the name on the URL (a)',
    )
    expect(message('PATCH', `${path}/a`, { body: {}, contentType: 'text/plain' })).toContain(
      'accepted media types include: application/json-patch+json',
    )
    expect(send('POST', `${path}/a`, { body: {} }).code).toBe(405)
  })

  test('warns of unknown fields where it is not told to refuse them', () => {
    const { code, warnings } = send('POST', '/api/v1/namespaces/default/configmaps', {
      body: { ...configMap('b'), dta: {} },
    })
    expect({ code, warnings }).toEqual({ code: 201, warnings: ['unknown field "dta"'] })
  })
})

describe('deleting', () => {
  test('ends a scheduled pod in steps: marked, marked without grace, gone', () => {
    pods.create(pod('web', { nodeName: 'n1' }))
    const seen = follow(pods)
    pods.delete('default', 'web')
    expect(pods.get('default', 'web').metadata).toMatchObject({
      deletionGracePeriodSeconds: 30,
      generation: 2,
    })
    pods.delete('default', 'web', { gracePeriodSeconds: 0 })
    engine.advance(1000)
    expect(seen).toEqual(['ADDED web@101', 'MODIFIED web@102', 'MODIFIED web@103', 'DELETED web@104'])
  })

  test('keeps an object until its last finalizer is gone', () => {
    configMaps.create(configMap('a', { finalizers: ['example.com/hold'] }))
    configMaps.delete('default', 'a')
    const held = configMaps.get('default', 'a')
    expect(held.metadata.deletionTimestamp).toBe('2026-11-23T09:30:00Z')
    const { finalizers: _, ...metadata } = held.metadata
    configMaps.update({ ...held, metadata })
    expect(configMaps.find('default', 'a')).toBeUndefined()
  })

  test('leaves orphaning and foreground deletion to the garbage collector, by a finalizer', () => {
    configMaps.create(configMap('a'))
    configMaps.delete('default', 'a', { propagationPolicy: 'Foreground' })
    expect(configMaps.get('default', 'a').metadata.finalizers).toEqual(['foregroundDeletion'])
  })

  test('minds preconditions', () => {
    configMaps.create(configMap('a'))
    expect(() => configMaps.delete('default', 'a', { preconditions: { uid: 'x' } })).toThrow(
      'Precondition failed: UID in precondition: x',
    )
  })

  test('makes a namespace terminating, in which nothing new begins', () => {
    const namespaces = new Client(server, 'test').resource<AnyObject>('namespaces')
    namespaces.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dev' } })
    namespaces.delete('', 'dev')
    expect(namespaces.get('', 'dev').status.phase).toBe('Terminating')
    expect(
      message('POST', '/api/v1/namespaces/dev/configmaps', {
        body: { ...configMap('b'), metadata: { name: 'b' } },
      }),
    ).toBe(
      'configmaps "b" is forbidden: unable to create new content in namespace dev because it is being terminated',
    )
  })

  test('deletes by selector', () => {
    for (const name of ['a', 'b']) configMaps.create(configMap(name, { labels: { app: name } }))
    configMaps.deleteCollection({ namespace: 'default', labelSelector: 'app=a' })
    expect(configMaps.list({ namespace: 'default' }).map(o => o.metadata.name)).toEqual(['b'])
  })
})

describe('reading', () => {
  test('lists in pieces, in the order of names', () => {
    for (const name of ['c', 'a', 'b']) configMaps.create(configMap(name))
    const path = '/api/v1/namespaces/default/configmaps'
    const first = send('GET', path, { query: { limit: '2' } }).body
    const rest = send('GET', path, { query: { limit: '2', continue: first.metadata.continue } }).body
    expect(first.items.map((o: KubeObject) => o.metadata.name)).toEqual(['a', 'b'])
    expect(first.metadata.remainingItemCount).toBe(1)
    expect(rest.items.map((o: KubeObject) => o.metadata.name)).toEqual(['c'])
    expect(rest.metadata.continue).toBeUndefined()
  })

  test('finds pods by the fields of their kind, and by no others', () => {
    pods.create(pod('a', { nodeName: 'n1' }))
    pods.create(pod('b'))
    expect(pods.list({ fieldSelector: 'spec.nodeName=n1' }).map(o => o.metadata.name)).toEqual(['a'])
    expect(() => pods.list({ fieldSelector: 'spec.x=1' })).toThrow('field label not supported: spec.x')
  })
})

describe('watching', () => {
  test('begins with what there is, or goes on from a version', () => {
    configMaps.create(configMap('a'))
    configMaps.create(configMap('b'))
    const all = follow(configMaps)
    const later = follow(configMaps, { resourceVersion: '101' })
    configMaps.delete('default', 'a')
    engine.advance(1000)
    expect(all).toEqual(['ADDED a@101', 'ADDED b@102', 'DELETED a@103'])
    expect(later).toEqual(['ADDED b@102', 'DELETED a@103'])
  })

  test('shows objects that come into view or leave it as added and deleted', () => {
    const seen = follow(pods, { fieldSelector: 'spec.nodeName=n1' })
    pods.create(pod('a'))
    pods.post('default', 'a', 'binding', { target: { kind: 'Node', name: 'n1' } })
    pods.patch('default', 'a', 'merge', { metadata: { labels: { x: 'y' } } })
    engine.advance(1000)
    expect(seen).toEqual(['ADDED a@102', 'MODIFIED a@103'])
  })

  test('answers 410 Gone for a version that is forgotten', () => {
    for (let i = 0; i < 2100; i++) configMaps.create(configMap(`c${i}`))
    const events: WatchEvent[] = []
    configMaps.watch({ namespace: 'default', resourceVersion: '150' }, event => events.push(event))
    engine.advance(10)
    expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }])
  })

  test('never calls a watcher inside the write', () => {
    let inside = false
    configMaps.watch({ namespace: 'default' }, () => expect(inside).toBe(false))
    inside = true
    configMaps.create(configMap('a'))
    inside = false
    engine.advance(10)
  })
})

test('lets users do what their roles say', () => {
  const user = { name: 'jane', groups: [] }
  const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/default'
  expect(message('GET', '/api/v1/namespaces/default/pods', { user })).toBe(
    'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"',
  )
  send('POST', `${rbac}/roles`, {
    body: { metadata: { name: 'r' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] },
  })
  send('POST', `${rbac}/rolebindings`, {
    body: {
      metadata: { name: 'r' },
      subjects: [{ kind: 'User', name: 'jane', apiGroup: 'rbac.authorization.k8s.io' }],
      roleRef: { kind: 'Role', name: 'r', apiGroup: 'rbac.authorization.k8s.io' },
    },
  })
  expect(send('GET', '/api/v1/namespaces/default/pods', { user }).code).toBe(200)
  expect(send('DELETE', '/api/v1/namespaces/default/pods/x', { user }).code).toBe(403)
})

test('lets events go after an hour', () => {
  const events = new Client(server, 'test').resource<AnyObject>('events')
  events.create({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'e', namespace: 'default' },
    involvedObject: { namespace: 'default' },
  })
  engine.advance(3_590_000)
  expect(events.find('default', 'e')).toBeDefined()
  engine.advance(120_000)
  expect(events.find('default', 'e')).toBeUndefined()
})
