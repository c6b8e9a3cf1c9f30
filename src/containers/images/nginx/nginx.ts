// nginx: serves what its configuration says, by default /usr/share/nginx/html on port 80, and writes its access log to
// stdout. Its version is that of the tag.
import { dictionary } from '../../../engine/dictionary.ts'
import { byEither, type Listener } from '../../../engine/network.ts'
import type { Process, Program } from '../../../engine/process.ts'
import { Interrupt, Notifier, type Signal, signalNumbers, type Task, wait } from '../../../engine/task.ts'
import { startUp } from '../../listening.ts'
import { baseOf } from '../bases.ts'
import { curlProgram } from '../curl.ts'
import { logTime } from '../http.ts'
import type { ImageMaker } from '../image.ts'
import { ofDash, script } from '../script.ts'
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts'
import { parseTarget, serve } from './serve.ts'
import { configurationFile, defaultServer, mainConfiguration, root, welcome } from './words.ts'
import { type Note, Workers, workersWanted } from './workers.ts'

/** `-v`, `-t` and `-s SIGNAL`: what a second nginx says beside the one that serves; undefined where it is to serve. */
function asked(
  { argv, engine, files, kill, pid, processes, stderr }: Process,
  version: string,
): number | undefined {
  if (argv.includes('-v') || argv.includes('-V')) {
    stderr.write(`nginx version: nginx/${version}\n`)
    return 0
  }
  const at = argv.indexOf('-s')
  const test = argv.includes('-t')
  if (!test && at < 0) return undefined
  const configuration = fileOf(argv)
  try {
    readConfiguration(files, configuration)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    stderr.write(
      `${logTime(engine.now)} [emerg] ${pid}#${pid}: ${error.message}\nnginx: [emerg] ${error.message}\n`,
    )
    if (test) stderr.write(`nginx: configuration file ${configuration} test failed\n`)
    return 1
  }
  if (test) {
    stderr.write(
      `nginx: the configuration file ${configuration} syntax is ok\nnginx: configuration file ${configuration} test is successful\n`,
    )
    return 0
  }
  const word = argv[at + 1] ?? ''
  const signal = asks[word]
  if (!signal) {
    stderr.write(`nginx: invalid option: "-s ${word}"\n`)
    return 1
  }
  stderr.write(`${logTime(engine.now)} [notice] ${pid}#${pid}: signal process started\n`)
  const master = processes?.().find(each => each.pid !== pid && /(^|\/)nginx$/.test(each.argv[0] ?? ''))
  if (!master) {
    const why = 'open() "/var/run/nginx.pid" failed (2: No such file or directory)'
    stderr.write(`${logTime(engine.now)} [error] ${pid}#${pid}: ${why}\nnginx: [error] ${why}\n`)
    return 1
  }
  kill?.(master.pid, signal)
  return 0
}

/** `-s` and what the master is sent for it. */
const asks: Readonly<Record<string, Signal>> = dictionary({
  stop: 'SIGTERM',
  quit: 'SIGQUIT',
  reload: 'SIGHUP',
  reopen: 'SIGUSR1',
})
/** What the master says that it does at a signal; it heeds no other. */
const doing: Partial<Record<Signal, string>> = {
  SIGHUP: 'reconfiguring',
  SIGUSR1: 'reopening logs',
  SIGQUIT: 'shutting down',
  SIGTERM: 'exiting',
  SIGINT: 'exiting',
}

const fileOf = (argv: readonly string[]): string => argv[argv.indexOf('-c') + 1 || -1] ?? configurationFile

/** The ports of a configuration, each with its server. Answers with what keeps it from them. */
class Ports {
  readonly #open = new Map<number, { readonly address: string; readonly listener: Listener }>()

