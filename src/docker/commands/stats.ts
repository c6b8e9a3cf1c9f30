// docker stats: what containers use. The network's bytes are those that went by; the processor's time is a server's
// little idling and what its requests since the last look took. The disk is not measured here: it stands at nothing.
import { Random } from '../../engine/random.ts'
import { sleep } from '../../engine/task.ts'
import type { Arguments, Command } from '../command.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { formatted, type Row } from '../format.ts'
import { bytesSize, humanSize } from '../units.ts'

const heads = {
  Container: 'CONTAINER ID',
  ID: 'CONTAINER ID',
  Name: 'NAME',
  CPUPerc: 'CPU %',
  MemUsage: 'MEM USAGE / LIMIT',
  MemPerc: 'MEM %',
  NetIO: 'NET I/O',
  BlockIO: 'BLOCK I/O',
  PIDs: 'PIDS',
}
const columns = ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs']
const any: Arguments = { least: 0 }
/** A first measurement needs two looks; then there is one each second: documented. */
const firstMs = 2000
const everyMs = 1000
const clear = '\x1b[H'

/** Ms of processor time that a request takes: an estimate. */
const requestMs = 0.4

/** Looks at a container again and again; each look tells the processor's share since the one before. */
class Meter {
  readonly #docker: DockerContainer
  readonly #daemon: Daemon
  /** Thousandths of a processor that it takes without any request. */
  readonly #idle: number
  #at: number
  #answered: number

  constructor(daemon: Daemon, docker: DockerContainer) {
    this.#daemon = daemon
    this.#docker = docker
    this.#idle = 0.1 + new Random(1).fork(docker.id).float()
    this.#at = daemon.engine.now
    this.#answered = docker.network?.traffic.answered ?? 0
  }

  /** Percent of one processor. */
  cpu(): number {
    const { container, network, settings } = this.#docker
    const { now } = this.#daemon.engine
    const answered = network?.traffic.answered ?? 0
    const passed = Math.max(1, now - this.#at)
    const busy = ((answered - this.#answered) * requestMs) / passed
    this.#at = now
    this.#answered = answered
    if (!container?.running) return 0
    const share = this.#idle / 1000 + busy
    return 100 * (settings.nanoCpus ? Math.min(share, settings.nanoCpus / 1e9) : share)
  }
}

function rowOf({ machine }: Daemon, docker: DockerContainer, cpu: number, isCut: boolean): Row {
  const { id, name, container, network } = docker
  const runs = container?.running ?? false
  // On no bridge there is no card to count at.
  const traffic = network?.address ? network.traffic : undefined
  const used = runs ? container!.memory : 0
  const limit = runs ? (container!.memoryLimit ?? machine.memory.total) : 0
  const shownId = isCut ? id.slice(0, 12) : id
  return {
    BlockIO: '0B / 0B',
    CPUPerc: `${cpu.toFixed(2)}%`,
    Container: shownId,
    ID: shownId,
    MemPerc: `${(limit ? (used / limit) * 100 : 0).toFixed(2)}%`,
    MemUsage: `${bytesSize(used)} / ${bytesSize(limit)}`,
    Name: name,
    NetIO: `${humanSize(runs ? (traffic?.received ?? 0) : 0, 3)} / ${humanSize(runs ? (traffic?.sent ?? 0) : 0, 3)}`,
    PIDs: String(runs ? container!.processes.length : 0),
  }
}

export const stats: Command = {
  names: ['container stats', 'stats'],
  usage: '[OPTIONS] [CONTAINER...]',
  arguments: any,
  flags: 'all,a format:string no-stream no-trunc',
  *run({ process, daemon, flags, args }) {
    yield* daemon.call(process, '/v1.50/containers/json')
    const chosen = args.map(name => daemon.container(name))
    const meters = new Map<DockerContainer, Meter>()
    const meterOf = (docker: DockerContainer): Meter => {
      const known = meters.get(docker) ?? new Meter(daemon, docker)
      meters.set(docker, known)
      return known
    }
    const listing = () => {
      const all = chosen.length
        ? chosen
        : [...daemon.containers.values()]
            .reverse()
            .filter(({ container }) => flags.is('all') || container?.running)
      const rows = all.map(docker => rowOf(daemon, docker, meterOf(docker).cpu(), !flags.is('no-trunc')))
      return formatted({ heads, columns, rows, type: '*formatter.statsContext' }, flags.text('format'))
    }
    for (const docker of daemon.containers.values()) meterOf(docker)
    yield* sleep(firstMs)
    if (flags.is('no-stream')) {
      process.stdout.write(listing())
      return 0
    }
    for (;;) {
      const lines = listing().replaceAll('\n', '\x1b[K\n')
      process.stdout.write(`${clear}${lines}\x1b[J`)
      yield* sleep(everyMs)
    }
  },
}
