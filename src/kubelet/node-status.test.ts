// What a kubelet says of its node, where somebody has taken it away.
import { expect, test } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'

test('conditions that somebody took away come back with the next report', () => {
  const { client, engine } = createCluster()
  const nodes = client('learner').resource('nodes')
  const told = () =>
    client('learner')
      .resource('events')
      .list({ fieldSelector: 'involvedObject.name=k8s-node1' })
      .map(each => each.reason)
  nodes.patch('', 'k8s-node1', 'merge', { status: { conditions: null } }, { subresource: 'status' })
  engine.advance(310_000)
  const { conditions = [] } = nodes.get('', 'k8s-node1').status
  expect(Object.fromEntries(conditions.map(each => [each.type, each.status]))).toEqual({
    MemoryPressure: 'False',
    DiskPressure: 'False',
    PIDPressure: 'False',
    Ready: 'True',
  })
  expect(told()).toContain('NodeHasSufficientMemory')
})

test('a kubelet whose runtime stops says so, though its node has no conditions', () => {
  const { client, kubelets } = createCluster()
  const nodes = client('learner').resource('nodes')
  nodes.patch('', 'k8s-node1', 'merge', { status: { conditions: null } }, { subresource: 'status' })
  kubelets.get('k8s-node1')!.heartbeat.setReady('container runtime is down')
  const [ready] = nodes.get('', 'k8s-node1').status.conditions ?? []
  expect(ready).toMatchObject({ type: 'Ready', status: 'False', message: 'container runtime is down' })
})
