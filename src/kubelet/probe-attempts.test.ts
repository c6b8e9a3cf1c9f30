// What a probe says of each way in which a container does not answer, against a server that this test puts in its place.
import { expect, test } from 'vitest'
import { createCluster } from '../cluster/cluster.ts'
import { byTls, type HttpHandler, type HttpResponse } from '../engine/network.ts'
import type { AnyObject } from '../kinds/object.ts'

const answer = (status: number, body = '', headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body,
})

/** The events of a pod whose readiness probe meets a server on its port 9000; none: nobody listens there. */
function probed(probe: object, server?: HttpHandler): string[] {
  const { engine, client, kubelets } = createCluster()
  const api = client('kubectl-create')
  const events: string[] = []
  api.resource('events').watch({ namespace: 'default' }, ({ type, object }) => {
    if (type === 'ERROR' || type === 'BOOKMARK') return
    const { reason, message = '' } = object
    if (reason === 'Unhealthy' && !events.includes(message)) events.push(message)
  })
  api.resource<AnyObject>('pods').create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'default' },
    spec: {
      containers: [
        {
          name: 'c',
          image: 'busybox:1.36',
          command: ['sleep', '1000'],
          readinessProbe: { initialDelaySeconds: 3, periodSeconds: 4, ...probe },
        },
      ],
    },
  })
  engine.advance(2500)
  const pod = api.resource<AnyObject>('pods').get('default', 'a')
  const sandbox = kubelets.get(pod.spec.nodeName)!.worker(pod.metadata.uid!)!.runtime.sandbox!
  if (server) sandbox.network.listen(9000, server)
  engine.advance(8000)
  const ready = api.resource<AnyObject>('pods').get('default', 'a').status.containerStatuses[0].ready
  return ready ? ['ready', ...events] : events.map(each => each.replaceAll(pod.status.podIP, 'IP'))
}

const https = { httpGet: { port: 9000, scheme: 'HTTPS', path: '/healthz' } }
const http = { httpGet: { port: 9000, path: '/healthz' } }

test('HTTPS needs a server that speaks it, and HTTP one that does not', () => {
  const ok: HttpHandler = function* () {
    return answer(200)
  }
  expect(probed(https, byTls(ok))).toEqual(['ready'])
  expect(probed(https, ok)).toEqual([
    'Readiness probe failed: Get "https://IP:9000/healthz": http: server gave HTTP response to HTTPS client',
  ])
  expect(probed(http, byTls(ok))).toEqual(['Readiness probe failed: HTTP probe failed with statuscode: 400'])
  expect(probed(https)).toEqual([
    'Readiness probe failed: Get "https://IP:9000/healthz": dial tcp IP:9000: connect: connection refused',
  ])
})

test('gRPC asks by the health protocol', () => {
  const grpc = { grpc: { port: 9000, service: 'shop' } }
  const health = (status: string, body: string): HttpHandler =>
    function* ({ path, body: service, headers }) {
      expect([path, service, headers['content-type']]).toEqual([
        '/grpc.health.v1.Health/Check',
        'shop',
        'application/grpc',
      ])
      return answer(200, body, { 'grpc-status': status })
    }
  expect(probed(grpc, health('0', 'SERVING'))).toEqual(['ready'])
  expect(probed(grpc, health('0', 'NOT_SERVING'))).toEqual([
    'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
  ])
  expect(probed(grpc, health('5', 'unknown service'))).toEqual([
    'Readiness probe failed: error: health rpc probe failed: rpc error: code = NotFound desc = unknown service',
  ])
  expect(probed(grpc, health('12', 'unknown service grpc.health.v1.Health'))).toEqual([
    'Readiness probe failed: error: this server does not implement the grpc health protocol (grpc.health.v1.Health): unknown service grpc.health.v1.Health',
  ])
  const plain: HttpHandler = function* () {
    return answer(404)
  }
  for (const server of [plain, undefined])
    expect(probed(grpc, server)).toEqual([
      'Readiness probe failed: timeout: failed to connect service "IP:9000" within 1s: context deadline exceeded',
    ])
})

test('TCP needs an open port, a command its success', () => {
  const tcp = { tcpSocket: { port: 9000 } }
  expect(
    probed(tcp, function* () {
      return answer(200)
    }),
  ).toEqual(['ready'])
  expect(probed(tcp)).toEqual(['Readiness probe failed: dial tcp IP:9000: connect: connection refused'])
  expect(probed({ exec: { command: ['sh', '-c', 'echo no; exit 2'] } })).toEqual([
    'Readiness probe failed: no\n',
  ])
  expect(probed({ exec: { command: ['none'] } })[0]).toContain('executable file not found in $PATH')
})
