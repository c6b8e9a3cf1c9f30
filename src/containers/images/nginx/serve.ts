// What nginx answers: files, `return`, and what another server says (`proxy_pass`), by the location of the path.

import { byteLength } from '../../../engine/bytes.ts'
import { dictionary } from '../../../engine/dictionary.ts'
import { FileError } from '../../../engine/files.ts'
import type { HttpHandler, HttpRequest, HttpResponse } from '../../../engine/network.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { answer, httpDate, logDate, logTime } from '../http.ts'
import {
  type Configuration,
  type Directive,
  findLocation,
  fits,
  type Location,
  lastValue,
  type ServerBlock,
} from './configuration.ts'

const titles: Record<number, string> = {
  301: '301 Moved Permanently',
  302: '302 Found',
  307: '307 Temporary Redirect',
  308: '308 Permanent Redirect',
  400: '400 Bad Request',
  401: '401 Authorization Required',
  403: '403 Forbidden',
  404: '404 Not Found',
  405: '405 Not Allowed',
  500: '500 Internal Server Error',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
}
const types: Record<string, string> = dictionary({
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  xml: 'text/xml',
  txt: 'text/plain',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  ico: 'image/x-icon',
})
/** proxy_read_timeout, as documented. */
const upstreamMs = 60_000

interface Context {
  readonly process: Process
  readonly configuration: Configuration
  readonly server: ServerBlock
  readonly location: Location | undefined
  readonly port: number
  readonly request: HttpRequest
  readonly path: string
  /** Which server of a group is next. */
  readonly turns: Map<string, number>
  /** Its number among the connections of this port: here each request has one of its own. */
  readonly connection: number
}

/** The nearest value of a directive: of the location, its server, or the whole. */
const nearest = ({ configuration, server, location }: Context, name: string): readonly string[] | undefined =>
  (location && lastValue(location.directives, name)) ??
  lastValue(server.directives, name) ??
  lastValue(configuration.http, name)

function expand(text: string, context: Context): string {
  const { process, request, path, port } = context
  const query = request.path.includes('?') ? request.path.slice(request.path.indexOf('?') + 1) : ''
  const values: Record<string, string> = dictionary({
    host: (request.headers.host ?? '').replace(/:\d+$/, '') || (context.server.names[0] ?? ''),
    http_host: request.headers.host ?? '',
    hostname: process.hostname,
    uri: path,
    document_uri: path,
    request_uri: request.path,
    request_method: request.method,
    args: query,
    query_string: query,
    is_args: query ? '?' : '',
    remote_addr: request.from.address,
    remote_port: String(request.from.port),
    server_addr: process.network.address,
    server_port: String(port),
    server_name: context.server.names[0] ?? '',
    scheme: 'http',
    server_protocol: 'HTTP/1.1',
    time_local: logDate(process.engine.now),
    proxy_add_x_forwarded_for: [request.headers['x-forwarded-for'], request.from.address]
      .filter(Boolean)
      .join(', '),
  })
  return text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
    if (values[name] !== undefined) return values[name]!
    if (name.startsWith('http_')) return request.headers[name.slice(5).replaceAll('_', '-')] ?? ''
    if (name.startsWith('arg_')) return argument(query, name.slice(4))
    return ''
  })
}

