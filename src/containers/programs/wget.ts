// wget of busybox: fetches a URL into a file, or with -O - to its output; --spider only asks whether it is there.

import { resolvePath } from '../../engine/files.ts'
import { statusNames } from '../../engine/http-statuses.ts'
import type { NetworkError } from '../../engine/network.ts'
import { ToolError, tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'

export const problems: Record<NetworkError['type'], string> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  'unknown-host': 'bad address',
  reset: 'Connection reset by peer',
  plain: 'Connection reset by peer',
}

const long = {
  quiet: 'q',
  'output-document': 'O',
  timeout: 'T',
  continue: 'c',
  'server-response': 'S',
  'directory-prefix': 'P',
  'user-agent': 'U',
  tries: 't',
  spider: '1',
  header: '2',
  'post-data': '3',
  'no-check-certificate': '4',
}
const mostRedirects = 5

export const wget = tool('wget', 'fetch a URL', function* (process) {
  const { cwd, files, network, stdout, stderr } = process
  const options = parseOptions(process, 'qO:T:cSP:U:t:Y:12:3:4', { long })
  let [url = ''] = options.operands
  if (!url)
    throw new ToolError(
      'BusyBox v1.36.1 () multi-call binary.\n\nUsage: wget [-cqS] [-O FILE] [-T SEC] URL...',
    )
  const quiet = options.has('q')
  const timeoutMs = options.has('T') ? Number(options.value('T')) * 1000 : 60_000
  const body = options.value('3') ?? ''
  for (let redirects = 0; ; redirects++) {
    const m = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url)
    if (!m) throw new ToolError(`wget: not an http or ftp url: ${url}`)
    const [, scheme = 'http', host = '', port, path = '/'] = m
    const number = Number(port ?? (scheme === 'https' ? 443 : 80))
    const place = port ? `${host}:${port}` : host
    const headers: Record<string, string> = {
      host: place,
      'user-agent': options.value('U') ?? 'Wget',
      connection: 'close',
      ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    for (const header of options.all('2')) {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(header) ?? []
      if (name) headers[name.toLowerCase()] = value!
    }
    const method = options.has('1') ? 'HEAD' : body ? 'POST' : 'GET'
    const result = yield* network.http(
      { host, port: number },
      { method, path, headers, body, secure: scheme === 'https' },
      timeoutMs,
    )
    if (!result.ok) {
      const { type } = result.error
      if (type === 'unknown-host') throw new ToolError(`wget: bad address '${place}'`)
      if (type === 'timeout' && timeoutMs < 60_000) throw new ToolError('wget: download timed out')
      throw new ToolError(
        `wget: can't connect to remote host${/^\d/.test(host) ? ` (${host})` : ''}: ${problems[type]}`,
      )
    }
    const { status, body: text, address, headers: received } = result.value
    if (!quiet) stderr.write(`Connecting to ${place} (${address}:${number})\n`)
    if (options.has('S')) stderr.write(`  HTTP/1.1 ${status} ${statusNames[status] ?? 'OK'}\n`)
    const location = received.location
    if (status >= 300 && status < 400 && location) {
      if (redirects >= mostRedirects) throw new ToolError('wget: too many redirections')
      url = /^https?:/.test(location) ? location : `${scheme}://${place}${location}`
      continue
    }
    if (status >= 400)
      throw new ToolError(
        `wget: server returned error: HTTP/1.1 ${status} ${statusNames[status] ?? ''}`.trimEnd(),
      )
    const output = options.value('O')
    if (options.has('1')) {
      if (!quiet) stderr.write('remote file exists\n')
    } else if (output === '-') stdout.write(text)
    else {
      const name = output ?? (path.split('?')[0]!.split('/').at(-1) || 'index.html')
      files.write(resolvePath(resolvePath(cwd, options.value('P') ?? '.'), name), text)
      if (!quiet) stderr.write(`saving to '${name}'\n'${name}' saved\n`)
    }
    return 0
  }
})
