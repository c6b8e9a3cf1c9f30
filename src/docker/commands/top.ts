// docker top: the machine's ps, with the lines of a container's processes (moby daemon/top_unix.go).

import { userName } from '../../engine/accounts.ts'
import { dictionary } from '../../engine/dictionary.ts'
import { formatTime } from '../../engine/engine.ts'
import { atLeast, type Command } from '../command.ts'
import type { Daemon } from '../daemon/daemon.ts'
import type { DockerContainer } from '../daemon/state.ts'
import { DaemonError } from '../errors.ts'

interface Row {
  readonly pid: number
  readonly parent: number
  readonly user: string
  readonly argv: readonly string[]
  readonly startedAt: number
  readonly memory: number
}

type Column = readonly [head: string, value: (row: Row, now: number) => string]

const clock = (ms: number): string => formatTime(ms).slice(11, 16)
const two = (n: number): string => String(n).padStart(2, '0')
/** Other words of ps for a column. */
const synonyms: Readonly<Record<string, string>> = dictionary({
  command: 'args',
  pcpu: '%cpu',
  pmem: '%mem',
  ucmd: 'comm',
})
const columns: Readonly<Record<string, Column>> = dictionary({
  pid: ['PID', row => String(row.pid)],
  ppid: ['PPID', row => String(row.parent)],
  user: ['USER', row => row.user],
  uid: ['UID', row => row.user],
  c: ['C', () => '0'],
  stime: ['STIME', row => clock(row.startedAt)],
  start: ['START', row => clock(row.startedAt)],
  tty: ['TTY', () => '?'],
  time: ['TIME', () => '00:00:00'],
  comm: ['COMMAND', row => (row.argv[0] ?? '').replace(/^.*\//, '').slice(0, 15)],
  cmd: ['CMD', row => row.argv.join(' ')],
  args: ['COMMAND', row => row.argv.join(' ')],
  etime: [
    'ELAPSED',
    (row, now) => {
      const seconds = Math.floor((now - row.startedAt) / 1000)
      return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`
    },
  ],
  rss: ['RSS', row => String(Math.floor(row.memory / 1024))],
  vsz: ['VSZ', row => String(Math.floor(row.memory / 1024))],
  '%cpu': ['%CPU', () => '0.0'],
  '%mem': ['%MEM', () => '0.0'],
  stat: ['STAT', row => (row.pid === 1 ? 'Ss' : 'S')],
})
const sets = {
  full: 'uid pid ppid c stime tty time cmd'.split(' '),
  aux: 'user pid %cpu %mem vsz rss tty stat start time args'.split(' '),
}

/** Which columns ps prints for these options: `-ef`, `aux`, `-o pid,cmd`. */
function columnsOf(args: readonly string[]): Column[] {
  const at = args.findIndex(each => /^-?\w*o$/.test(each) || /^-o./.test(each))
  if (at >= 0) {
    const names = (/^-o./.test(args[at]!) ? args[at]!.slice(2) : (args[at + 1] ?? '')).split(/[\s,]+/)
    return names.filter(Boolean).map(name => {
      const key = synonyms[name] ?? name
      const column = columns[key]
      if (!column)
        throw new DaemonError(
          `ps: exit status 1: error: unknown user-defined format specifier ${JSON.stringify(name)}`,
        )
      return column
    })
  }
  const isUser = args.some(each => /^-?\w*u\w*$/.test(each) && !each.startsWith('-e'))
  return (isUser ? sets.aux : sets.full).map(name => columns[name]!)
}

/** The container's processes as the machine knows them. */
function* rowsOf({ machine }: Daemon, { container }: DockerContainer): Generator<Row> {
  const own = new Set(container!.options.pids.processes.values())
  for (const [pid, process] of machine.pids.processes)
    if (own.has(process))
      yield {
        pid,
        parent: machine.pids.parentOf(pid),
        user: userName(machine.files, process.identity.uid),
        argv: process.argv,
        startedAt: process.startedAt,
        memory: process.about?.memory() ?? 0,
      }
}

export const top: Command = {
  names: ['container top', 'top'],
  usage: 'CONTAINER [ps OPTIONS]',
  arguments: atLeast(1),
  flags: '',
  stopsAtArgument: true,
  *run({ process, daemon, args: [name = '', ...options] }) {
    yield* daemon.call(process, `/v1.50/containers/${name}/top`)
    const docker = daemon.container(name)
    if (!docker.container?.running) throw new DaemonError(`container ${docker.id} is not running`)
    const shown = columnsOf(options.length ? options : ['-ef'])
    const { now } = daemon.engine
    const lines = [
      shown.map(([head]) => head),
      ...[...rowsOf(daemon, docker)].map(row => shown.map(([, value]) => value(row, now))),
    ]
    // text/tabwriter with columns of 20 at least.
    const widths = shown.map((_, i) => Math.max(20, ...lines.map(line => line[i]!.length + 1)))
    for (const line of lines)
      process.stdout.write(
        `${line.map((cell, i) => (i === line.length - 1 ? cell : cell.padEnd(widths[i]!))).join('')}\n`,
      )
    return 0
  },
}
