// agnhost, the program with many parts that Kubernetes' documentation and tests use: what each subcommand serves.
// Words: test/images/agnhost. Left out: those that need more than HTTP and TCP (dns-suffix …, guestbook).
import { dictionary } from '../../engine/dictionary.ts'
import { byEither, type HttpResponse, type Listener } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { sleep } from '../../engine/task.ts'
import { startUp } from '../listening.ts'
import { reviewHandler } from './agnhost-webhook.ts'
import { flag } from './flag.ts'
import { grpcAnswer } from './grpc.ts'
import { answer, goServer, logTime, untilSignal } from './http.ts'
import type { ImageMaker } from './image.ts'

type Command = (process: Process, args: readonly string[], version: string) => ReturnType<Program>

const text = (body: string, status = 200): HttpResponse => answer(status, body)
const note = ({ engine, stderr }: Process, line: string) => stderr.write(`${logTime(engine.now)} ${line}\n`)

const queryOf = (path: string, name: string): string =>
  decodeURIComponent((new RegExp(`[?&]${name}=([^&]*)`).exec(path)?.[1] ?? '').replaceAll('+', ' '))

function* serve(process: Process, port: number, routes: Parameters<typeof goServer>[1], exit = 2) {
  yield* startUp(process, 'go')
  const listener = process.network.listen(port, goServer(process, routes))
  if (!listener) {
    note(process, `listen tcp :${port}: bind: address already in use`)
    return 1
  }
  return yield* untilSignal(exit, [listener])
}

const netexec: Command = function* (process, args) {
  const port = Number(flag(args, 'http-port') ?? 8080)
  const udp = Number(flag(args, 'udp-port') ?? 8081)
  note(process, `Started HTTP server on port ${port}`)
  if (udp > 0) note(process, `Started UDP server on port  ${udp}`)
  const { engine, hostname, network } = process
  return yield* serve(process, port, {
    '/': () => text(`NOW: ${new Stamp(engine.now)}`),
    '/clientip': ({ from }) => text(`${from.address}:${from.port}`),
    '/echo': ({ path }) => {
      const code = Number(queryOf(path, 'code') || 200)
      return text(queryOf(path, 'msg'), code)
    },
    '/header': ({ path, headers }) => text(headers[queryOf(path, 'key').toLowerCase()] ?? ''),
    '/healthz': () => text(''),
    '/hostname': () => text(hostname),
    '/hostName': () => text(hostname),
    '/redirect': ({ path }) =>
      answer(Number(queryOf(path, 'code') || 302), '', { location: queryOf(path, 'location') }),
    '/ip': () => text(network.address),
  })
}

/** `2026-11-23 09:30:00.123 +0000 UTC`, roughly as Go prints a time. */
class Stamp {
  readonly #ms: number
  constructor(ms: number) {
    this.#ms = ms
  }
  toString(): string {
    return `${logTime(this.#ms).replaceAll('/', '-')} +0000 UTC`
  }
}

const serveHostname: Command = function* (process, args) {
  const port = Number(flag(args, 'port') ?? 9376)
  const { hostname } = process
  note(process, `Serving ${hostname} on ${port}`)
  return yield* serve(process, port, { '/': () => text(hostname) })
}

const pause: Command = function* (process) {
  process.stdout.write('Paused\n')
  return yield* untilSignal(0)
}

/** Healthy for ten seconds: the documentation's example of a liveness probe. */
const liveness: Command = function* (process) {
  const started = process.engine.now
  return yield* serve(process, 8080, {
    '/started': () => text(`${(process.engine.now - started) / 1000}`),
    '/healthz': () => {
      const seconds = (process.engine.now - started) / 1000
      return seconds > 10 ? text(`error: ${seconds}`, 500) : text('ok')
    },
    '/redirect': ({ path }) => answer(302, '', { location: queryOf(path, 'loc') }),
  })
}

const testWebserver: Command = function* (process, args) {
  const port = Number(flag(args, 'port') ?? 80)
  const { files } = process
  return yield* serve(process, port, {
    '/': ({ path }) => {
      const name = path.split('?')[0]!
      if (!files.exists(name)) return text('404 page not found\n', 404)
      if (files.stat(name).type !== 'directory') return text(files.read(name))
      const links = files.list(name).map(each => `<a href="${each}">${each}</a>\n`)
      return text(`<pre>\n${links.join('')}</pre>\n`)
    },
  })
}

