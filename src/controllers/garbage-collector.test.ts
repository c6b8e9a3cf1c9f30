import { expect, test } from 'vitest'
import { InCluster, workload } from '../../tests/in-cluster.ts'

const deployments = 'deployments.apps'
const sets = 'replicasets.apps'

function deployed() {
  const it = new InCluster()
  it.make(deployments, { ...workload, replicas: 1 }, 10_000)
  return it
}

test('in the background the owner goes at once, and what it owns after it', () => {
  const it = deployed()
  it.delete(deployments, 'a', { propagationPolicy: 'Background' }, 0)
  expect(it.get(deployments)).toBeUndefined()
  it.wait(40_000)
  expect([it.names(sets), it.names('pods')]).toEqual([[], []])
})

test('in the foreground the owner waits for what it owns', () => {
  const it = deployed()
  it.delete(deployments, 'a', { propagationPolicy: 'Foreground' }, 0)
  expect(it.get(deployments).metadata.finalizers).toEqual(['foregroundDeletion'])
  it.wait(40_000)
  expect(it.get(deployments)).toBeUndefined()
  expect([it.names(sets), it.names('pods')]).toEqual([[], []])
})

test('orphaned, what it owned stays and has no owner', () => {
  const it = deployed()
  it.delete(deployments, 'a', { propagationPolicy: 'Orphan' })
  expect(it.get(deployments)).toBeUndefined()
  expect(it.list(sets).map(({ metadata }) => metadata.ownerReferences)).toEqual([undefined])
  expect(it.names('pods')).toHaveLength(1)
})

test('an owner that is not there is no owner: what names it goes', () => {
  const it = new InCluster()
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: 'no-such' }]
  it.make('pods', workload.template.spec, 60_000, { ownerReferences })
  expect(it.get('pods')).toBeUndefined()
})
