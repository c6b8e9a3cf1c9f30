import { expect, test } from 'vitest'
import type { Service } from '../kinds/schema/types.ts'
import { createCluster } from './cluster.ts'

test('the API server brings back its service, its endpoints and the system namespaces', () => {
  const { api, engine } = createCluster()
  const lists = {
    services: '/api/v1/namespaces/default/services',
    endpoints: '/api/v1/namespaces/default/endpoints',
    slices: '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
    leases: '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases',
  }
  const names = () =>
    Object.fromEntries(
      Object.entries(lists).map(([what, path]) => [
        what,
        api
          .handle({ method: 'GET', path })
          .body.items.map((o: Service) => o.spec?.clusterIP ?? o.metadata.name),
      ]),
    )
  for (const path of [lists.services, lists.endpoints, lists.slices]) api.handle({ method: 'DELETE', path })
  api.handle({ method: 'DELETE', path: '/api/v1/namespaces/kube-node-lease' })
  engine.advance(5000)
  expect(names()).toMatchObject({ services: [], endpoints: [], slices: [] })
  engine.advance(70_000)
  expect(names()).toEqual({
    services: ['20.1.0.1'],
    endpoints: ['kubernetes'],
    slices: ['kubernetes'],
    leases: ['k8s-master', 'k8s-node1'],
  })
})
