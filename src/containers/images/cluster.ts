// The images of the cluster's own pods. What they do is done elsewhere (the network answers DNS itself); here they only
// run, and hold the ports by which others see that they are there.
import type { Program } from '../../engine/process.ts'
import { answer, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

const coredns: Program = function* ({ network, stdout }) {
  stdout.write(
    '.:53\n[INFO] plugin/reload: Running configuration SHA512 = 591cf328cccc12bc490481273e738df5\nCoreDNS-1.14.0\nlinux/amd64, go1.25.2\n',
  )
  const ok = (port: number) =>
    network.listen(port, function* () {
      return answer(200, 'OK')
    })
  return yield* untilSignal(0, [network.listen(53), network.listen(9153), ok(8080), ok(8181)])
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

export const corednsImage = image(coredns)
export const waitingImage = image(waits)
