// kubectl proxy: the API, and files beside it, for programs of this machine that know nothing of certificates
// (kubectl pkg/cmd/proxy and pkg/proxy/proxy_server.go).
import { isProxyPath, proxied } from '../../api/proxied.ts'
import { readableExpression } from '../../engine/expressions/expression.ts'
import { FileError, resolvePath } from '../../engine/files.ts'
import type { HttpRequest, HttpResponse } from '../../engine/network.ts'
import { Deferred, type Task } from '../../engine/task.ts'
import type { Command } from '../command.ts'
import type { Context } from '../context.ts'
import { CommandError, SilentExit } from '../errors.ts'
import { klogPrefix } from '../klog.ts'
import { untilInterrupted } from './port-forward.ts'

export const proxy: Command = {
  name: 'proxy',
  flags: `accept-hosts:s=^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$ accept-paths:s=^.* address:s=127.0.0.1 api-prefix:s=/
    append-server-path disable-filter keepalive:d port,p:i=8001 reject-methods:s=^$
    reject-paths:s=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach unix-socket,u:s www,w:s www-prefix,P:s=/static/`,
  // The server of this cluster has no path of its own; connections here never fall asleep.
  unseen: 'append-server-path keepalive',
  *run(ctx) {
    const { flags } = ctx
    const asked = flags.int('port')
    if (flags.changed('port') && flags.string('unix-socket'))
      throw new CommandError('cannot set --unix-socket and --port at the same time')
    checkFolder(ctx)
    if (asked < 0 || asked > 65_535) throw new CommandError(`listen tcp: address ${asked}: invalid port`)
    if (flags.string('unix-socket'))
      throw new CommandError('sockets in files are not simulated here: give --port instead')
    const accepts = flags.bool('disable-filter') ? unfiltered(ctx) : filter(ctx)
    const apiPrefix = withSlash(flags.string('api-prefix'))
    const wwwPrefix = withSlash(flags.string('www-prefix'))
    const handler = function* (request: HttpRequest): Task<HttpResponse> {
      const [path = '/'] = request.path.split('?')
      const host = (request.headers.host ?? 'localhost').replace(/:\d+$/, '')
      // As Go's mux: the longer prefix is asked first, and the API alone has a filter.
      if (flags.string('www') && path.startsWith(wwwPrefix) && wwwPrefix.length >= apiPrefix.length)
        return served(ctx, path.slice(wwwPrefix.length))
      if (`${path}/` === apiPrefix) return { status: 301, headers: { location: apiPrefix }, body: '' }
      if (!path.startsWith(apiPrefix)) return text(404, '404 page not found\n')
      if (!accepts(request.method, path, host)) return text(403, 'Forbidden\n')
      return yield* forwarded(ctx, { ...request, path: request.path.slice(apiPrefix.length - 1) })
    }
    // 0: any that is free.
    const port = asked || 32_768 + ((ctx.process.pid * 7919) % 28_000)
    const address = flags.string('address')
    const listener = ctx.process.network.listen(port, handler, undefined, address)
    if (!listener) throw new CommandError(`listen tcp ${address}:${port}: bind: address already in use`)
    ctx.line(`Starting to serve on ${address === '0.0.0.0' ? '[::]' : address}:${port}`)
    try {
      yield* untilInterrupted(new Deferred<true>())
      return 0
    } finally {
      listener.close()
    }
  },
}

const withSlash = (prefix: string): string => (prefix.endsWith('/') ? prefix : `${prefix}/`)

const text = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
})

function checkFolder(ctx: Context): void {
  const folder = ctx.flags.string('www')
  if (!folder) return
  const { files } = ctx.process
  const place = ctx.file(folder)
  const why = !files.exists(place)
    ? `Failed to stat static file directory ${folder}: stat ${folder}: no such file or directory`
    : files.stat(place).type === 'directory'
      ? ''
      : `Static file directory ${folder} is not a directory`
  if (why) ctx.err(`${klogPrefix(ctx, 'W')} proxy.go] ${why}\n`)
}

type Filter = (method: string, path: string, host: string) => boolean

function unfiltered(ctx: Context): Filter {
  ctx.err(
    `${klogPrefix(ctx, 'W')} proxy.go] Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious\n`,
  )
  return () => true
}

function filter(ctx: Context): Filter {
  const [rejectedPaths, rejectedMethods, paths, hosts] = [
    'reject-paths',
    'reject-methods',
    'accept-paths',
    'accept-hosts',
  ].map(flag =>
    ctx.flags
      .string(flag)
      .split(',')
      .map(source => {
        const expression = readableExpression(source, 'perl')
        if (expression) return expression
        ctx.err(
          `${klogPrefix(ctx, 'F')} proxy_server.go] Error compiling re: error parsing regexp: ${source}\n`,
        )
        throw new SilentExit(255)
      }),
  )
  const fits = (list: typeof paths, word: string) => list!.some(each => each.fits(word))
  return (method, path, host) =>
    !fits(rejectedPaths, path) && !fits(rejectedMethods, method) && fits(paths, path) && fits(hosts, host)
}

/** What is no escape stays as it is. */
const decoded = (part: string): string =>
  part.replace(/(%[\da-f]{2})+/gi, escapes => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })

function* forwarded(ctx: Context, { method, path: target, body, headers }: HttpRequest): Task<HttpResponse> {
  const { api } = ctx.client
  const [path = '/', search = ''] = target.split(/\?(.*)/s)
  const query: Record<string, string> = {}
  for (const pair of search.split('&').filter(Boolean)) {
    const [key = '', value = ''] = pair.split(/=(.*)/s)
    query[decoded(key)] = decoded(value)
  }
  const asked = { method: method as 'GET', path, query, ...(body && { body }), userAgent: 'kubectl' }
  if (isProxyPath(path)) return yield* proxied(api, asked, headers)
  const answer = api.handle(asked)
  if (typeof answer.body === 'string') return text(answer.code, answer.body)
  const json = JSON.stringify(answer.body, null, 2)
  return { status: answer.code, headers: { 'content-type': 'application/json' }, body: json }
}

/** A file below --www, or what is in a folder, as Go's http.FileServer shows it. */
function served(ctx: Context, path: string): HttpResponse {
  const { files } = ctx.process
  const root = ctx.file(ctx.flags.string('www'))
  const place = resolvePath(root, `./${decoded(path)}`)
  const html = { 'content-type': 'text/html; charset=utf-8' }
  try {
    if (!`${place}/`.startsWith(withSlash(root))) return text(404, '404 page not found\n')
    if (files.stat(place).type !== 'directory')
      return /\.html?$/.test(place)
        ? { status: 200, headers: html, body: files.read(place) }
        : text(200, files.read(place))
    if (path && !path.endsWith('/'))
      return { status: 301, headers: { location: `${path.split('/').at(-1)}/` }, body: '' }
    const names = files.list(place).sort()
    if (names.includes('index.html'))
      return { status: 200, headers: html, body: files.read(`${place}/index.html`) }
    const entries = names.map(name => {
      const shown = files.stat(`${place}/${name}`).type === 'directory' ? `${name}/` : name
      return `<a href="${encodeURI(shown)}">${shown}</a>\n`
    })
    return {
      status: 200,
      headers: html,
      body: `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${entries.join('')}</pre>\n`,
    }
  } catch (error) {
    if (error instanceof FileError) return text(404, '404 page not found\n')
    throw error
  }
}
