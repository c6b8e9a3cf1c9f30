// What busybox says of the machine that a container runs on: its disk, memory, load, card and processes; and kill.
// The machine idles: sizes are those of a small node, and nothing is measured. Left out: netstat, options beyond the usual.
import { dictionary } from '../../engine/dictionary.ts'
import { formatTime } from '../../engine/engine.ts'
import { type Files, resolvePath } from '../../engine/files.ts'
import { type Signal, signalNumbers, sleep } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'
import { mac } from './ip.ts'

const diskKi = 61_202_244
const usedKi = 8_912_896
const memoryKi = 4_028_136

/** `7.8M`: busybox's short form of a size. */
function short(ki: number): string {
  let size = ki
  let unit = 0
  for (; size >= 1024 && unit < 3; unit++) size /= 1024
  return size === 0 ? '0' : `${size.toFixed(1)}${'KMGT'[unit]}`
}

/** KiB, as /proc/meminfo has the whole of it. */
const halfOfMemory = (files: Files): number =>
  files.exists('/proc/meminfo')
    ? Math.floor(Number(/MemTotal: +(\d+)/.exec(files.read('/proc/meminfo'))?.[1] ?? 0) / 2)
    : 0

const df = tool('df', 'sizes of file systems', function* (process) {
  const options = parseOptions(process, 'hkmPTai')
  const { cwd, files, stdout, stderr } = process
  const human = options.has('h')
  const rows: string[] = []
  const show = ({ device, at, type, options: flags }: MountLine) => {
    const given = Number(/size=(\d+)k/.exec(flags)?.[1] ?? 0)
    // A tmpfs may take half of the memory where it is told nothing.
    const size = given || (type === 'tmpfs' ? halfOfMemory(files) : 0)
    const used = size ? Math.ceil(bytesOf(files, at) / 4096) * 4 : usedKi
    const total = size || diskKi
    const cells = [total, used, total - used].map(n => (human ? short(n) : String(n)).padStart(9)).join(' ')
    const share = Math.ceil((used / total) * 100)
    rows.push(`${device.padEnd(20)} ${cells} ${String(share).padStart(3)}% ${at}\n`)
  }
  const table = files.exists('/proc/mounts') ? files.read('/proc/mounts') : 'overlay / overlay rw 0 0\n'
  const mounts = mountLines(table)
  let code = 0
  for (const operand of options.operands) {
    const path = resolvePath(cwd, operand)
    const holds = ({ at }: MountLine) => at === '/' || path === at || path.startsWith(`${at}/`)
    const found = mounts.filter(holds).sort((a, b) => b.at.length - a.at.length)[0]
    if (found && files.exists(path)) show(found)
    else {
      stderr.write(`df: ${operand}: can't find mount point\n`)
      code = 1
    }
  }
  if (options.operands.length === 0)
    for (const mount of mounts) if (options.has('a') || !sizeless.has(mount.type)) show(mount)
  if (rows.length)
    stdout.write(
      `Filesystem           ${human ? '     Size' : '1K-blocks'}      Used Available Use% Mounted on\n${rows.join('')}`,
    )
  return code
})

interface MountLine {
  readonly device: string
  readonly at: string
  readonly type: string
  readonly options: string
}

const mountLines = (table: string): MountLine[] =>
  table
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [device = '', at = '', type = '', options = ''] = line.split(' ')
      return { device, at, type, options }
    })

/** File systems of the kernel, which hold nothing. */
const sizeless = new Set(['proc', 'sysfs', 'cgroup', 'mqueue', 'devpts'])

/** Of all files in a directory. */
function bytesOf(files: Files, path: string): number {
  if (!files.exists(path)) return 0
  const { type, size } = files.stat(path, { followLinks: false })
  if (type !== 'directory') return size
  return files
    .list(path)
    .reduce((sum, name) => sum + bytesOf(files, `${path === '/' ? '' : path}/${name}`), 0)
}

const free = tool('free', 'how much memory there is', function* (process) {
  const options = parseOptions(process, 'bkmgth')
  const row = (name: string, cells: readonly (string | number)[]) =>
    process.stdout.write(`${name.padEnd(7)}${cells.map(cell => String(cell).padStart(12)).join('')}\n`)
  const shown = (ki: number) =>
    options.has('h')
      ? short(ki)
      : options.has('b')
        ? ki * 1024
        : Math.floor(ki / (options.has('m') ? 1024 : options.has('g') ? 1024 ** 2 : 1))
  row('', ['total', 'used', 'free', 'shared', 'buff/cache', 'available'])
  row('Mem:', [memoryKi, 1_048_576, 1_792_416, 4096, 1_187_144, 2_820_096].map(shown))
  row('Swap:', [0, 0, 0].map(shown))
  return 0
})

