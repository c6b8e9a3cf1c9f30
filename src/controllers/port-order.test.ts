import { expect, test } from 'vitest'
import { inEndpoints, inSlice } from './port-order.ts'

const names = (ports: readonly { name?: string }[]) => ports.map(({ name }) => name)
const dns = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  { name: 'metrics', port: 9153, protocol: 'TCP' },
]
const web = [
  { name: 'go', port: 3000, protocol: 'TCP' },
  { name: 'web', port: 80, protocol: 'TCP' },
]

// As the recorded cluster has them: reference/cluster/objects/kube-system.yaml, scenarios/07-service/11-named-ports.yaml.
test('ports come in the order of their hashes, whatever the order of the service', () => {
  expect(names(inEndpoints(dns))).toEqual(['metrics', 'dns-tcp', 'dns'])
  expect(names(inSlice([...dns].reverse()))).toEqual(['dns', 'dns-tcp', 'metrics'])
  expect(names(inEndpoints(web))).toEqual(['web', 'go'])
  expect(names(inSlice(web))).toEqual(['web', 'go'])
})