/** The health protocol of gRPC on one port, and HTTP to switch it on another. */
const grpcHealth: Command = function* (process, args) {
  const delay = Number(flag(args, 'delay-unhealthy-sec') ?? -1)
  const service = flag(args, 'service') ?? ''
  const [port, httpPort] = [Number(flag(args, 'port') ?? 5000), Number(flag(args, 'http-port') ?? 8080)]
  const started = process.engine.now
  let serving = true
  const isServing = () => serving && (delay < 0 || process.engine.now - started < delay * 1000)
  yield* startUp(process, 'go')
  const listeners: (Listener | undefined)[] = [
    process.network.listen(port, function* ({ path, body }) {
      return grpcAnswer(path, body, name => (name === '' || name === service ? isServing() : undefined))
    }),
    process.network.listen(
      httpPort,
      goServer(process, {
        '/make-not-serving': () => {
          serving = false
          return text('')
        },
        '/make-serving': () => {
          serving = true
          return text('')
        },
      }),
    ),
  ]
  note(process, `Http server starting to listen on :${httpPort}`)
  note(process, `gRPC server starting to listen on :${port}`)
  return yield* untilSignal(2, listeners)
}

const connect: Command = function* (process, args) {
  const [target = ''] = args.filter(arg => !arg.startsWith('-'))
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? []
  const seconds = /^(\d+)s$/.exec(flag(args, 'timeout') ?? '5s')?.[1] ?? '5'
  const result = yield* process.network.connect(host, Number(port), Number(seconds) * 1000)
  if (result.ok) return 0
  const words = {
    'unknown-host': 'DNS: ',
    refused: 'REFUSED\n',
    timeout: 'TIMEOUT\n',
    'no-route': 'OTHER: ',
    reset: 'OTHER: ',
    plain: 'OTHER: ',
  }
  const { type } = result.error
  process.stderr.write(words[type])
  if (type === 'unknown-host') process.stderr.write(`lookup ${host}: no such host\n`)
  else if (type === 'no-route') process.stderr.write('no route to host\n')
  return 1
}

const logs: Command = function* (process, args) {
  const total = Number(flag(args, 'log-lines-total') ?? 10)
  const seconds = /^(\d+)/.exec(flag(args, 'run-duration') ?? '10s')?.[1] ?? '10'
  const gap = (Number(seconds) * 1000) / Math.max(1, total)
  for (let i = 0; i < total; i++) {
    process.stdout.write(`${logTime(process.engine.now)} ${i} GET /api/v1/namespaces/default/pods/${i} 200\n`)
    yield* sleep(gap)
  }
  return 0
}

/** Serves on `--port` (443), over plain HTTP. */
const webhook: Command = function* (process, args) {
  const port = Number(flag(args, 'port') ?? 443)
  yield* startUp(process, 'go')
  const listener = process.network.listen(port, byEither(reviewHandler))
  if (!listener) {
    note(process, `listen tcp :${port}: bind: address already in use`)
    return 1
  }
  return yield* untilSignal(2, [listener])
}

const commands: Record<string, Command> = dictionary({
  netexec,
  'serve-hostname': serveHostname,
  pause,
  liveness,
  'test-webserver': testWebserver,
  'grpc-health-checking': grpcHealth,
  connect,
  'logs-generator': logs,
  webhook,
  *'entrypoint-tester'({ stdout }, args) {
    stdout.write(`[/agnhost entrypoint-tester ${args.join(' ')}]\n`)
    return 0
  },
  *env({ env, stdout }) {
    for (const [name, value] of env) stdout.write(`${name}=${value}\n`)
    return 0
  },
})

const program = (version: string): Program =>
  function* (process) {
    const [name = '', ...args] = process.argv.slice(1)
    if (name === '--version') {
      process.stdout.write(`agnhost version ${version}\n`)
      return 0
    }
    const command = commands[name]
    if (command) return yield* command(process, args, version)
    process.stderr.write(
      `Error: unknown command "${name}" for "app"\nRun 'app --help' for usage.\nHere are: ${Object.keys(commands).sort().join(', ')}.\n`,
    )
    return 1
  }

/** An HTTP proxy of the documentation: for one who only opens its port, a port that is open. */
const proxy: Command = process => serve(process, 8080, {})

/** Images of older documentation that hold one of those programs: where it stands, and what it is called with. */
const single: Readonly<Record<string, { path: string; command: Command; port: number }>> = {
  liveness: { path: '/server', command: liveness, port: 8080 },
  goproxy: { path: '/goproxy', command: proxy, port: 8080 },
  'test-webserver': { path: '/test-webserver', command: testWebserver, port: 80 },
  serve_hostname: { path: '/serve_hostname', command: serveHostname, port: 9376 },
}

export const agnhostProgram: ImageMaker = ({ repository, version }) => {
  const { path, command, port } = single[repository.slice(repository.lastIndexOf('/') + 1)]!
  const run: Program = process => command(process, process.argv.slice(1), version)
  return { programs: { [path]: { run, handlesSignals: true } }, cmd: [path], ports: [port] }
}

export const agnhost: ImageMaker = ({ version }) => ({
  programs: { '/agnhost': { run: program(version), handlesSignals: true } },
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  ports: [8080],
  shell: 'busybox',
})
