import { beforeEach, expect, test } from 'vitest'
import { Engine } from '../../engine/engine.ts'
import type { KubeObject } from '../../kinds/object.ts'
import type { ServicePort } from '../../kinds/schema/types.ts'
import { Server } from '../server.ts'

let server: Server

beforeEach(() => {
  server = new Server({ engine: new Engine({ seed: 1, epoch: 0 }), revision: 1 })
  server.seed([
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', uid: 'u', resourceVersion: '1' },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
  ])
})

const path = '/api/v1/namespaces/default/services'
const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ port: 80 }], ...spec },
})
const create = (name: string, spec: object, query: Record<string, string> = {}) =>
  server.handle({ method: 'POST', path, query, body: service(name, spec) }).body
const addresses = () =>
  server
    .handle({ method: 'GET', path: '/apis/networking.k8s.io/v1/ipaddresses' })
    .body.items.map((item: KubeObject) => item.metadata.name)

test('an address is taken by the service that is stored, and by no other', () => {
  const { clusterIP } = create('web', {}).spec
  expect(addresses()).toEqual([clusterIP])
  expect(create('web', {}).reason).toBe('AlreadyExists')
  expect(create('tried', {}, { dryRun: 'All' }).spec.clusterIP).toMatch(/^20\.1\./)
  expect(create('refused', { sessionAffinity: 'Cookie' }).reason).toBe('Invalid')
  expect(addresses()).toEqual([clusterIP])
  expect(create('copy', { clusterIP }).message).toBe(
    `Service "copy" is invalid: spec.clusterIPs: Invalid value: ["${clusterIP}"]: failed to allocate IP ${clusterIP}: provided IP is already allocated`,
  )
  server.handle({ method: 'DELETE', path: `${path}/web` })
  expect(addresses()).toEqual([])
})

test('a node port is one number for all protocols of a port, and for nobody else', () => {
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP', nodePort: 30053 },
    { name: 'dns-tcp', port: 53 },
    { name: 'web', port: 80 },
  ]
  const made = create('dns', { type: 'NodePort', ports }).spec.ports.map((port: ServicePort) => port.nodePort)
  expect(made.slice(0, 2)).toEqual([30053, 30053])
  expect(made[2]).toBeGreaterThan(30085)
  const other = (nodePort: number, query = {}) =>
    create('other', { type: 'NodePort', ports: [{ port: 1, nodePort }] }, query)
  expect(other(30053).message).toBe(
    'Service "other" is invalid: spec.ports[0].nodePort: Invalid value: 30053: provided port is already allocated',
  )
  expect(other(80).message).toBe(
    'Service "other" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  )
  // As on the real server, a dry run does not look at the range.
  expect(other(80, { dryRun: 'All' }).spec.ports[0].nodePort).toBe(80)
})

test('a service that no longer needs addresses and ports gives them back', () => {
  const { spec } = create('web', { type: 'LoadBalancer', externalTrafficPolicy: 'Local' })
  expect(spec.healthCheckNodePort).toBeGreaterThan(30085)
  const update = (to: object) =>
    server.handle({
      method: 'PATCH',
      path: `${path}/web`,
      contentType: 'application/merge-patch+json',
      body: { spec: to },
    }).body
  const inside = update({ type: 'ClusterIP' }).spec
  expect([inside.ports[0].nodePort, inside.healthCheckNodePort, inside.externalTrafficPolicy]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(inside.clusterIP).toBe(spec.clusterIP)
  const outside = update({ type: 'ExternalName', externalName: 'example.com' }).spec
  expect([outside.clusterIP, outside.clusterIPs]).toEqual([undefined, undefined])
  expect(addresses()).toEqual([])
})
