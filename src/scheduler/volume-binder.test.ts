// Claims that wait for their pod: which node has a volume, and what becomes of both.
import { expect, test } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'
import type { AnyObject } from '../kinds/object.ts'

const onNode = (node: string) => ({
  required: {
    nodeSelectorTerms: [
      { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
    ],
  },
})

function world(provisioner: string) {
  const cluster = createCluster({ workers: 2 })
  const client = cluster.client('kubectl')
  client.resource('storageclasses.storage.k8s.io').create({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'disks' },
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
  })
  const volume = (name: string, node: string, storage = '1Gi') =>
    client.resource('persistentvolumes').create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        capacity: { storage },
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'disks',
        local: { path: '/mnt' },
        nodeAffinity: onNode(node),
      },
    })
  const claim = (name: string, storage = '1Gi', older = false) =>
    client.resource('persistentvolumeclaims').create({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace: 'default',
        ...(older && { annotations: { 'volume.beta.kubernetes.io/storage-class': 'disks' } }),
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        ...(!older && { storageClassName: 'disks' }),
        resources: { requests: { storage } },
      },
    })
  const pod = (name: string, claimName = name) =>
    client.resource<AnyObject>('pods').create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: {
        containers: [{ name: 'c', image: 'leigg/hellok8s:v1' }],
        volumes: [{ name: 'v', persistentVolumeClaim: { claimName } }],
      },
    })
  return {
    volume,
    claim,
    pod,
    advance: (seconds: number) => cluster.engine.advance(seconds * 1000),
    nodeOf: (name: string) => client.resource('pods').get('default', name).spec.nodeName,
    volumeOf: (name: string) =>
      client.resource('persistentvolumeclaims').get('default', name).spec.volumeName,
    selected: (name: string) =>
      client.resource('persistentvolumeclaims').get('default', name).metadata.annotations?.[
        'volume.kubernetes.io/selected-node'
      ],
    events: (kind: string) =>
      client
        .resource('events')
        .list({ fieldSelector: `involvedObject.kind=${kind}` })
        .map(({ reason, message }) => `${reason} ${message}`),
  }
}

test('a claim gets its volume when its pod gets a node: the one that has such a volume', () => {
  const { volume, claim, pod, advance, nodeOf, volumeOf } = world('kubernetes.io/no-provisioner')
  volume('large', 'k8s-node1', '10Gi')
  volume('small', 'k8s-node2', '2Gi')
  claim('a', '5Gi')
  claim('b')
  advance(30)
  expect([volumeOf('a'), volumeOf('b')]).toEqual([undefined, undefined])
  pod('a')
  advance(5)
  expect([nodeOf('a'), volumeOf('a')]).toEqual(['k8s-node1', 'large'])
  pod('b')
  advance(5)
  expect([nodeOf('b'), volumeOf('b')]).toEqual(['k8s-node2', 'small'])
  claim('c', '1Gi', true)
  volume('more', 'k8s-node1')
  pod('c')
  advance(5)
  expect([nodeOf('c'), volumeOf('c')], 'by the older annotation').toEqual(['k8s-node1', 'more'])
})

test('where no node has one the pod waits, and comes when a volume does', () => {
  const { volume, claim, pod, advance, nodeOf, events } = world('kubernetes.io/no-provisioner')
  claim('a')
  pod('a')
  advance(40)
  expect(nodeOf('a')).toBeUndefined()
  expect(events('Pod').join()).toContain("2 node(s) didn't find available persistent volumes to bind")
  expect(events('PersistentVolumeClaim')).toContain('WaitForPodScheduled waiting for pod a to be scheduled')
  volume('disk', 'k8s-node2')
  advance(10)
  expect(nodeOf('a')).toBe('k8s-node2')
})

test('a provisioner is told the node, and waited for ten minutes', () => {
  const { claim, pod, advance, nodeOf, selected, events } = world('disks.example.com')
  claim('a')
  pod('a')
  advance(60)
  expect(nodeOf('a')).toBeUndefined()
  expect(selected('a')).toMatch(/^k8s-node[12]$/)
  expect(events('PersistentVolumeClaim').join()).toContain('ExternalProvisioning Waiting for a volume')
  advance(600)
  expect(events('Pod')).toContain(
    'FailedScheduling running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
  )
})
