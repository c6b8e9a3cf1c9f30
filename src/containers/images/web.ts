// Small web programs that tutorials deploy: each answers as the program of that name does.
import type { HttpRequest, HttpResponse } from '../../engine/network.ts'
import type { Process, Program } from '../../engine/process.ts'
import { startUp } from '../listening.ts'
import { baseOf } from './bases.ts'
import { flag } from './flag.ts'
import { answer, goServer, httpDate, logTime, untilSignal } from './http.ts'
import type { Image, ImageMaker } from './image.ts'

type Handle = (request: HttpRequest, process: Process) => HttpResponse

const text = (body: string, status = 200): HttpResponse => answer(status, body)

interface Web {
  readonly path: string
  readonly port: number | ((process: Process) => number)
  readonly handle: Handle
  readonly log?: (process: Process, port: number) => string
  /** Go's servers end with 2 when SIGTERM comes. */
  readonly exit?: number
  readonly shell?: boolean
  /** What it is written in, or runs under; Go, where nothing is said. */
  readonly runtime?: 'go' | 'node' | 'httpd' | 'nginx'
}

const program = ({ port, handle, log, exit = 2, runtime = 'go' }: Web): Program =>
  function* (process) {
    const number = typeof port === 'number' ? port : port(process)
    yield* startUp(process, runtime)
    const listener = process.network.listen(
      number,
      goServer(process, { '/': request => handle(request, process) }),
    )
    if (!listener) {
      process.stderr.write(
        `${logTime(process.engine.now)} listen tcp :${number}: bind: address already in use\n`,
      )
      return 1
    }
    if (log) process.stderr.write(log(process, number))
    return yield* untilSignal(exit, [listener])
  }

const image =
  (make: (wanted: Parameters<ImageMaker>[0]) => Web & Pick<Partial<Image>, 'env' | 'cmd'>): ImageMaker =>
  wanted => {
    const web = make(wanted)
    const executable = { run: program(web), handlesSignals: true }
    return {
      ...(web.shell && baseOf(wanted)),
      programs: { [web.path]: executable },
      entrypoint: [web.path],
      ports: typeof web.port === 'number' ? [web.port] : [],
      ...(web.env && { env: web.env }),
      ...(web.cmd && { cmd: web.cmd }),
      fallback: executable,
    }
  }

const title = (name: string): string => name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())

/** Headers as a request had them. */
const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .filter(([name]) => name !== 'host')
    .map(([name, value]) => `${title(name)}: ${value}\n`)
    .join('')

export const helloApp = image(({ tag }) => ({
  path: '/hello-app',
  port: process => Number(process.env.get('PORT') ?? 8080),
  log: ({ engine }, port) => `${logTime(engine.now)} Server listening on port ${port}\n`,
  handle: ({ path }, { engine, hostname, stderr }) => {
    stderr.write(`${logTime(engine.now)} Serving request: ${path}\n`)
    const version = /^v?2/.test(tag) ? '2.0.0' : '1.0.0'
    return text(`Hello, world!\nVersion: ${version}\nHostname: ${hostname}\n`)
  },
}))

export const nodeHello = image(() => ({
  path: '/usr/local/bin/node',
  port: 8080,
  exit: 143,
  runtime: 'node',
  shell: true,
  cmd: ['server.js'],
  handle: () => text('Hello Kubernetes!'),
}))

export const bootcamp = image(({ tag }) => ({
  path: '/usr/local/bin/node',
  port: 8080,
  exit: 143,
  runtime: 'node',
  shell: true,
  cmd: ['server.js'],
  log: () => 'Kubernetes Bootcamp App Started At: now | Running On:  this pod \n',
  handle: (_, { hostname }) =>
    text(`Hello Kubernetes bootcamp! | Running on: ${hostname} | v=${/2/.test(tag) ? 2 : 1}\n`),
}))

export const httpEcho = image(() => ({
  path: '/http-echo',
  port: ({ argv }) => Number(flag(argv, 'listen')?.split(':').at(-1) ?? 5678),
  exit: 0,
  log: ({ engine }, port) => `${logTime(engine.now)} [INFO] server is listening on :${port}\n`,
  handle: ({ method, path, from, headers }, { argv, engine, env, stdout }) => {
    const body = `${flag(argv, 'text') ?? env.get('ECHO_TEXT') ?? 'hello-world'}\n`
    if (path === '/health') return answer(200, '{"status":"ok"}\n')
    stdout.write(
      `${logTime(engine.now)} ${headers.host ?? ''} ${from.address}:${from.port} "${method} ${path} HTTP/1.1" 200 ${body.length} "${headers['user-agent'] ?? ''}" 20.45µs\n`,
    )
    return text(body)
  },
}))

export const whoami = image(() => ({
  path: '/whoami',
  port: ({ argv, env }) => Number(flag(argv, 'port') ?? env.get('WHOAMI_PORT_NUMBER') ?? 80),
  log: ({ engine }, port) => `${logTime(engine.now)} Starting up on port ${port}\n`,
  handle: ({ method, path, from, headers }, { argv, env, hostname, network }) => {
    if (path === '/health') return text('')
    if (path.startsWith('/api'))
      return answer(
        200,
        `${JSON.stringify({ hostname, ip: ['127.0.0.1', network.address], headers, url: path, host: headers.host, method, remoteAddr: `${from.address}:${from.port}` })}\n`,
        { 'content-type': 'application/json' },
      )
    const name = flag(argv, 'name') ?? env.get('WHOAMI_NAME')
    return text(
      `${name ? `Name: ${name}\n` : ''}Hostname: ${hostname}\nIP: 127.0.0.1\nIP: ${network.address}\nRemoteAddr: ${from.address}:${from.port}\n${method} ${path} HTTP/1.1\nHost: ${headers.host ?? ''}\n${headerLines(headers)}\n`,
    )
  },
}))

