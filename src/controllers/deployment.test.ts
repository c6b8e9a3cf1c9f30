import { expect, test } from 'vitest'
import { InCluster, workload } from '../../tests/in-cluster.ts'

const kind = 'deployments.apps'
const sets = 'replicasets.apps'
const image = (name: string) => ({
  spec: { template: { spec: { containers: [{ name: 'c', image: name }] } } },
})
const sizes = (it: InCluster) =>
  it
    .list(sets)
    .map(({ spec }) => spec.replicas)
    .sort()

test('another template is another ReplicaSet, the old one stays at 0; the same template comes back to its own', () => {
  const it = new InCluster()
  it.make(kind, { ...workload, replicas: 2 })
  const [first] = it.names(sets)
  it.patch(kind, image('nginx:1.27'), 60_000)
  expect(sizes(it)).toEqual([0, 2])
  it.patch(kind, image('nginx'), 60_000)
  expect(sizes(it)).toEqual([0, 2])
  expect(it.get(sets, first).spec.replicas).toBe(2)
  expect(it.get(sets, first).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3')
})

test('while a new image cannot be pulled, all but maxUnavailable of the old pods stay', () => {
  const it = new InCluster()
  it.make(kind, { ...workload, replicas: 4 }, 10_000)
  it.patch(kind, image('nosuch:v9'), 60_000)
  expect(it.get(kind).status).toMatchObject({ availableReplicas: 3, updatedReplicas: 2, replicas: 5 })
})

test('Recreate ends every old pod before it begins a new one', () => {
  const it = new InCluster()
  it.make(kind, { ...workload, replicas: 2, strategy: { type: 'Recreate' } }, 10_000)
  it.patch(kind, image('nosuch:v9'), 60_000)
  expect(sizes(it)).toEqual([0, 2])
  expect(it.get(kind).status.availableReplicas).toBeUndefined()
})

test('paused, it takes sizes but no templates', () => {
  const it = new InCluster()
  it.make(kind, { ...workload, replicas: 1 })
  it.patch(kind, { spec: { paused: true, replicas: 3, template: image('busybox').spec.template } }, 10_000)
  expect(sizes(it)).toEqual([3])
})

test('what does not progress in time says so and goes on trying', () => {
  const it = new InCluster()
  it.make(kind, {
    ...workload,
    ...image('nosuch:v9').spec.template,
    replicas: 1,
    progressDeadlineSeconds: 10,
  })
  it.patch(kind, image('nosuch:v9'), 20_000)
  expect(it.get(kind).status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }),
  )
})

test('only revisionHistoryLimit old ReplicaSets are kept', () => {
  const it = new InCluster()
  it.make(kind, { ...workload, replicas: 0, revisionHistoryLimit: 1 })
  for (const tag of ['1', '2', '3']) it.patch(kind, image(`nginx:1.2${tag}`))
  expect(it.names(sets)).toHaveLength(2)
})
