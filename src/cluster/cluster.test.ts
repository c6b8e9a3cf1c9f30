import { expect, test } from 'vitest'
import { resourceOf } from '../controllers/garbage-collector.ts'
import { kinds } from '../kinds/index.ts'
import type { AnyObject } from '../kinds/object.ts'
import { type Cluster, createCluster } from './cluster.ts'

const deployment = (replicas: number, image = 'leigg/hellok8s:v1'): AnyObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image }] } },
  },
})
const service: AnyObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 3000 }] },
}

/** Whatever is written from now on, one line a change. */
function record(
  cluster: Cluster,
  resources: string[],
  line: (object: AnyObject, type: string) => string,
): string[] {
  const lines: string[] = []
  const client = cluster.client('observer')
  for (const resource of resources) {
    const { resourceVersion } = client.resource(resource).listWithVersion()
    client.resource(resource).watch({ resourceVersion }, event => {
      if (event.type !== 'ERROR') lines.push(line(event.object, event.type))
    })
  }
  return lines
}

test('stands still until somebody asks for something', () => {
  const cluster = createCluster()
  const resources = kinds.filter(k => k.verbs.includes('watch') && k.kind !== 'Lease').map(resourceOf)
  const lines = record(cluster, resources, (o, type) => `${type} ${o.kind} ${o.metadata.name}`)
  cluster.engine.advance(30_000)
  expect(lines).toEqual([])
})

test('writes the same bytes for the same seed, others for another', () => {
  const run = (seed: number) => {
    const cluster = createCluster({ seed })
    const lines = record(cluster, ['pods', 'replicasets.apps', 'events'], o => JSON.stringify(o))
    cluster.client('kubectl').resource<AnyObject>('deployments.apps').create(deployment(3))
    cluster.engine.advance(20_000)
    return lines.join('\n')
  }
  const first = run(7)
  expect(run(7)).toBe(first)
  expect(run(8)).not.toBe(first)
})

test('makes a deployment available in the steps that a real cluster takes', () => {
  const cluster = createCluster()
  const states = record(cluster, ['deployments.apps'], ({ status }) => {
    const reasons = (status.conditions ?? []).map((c: { reason: string }) => c.reason)
    const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, unavailableReplicas = 0 } = status
    return [observedGeneration, replicas, updatedReplicas, unavailableReplicas, ...reasons].join(' ')
  })
  cluster.client('kubectl').resource<AnyObject>('deployments.apps').create(deployment(1))
  cluster.engine.advance(20_000)
  // timelines/deployment-roll-and-undo.jsonl, with one replica
  expect(states).toEqual([
    '0 0 0 0',
    '0 0 0 0 NewReplicaSetCreated',
    '1 0 0 1 NewReplicaSetCreated MinimumReplicasUnavailable',
    '1 1 1 1 MinimumReplicasUnavailable ReplicaSetUpdated',
    '1 1 1 0 MinimumReplicasAvailable NewReplicaSetAvailable',
  ])
})

test('rolls to a new image without ever having fewer pods available than asked for', () => {
  const cluster = createCluster()
  const deployments = cluster.client('kubectl').resource<AnyObject>('deployments.apps')
  deployments.create(deployment(3))
  cluster.engine.advance(20_000)
  const available: number[] = []
  cluster
    .client('observer')
    .resource<AnyObject>('deployments.apps')
    .watch({ namespace: 'default' }, event => {
      if (event.type === 'MODIFIED') available.push(event.object.status.availableReplicas)
    })
  const events = record(cluster, ['events'], o => (o.reason === 'ScalingReplicaSet' ? o.message : ''))
  deployments.patch('default', 'web', 'strategic', {
    spec: { template: { spec: { containers: [{ name: 'c', image: 'leigg/hellok8s:v2' }] } } },
  })
  cluster.engine.advance(60_000)
  expect(Math.min(...available)).toBe(3)
  expect(events.filter(Boolean).map(text => text.replace(/web-\w+/, 'set'))).toEqual([
    'Scaled up replica set set from 0 to 1',
    'Scaled down replica set set from 3 to 2',
    'Scaled up replica set set from 1 to 2',
    'Scaled down replica set set from 2 to 1',
    'Scaled up replica set set from 2 to 3',
    'Scaled down replica set set from 1 to 0',
  ])
})