  set(process: Process, read: () => Configuration, version: string): string | undefined {
    const wanted = new Map<number, string>()
    for (const { ports, loopback } of read().servers)
      for (const port of ports)
        if (!loopback.includes(port)) wanted.set(port, '0.0.0.0')
        else if (!wanted.has(port)) wanted.set(port, '127.0.0.1')
    for (const [port, { address, listener }] of this.#open)
      if (wanted.get(port) !== address) {
        listener.close()
        this.#open.delete(port)
      }
    for (const [port, address] of wanted) {
      if (this.#open.has(port)) continue
      const plain = serve(process, read, version, port)
      // Whether `listen` says ssl is not heeded: at the port of HTTPS it takes who comes.
      const handler = port === 443 || port === 8443 ? byEither(plain) : plain
      const listener = process.network.listen(port, handler, undefined, address)
      if (!listener) return `bind() to ${address}:${port} failed (98: Address already in use)`
      this.#open.set(port, { address, listener })
    }
    return undefined
  }

  close(): void {
    for (const { listener } of this.#open.values()) listener.close()
  }
}

/** Hosts that requests are handed to must have an address when nginx starts. */
function* missingUpstream({ network }: Process, configuration: Configuration): Task<string | undefined> {
  for (const { locations } of configuration.servers)
    for (const { directives } of locations)
      for (const { name, args, file, line } of directives) {
        if (name !== 'proxy_pass' || args[0]?.includes('$')) continue
        const target = parseTarget(args[0] ?? '')
        if (!target) return `invalid URL prefix in ${file}:${line}`
        for (const host of configuration.upstreams.get(target.host) ?? [target.host]) {
          const found = yield* network.lookup(host.replace(/:\d+$/, ''))
          if (!found.ok) return `host not found in upstream "${host.replace(/:\d+$/, '')}" in ${file}:${line}`
        }
      }
  return undefined
}

const program = (version: string): Program =>
  function* (process) {
    const answered = asked(process, version)
    if (answered !== undefined) return answered
    const { engine, files, pid, stderr } = process
    const note: Note = (who, text, level = 'notice') =>
      stderr.write(`${logTime(engine.now)} [${level}] ${who}#${who}: ${text}\n`)
    const fail = (text: string): number => {
      note(pid, text, 'emerg')
      stderr.write(`nginx: [emerg] ${text}\n`)
      return 1
    }
    const ports = new Ports()
    const workers = new Workers(process, note)
    let configuration: Configuration
    const read = (): Configuration => configuration
    try {
      configuration = readConfiguration(files, fileOf(process.argv))
      const missing = yield* missingUpstream(process, configuration)
      if (missing) return fail(missing)
      yield* startUp(process, 'nginx')
      const taken = ports.set(process, read, version)
      if (taken) return fail(taken)
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error
      return fail(error.message)
    }
    for (const text of [
      'using the "epoll" event method',
      `nginx/${version}`,
      'OS: Linux 6.18.44',
      'getrlimit(RLIMIT_NOFILE): 20000:20000',
    ])
      note(pid, text)
    workers.start(workersWanted(configuration.workers, files))
    let signal: Signal
    try {
      for (;;) {
        signal = yield* nextSignal()
        const what = doing[signal]
        if (!what) continue
        note(pid, `signal ${signalNumbers[signal]} (${signal}) received, ${what}`)
        if (signal !== 'SIGHUP' && signal !== 'SIGUSR1') break
        note(pid, what)
        if (signal === 'SIGUSR1') {
          workers.reopen()
          continue
        }
        try {
          configuration = readConfiguration(files, fileOf(process.argv))
          ports.set(process, read, version)
          note(pid, 'using the "epoll" event method')
          workers.replace(workersWanted(configuration.workers, files))
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error
          note(pid, error.message, 'emerg')
        }
      }
      workers.stop(signal)
    } finally {
      ports.close()
      workers.end()
    }
    note(pid, 'exit')
    return 0
  }

function* nextSignal(): Task<Signal> {
  try {
    for (;;) yield* wait(new Notifier())
  } catch (error) {
    if (!(error instanceof Interrupt)) throw error
    return error.signal
  }
}

/** Images for those who are not root listen on 8080. */
const unprivileged = /unprivileged|^docker\.io\/bitnami/

export const nginx: ImageMaker = wanted => {
  const { version, repository } = wanted
  const port = unprivileged.test(repository) ? 8080 : 80
  const { files, shell } = baseOf(wanted)
  return {
    shell,
    programs: {
      '/usr/sbin/nginx': { run: program(version), handlesSignals: true },
      '/docker-entrypoint.sh': script({ complaint: ofDash }),
      ...curlProgram('/usr/bin/curl'),
    },
    entrypoint: ['/docker-entrypoint.sh'],
    cmd: ['nginx', '-g', 'daemon off;'],
    env: { NGINX_VERSION: version },
    ports: [port],
    ...(port === 8080 && { user: '101' }),
    files: {
      ...files,
      [`${root}/index.html`]: welcome,
      [configurationFile]: mainConfiguration,
      '/etc/nginx/conf.d/default.conf': defaultServer(port),
    },
  }
}
