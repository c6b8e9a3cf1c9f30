// The images of the cluster's own pods. What etcd, the scheduler and the controllers do is done elsewhere, while these run
// (src/cluster/control-plane.ts). kube-proxy keeps the service rules of its node, CoreDNS answers as its Corefile says.
import { byTls, type HttpHandler } from '../../engine/network.ts'
import type { Program } from '../../engine/process.ts'
import { coredns } from '../coredns/coredns.ts'
import { unknownFlag } from './component-flags.ts'
import { flag } from './flag.ts'
import { answer, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

const plain = { 'content-type': 'text/plain; charset=utf-8' }
const missing = answer(404, '404 page not found\n', plain)

const kubeProxy: Program = function* ({ network }) {
  const healthy = network.listen(10256, function* () {
    return answer(200, '{}')
  })
  const told: HttpHandler = function* ({ path }) {
    if (path === '/healthz') return answer(200, 'ok', plain)
    return path === '/proxyMode' ? answer(200, 'iptables', plain) : missing
  }
  const metrics = network.listen(10249, told, undefined, '127.0.0.1')
  return yield* untilSignal(0, [network.keepServiceRules?.(), healthy, metrics])
}

/** Health is told to everybody, all else only to those whom the API server knows: the words are its own. */
const secured: HttpHandler = byTls(function* ({ path: whole }) {
  const path = whole.split('?')[0]!
  if (['/healthz', '/livez', '/readyz'].includes(path)) return answer(200, 'ok', plain)
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `forbidden: User "system:anonymous" cannot get path "${path}"`,
    reason: 'Forbidden',
    details: {},
    code: 403,
  }
  return answer(403, `${JSON.stringify(status, null, 2)}\n`, { 'content-type': 'application/json' })
})

const ports = { 'kube-controller-manager': 10257, 'kube-scheduler': 10259 }

/** It runs, where it knows its flags, and tells its health. */
const component = (name: keyof typeof ports): Program =>
  function* ({ argv, network, stderr }) {
    const problem = unknownFlag(name, argv)
    if (problem) {
      stderr.write(problem)
      return 1
    }
    const port = Number(flag(argv, 'secure-port') ?? ports[name])
    // As kubeadm's manifests have it where nothing is said.
    const address = flag(argv, 'bind-address') ?? '127.0.0.1'
    return yield* untilSignal(0, [network.listen(port, secured, undefined, address)])
  }

/** The pods of the reference cluster call their program /pause. */
const image =
  (run: Program): ImageMaker =>
  ({ repository }) => {
    const path = repository.includes('coredns')
      ? '/coredns'
      : `/usr/local/bin/${repository.split('/').at(-1)}`
    return {
      programs: { [path]: { run, handlesSignals: true }, '/pause': { run, handlesSignals: true } },
      entrypoint: [path],
    }
  }

export const corednsImage: ImageMaker = (wanted, api, names) => image(coredns(names))(wanted, api, names)
export const kubeProxyImage = image(kubeProxy)
export const controlPlaneImage: ImageMaker = (wanted, api, names) =>
  image(
    component(wanted.repository.endsWith('/kube-scheduler') ? 'kube-scheduler' : 'kube-controller-manager'),
  )(wanted, api, names)
