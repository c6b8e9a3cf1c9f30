// Controllers that work on every kind know the defined ones too; and those of roles and nodes.
import { beforeEach, expect, test } from 'vitest'
import { ApiError } from '../api/errors.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { createCluster } from '../cluster/cluster.ts'
import type { AnyObject } from '../kinds/object.ts'

let cluster: Cluster
const resource = <Name extends string>(name: Name) => cluster.client('test').resource(name)
const widgets = () => resource('widgets.example.com')
const error = (act: () => unknown): string => {
  try {
    act()
  } catch (failure) {
    if (failure instanceof ApiError) return failure.message
    throw failure
  }
  return ''
}

beforeEach(() => {
  cluster = createCluster({ seed: 1 })
})

function define(): void {
  resource('customresourcedefinitions.apiextensions.k8s.io').create({
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  } as never)
  cluster.engine.advance(1000)
}
const widget = (name: string, metadata: object = {}, namespace = 'default') =>
  widgets().create({ metadata: { name, namespace, ...metadata } } as never)
const ownedBy = ({ apiVersion, kind, metadata: { name, uid } }: AnyObject, more: object = {}) => ({
  ownerReferences: [{ apiVersion, kind, name, uid, ...more }],
})

test('dependents of a custom resource go with it, also from kind to kind', () => {
  define()
  const owner = widget('owner')
  const child = widget('child', ownedBy(owner))
  resource('configmaps').create({ metadata: { name: 'c', namespace: 'default', ...ownedBy(child) } } as never)
  widget('free')
  cluster.engine.advance(1000)
  widgets().delete('default', 'owner')
  cluster.engine.advance(2000)
  expect(
    widgets()
      .list()
      .map(w => w.metadata.name),
  ).toEqual(['free'])
  expect(resource('configmaps').find('default', 'c')).toBeUndefined()
})

test('a custom resource that is deleted in the foreground waits for what blocks it; orphans lose their owner', () => {
  define()
  const owner = widget('owner')
  widget('held', { ...ownedBy(owner, { blockOwnerDeletion: true }), finalizers: ['example.com/x'] })
  cluster.engine.advance(1000)
  widgets().delete('default', 'owner', { propagationPolicy: 'Foreground' })
  cluster.engine.advance(2000)
  expect(widgets().get('default', 'owner').metadata.finalizers).toEqual(['foregroundDeletion'])
  widgets().patch('default', 'held', 'merge', { metadata: { finalizers: null } })
  cluster.engine.advance(2000)
  expect(widgets().list()).toEqual([])
  const parent = widget('parent')
  widget('orphan', ownedBy(parent))
  cluster.engine.advance(1000)
  widgets().delete('default', 'parent', { propagationPolicy: 'Orphan' })
  cluster.engine.advance(2000)
  expect(
    widgets()
      .list()
      .map(w => [w.metadata.name, w.metadata.ownerReferences ?? []]),
  ).toEqual([['orphan', []]])
})

test('a namespace takes its custom resources with it, and waits for their finalizers', () => {
  define()
  resource('namespaces').create({ metadata: { name: 'dev' } } as never)
  widget('plain', {}, 'dev')
  widget('held', { finalizers: ['example.com/x'] }, 'dev')
  resource('namespaces').delete('', 'dev')
  cluster.engine.advance(10_000)
  const condition = (type: string) =>
    resource('namespaces')
      .get('', 'dev')
      .status.conditions?.find(c => c.type === type)?.message
  expect(condition('NamespaceContentRemaining')).toBe(
    'Some resources are remaining: widgets.example.com has 1 resource instances',
  )
  expect(condition('NamespaceFinalizersRemaining')).toBe(
    'Some content in the namespace has finalizers remaining: example.com/x in 1 resource instances',
  )
  widgets().patch('dev', 'held', 'merge', { metadata: { finalizers: null } })
  cluster.engine.advance(30_000)
  expect(resource('namespaces').find('', 'dev')).toBeUndefined()
})

test('a definition that goes takes its objects, and what they own, with it', () => {
  define()
  const owner = widget('owner')
  resource('configmaps').create({ metadata: { name: 'c', namespace: 'default', ...ownedBy(owner) } } as never)
  cluster.engine.advance(1000)
  resource('customresourcedefinitions.apiextensions.k8s.io').delete('', 'widgets.example.com')
  cluster.engine.advance(100)
  define()
  expect(widgets().list()).toEqual([])
  cluster.engine.advance(2000)
  expect(resource('configmaps').find('default', 'c')).toBeUndefined()
})