test('keeps what was asked for through any sequence of meddling', () => {
  for (let seed = 1; seed <= 4; seed++) {
    const cluster = createCluster({ seed, workers: 2 })
    const { engine } = cluster
    const client = cluster.client('kubectl')
    const deployments = client.resource<AnyObject>('deployments.apps')
    const pods = client.resource('pods')
    deployments.create(deployment(3))
    client.resource<AnyObject>('services').create(service)
    const random = engine.random.fork('meddling')
    const mine = () => pods.list({ namespace: 'default' })
    const actions = [
      () => deployments.patch('default', 'web', 'merge', { spec: { replicas: random.below(6) } }),
      () => {
        const [victim] = mine()
        if (victim) pods.delete('default', victim.metadata.name)
      },
      () => {
        const [first] = mine()
        if (first)
          pods.patch('default', first.metadata.name, 'merge', { metadata: { labels: { app: null } } })
      },
      () => {
        const image = `leigg/hellok8s:v${random.between(1, 2)}`
        const spec = { containers: [{ name: 'c', image }] }
        deployments.patch('default', 'web', 'strategic', { spec: { template: { spec } } })
      },
      () =>
        client
          .resource('nodes')
          .patch('', 'k8s-node2', 'merge', { spec: { unschedulable: random.below(2) === 0 } }),
      () => {
        const sets = client.resource('replicasets.apps')
        for (const { metadata } of sets.list({ namespace: 'default' })) {
          sets.patch('default', metadata.name, 'merge', { spec: { replicas: 9 } })
        }
      },
    ]
    for (let i = 0; i < 12; i++) {
      random.pick(actions)()
      engine.advance(random.between(10, 4000))
    }
    engine.advance(120_000)
    const { spec, status } = deployments.get('default', 'web')
    expect(status.readyReplicas ?? 0, `seed ${seed}`).toBe(spec.replicas)
    expect(status.updatedReplicas ?? 0).toBe(spec.replicas)
    const owned = mine().filter(pod => pod.metadata.labels?.app === 'web')
    expect(owned.length).toBe(spec.replicas)
    const slices = client
      .resource<AnyObject>('endpointslices.discovery.k8s.io')
      .list({ namespace: 'default' })
    const served = slices
      .filter(s => s.metadata.name.startsWith('web-'))
      .flatMap(s => (s.endpoints ?? []).map((e: AnyObject) => e.addresses[0]))
    expect(served.sort()).toEqual(owned.map(pod => pod.status.podIP).sort())
    const addresses = mine().map(pod => pod.status.podIP)
    expect(new Set(addresses).size).toBe(addresses.length)
  }
})

test('deletes with a deployment all that it made', () => {
  const cluster = createCluster()
  const client = cluster.client('kubectl')
  client.resource<AnyObject>('deployments.apps').create(deployment(2))
  cluster.engine.advance(10_000)
  client.resource('deployments.apps').delete('default', 'web')
  cluster.engine.advance(60_000)
  expect(client.resource('replicasets.apps').list({ namespace: 'default' })).toEqual([])
  expect(client.resource('pods').list({ namespace: 'default' })).toEqual([])
})

test('joins a node that gets its kube-proxy and takes pods', () => {
  const cluster = createCluster()
  const name = cluster.addNode()
  cluster.engine.advance(10_000)
  const pods = cluster
    .client('kubectl')
    .resource('pods')
    .list({ fieldSelector: `spec.nodeName=${name}` })
  expect(pods.map(pod => [pod.metadata.generateName, pod.status.phase])).toEqual([['kube-proxy-', 'Running']])
})

test('default objects that nobody has asked for are made then, and followed from then on', () => {
  const { api, client, engine, informers } = createCluster()
  const resource = 'clusterroles.rbac.authorization.k8s.io'
  const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles'
  const cache = informers.of(resource)
  engine.advance(1000)
  expect([...cache.all()]).toEqual([])
  const names = client('admin')
    .resource(resource)
    .list()
    .map(each => each.metadata.name)
  expect(names).toContain('cluster-admin')
  engine.advance(1000)
  expect([...cache.all()].map(each => each.metadata.name).sort()).toEqual(names)
  expect(api.handle({ method: 'GET', path: `${path}/cluster-admin` }).code).toBe(200)
})

test('one default object is found without a list, and a watch begins with all of them', () => {
  const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles'
  expect(createCluster().api.handle({ method: 'GET', path: `${path}/view` }).code).toBe(200)
  const { api, engine } = createCluster()
  const watched: string[] = []
  api.watch({ method: 'GET', path }, ({ object }) => watched.push((object as AnyObject).metadata.name))
  engine.advance(10)
  expect(watched).toContain('view')
})
