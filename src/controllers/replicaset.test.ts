import { expect, test } from 'vitest'
import { InCluster, workload } from '../../tests/in-cluster.ts'

const sets = 'replicasets.apps'

test('a pod that goes is replaced, one that is too many goes', () => {
  const it = new InCluster()
  it.make(sets, { ...workload, replicas: 3 })
  const [first] = it.names('pods')
  it.delete('pods', first, { gracePeriodSeconds: 0 })
  expect(it.names('pods')).toHaveLength(3)
  expect(it.names('pods')).not.toContain(first)
  it.patch(sets, { spec: { replicas: 1 } }, 40_000)
  expect(it.names('pods')).toHaveLength(1)
  expect(it.get(sets).status).toMatchObject({ replicas: 1, readyReplicas: 1, availableReplicas: 1 })
})

test('an orphan that fits is adopted and counts, one whose labels no longer fit is let go', () => {
  const it = new InCluster()
  it.make('pods', workload.template.spec, 3000, { name: 'orphan', labels: workload.template.metadata.labels })
  it.make(sets, { ...workload, replicas: 2 })
  expect(it.names('pods')).toHaveLength(2)
  expect(it.get('pods', 'orphan').metadata.ownerReferences).toMatchObject([{ kind: 'ReplicaSet', name: 'a' }])
  it.patch('pods', { metadata: { labels: { app: 'b' } } }, 5000, 'orphan')
  expect(it.get('pods', 'orphan').metadata.ownerReferences).toBeUndefined()
  expect(it.names('pods')).toHaveLength(3)
})

test('a template that changes makes no new pods', () => {
  const it = new InCluster()
  it.make(sets, { ...workload, replicas: 1 })
  const before = it.names('pods')
  it.patch(sets, { spec: { template: { spec: { containers: [{ name: 'c', image: 'busybox' }] } } } })
  expect(it.names('pods')).toEqual(before)
})
