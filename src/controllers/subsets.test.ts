import { expect, test } from 'vitest'
import { type Endpoint, inAddressOrder, type Port, repack } from './subsets.ts'

const web: Port = { name: 'web', port: 80, protocol: 'TCP' }
const admin = (port: number): Port => ({ name: 'admin', port, protocol: 'TCP' })
const endpoint = (ip: string, ports: readonly Port[], ready = true): Endpoint => ({
  address: {
    ip,
    nodeName: 'k8s-node1',
    targetRef: { kind: 'Pod', namespace: 'default', name: `p-${ip}`, uid: `u-${ip}` },
  },
  ready,
  ports,
})
const shown = (endpoints: readonly Endpoint[]) =>
  repack(inAddressOrder(endpoints)).map(({ addresses = [], notReadyAddresses = [], ports = [] }) => ({
    ports: ports.map(({ port }) => port),
    ready: addresses.map(({ ip }) => ip),
    ...(notReadyAddresses.length && { notReady: notReadyAddresses.map(({ ip }) => ip) }),
  }))
const byPort = (endpoints: readonly Endpoint[]) =>
  shown(endpoints).sort((a, b) => (a.ports[0] ?? 0) - (b.ports[0] ?? 0))

test('a port stands with all the addresses that offer it, also where they differ in another one', () => {
  expect(
    byPort([
      endpoint('20.2.1.9', [web, admin(8080)]),
      endpoint('20.2.1.10', [web, admin(9090)]),
      endpoint('20.2.1.11', [web, admin(9090)], false),
    ]),
  ).toEqual([
    { ports: [80], ready: ['20.2.1.10', '20.2.1.9'], notReady: ['20.2.1.11'] },
    { ports: [8080], ready: ['20.2.1.9'] },
    { ports: [9090], ready: ['20.2.1.10'], notReady: ['20.2.1.11'] },
  ])
})

test('ports that the same addresses offer stand together, and addresses without ports by themselves', () => {
  expect(shown([endpoint('20.2.1.2', [web, admin(8080)]), endpoint('20.2.1.3', [admin(8080), web])])).toEqual(
    [{ ports: [80, 8080], ready: ['20.2.1.2', '20.2.1.3'] }],
  )
  expect(shown([endpoint('20.2.1.2', [])])).toEqual([{ ports: [], ready: ['20.2.1.2'] }])
})

test('subsets are in the order of their hashes: one and the same, whatever was found first', () => {
  const all = Array.from({ length: 8 }, (_, i) => endpoint(`20.2.1.${i + 2}`, [admin(9000 + i)]))
  const order = shown(all).map(({ ports }) => ports[0])
  expect(shown([...all].reverse()).map(({ ports }) => ports[0])).toEqual(order)
  expect(order).not.toEqual([...order].sort())
})
