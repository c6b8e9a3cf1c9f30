// NetworkPolicy, rule by rule: who still reaches whom.
import { expect, test } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'
import { Fiber } from '../engine/task.ts'
import type { AnyObject } from '../kinds/object.ts'

const pod = (name: string, namespace: string, labels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels },
  spec: {
    containers: [{ name: 'c', image: 'leigg/hellok8s:v1', ports: [{ name: 'web', containerPort: 3000 }] }],
  },
})

/** web, friend and stranger in default; other in the namespace `team`, whose labels are team=a. */
function setUp() {
  const { engine, client, network } = createCluster({ workers: 2 })
  const api = client('kubectl-create')
  api.resource<AnyObject>('namespaces').create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'team', labels: { team: 'a' } },
  } as AnyObject)
  engine.advance(500)
  for (const object of [
    pod('web', 'default', { app: 'web' }),
    pod('friend', 'default', { role: 'friend' }),
    pod('stranger', 'default', { role: 'stranger' }),
    pod('other', 'team', { role: 'friend' }),
  ])
    api.resource<AnyObject>('pods').create(object as AnyObject)
  engine.advance(8000)
  const place = (name: string) =>
    network.host(
      api.resource<AnyObject>('pods').get(name === 'other' ? 'team' : 'default', name).status.podIP,
    )!
  const reaches = (from: string, to = 'web', port = 3000, protocol = 'TCP') =>
    network.routing.destination(place(from), place(to).address, port, protocol).ok
  const policies = api.resource<AnyObject>('networkpolicies.networking.k8s.io')
  const apply = (name: string, spec: object) => {
    policies.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace: 'default' },
      spec,
    } as AnyObject)
    engine.advance(50)
  }
  const web = { matchLabels: { app: 'web' } }
  const from = (...peers: object[]) => ({
    podSelector: web,
    policyTypes: ['Ingress'],
    ingress: [{ from: peers }],
  })
  const allowed = () => ['friend', 'stranger', 'other'].filter(name => reaches(name))
  return { engine, network, place, reaches, apply, policies, from, web, allowed }
}

test('denies everything to the selected pods, and lets their node through', () => {
  const { apply, allowed, reaches, network, place } = setUp()
  expect(allowed()).toEqual(['friend', 'stranger', 'other'])
  apply('deny', { podSelector: {}, policyTypes: ['Ingress'] })
  expect(allowed()).toEqual([])
  expect(reaches('friend', 'other')).toBe(true) // the policy is of another namespace
  const web = place('web')
  const node = (name: string) => network.routing.destination(network.node(name)!.host, web.address, 3000).ok
  expect(['k8s-master', 'k8s-node1', 'k8s-node2'].filter(node)).toEqual([web.node])
})

test('takes peers by pod, by namespace, and by both at once', () => {
  const { apply, allowed, policies, from } = setUp()
  const friend = { podSelector: { matchLabels: { role: 'friend' } } }
  const team = { namespaceSelector: { matchLabels: { team: 'a' } } }
  const check = (spec: object, names: string[]) => {
    apply('p', spec)
    expect(allowed()).toEqual(names)
    policies.delete('default', 'p')
  }
  check(from(friend), ['friend'])
  check(from(team), ['other'])
  check(from(friend, team), ['friend', 'other'])
  check(from({ ...friend, ...team }), ['other'])
  check(from({ namespaceSelector: {} }), ['friend', 'stranger', 'other'])
  check(
    from({ podSelector: { matchExpressions: [{ key: 'role', operator: 'NotIn', values: ['friend'] }] } }),
    ['stranger'],
  )
})

test('policies add up: what one of them allows is allowed', () => {
  const { apply, allowed, from } = setUp()
  apply('deny', { podSelector: {}, policyTypes: ['Ingress'] })
  apply('friend', from({ podSelector: { matchLabels: { role: 'friend' } } }))
  apply('stranger', from({ podSelector: { matchLabels: { role: 'stranger' } } }))
  expect(allowed()).toEqual(['friend', 'stranger'])
})

test('takes blocks of addresses, without their exceptions', () => {
  const { apply, allowed, place, from } = setUp()
  const except = [`${place('friend').address}/32`]
  apply('p', from({ ipBlock: { cidr: '20.2.0.0/16', except } }))
  expect(allowed()).toEqual(['stranger', 'other'])
})

test('takes ports by number, by name and by range, each for its protocol', () => {
  const { apply, reaches, policies, web } = setUp()
  const check = (port: object, open: boolean, protocol = 'TCP') => {
    apply('p', { podSelector: web, policyTypes: ['Ingress'], ingress: [{ ports: [port] }] })
    expect(reaches('friend', 'web', 3000, protocol), JSON.stringify(port)).toBe(open)
    policies.delete('default', 'p')
  }
  check({ port: 3000 }, true)
  check({ port: 3001 }, false)
  check({ port: 'web' }, true)
  check({ port: 'nothere' }, false)
  check({ port: 2000, endPort: 3000 }, true)
  check({ port: 3001, endPort: 4000 }, false)
  check({ protocol: 'UDP', port: 3000 }, false)
  check({ protocol: 'TCP' }, true)
  check({ protocol: 'SCTP' }, false)
  check({ protocol: 'SCTP', port: 3000 }, true, 'SCTP')
  check({ protocol: 'UDP', port: 2990, endPort: 3010 }, true, 'UDP')
  // The name is that of a TCP port.
  check({ protocol: 'UDP', port: 'web' }, false, 'UDP')
})

test('limits what pods reach, names included, until DNS is allowed', () => {
  const { apply, reaches, engine, network, place, policies } = setUp()
  const egress = (...rules: object[]) => ({
    podSelector: { matchLabels: { role: 'friend' } },
    policyTypes: ['Egress'],
    egress: rules,
  })
  const toWeb = { to: [{ podSelector: { matchLabels: { app: 'web' } } }] }
  const looksUp = () => {
    const host = place('friend')
    const space = network
      .node(host.node)!
      .namespace(host, () => ({ nameserver: '20.1.0.10', search: [], ndots: 1, hosts: [] }))
    const fiber = new Fiber(engine, space.lookup('kubernetes.default.svc.cluster.local'))
    engine.runUntil(() => fiber.done, 30_000)
    const outcome = fiber.outcome.value!
    return outcome.type === 'returned' && outcome.value.ok
  }
  expect(looksUp()).toBe(true)
  apply('p', egress(toWeb))
  expect(reaches('friend', 'web')).toBe(true)
  expect(reaches('friend', 'stranger')).toBe(false)
  expect(reaches('stranger', 'friend')).toBe(true) // answers and other directions are not held back
  expect(looksUp()).toBe(false)
  policies.delete('default', 'p')
  apply(
    'p',
    egress(toWeb, {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
      ports: [{ protocol: 'UDP', port: 53 }],
    }),
  )
  expect(looksUp()).toBe(true)
  expect(reaches('friend', 'stranger')).toBe(false)
})
