import { expect, test } from 'vitest'
import { type Cluster, createCluster } from '../cluster/cluster.ts'
import type { AnyObject } from '../kinds/object.ts'

const pod = (name: string, spec: object = {}, labels?: Record<string, string>): AnyObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', ...(labels && { labels }) },
  spec: { containers: [{ name: 'c', image: 'leigg/hellok8s:v1' }], ...spec },
})
const asking = (cpu: string) => ({
  containers: [{ name: 'c', image: 'leigg/hellok8s:v1', resources: { requests: { cpu } } }],
})

function schedule(cluster: Cluster, ...pods: AnyObject[]): AnyObject {
  const client = cluster.client('kubectl').resource<AnyObject>('pods')
  for (const each of pods) {
    client.create(each)
    cluster.engine.advance(3000)
  }
  return client.get('default', pods.at(-1)!.metadata.name)
}

const unhelpful =
  'no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.'
const noVictims =
  'no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.'
const tainted = '1 node(s) had untolerated taint(s)'

test.each<[string, AnyObject[], string]>([
  [
    'a node selector',
    [pod('p', { nodeSelector: { disk: 'ssd' } })],
    `1 node(s) didn't match Pod's node affinity/selector, ${tainted}. ${unhelpful}`,
  ],
  ['more CPU than a node has', [pod('p', asking('8'))], `1 Insufficient cpu, ${tainted}. ${unhelpful}`],
  [
    'CPU that is in use',
    [pod('q', asking('1500m')), pod('p', asking('1500m'))],
    `1 Insufficient cpu, ${tainted}. ${noVictims}`,
  ],
  [
    'anti-affinity to a pod that is there',
    [
      pod('q', {}, { app: 'a' }),
      pod('p', {
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { labelSelector: { matchLabels: { app: 'a' } }, topologyKey: 'kubernetes.io/hostname' },
            ],
          },
        },
      }),
    ],
    `1 node(s) didn't match pod anti-affinity rules, ${tainted}. ${noVictims}`,
  ],
  [
    'a claim that is not there',
    [pod('p', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'none' } }] })],
    'persistentvolumeclaim "none" not found. not found',
  ],
])('says why no node takes a pod: %s', (_, pods, text) => {
  const { status } = schedule(createCluster(), ...pods)
  const condition = status.conditions.find((c: { type: string }) => c.type === 'PodScheduled')
  expect(condition).toMatchObject({
    status: 'False',
    reason: 'Unschedulable',
    message: `0/2 nodes are available: ${text}`,
  })
})

test('tries a pod again when a node gets the label that it asks for', () => {
  const cluster = createCluster()
  expect(schedule(cluster, pod('p', { nodeSelector: { disk: 'ssd' } })).spec.nodeName).toBeUndefined()
  const client = cluster.client('kubectl')
  client.resource('nodes').patch('', 'k8s-node1', 'merge', { metadata: { labels: { disk: 'ssd' } } })
  cluster.engine.advance(100)
  expect(client.resource('pods').get('default', 'p').spec.nodeName).toBe('k8s-node1')
})

test('tries a pod again when one on a node is resized to less', () => {
  const cluster = createCluster()
  expect(
    schedule(cluster, pod('q', asking('1500m')), pod('p', asking('1500m'))).spec.nodeName,
  ).toBeUndefined()
  const resources = { requests: { cpu: '100m' } }
  cluster
    .client('kubectl')
    .resource('pods')
    .patch(
      'default',
      'q',
      'strategic',
      { spec: { containers: [{ name: 'c', resources }] } },
      { subresource: 'resize' },
    )
  cluster.engine.advance(3000)
  expect(cluster.client('kubectl').resource('pods').get('default', 'p').spec.nodeName).toBe('k8s-node1')
})

test('evicts a pod of lower priority for one of higher, and only then', () => {
  const cluster = createCluster()
  const client = cluster.client('kubectl')
  client.resource('priorityclasses.scheduling.k8s.io').create({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: 'high' },
    value: 1000,
  })
  const low = pod('low', { ...asking('1500m'), terminationGracePeriodSeconds: 2 })
  const high = schedule(cluster, low, pod('high', { ...asking('1500m'), priorityClassName: 'high' }))
  expect(high.spec.nodeName).toBe('k8s-node1')
  expect(client.resource('pods').find('default', 'low')).toBeUndefined()
  const events = client.resource('events').list({ fieldSelector: 'involvedObject.name=low' })
  expect(events.map(e => e.message)).toContain(`Preempted by pod ${high.metadata.uid} on node k8s-node1`)
})

test('spreads the pods of a set over the nodes', () => {
  const cluster = createCluster({ workers: 4 })
  cluster
    .client('kubectl')
    .resource<AnyObject>('deployments.apps')
    .create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 8,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: pod('x').spec },
      },
    })
  cluster.engine.advance(2000)
  const nodes = cluster
    .client('kubectl')
    .resource<AnyObject>('pods')
    .list({ namespace: 'default' })
    .map(p => p.spec.nodeName)
  const counts = new Map<string, number>()
  for (const node of nodes) counts.set(node, (counts.get(node) ?? 0) + 1)
  expect([...counts.values()]).toEqual([2, 2, 2, 2])
})
