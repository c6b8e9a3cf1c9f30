// Programs that only wait: the pause image and stand-ins whose service nobody calls in detail.
import type { Program } from '../../engine/process.ts'
import { untilSignal } from './http.ts'
import type { Image } from './image.ts'

/** A server of plain TCP: it accepts connections and ends with `exitCode` on SIGTERM. */
export const listening = (port: number, exitCode: number): Program =>
  function* (process) {
    const listener = process.network.listen(port)
    return yield* untilSignal(exitCode, [listener])
  }

const wait: Program = function* () {
  return yield* untilSignal(0)
}

const waiting = (repository: string, tags: Record<string, number>): Image => ({
  repository,
  tags,
  programs: { '/pause': { run: wait, handlesSignals: true } },
  entrypoint: ['/pause'],
})

const service = (repository: string, tags: Record<string, number>, port: number): Image => ({
  repository,
  tags,
  programs: { '/server': { run: listening(port, 0), handlesSignals: true } },
  entrypoint: ['/server'],
  ports: [port],
  shell: 'busybox',
})

export const standIns: readonly Image[] = [
  waiting('pause', { '3.9': 321_520, '3.10': 320_368 }),
  service('redis', { '7': 2_301_844, latest: 2_301_844 }, 6379),
  service('postgres', { '16': 2_301_844, latest: 2_301_844 }, 5432),
  service('mysql', { '8': 2_301_844, latest: 2_301_844 }, 3306),
  service('redis-exporter', { '1.62': 2_301_844 }, 9121),
  service('log-agent', { '1.0': 2_301_844 }, 2020),
  service('envoy', { '1.30': 2_301_844 }, 9901),
]
