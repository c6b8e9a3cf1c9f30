// The images of the cluster's own pods. What etcd, the scheduler and the controllers do is done elsewhere, while these run
// (src/cluster/control-plane.ts). kube-proxy keeps the service rules of its node, CoreDNS answers as its Corefile says.
import type { Program } from '../../engine/process.ts'
import { coredns } from '../coredns/coredns.ts'
import { answer, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

const kubeProxy: Program = function* ({ network }) {
  const healthy = network.listen(10256, function* () {
    return answer(200, '{}')
  })
  return yield* untilSignal(0, [network.keepServiceRules?.(), healthy])
}

/** Flags of kube-scheduler 1.36, without those that only tests use. */
const schedulerFlags = new Set(
  'authentication-kubeconfig authentication-skip-lookup authentication-token-webhook-cache-ttl authentication-tolerate-lookup-failure authorization-always-allow-paths authorization-kubeconfig authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl bind-address cert-dir client-ca-file config contention-profiling disable-http2-serving emulated-version feature-gates help http2-max-streams-per-connection kube-api-burst kube-api-content-type kube-api-qps kubeconfig leader-elect leader-elect-lease-duration leader-elect-renew-deadline leader-elect-resource-lock leader-elect-resource-name leader-elect-resource-namespace leader-elect-retry-period log-flush-frequency log-text-info-buffer-size log-text-split-stream logging-format master min-compatibility-version permit-address-sharing permit-port-sharing pod-max-in-unschedulable-pods-duration profiling requestheader-allowed-names requestheader-client-ca-file requestheader-extra-headers-prefix requestheader-group-headers requestheader-uid-headers requestheader-username-headers secure-port show-hidden-metrics-for-version tls-cert-file tls-cipher-suites tls-min-version tls-private-key-file tls-sni-cert-key v version vmodule write-config-to'.split(
    ' ',
  ),
)

/** It runs, where it knows its flags; `flags`: undefined where any will do. */
const waits = (flags?: ReadonlySet<string>): Program =>
  function* ({ argv, stderr }) {
    for (const arg of flags ? argv.slice(1) : []) {
      const name = /^--?([^=]+)/.exec(arg)?.[1]
      if (name === undefined || flags?.has(name)) continue
      stderr.write(`Error: unknown flag: --${name}\n`)
      return 1
    }
    return yield* untilSignal(0)
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
export const waitingImage: ImageMaker = (wanted, api, names) =>
  image(waits(wanted.repository.endsWith('/kube-scheduler') ? schedulerFlags : undefined))(wanted, api, names)
