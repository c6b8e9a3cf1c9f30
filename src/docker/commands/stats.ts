// docker stats: what containers use. Processor time, network and disk are not measured here: they stand at nothing.
import { sleep } from '../../engine/task.ts'
import type { Arguments, Command } from '../command.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { formatted, type Row } from '../format.ts'
import { bytesSize } from '../units.ts'

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
/** A first measurement needs two looks; then there is one each second. */
const firstMs = 2000
const everyMs = 1000
const clear = '\x1b[H'

function rowOf({ machine }: Daemon, { id, name, container }: DockerContainer, isCut: boolean): Row {
  const runs = container?.running ?? false
  const used = runs ? container!.memory : 0
  const limit = runs ? (container!.memoryLimit ?? machine.memory.total) : 0
  const shownId = isCut ? id.slice(0, 12) : id
  return {
    BlockIO: '0B / 0B',
    CPUPerc: '0.00%',
    Container: shownId,
    ID: shownId,
    MemPerc: `${(limit ? (used / limit) * 100 : 0).toFixed(2)}%`,
    MemUsage: `${bytesSize(used)} / ${bytesSize(limit)}`,
    Name: name,
    NetIO: '0B / 0B',
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
    const listing = () => {
      const all = chosen.length
        ? chosen
        : [...daemon.containers.values()]
            .reverse()
            .filter(({ container }) => flags.is('all') || container?.running)
      const rows = all.map(docker => rowOf(daemon, docker, !flags.is('no-trunc')))
      return formatted({ heads, columns, rows, type: '*formatter.statsContext' }, flags.text('format'))
    }
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
