// Programs that only wait: the pause image's, and servers of plain TCP.
import type { Program } from '../../engine/process.ts'
import { untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

/** A server of plain TCP: it accepts connections and ends with `exitCode` on SIGTERM. */
export const listening = (port: number, exitCode: number): Program =>
  function* (process) {
    const listener = process.network.listen(port)
    return yield* untilSignal(exitCode, [listener])
  }

const wait: Program = function* () {
  return yield* untilSignal(0)
}

export const pause: ImageMaker = () => ({
  programs: { '/pause': { run: wait, handlesSignals: true } },
  entrypoint: ['/pause'],
})

/** What the recorded cluster had under the names of servers: a port, and a small system. `detail` is the port. */
export const standIn: ImageMaker = ({ detail }) => ({
  programs: { '/server': { run: listening(Number(detail), 0), handlesSignals: true } },
  entrypoint: ['/server'],
  ports: [Number(detail)],
  shell: 'busybox',
})
