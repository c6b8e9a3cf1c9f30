import { expect, test } from 'vitest'
import { InCluster, workload } from '../../tests/in-cluster.ts'

const kind = 'daemonsets.apps'
const nodes = (it: InCluster) => it.list('pods').map(({ spec }) => spec.nodeName)

test('one pod on each node that bears it: not on the tainted, on the new', () => {
  const it = new InCluster()
  it.make(kind, workload, 10_000)
  expect(nodes(it)).toEqual(['k8s-node1'])
  it.cluster.addNode()
  it.wait(60_000)
  expect(nodes(it).sort()).toEqual(['k8s-node1', 'k8s-node2'])
  expect(it.get(kind).status).toMatchObject({ desiredNumberScheduled: 2, numberReady: 2 })
})

test('with a toleration for everything it runs on the control plane too', () => {
  const it = new InCluster()
  const spec = { ...workload.template.spec, tolerations: [{ operator: 'Exists' }] }
  it.make(kind, { ...workload, template: { ...workload.template, spec } }, 10_000)
  expect(nodes(it).sort()).toEqual(['k8s-master', 'k8s-node1'])
})

test('a selector of nodes that fits none makes no pods, and takes those away that are there', () => {
  const it = new InCluster()
  it.make(kind, workload, 10_000)
  it.patch(kind, { spec: { template: { spec: { nodeSelector: { no: 'such' } } } } }, 60_000)
  expect(nodes(it)).toEqual([])
  expect(it.get(kind).status.desiredNumberScheduled).toBe(0)
})