/** `$arg_NAME`. */
function argument(query: string, name: string): string {
  const found = query.split('&').find(each => each.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? ''
}

/** The handler of one port. */
export function serve(
  process: Process,
  read: () => Configuration,
  version: string,
  port: number,
): HttpHandler {
  const turns = new Map<string, number>()
  let connections = 0
  return function* (request) {
    const configuration = read()
    const here = configuration.servers.filter(({ ports }) => ports.includes(port))
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    const server =
      here.find(({ names }) => names.some(name => nameFits(name, host))) ??
      here.find(each => each.isDefault) ??
      here[0]!
    const path = decode(request.path.split('?')[0]!)
    const location = findLocation(server, path)
    const context: Context = {
      process,
      configuration,
      server,
      location,
      port,
      request,
      path,
      turns,
      connection: ++connections,
    }
    const { status, body, headers } = yield* respond(context, version)
    const own = { server: `nginx/${version}`, date: httpDate(process.engine.now) }
    const added: Record<string, string> = {}
    if (status < 400)
      for (const { args } of (location?.directives ?? server.directives).filter(
        each => each.name === 'add_header',
      ))
        added[(args[0] ?? '').toLowerCase()] = expand(args[1] ?? '', context)
    const log = nearest(context, 'access_log')?.[0]
    if (log !== 'off') process.stdout.write(logLine(process, request, status, body))
    return answer(status, request.method === 'HEAD' ? '' : body, { ...headers, ...added, ...own })
  }
}

function logLine({ engine }: Process, request: HttpRequest, status: number, body: string): string {
  const { 'user-agent': agent = '-', referer = '-', 'x-forwarded-for': forwarded = '-' } = request.headers
  return `${request.from.address} - - [${logDate(engine.now)}] "${request.method} ${request.path} HTTP/1.1" ${status} ${byteLength(body)} "${referer}" "${agent}" "${forwarded}"\n`
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const nameFits = (name: string, host: string): boolean =>
  name === host ||
  (name.startsWith('*.') && host.endsWith(name.slice(1))) ||
  (name.startsWith('~') && fits(name.slice(1), host))

const errorPage = (status: number, version: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html>\r\n<head><title>${titles[status] ?? status}</title></head>\r\n<body>\r\n<center><h1>${titles[status] ?? status}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`,
})

function* respond(context: Context, version: string): Task<HttpResponse> {
  const { location, server } = context
  const returned =
    (location && lastValue(location.directives, 'return')) ?? lastValue(server.directives, 'return')
  if (returned) return byReturn(context, returned, version)
  if (location?.directives.some(each => each.name === 'stub_status'))
    return {
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: 'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n',
    }
  const proxy = location?.directives.findLast(each => each.name === 'proxy_pass')
  if (proxy) return yield* byProxy(context, proxy, version)
  return byFile(context, version)
}

function byReturn(context: Context, args: readonly string[], version: string): HttpResponse {
  const [first = '', text] = args
  const status = /^\d+$/.test(first) ? Number(first) : 302
  const value = expand(/^\d+$/.test(first) ? (text ?? '') : first, context)
  if (status >= 300 && status < 400)
    return { ...errorPage(status, version), headers: { 'content-type': 'text/html', location: value } }
  if (text === undefined && status >= 300) return errorPage(status, version)
  const type = nearest(context, 'default_type')?.[0] ?? 'text/plain'
  return { status, headers: { 'content-type': type }, body: value }
}

function byFile(context: Context, version: string): HttpResponse {
  const { process, location, path, request } = context
  const { files } = process
  // Of what a file is good for; a POST is refused once the file has been found.
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return errorPage(405, version)
  const found = (file: string): HttpResponse => {
    const body = files.read(file)
    if (request.method === 'POST') return errorPage(405, version)
    return { status: 200, headers: { 'content-type': typeOf(file, context) }, body }
  }
  const alias = location && lastValue(location.directives, 'alias')?.[0]
  const root = expand(nearest(context, 'root')?.[0] ?? '/etc/nginx/html', context)
  const place = (name: string) => (alias ? alias + name.slice(location!.pattern.length) : root + name)
  const indexes = nearest(context, 'index') ?? ['index.html']
  let name = path
  const tried = nearest(context, 'try_files')
  if (tried) {
    const fit = tried
      .slice(0, -1)
      .map(each => expand(each, context))
      .find(each => {
        const at = place(each.replace(/\/$/, ''))
        return files.exists(at) && (files.stat(at).type === 'directory') === each.endsWith('/')
      })
    const last = tried.at(-1)!
    if (fit === undefined && last.startsWith('=')) return errorPage(Number(last.slice(1)), version)
    name = fit ?? expand(last, context)
  }
  const full = place(name)
  try {
    if (name.endsWith('/')) {
      const index = indexes.find(each => files.exists(full + each))
      if (index === undefined) throw new FileError(files.exists(full) ? 'EISDIR' : 'ENOENT', full)
      return found(full + index)
    }
    return found(full)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const isDirectory = error.code === 'EISDIR'
    if (isDirectory && !name.endsWith('/'))
      return { ...errorPage(301, version), headers: { 'content-type': 'text/html', location: `${path}/` } }
    const denied = error.code === 'EACCES'
    const what = isDirectory
      ? `directory index of "${full}" is forbidden`
      : `open() "${full}" failed (${denied ? '13: Permission denied' : '2: No such file or directory'})`
    const status = isDirectory || denied ? 403 : 404
    complain(context, what)
    if (request.method === 'POST') return errorPage(405, version)
    return errorPage(status, version)
  }
}

const typeOf = (name: string, context: Context): string =>
  types[/\.(\w+)$/.exec(name)?.[1] ?? ''] ?? nearest(context, 'default_type')?.[0] ?? 'text/plain'

/** A line of the error log; `more` says which server of a group it was about. */
function complain({ process, request, path, server, connection }: Context, what: string, more = ''): void {
  const { host } = request.headers
  const asked = host === undefined ? '' : `, host: "${host}"`
  process.stderr.write(
    `${logTime(process.engine.now)} [error] 7#7: *${connection} ${what}, client: ${request.from.address}, server: ${server.names[0] ?? ''}, request: "${request.method} ${path} HTTP/1.1"${more}${asked}\n`,
  )
}

/** `http://backend:8080/path` in its parts. */
export const parseTarget = (
  text: string,
): { host: string; port: number; path: string | undefined } | undefined => {
  const [, scheme, host, port, path] = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(text) ?? []
  return host ? { host, port: Number(port ?? (scheme === 'https' ? 443 : 80)), path } : undefined
}

function* byProxy(context: Context, proxy: Directive, version: string): Task<HttpResponse> {
  const { process, configuration, location, request, path } = context
  const target = parseTarget(expand(proxy.args[0] ?? '', context))
  if (!target) return errorPage(500, version)
  const group = configuration.upstreams.get(target.host)
  const turn = context.turns.get(target.host) ?? 0
  context.turns.set(target.host, turn + 1)
  const [host = '', port] = group?.length ? group[turn % group.length]!.split(':') : [target.host]
  const address = { host, port: Number(port ?? (group ? 80 : target.port)) }
  const query = request.path.slice(request.path.split('?')[0]!.length)
  const asked =
    target.path === undefined ? request.path : target.path + path.slice(location!.pattern.length) + query
  const headers: Record<string, string> = {
    ...request.headers,
    host: group ? target.host : `${host}${target.port === 80 ? '' : `:${target.port}`}`,
    connection: 'close',
  }
  for (const list of [configuration.http, context.server.directives, location!.directives])
    for (const { args } of list.filter(each => each.name === 'proxy_set_header'))
      headers[(args[0] ?? '').toLowerCase()] = expand(args[1] ?? '', context)
  const result = yield* process.network.http(
    address,
    { method: request.method, path: asked, headers, body: request.body },
    upstreamMs,
  )
  const where = `, upstream: "http://${address.host}:${address.port}${asked}", host: "${request.headers.host ?? ''}"`
  if (result.ok) {
    const { server: _, date: __, 'content-length': ___, ...rest } = result.value.headers
    return { status: result.value.status, headers: rest, body: result.value.body }
  }
  const { type } = result.error
  if (type === 'timeout') {
    complain(context, 'upstream timed out (110: Connection timed out) while connecting to upstream', where)
    return errorPage(504, version)
  }
  const why: Record<string, string> = {
    refused: 'connect() failed (111: Connection refused) while connecting to upstream',
    'no-route': 'connect() failed (113: Host is unreachable) while connecting to upstream',
    'unknown-host': `${host} could not be resolved (3: Host not found)`,
    reset: 'upstream prematurely closed connection while reading response header from upstream',
  }
  complain(context, why[type]!, where)
  return errorPage(502, version)
}
