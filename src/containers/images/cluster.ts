// The images of the cluster's own pods. What etcd, the scheduler and the controllers do is done elsewhere; here they only
// run. kube-proxy keeps the service rules of its node while it runs, CoreDNS answers as its Corefile says.
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

const waits: Program = function* () {
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
export const waitingImage = image(waits)