test('a role with an aggregationRule has the rules of the roles that match, as they come and go', () => {
  const roles = resource('clusterroles.rbac.authorization.k8s.io')
  const rule = (name: string) => ({ apiGroups: [''], resources: [name], verbs: ['get'] })
  const labels = { 'example.com/part': 'true' }
  roles.create({
    metadata: { name: 'all' },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] },
    rules: [],
  } as never)
  roles.create({ metadata: { name: 'b', labels }, rules: [rule('pods'), rule('secrets')] } as never)
  roles.create({ metadata: { name: 'a', labels }, rules: [rule('nodes'), rule('pods')] } as never)
  cluster.engine.advance(1000)
  const rules = () => roles.get('', 'all').rules.map(r => r.resources?.[0])
  expect(rules()).toEqual(['nodes', 'pods', 'secrets'])
  roles.delete('', 'a')
  cluster.engine.advance(1000)
  expect(rules()).toEqual(['pods', 'secrets'])
})

test('the roles of a fresh cluster are aggregated already', () => {
  const versions = () =>
    resource('clusterroles.rbac.authorization.k8s.io')
      .list()
      .map(role => role.metadata.resourceVersion)
  const before = versions()
  cluster.engine.advance(1000)
  expect(versions()).toEqual(before)
})

test('nobody grants what he may not do, unless he may escalate or bind', () => {
  const as = (name: string) => ({
    send: (path: string, body: object) =>
      cluster.api.handle({
        method: 'POST',
        path: `/apis/rbac.authorization.k8s.io/v1${path}`,
        body,
        user: { name, groups: [] },
      }),
  })
  const rbac = (kind: string, body: object) =>
    resource(`${kind}.rbac.authorization.k8s.io`).create(body as never)
  rbac('clusterroles', {
    metadata: { name: 'manager' },
    rules: [
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['*'], verbs: ['create'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    ],
  })
  rbac('clusterrolebindings', {
    metadata: { name: 'jane' },
    roleRef: { kind: 'ClusterRole', name: 'manager' },
    subjects: [{ kind: 'User', name: 'jane' }],
  })
  const role = (rules: object[]) =>
    as('jane').send('/namespaces/default/roles', { metadata: { name: 'r' }, rules })
  const refused = role([
    { apiGroups: [''], resources: ['pods', 'secrets'], verbs: ['get', 'delete'] },
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web'], verbs: ['get'] },
  ])
  expect((refused.body as AnyObject).message).toBe(
    'roles.rbac.authorization.k8s.io "r" is forbidden: user "jane" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n' +
      '{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}\n' +
      '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete"]}\n' +
      '{APIGroups:["apps"], Resources:["deployments"], ResourceNames:["web"], Verbs:["get"]}',
  )
  expect(role([{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]).code).toBe(201)
  const bind = (name: string) =>
    as('jane').send('/namespaces/default/rolebindings', {
      metadata: { name: `to-${name}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'User', name: 'joe' }],
    }) as { code: number; body: AnyObject }
  expect(bind('view').code).toBe(403)
  expect(bind('nosuch').body.message).toBe('clusterroles.rbac.authorization.k8s.io "nosuch" not found')
  rbac('clusterroles', {
    metadata: { name: 'binder' },
    rules: [
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: ['clusterroles'],
        verbs: ['bind'],
        resourceNames: ['view'],
      },
    ],
  })
  rbac('clusterrolebindings', {
    metadata: { name: 'binder' },
    roleRef: { kind: 'ClusterRole', name: 'binder' },
    subjects: [{ kind: 'User', name: 'jane' }],
  })
  expect(bind('view').code).toBe(201)
  expect(bind('edit').code).toBe(403)
})

test('nodes are told how long they may keep what they read, by the size of the cluster', () => {
  const nodes = resource('nodes')
  const ttl = (name: string) => nodes.get('', name).metadata.annotations?.['node.alpha.kubernetes.io/ttl']
  for (let i = 0; i < 100; i++) nodes.create({ metadata: { name: `n${i}` } } as never)
  cluster.engine.advance(5000)
  expect(ttl('n0')).toBe('15')
  expect(error(() => nodes.get('', 'n100'))).toContain('not found')
})

test('a policy’s expressions are checked against the kinds that it names', () => {
  const policies = resource('validatingadmissionpolicies.admissionregistration.k8s.io')
  const status = (name: string, expression: string) => {
    policies.create({
      metadata: { name },
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
          ],
        },
        validations: [{ expression }],
      },
    } as never)
    cluster.engine.advance(1000)
    return policies.get('', name).status
  }
  expect(
    status('good', "object.spec.replicas < 3 && object.spec.template.spec.containers.all(c, c.image != '')"),
  ).toEqual({ observedGeneration: 1, typeChecking: {} })
  expect(status('bad', 'object.spec.replica < 3').typeChecking?.expressionWarnings).toEqual([
    {
      fieldRef: 'spec.validations[0].expression',
      warning:
        "apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'replica'\n | object.spec.replica < 3\n | ...........^\n",
    },
  ])
})