const uptime = tool('uptime', 'how long the machine has run', function* ({ engine, stdout }) {
  // A cluster's machines were started some minutes before a lesson begins.
  const minutes = Math.floor((engine.now - engine.epoch) / 60_000) + 10
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24]
  const rest =
    hours > 0
      ? `${String(hours).padStart(2)}:${String(minutes % 60).padStart(2, '0')}`
      : `${minutes % 60} min`
  stdout.write(
    ` ${formatTime(engine.now).slice(11, 19)} up ${days ? `${days} day${days > 1 ? 's' : ''}, ` : ''}${rest},  0 users,  load average: 0.00, 0.00, 0.00\n`,
  )
  return 0
})

const ifconfig = tool('ifconfig', 'the network cards', function* ({ argv, network, stdout }) {
  const { address } = network
  const counts = (queue: number) =>
    `          RX packets:0 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:${queue} \n          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)\n\n`
  const cards: Record<string, string> = dictionary({
    eth0: `eth0      Link encap:Ethernet  HWaddr ${mac(address).toUpperCase()}  \n          inet addr:${address}  Bcast:${address.replace(/\d+$/, '255')}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n${counts(0)}`,
    lo: `lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n${counts(1000)}`,
  })
  const name = argv.slice(1).find(arg => !arg.startsWith('-'))
  if (name !== undefined && !cards[name])
    throw new ToolError(`ifconfig: ${name}: error fetching interface information: Device not found`)
  stdout.write(name === undefined ? Object.values(cards).join('') : cards[name]!)
  return 0
})

const top = tool('top', 'the processes, again and again', function* (process) {
  const options = parseOptions(process, 'bn:d:Hm')
  const { stdout, user } = process
  for (let left = Number(options.value('n') ?? Number.POSITIVE_INFINITY); left > 0; left--) {
    stdout.write(
      `Mem: 2235720K used, 1792416K free, 4096K shared, 65536K buff, 1121608K cached\nCPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\nLoad average: 0.00 0.00 0.00 1/200 ${process.pid}\n  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n`,
    )
    for (const { pid, argv, user: owner = user } of process.processes?.() ?? [])
      stdout.write(
        `${String(pid).padStart(5)}     0 ${owner.padEnd(8)} ${pid === process.pid ? 'R' : 'S'}     4400   0%   0   0% ${argv.join(' ')}\n`,
      )
    if (left > 1) yield* sleep(Number(options.value('d') ?? 5) * 1000)
  }
  return 0
})

const dmesg = tool('dmesg', "the kernel's messages", function* () {
  throw new ToolError('dmesg: klogctl: Operation not permitted')
})

const kill = tool('kill', 'send a signal', function* (process) {
  const args = process.argv.slice(1)
  if (args[0] === '-l') {
    for (const [name, number] of Object.entries(signalNumbers))
      process.stdout.write(`${String(number).padStart(2)}) ${name.slice(3)}\n`)
    return 0
  }
  let wanted = 'TERM'
  if (args[0] === '-s') wanted = args.splice(0, 2)[1] ?? ''
  else if (/^-./.test(args[0] ?? '') && args[0] !== '--') wanted = args.shift()!.slice(1)
  if (args[0] === '--') args.shift()
  const upper = wanted.toUpperCase().replace(/^SIG/, '')
  const found = Object.entries(signalNumbers).find(
    ([name, number]) => name.slice(3) === upper || String(number) === wanted,
  )
  if (!found && wanted !== '0') throw new ToolError(`kill: bad signal name '${wanted}'`)
  if (args.length === 0) throw new ToolError('kill: you need to specify whom to kill')
  let status = 0
  for (const target of args) {
    if (!/^\d+$/.test(target)) throw new ToolError(`kill: invalid number '${target}'`)
    const pid = Number(target)
    const there = found
      ? process.kill?.(pid, found[0] as Signal | 'SIGKILL')
      : process.processes?.().some(each => each.pid === pid)
    if (there === true) continue
    const why = there ? 'Operation not permitted' : 'No such process'
    process.stderr.write(`kill: can't kill pid ${target}: ${why}\n`)
    status = 1
  }
  return status
})

export const machineTools: readonly Tool[] = [df, free, uptime, ifconfig, top, dmesg, kill]
