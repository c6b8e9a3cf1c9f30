// Addresses, names and rules, against what the reference cluster's nodes and CoreDNS showed.
import { describe, expect, it } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'
import { Fiber, type Task } from '../engine/task.ts'
import type { AnyObject } from '../kinds/object.ts'
import type { NetworkPolicy, NetworkPolicyIngressRule } from '../kinds/schema/types.ts'
import { AddressPool } from './addresses.ts'
import { chainName } from './chains.ts'
import { candidates } from './host-network.ts'

/** A cluster with two pods behind a service, and a way to run a task in it. */
function world(replicas = 2) {
  const { engine, client, network } = createCluster()
  const api = client('kubectl-create')
  const labels = { app: 'web' }
  for (let i = 0; i < replicas; i++)
    api.resource<AnyObject>('pods').create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `web-${i}`, namespace: 'default', labels },
      spec: { containers: [{ name: 'c', image: 'leigg/hellok8s:v3_hostname' }] },
    })
  for (const [name, more] of [
    ['web', { clusterIP: '20.1.120.16' }],
    ['headless', { clusterIP: 'None' }],
  ] as const)
    api.resource('services').create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: {
        selector: labels,
        ports: [{ name: 'http', port: 3000, protocol: 'TCP', targetPort: 3000 }],
        ...more,
      },
    })
  engine.advance(8000)
  const run = <T>(task: Task<T>): T => {
    const fiber = new Fiber(engine, task)
    engine.runUntil(() => fiber.done, 60_000)
    const outcome = fiber.outcome.value!
    if (outcome.type !== 'returned') throw new Error(outcome.type)
    return outcome.value
  }
  const node = network.node('k8s-master')!
  const get = (host: string, port: number) =>
    run(node.network.http({ host, port }, { method: 'GET', path: '/', headers: {}, body: '' }, 3000))
  /** The body of a good answer. */
  const answered = (host: string, port: number): string => {
    const answer = get(host, port)
    if (!answer.ok) throw new Error(answer.error.type)
    return answer.value.body
  }
  return { engine, api, network, get, answered }
}

describe('the network', () => {
  it('reaches pods through a service, refuses one without endpoints and drops a port that it has not', () => {
    const { get, answered, engine, api } = world()
    const answers = new Set(Array.from({ length: 12 }, () => answered('20.1.120.16', 3000)))
    expect([...answers].sort()).toEqual([
      '[v3] Hello, Kubernetes!, From host: web-0\n',
      '[v3] Hello, Kubernetes!, From host: web-1\n',
    ])
    expect(get('20.1.120.16', 80)).toEqual({ ok: false, error: { type: 'timeout' } })
    for (const name of ['web-0', 'web-1']) api.resource('pods').delete('default', name)
    engine.advance(5000)
    expect(get('20.1.120.16', 3000)).toEqual({ ok: false, error: { type: 'refused' } })
  })

  it('answers names as CoreDNS does', () => {
    const { network, api } = world()
    const ask = (name: string, type: 'A' | 'SRV' | 'PTR' = 'A') => {
      const { code, records } = network.dns.answer(name, type)
      return [code, ...records.map(r => r.data).sort()]
    }
    const addresses = ['web-0', 'web-1'].map(name => api.resource('pods').get('default', name).status.podIP)
    expect(ask('web.default.svc.cluster.local')).toEqual(['NOERROR', '20.1.120.16'])
    expect(ask('headless.default.svc.cluster.local')).toEqual(['NOERROR', ...addresses.sort()])
    expect(ask('_http._tcp.web.default.svc.cluster.local', 'SRV')).toEqual([
      'NOERROR',
      '0 100 3000 web.default.svc.cluster.local',
    ])
    expect(ask('1.0.1.20.in-addr.arpa', 'PTR')).toEqual(['NOERROR', 'kubernetes.default.svc.cluster.local'])
    expect(ask('20-2-1-9.default.pod.cluster.local')).toEqual(['NOERROR', '20.2.1.9'])
    expect(ask('nosuch.default.svc.cluster.local')).toEqual(['NXDOMAIN'])
    expect(ask('kubernetes.io')).toEqual(['NXDOMAIN'])
  })

  it('holds back what a NetworkPolicy does not allow', () => {
    const { api, engine, network } = world()
    const [server, client] = ['web-0', 'web-1'].map(
      name => network.host(api.resource<AnyObject>('pods').get('default', name).status.podIP)!,
    )
    const open = () => network.routing.destination(client!, server!.address, 3000).ok
    const policy = (ingress: NetworkPolicyIngressRule[]): NetworkPolicy => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'default' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress },
    })
    const policies = api.resource('networkpolicies.networking.k8s.io')
    expect(open()).toBe(true)
    policies.create(policy([]))
    engine.advance(100)
    expect(open()).toBe(false)
    policies.delete('default', 'web')
    policies.create(
      policy([{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 3000 }] }]),
    )
    engine.advance(100)
    expect(open()).toBe(true)
    expect(network.routing.destination(client!, server!.address, 3001).ok).toBe(false)
    // The node reaches its own pods, for their probes.
    expect(network.routing.destination(network.node('k8s-node1')!.host, server!.address, 3000).ok).toBe(true)
  })

  it('names chains as kube-proxy does', () => {
    expect(chainName('KUBE-SVC-', 'default/kubernetes:httpstcp')).toBe('KUBE-SVC-NPX46M4PTMTKRN6Y')
    expect(chainName('KUBE-SVC-', 'default/service-hellok8s-clusterip' + 'tcp')).toBe(
      'KUBE-SVC-BRULDGNIV2IQDBPU',
    )
    expect(chainName('KUBE-SEP-', 'default/kubernetes:httpstcp10.0.2.2:6443')).toBe(
      'KUBE-SEP-UDA5P77CRFGP6Q5D',
    )
  })

  it('searches the domains first for a name with fewer dots than ndots', () => {
    expect(candidates('web', ['default.svc.cluster.local', 'cluster.local'], 5)).toEqual([
      'web.default.svc.cluster.local',
      'web.cluster.local',
      'web',
    ])
    expect(candidates('web.default.', ['cluster.local'], 5)).toEqual(['web.default'])
    expect(candidates('a.b', ['c'], 1)).toEqual(['a.b', 'a.b.c'])
  })

  it('gives a released address out again only after all others', () => {
    const pool = new AddressPool('20.2.1.0/29')
    const first = [pool.take(), pool.take()]
    pool.release(first[0]!)
    expect([...first, pool.take(), pool.take(), pool.take(), pool.take()]).toEqual([
      '20.2.1.2',
      '20.2.1.3',
      '20.2.1.4',
      '20.2.1.5',
      '20.2.1.6',
      '20.2.1.2',
    ])
    expect(pool.take()).toBeUndefined()
  })
})
