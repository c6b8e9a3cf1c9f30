import { expect, test } from 'vitest'
import { InCluster, workload } from '../../tests/in-cluster.ts'

const kind = 'statefulsets.apps'
const spec = { ...workload, serviceName: 'a', replicas: 3 }
const broken = {
  template: { ...workload.template, spec: { containers: [{ name: 'c', image: 'nosuch:v9' }] } },
}

test('pods come one after another, each when the one before is ready', () => {
  const it = new InCluster()
  it.make(kind, { ...spec, ...broken }, 30_000)
  expect(it.names('pods')).toEqual(['a-0'])
  const parallel = new InCluster()
  parallel.make(kind, { ...spec, ...broken, podManagementPolicy: 'Parallel' }, 10_000)
  expect(parallel.names('pods')).toEqual(['a-0', 'a-1', 'a-2'])
})

test('a pod that goes comes back under its name; the highest goes first', () => {
  const it = new InCluster()
  it.make(kind, spec, 30_000)
  const { uid } = it.get('pods', 'a-1').metadata
  it.delete('pods', 'a-1', { gracePeriodSeconds: 0 }, 10_000)
  expect(it.get('pods', 'a-1').metadata.uid).not.toBe(uid)
  it.patch(kind, { spec: { replicas: 1 } }, 60_000)
  expect(it.names('pods')).toEqual(['a-0'])
})

test('below the partition the old revision stays', () => {
  const it = new InCluster()
  it.make(kind, { ...spec, updateStrategy: { rollingUpdate: { partition: 2 } } }, 30_000)
  it.patch(
    kind,
    { spec: { template: { spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } } } },
    60_000,
  )
  const images = it.list('pods').map(({ spec }) => spec.containers[0].image)
  expect(images).toEqual(['nginx', 'nginx', 'nginx:1.27'])
})

test('OnDelete changes a pod only when somebody deletes it', () => {
  const it = new InCluster()
  it.make(kind, { ...spec, replicas: 2, updateStrategy: { type: 'OnDelete' } }, 30_000)
  it.patch(
    kind,
    { spec: { template: { spec: { containers: [{ name: 'c', image: 'nginx:1.27' }] } } } },
    30_000,
  )
  const images = () => it.list('pods').map(({ spec }) => spec.containers[0].image)
  expect(images()).toEqual(['nginx', 'nginx'])
  it.delete('pods', 'a-0', { gracePeriodSeconds: 0 }, 15_000)
  expect(images()).toEqual(['nginx:1.27', 'nginx'])
})

test('claims outlive the pods they were made for', () => {
  const it = new InCluster()
  const claim = {
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
  }
  it.make(kind, { ...spec, replicas: 1, volumeClaimTemplates: [claim] }, 10_000)
  expect(it.names('persistentvolumeclaims')).toEqual(['data-a-0'])
  it.delete(kind, 'a', {}, 40_000)
  expect(it.names('pods')).toEqual([])
  expect(it.names('persistentvolumeclaims')).toEqual(['data-a-0'])
})

test('claims stay, or go with the pods that are too many, or with the set', () => {
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }
  const play = (policy: object) => {
    const it = new InCluster()
    for (const name of ['x', 'y'])
      it.cluster
        .client('test')
        .resource('persistentvolumes')
        .create({
          metadata: { name },
          spec: {
            capacity: { storage: '1Gi' },
            accessModes: ['ReadWriteOnce'],
            hostPath: { path: `/${name}` },
          },
        } as never)
    const volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: claim }]
    it.make(
      kind,
      { ...spec, replicas: 2, volumeClaimTemplates, persistentVolumeClaimRetentionPolicy: policy },
      60_000,
    )
    const before = it.names('persistentvolumeclaims')
    const owners = () =>
      it
        .list('persistentvolumeclaims')
        .map(({ metadata }) => metadata.ownerReferences?.[0]?.kind ?? 'none')
        .join(' ')
    const owned = owners()
    it.patch(kind, { spec: { replicas: 1 } }, 60_000)
    const scaled = it.names('persistentvolumeclaims')
    it.patch(kind, { spec: { replicas: 2 } }, 60_000)
    const again = it.names('pods')
    it.patch(kind, { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } } })
    const released = owners()
    it.patch(kind, { spec: { persistentVolumeClaimRetentionPolicy: policy } })
    it.delete(kind, 'a', {}, 60_000)
    return { before, owned, scaled, again, released, deleted: it.names('persistentvolumeclaims') }
  }
  const both = ['data-a-0', 'data-a-1']
  const pods = ['a-0', 'a-1']
  expect(play({})).toEqual({
    before: both,
    owned: 'none none',
    scaled: both,
    again: pods,
    released: 'none none',
    deleted: both,
  })
  expect(play({ whenScaled: 'Delete' })).toMatchObject({
    owned: 'none none',
    scaled: ['data-a-0'],
    again: pods,
  })
  expect(play({ whenDeleted: 'Delete' })).toMatchObject({
    owned: 'StatefulSet StatefulSet',
    scaled: both,
    released: 'none none',
    deleted: [],
  })
  expect(play({ whenScaled: 'Delete', whenDeleted: 'Delete' })).toMatchObject({
    scaled: ['data-a-0'],
    deleted: [],
  })
})
