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
