import { expect, test } from 'vitest'
import { InCluster, workload } from '../../tests/in-cluster.ts'
import type { EndpointSubset } from '../kinds/schema/types.ts'

const slices = 'endpointslices.discovery.k8s.io'
const service = { selector: workload.selector.matchLabels, ports: [{ port: 80 }] }

function served(pods: object) {
  const it = new InCluster()
  it.make('replicasets.apps', { ...workload, replicas: 2, ...pods }, 10_000)
  it.make('services', service)
  return it
}
const endpoints = (it: InCluster) =>
  it
    .list(slices)
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'a')
    .flatMap(({ endpoints }) => endpoints ?? [])
const addresses = (it: InCluster) =>
  (it.get('endpoints').subsets ?? []).flatMap((subset: EndpointSubset) =>
    (subset.addresses ?? []).map(each => each.ip),
  )

test('both kinds tell of the same ready pods', () => {
  const it = served({})
  expect(endpoints(it)).toHaveLength(2)
  expect(
    endpoints(it)
      .flatMap(each => each.addresses)
      .sort(),
  ).toEqual(addresses(it).sort())
})

test('a pod that is not ready is there and not ready, one that leaves the selector is gone', () => {
  const probe = { exec: { command: ['false'] }, periodSeconds: 1 }
  const [container] = workload.template.spec.containers
  const spec = { containers: [{ ...container, readinessProbe: probe }] }
  const it = served({ template: { ...workload.template, spec } })
  expect(endpoints(it).map(({ conditions }) => conditions.ready)).toEqual([false, false])
  expect(addresses(it)).toEqual([])
  it.patch('replicasets.apps', { spec: { replicas: 1 } }, 40_000)
  expect(endpoints(it)).toHaveLength(1)
})