export const echoServer = image(({ tag }) => ({
  path: '/usr/local/bin/echoserver',
  runtime: 'nginx',
  port: ({ env, ports = [] }) => Number(env.get('PORT') ?? ports[0] ?? 8080),
  exit: 0,
  shell: true,
  handle: ({ method, path, from, headers, body }, { hostname, env }) =>
    text(
      `\n\nHostname: ${hostname}\n\nPod Information:\n${
        env.get('POD_NAME')
          ? `\tnode name:\t${env.get('NODE_NAME') ?? ''}\n\tpod name:\t${env.get('POD_NAME')}\n\tpod namespace:\t${env.get('POD_NAMESPACE') ?? ''}\n\tpod IP:\t${env.get('POD_IP') ?? ''}\n`
          : '\t-no pod information available-\n'
      }\nServer values:\n\tserver_version=nginx: ${tag === '1.4' ? '1.10.0' : '1.13.3'} - lua: 10008\n\nRequest Information:\n\tclient_address=${from.address}\n\tmethod=${method}\n\treal path=${path}\n\tquery=${path.split('?')[1] ?? ''}\n\trequest_version=1.1\n\trequest_scheme=http\n\trequest_uri=http://${headers.host ?? ''}:8080${path}\n\nRequest Headers:\n${Object.entries(
        headers,
      )
        .map(([name, value]) => `\t${name}=${value}\n`)
        .join('')}\nRequest Body:\n${body || '\t-no body in request-'}\n\n`,
    ),
}))

export const hpaExample = image(() => ({
  path: '/usr/local/bin/apache2-foreground',
  runtime: 'httpd',
  port: 80,
  exit: 0,
  shell: true,
  handle: () => text('OK!'),
}))

export const gbFrontend = image(() => ({
  path: '/usr/local/bin/apache2-foreground',
  runtime: 'httpd',
  port: 80,
  exit: 0,
  shell: true,
  handle: () =>
    answer(
      200,
      '<html ng-app="redis">\n  <head>\n    <title>Guestbook</title>\n  </head>\n  <body ng-controller="RedisCtrl">\n    <div style="width: 50%; margin-left: 20px">\n      <h2>Guestbook</h2>\n    </div>\n  </body>\n</html>\n',
    ),
}))

const versionOf = (tag: string): string => (/^(latest|)$/.test(tag) ? 'latest' : tag)

/** Pages of demonstrations: they tell who answered, and which image it is. */
export const hello = image(({ repository, tag }) => ({
  path: `/usr/local/bin/${repository.split('/').at(-1)}`,
  runtime: 'nginx',
  port: ({ env, ports = [] }) => Number(env.get('PORT') ?? ports[0] ?? 80),
  exit: 0,
  shell: true,
  handle: ({ path }, { engine, hostname, network }) => {
    if (/health|ready|live/.test(path)) return text('OK\n')
    return text(
      `Server address: ${network.address}\nServer name: ${hostname}\nImage: ${repository.replace(/^docker\.io\/(library\/)?/, '')}:${versionOf(tag)}\nDate: ${httpDate(engine.now)}\nURI: ${path}\n`,
    )
  },
}))

/** kuard: its probes hold until `{"failNext": N}` is put to /healthy/api or /ready/api: so many fail then, or all (-1). */
export const kuard = image(({ tag }) => {
  const failures = new WeakMap<Process, Map<string, number>>()
  return {
    path: '/kuard',
    port: ({ argv }: Process) => Number(flag(argv, 'address')?.split(':').at(-1) ?? 8080),
    log: ({ engine }: Process, port: number) =>
      `${logTime(engine.now)} Starting kuard version: v0.10.0-${tag}\n${logTime(engine.now)} Serving on HTTP on :${port}\n`,
    handle: ({ method, path, body }: HttpRequest, process: Process) => {
      const left = failures.get(process) ?? new Map<string, number>()
      failures.set(process, left)
      const [, probe, asked] = /^\/(healthy|ready)(\/api)?/.exec(path) ?? []
      if (probe && asked) {
        const [, count] = /"failNext"\s*:\s*(-?\d+)/.exec(body) ?? []
        if (method !== 'GET' && count !== undefined) left.set(probe, Number(count))
        return answer(200, `{"failNext":${left.get(probe) ?? 0}}\n`, { 'content-type': 'application/json' })
      }
      if (probe) {
        const count = left.get(probe) ?? 0
        if (count > 0) left.set(probe, count - 1)
        return count === 0 ? text('ok') : text('fail', 500)
      }
      if (path.startsWith('/env'))
        return answer(
          200,
          `${JSON.stringify({ commandLine: process.argv, env: Object.fromEntries(process.env) })}\n`,
        )
      return answer(
        200,
        `<!doctype html>\n<html lang="en">\n<head><title>KUAR Demo</title></head>\n<body><h1>Demo application version v0.10.0-${tag}</h1><p>Hostname: ${process.hostname}</p><p>IP: ${process.network.address}</p></body>\n</html>\n`,
      )
    },
  }
})
