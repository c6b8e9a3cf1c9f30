// Tools of containers that a workstation does not need, or has in another form: what busybox says of its machine, and
// its small clients. Each answers as busybox does.
import { dictionary } from '../../engine/dictionary.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import { capable } from '../../engine/identity.ts'
import type { HttpResponse } from '../../engine/network.ts'

import { sleep, type Task } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'
import { startUp } from '../listening.ts'
import { dd } from './dd.ts'
import { podIp } from './ip.ts'
import { tar } from './tar.ts'
import { whoTools } from './who.ts'

const hostname = tool(
  'hostname',
  "show the machine's name",
  function* ({ argv, files, hostname, network, stdout }) {
    const option = argv[1] ?? ''
    if (option === '-i') stdout.write(`${network.address}\n`)
    else if (option === '-f') {
      const line = (files.exists('/etc/hosts') ? files.read('/etc/hosts') : '')
        .split('\n')
        .find(l => l.split(/\s+/).slice(1).includes(hostname))
      stdout.write(`${line?.split(/\s+/)[1] ?? hostname}\n`)
    } else stdout.write(`${option === '-s' ? hostname.split('.')[0] : hostname}\n`)
    return 0
  },
)

const printenv = tool('printenv', 'print environment variables', function* ({ argv, env, stdout }) {
  const names = argv.slice(1)
  if (names.length === 0) {
    for (const [name, value] of env) stdout.write(`${name}=${value}\n`)
    return 0
  }
  let code = 0
  for (const name of names) {
    const value = env.get(name)
    if (value === undefined) code = 1
    else stdout.write(`${value}\n`)
  }
  return code
})

const uname = tool('uname', 'print the system', function* ({ argv, hostname, stdout }) {
  const parts: Record<string, string> = dictionary({
    s: 'Linux',
    n: hostname,
    r: '6.18.44',
    v: '#1 SMP',
    m: 'x86_64',
    o: 'GNU/Linux',
  })
  const letters = (argv[1] ?? '-s').replace('-', '')
  stdout.write(
    `${(letters.includes('a') ? [...'snrvmo'] : [...letters]).map(l => parts[l] ?? '').join(' ')}\n`,
  )
  return 0
})

const ps = tool('ps', 'list processes', function* ({ processes, user, stdout }) {
  const list = processes?.() ?? []
  stdout.write('PID   USER     TIME  COMMAND\n')
  for (const { pid, argv, user: owner = user } of list)
    stdout.write(`${String(pid).padStart(5)} ${owner.padEnd(8)}  0:00 ${argv.join(' ')}\n`)
  return 0
})

const mount = tool('mount', 'list what is mounted', function* ({ files, stdout }) {
  stdout.write(files.exists('/proc/mounts') ? mountLines(files.read('/proc/mounts')) : '')
  return 0
})

const mountLines = (table: string): string =>
  table
    .split('\n')
    .filter(Boolean)
    .map(l => l.split(' '))
    .map(([device, at, type, options]) => `${device} on ${at} type ${type} (${options})\n`)
    .join('')

const ping = tool('ping', 'ask a host for an echo', function* (process) {
  const { network, stdout, engine } = process
  const options = parseOptions(process, '46c:i:I:nqs:t:w:W:')
  const limited = options.has('c')
  const count = Number(options.value('c') ?? 0)
  const seconds = (letter: string, usual: number) => Number(options.value(letter) ?? usual) * 1000
  const interval = seconds('i', 1)
  const deadline = options.has('w') ? engine.now + seconds('w', 0) : Number.POSITIVE_INFINITY
  const host = options.operands.at(-1)
  if (!host) throw new ToolError('Usage: ping [OPTIONS] HOST')
  if (!capable(process, 'NET_RAW')) throw new ToolError('ping: permission denied (are you root?)')
  const found = yield* network.lookup(host)
  if (!found.ok) throw new ToolError(`ping: bad address '${host}'`)
  const address = found.value[0]!
  stdout.write(`PING ${host} (${address}): 56 data bytes\n`)
  /** Ms. */
  const trips: number[] = []
  let sent = 0
  const summary = (): number => {
    const received = trips.length
    const lost = sent ? Math.round(((sent - received) / sent) * 100) : 0
    stdout.write(
      `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${lost}% packet loss\n`,
    )
    if (received) {
      const mean = trips.reduce((a, b) => a + b, 0) / received
      const times = [Math.min(...trips), mean, Math.max(...trips)].map(each => each.toFixed(3))
      stdout.write(`round-trip min/avg/max = ${times.join('/')} ms\n`)
    }
    return received ? 0 : 1
  }
  try {
    while ((!limited || sent < count) && engine.now < deadline) {
      const next = engine.now + interval
      // After the last one it waits for an answer as long as -W says.
      const patience = limited && sent === count - 1 ? seconds('W', 10) : interval
      const reply = yield* network.connect(address, 7, Math.min(patience, deadline - engine.now))
      // An echo needs no listening port: a host that refuses is there. Service addresses answer no echo.
      const alive = reply.ok || reply.error.type === 'refused'
      if (alive) {
        const trip = (70 + engine.random.below(30)) / 1000
        trips.push(trip)
        stdout.write(`64 bytes from ${address}: seq=${sent} ttl=62 time=${trip.toFixed(3)} ms\n`)
      }
      sent++
      if ((!limited || sent < count) && next > engine.now) yield* sleep(Math.min(next, deadline) - engine.now)
    }
  } catch (error) {
    summary()
    throw error
  }
  return summary()
})

/** httpd of busybox: serves a directory, in the foreground with -f. */
const httpd = tool('httpd', 'serve a directory', function* (process) {
  const { argv, cwd, files, network } = process
  const option = (name: string) => {
    const at = argv.findIndex(a => a.startsWith(name))
    return at < 0 ? undefined : argv[at]!.slice(2) || argv[at + 1]
  }
  const root = resolvePath(cwd, option('-h') ?? '.')
  const port = Number(option('-p')?.split(':').at(-1) ?? 80)
  yield* startUp(process, 'busybox')
  const listener = network.listen(port, function* ({ path }): Task<HttpResponse> {
    const name = path.split('?')[0]!
    try {
      const body = files.read(root + (name.endsWith('/') ? `${name}index.html` : name))
      return {
        status: 200,
        headers: { 'content-type': 'text/html', 'content-length': String(body.length) },
        body,
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      return {
        status: 404,
        headers: {},
        body: '<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n',
      }
    }
  })
  if (!listener) throw new ToolError(`httpd: bind: Address already in use`)
  try {
    yield* sleep(Number.MAX_SAFE_INTEGER)
  } finally {
    listener.close()
  }
  return 0
})

export const containerTools: readonly Tool[] = [
  hostname,
  printenv,
  ...whoTools,
  uname,
  ps,
  mount,
  ping,
  dd,
  httpd,
  podIp,
  tar,
]
