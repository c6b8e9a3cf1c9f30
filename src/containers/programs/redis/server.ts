// redis-server: keeps data in memory and, with `--appendonly yes`, in a file below its directory, from which it starts
// again. Left out: replication's traffic (a replica keeps data of its own), snapshots of a running server, clusters.
import { dictionary } from '../../../engine/dictionary.ts'
import { formatTime } from '../../../engine/engine.ts'
import { resolvePath } from '../../../engine/files.ts'
import type { Process, Program } from '../../../engine/process.ts'
import { untilSignal } from '../../images/http.ts'
import { startUp } from '../../listening.ts'
import { speak } from '../wire.ts'
import { isWrite, RedisStore, type Reply } from './store.ts'

export const protocol = 'REDIS'

interface Settings {
  port: number
  directory: string
  appendOnly: boolean
  password: string | undefined
  maxMemory: string
  policy: string
  replicaOf: string | undefined
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `23 Nov 2026 09:30:00.123` */
function stamp(ms: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(formatTime(ms))!
  return `${day} ${months[Number(month) - 1]} ${year} ${time}.${String(Math.floor(ms) % 1000).padStart(3, '0')}`
}

/** Options of the command line, and lines of a configuration file, which come first. */
function settingsOf({ argv, cwd, files }: Process): Settings {
  const lines: string[][] = []
  const args = argv.slice(1)
  if (args[0] && !args[0].startsWith('-'))
    lines.push(
      ...files
        .read(resolvePath(cwd, args.shift()!))
        .split('\n')
        .map(line => line.trim().split(/\s+/))
        .filter(([word]) => word && !word.startsWith('#')),
    )
  for (const arg of args)
    if (arg.startsWith('--')) lines.push(arg.slice(2).split(/\s+/))
    else lines.at(-1)?.push(arg)
  const value = (name: string): string[] | undefined =>
    lines.findLast(([word]) => word?.toLowerCase() === name)?.slice(1)
  const plain = (text: string | undefined) => text?.replace(/^"(.*)"$/, '$1')
  return {
    port: Number(value('port')?.[0] ?? 6379),
    directory: plain(value('dir')?.[0]) ?? '/data',
    appendOnly: value('appendonly')?.[0] === 'yes',
    password: plain(value('requirepass')?.[0]),
    maxMemory: plain(value('maxmemory')?.[0]) ?? '0',
    policy: plain(value('maxmemory-policy')?.[0]) ?? 'noeviction',
    replicaOf: (value('replicaof') ?? value('slaveof'))?.join(':'),
  }
}

const bytesOf = (text: string): number => {
  const [, number = '0', unit = ''] = /^(\d+)(\w*)$/.exec(text.toLowerCase()) ?? []
  const factor: Record<string, number> = dictionary({
    '': 1,
    k: 1e3,
    kb: 1024,
    m: 1e6,
    mb: 1024 ** 2,
    g: 1e9,
    gb: 1024 ** 3,
  })
  return Number(number) * (factor[unit] ?? 1)
}

export const redisServer = (version: string): Program =>
  function* (process) {
    const { engine, files, network, stdout, stderr, argv } = process
    if (argv.includes('--version') || argv.includes('-v')) {
      stdout.write(`Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`)
      return 0
    }
    const started = engine.now
    const note = (text: string, mark = '*') => stdout.write(`1:M ${stamp(engine.now)} ${mark} ${text}\n`)
    let settings: Settings
    try {
      settings = settingsOf(process)
    } catch {
      stdout.write(
        `1:C ${stamp(engine.now)} # Fatal error, can't open config file '${argv[1]}': No such file or directory\n`,
      )
      return 1
    }
    stdout.write(`1:C ${stamp(engine.now)} # oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n`)
    stdout.write(
      `1:C ${stamp(engine.now)} # Redis version=${version}, bits=64, commit=00000000, modified=0, pid=1, just started\n`,
    )
    stdout.write(
      argv.length > 1
        ? `1:C ${stamp(engine.now)} # Configuration loaded\n`
        : `1:C ${stamp(engine.now)} # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf\n`,
    )
    yield* startUp(process, 'redis')
    const { port, directory, appendOnly, replicaOf } = settings
    const store = new RedisStore(() => engine.now)
    const file = resolvePath(directory, 'appendonly.aof')
    if (appendOnly) {
      if (!files.exists(directory)) {
        note(`Can't chdir to '${directory}': No such file or directory`, '#')
        return 1
      }
      if (files.exists(file)) {
        for (const line of files.read(file).split('\n')) if (line) store.run(JSON.parse(line))
        note('DB loaded from append only file: 0.001 seconds')
      } else files.write(file, '')
    }
    const info = (): string =>
      `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\nos:Linux 6.18.44 x86_64\r\ntcp_port:${port}\r\nuptime_in_seconds:${Math.floor((engine.now - started) / 1000)}\r\n\r\n# Clients\r\nconnected_clients:1\r\n\r\n# Memory\r\nused_memory_human:${(0.86 + store.size / 1e4).toFixed(2)}M\r\nmaxmemory:${bytesOf(settings.maxMemory)}\r\nmaxmemory_policy:${settings.policy}\r\n\r\n# Persistence\r\naof_enabled:${appendOnly ? 1 : 0}\r\n\r\n# Stats\r\ntotal_commands_processed:${store.commands}\r\nkeyspace_hits:${store.hits}\r\nkeyspace_misses:${store.misses}\r\n\r\n# Replication\r\nrole:${replicaOf ? `slave\r\nmaster_host:${replicaOf.split(':')[0]}` : 'master'}\r\nconnected_slaves:0\r\n\r\n# Keyspace\r\n${store.size ? `db0:keys=${store.size},expires=0,avg_ttl=0\r\n` : ''}`
    const config = (args: readonly string[]): Reply => {
      const values: Record<string, string> = dictionary({
        maxmemory: String(bytesOf(settings.maxMemory)),
        'maxmemory-policy': settings.policy,
        appendonly: appendOnly ? 'yes' : 'no',
        dir: directory,
        port: String(port),
        save: '3600 1 300 100 60 10000',
      })
      const [verb = '', name = '', value = ''] = args
      if (/^set$/i.test(verb)) {
        if (name === 'maxmemory') settings.maxMemory = value
        else if (name === 'maxmemory-policy') settings.policy = value
        else if (name === 'requirepass') settings.password = value || undefined
        else return { type: 'error', text: `ERR CONFIG SET failed - '${name}' cannot be set here` }
        return { type: 'status', text: 'OK' }
      }
      const found = Object.entries(values).filter(([key]) => name === '*' || key === name.toLowerCase())
      return { type: 'array', items: found.flat().map(text => ({ type: 'bulk', text })) }
    }
    const listener = network.listen(
      port,
      speak<{ argv: string[]; password?: string }, Reply>(protocol, ({ argv: command, password }) => {
        const name = (command[0] ?? '').toLowerCase()
        if (settings.password !== undefined && name !== 'auth' && password !== settings.password)
          return {
            type: 'error',
            text:
              password === undefined
                ? 'NOAUTH Authentication required.'
                : 'WRONGPASS invalid username-password pair or user is disabled.',
          }
        if (name === 'auth' && settings.password !== undefined && command.at(-1) !== settings.password)
          return { type: 'error', text: 'WRONGPASS invalid username-password pair or user is disabled.' }
        if (name === 'info') return { type: 'bulk', text: info() }
        if (name === 'config') return config(command.slice(1))
        const reply = store.run(command)
        if (appendOnly && isWrite(name) && reply.type !== 'error')
          files.write(file, `${JSON.stringify(command)}\n`, { append: true })
        return reply
      }),
    )
    if (!listener) {
      note(
        `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
        '#',
      )
      stderr.write('')
      return 1
    }
    note(`Running mode=standalone, port=${port}.`)
    note('Server initialized')
    if (replicaOf) note(`Connecting to MASTER ${replicaOf}`)
    note('Ready to accept connections')
    yield* untilSignal(0, [listener])
    stdout.write(
      `1:signal-handler (${Math.floor(engine.now / 1000)}) Received SIGTERM scheduling shutdown...\n`,
    )
    note('User requested shutdown...', '#')
    note('Redis is now ready to exit, bye bye...', '#')
    return 0
  }
