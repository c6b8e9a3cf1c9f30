// wget of GNU: fetches a URL into a file, or with -O - to its output; what it does it tells on stderr.

import { byteLength } from '../../engine/bytes.ts'
import { formatTime } from '../../engine/engine.ts'
import { statusNames } from '../../engine/http-statuses.ts'
import type { NetworkError } from '../../engine/network.ts'
import { ToolError, tool } from '../command.ts'
import { pathOf } from './input.ts'
import { parseOptions } from './options.ts'

const problems: Record<NetworkError['type'], string> = {
  refused: 'failed: Connection refused.',
  timeout: 'failed: Connection timed out.',
  'no-route': 'failed: No route to host.',
  'unknown-host': '',
  reset: 'connected.\nHTTP request sent, awaiting response... No data received.',
  plain: 'connected.\nHTTP request sent, awaiting response... No data received.',
}
const long = {
  quiet: 'q',
  'no-verbose': 'v',
  'output-document': 'O',
  timeout: 'T',
  tries: 't',
  spider: '1',
  header: '2',
  'post-data': '3',
  'no-check-certificate': '4',
  'server-response': 'S',
  'directory-prefix': 'P',
  'user-agent': 'U',
  continue: 'c',
}
const mostRedirects = 20

export const wget = tool('wget', 'fetch a URL', function* (process) {
  const { engine, files, network, stdout, stderr } = process
  const options = parseOptions(process, 'qvnO:T:t:SP:U:c12:3:4N', { long, code: 2 })
  let [url = ''] = options.operands
  if (!url)
    throw new ToolError(
      "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.",
    )
  const quiet = options.has('q') || options.has('v') || options.has('n')
  const tell = (text: string) => quiet || stderr.write(text)
  const stamp = () => formatTime(engine.now).slice(0, 19).replace('T', ' ')
  const timeoutMs = options.has('T') ? Number(options.value('T')) * 1000 : 60_000
  for (let redirects = 0; ; redirects++) {
    const [, scheme = 'http', host = '', port, path = '/'] =
      /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? []
    if (!host) throw new ToolError(`${url}: Unsupported scheme.`)
    const number = Number(port ?? (scheme === 'https' ? 443 : 80))
    const full = `${scheme}://${host}${port ? `:${port}` : ''}${path}`
    tell(`--${stamp()}--  ${full}\n`)
    const found = yield* network.lookup(host)
    const isAddress = /^[\d.]+$/.test(host)
    if (!isAddress) tell(`Resolving ${host} (${host})... `)
    if (!found.ok) {
      stderr.write(
        `${quiet ? '' : 'failed: Name or service not known.\n'}wget: unable to resolve host address ‘${host}’\n`,
      )
      return 4
    }
    if (!isAddress) tell(`${found.value.join(', ')}\n`)
    tell(`Connecting to ${host}${isAddress ? '' : ` (${host})|${found.value[0]}|`}:${number}... `)
    const headers: Record<string, string> = {
      host: port ? `${host}:${port}` : host,
      'user-agent': options.value('U') ?? 'Wget/1.21.3',
      accept: '*/*',
    }
    for (const header of options.all('2')) {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(header) ?? []
      if (name) headers[name.toLowerCase()] = value!
    }
    const body = options.value('3') ?? ''
    const method = options.has('1') ? 'HEAD' : body ? 'POST' : 'GET'
    const result = yield* network.http(
      { host: found.value[0]!, port: number },
      { method, path, headers, body, secure: scheme === 'https' },
      timeoutMs,
    )
    if (!result.ok) {
      tell(`${problems[result.error.type]}\n`)
      return 4
    }
    const { status, headers: received, body: text } = result.value
    tell(`connected.\nHTTP request sent, awaiting response... ${status} ${statusNames[status] ?? ''}\n`)
    if (options.has('S'))
      for (const [name, value] of Object.entries(received)) stderr.write(`  ${name}: ${value}\n`)
    const { location } = received
    if (status >= 300 && status < 400 && location && redirects < mostRedirects) {
      tell(`Location: ${location} [following]\n`)
      url = /^https?:/.test(location) ? location : `${scheme}://${host}${port ? `:${port}` : ''}${location}`
      continue
    }
    if (status >= 400) {
      tell(
        options.has('1')
          ? 'Remote file does not exist -- broken link!!!\n\n'
          : `${stamp()} ERROR ${status}: ${statusNames[status] ?? ''}.\n\n`,
      )
      return 8
    }
    const type = received['content-type']?.split(';')[0] ?? 'text/html'
    const size = byteLength(text)
    if (options.has('1')) {
      tell(`Length: ${received['content-length'] ?? 'unspecified'} [${type}]\nRemote file exists.\n\n`)
      return 0
    }
    const name = options.value('O') ?? (path.split('?')[0]!.split('/').at(-1) || 'index.html')
    const target = name === '-' ? 'STDOUT' : name
    tell(`Length: ${size} [${type}]\nSaving to: ‘${target}’\n\n`)
    if (name === '-') stdout.write(text)
    else files.write(pathOf(process, options.has('P') ? `${options.value('P')}/${name}` : name), text)
    tell(
      `\n${stamp()} (1.20 MB/s) - ${name === '-' ? 'written to stdout' : `‘${target}’ saved`} [${size}/${size}]\n\n`,
    )
    return 0
  }
})
