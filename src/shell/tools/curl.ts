// curl: HTTP requests, with the messages and exit codes of the real one. Left out: other protocols, cookies, uploads
// of files, of TLS all but the server's certificate.

import { byteLength } from '../../engine/bytes.ts'
import { dictionary } from '../../engine/dictionary.ts'
import { statusNames } from '../../engine/http-statuses.ts'
import { latencies } from '../../engine/latencies.ts'
import type { NetworkError, ServerCertificate } from '../../engine/network.ts'
import type { Process } from '../../engine/process.ts'
import { Random } from '../../engine/random.ts'
import { Fiber, sleep, type Task, withTimeout } from '../../engine/task.ts'
import { type Tool, ToolError, tool } from '../command.ts'
import { unescapeText } from '../word-parser.ts'
import { type Distrust, describeCertificate, distrust, wrongName } from './certificate-check.ts'
import { pathOf } from './input.ts'
import { type Options, parseOptions } from './options.ts'

const long = {
  silent: 's',
  'show-error': 'S',
  verbose: 'v',
  include: 'i',
  head: 'I',
  output: 'o',
  'remote-name': 'O',
  'write-out': 'w',
  header: 'H',
  request: 'X',
  data: 'd',
  'data-raw': 'd',
  'data-binary': 'd',
  insecure: 'k',
  location: 'L',
  'max-time': 'm',
  fail: 'f',
  'user-agent': 'A',
  user: 'u',
  'connect-timeout': 'C',
  resolve: 'r',
  cacert: 'c',
  cert: 'E',
  key: 'K',
  get: 'G',
  'no-progress-meter': 'P',
  'no-buffer': 'N',
  compressed: 'Z',
  retry: 'R',
  ipv4: '4',
  'max-redirs': 'M',
  url: 'U',
  'http1.1': '1',
  'retry-delay': 'R',
  'retry-connrefused': 'Z',
  proto: 'J',
  json: 'j',
  referer: 'e',
  cookie: 'b',
  'fail-with-body': 'f',
  'keepalive-time': 'J',
  noproxy: 'J',
  'tlsv1.2': '1',
} as const

/** How long the kernel tries to connect. */
const kernelLimit = 133_000
const maximumRedirects = 50

interface Url {
  readonly secure: boolean
  readonly host: string
  readonly port: number
  readonly path: string
  readonly text: string
}

interface Trust {
  seen?: ServerCertificate | undefined
  problem?: Distrust | undefined
  /** Why the connection is given up. */
  complaint?: string | undefined
  readonly accepts: (certificate: ServerCertificate | undefined) => boolean
}

const moreOnCertificates =
  'More details here: https://curl.se/docs/sslcerts.html\n\ncurl failed to verify the legitimacy of the server and therefore could not\nestablish a secure connection to it. To learn more about this situation and\nhow to fix it, please visit the webpage mentioned above.'

class CurlError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

function parseUrl(text: string): Url {
  const match =
    /^(?:([a-zA-Z][\w+.-]*):\/\/)?(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/.exec(
      text,
    )
  const scheme = match?.[1]?.toLowerCase() ?? 'http'
  if (match && scheme !== 'http' && scheme !== 'https')
    throw new CurlError(1, `Protocol "${scheme}" not supported`)
  if (!match?.[2] || /\s/.test(text)) throw new CurlError(3, 'URL using bad/illegal format or missing URL')
  const port = match[3] ? Number(match[3]) : scheme === 'https' ? 443 : 80
  if (port > 65535) throw new CurlError(3, 'URL using bad/illegal format or missing URL')
  const path = (match[4] ?? '/').replace(/^\?/, '/?')
  return {
    secure: scheme === 'https',
    host: match[2],
    port,
    path,
    text: match[1] ? text : `${scheme}://${text}`,
  }
}

const title = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, dash, c) => dash + c.toUpperCase())

interface Transfer {
  readonly url: Url
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly address: string
}

class Client {
  readonly #process: Process
  readonly #options: Options
  readonly #version: string
  readonly #isNew: boolean
  readonly #refused: string
  readonly #start: number
  readonly #limit: number

  constructor(process: Process, options: Options, version: string) {
    this.#process = process
    this.#options = options
    this.#version = version
    // Words changed with curl 8.10.
    this.#isNew = Number(version.split('.')[0]) * 100 + Number(version.split('.')[1]) >= 810
    this.#refused = this.#isNew ? 'Could not' : "Couldn't"
    this.#start = process.engine.now
    const seconds = (letter: string) => {
      const text = options.value(letter)
      if (text !== undefined && !/^\d+(\.\d*)?$|^\.\d+$/.test(text))
        throw new ToolError(
          `curl: expected a proper numerical parameter\ncurl: try 'curl --help' or 'curl --manual' for more information`,
          2,
        )
      return text === undefined ? Number.POSITIVE_INFINITY : Number(text) * 1000 || Number.POSITIVE_INFINITY
    }
    this.#limit = Math.min(seconds('m'), seconds('C'))
  }

  note(text: string): void {
    if (this.#options.has('v')) this.#process.stderr.write(`${text}\n`)
  }

  get elapsed(): number {
    return Math.floor(this.#process.engine.now - this.#start)
  }

  *address({ host, port, path }: Url, method: string): Task<string> {
    for (const rule of this.#options.all('r')) {
      const [name, at, address] = rule.split(':')
      if (name === host && Number(at) === port) return address!
    }
    const { engine, network } = this.#process
    const fiber = new Fiber(engine, network.lookup(host.replace(/^\[|\]$/g, ''), { method, path }))
    try {
      const outcome = yield* withTimeout(fiber.outcome, Math.min(this.#limit, 1e9))
      if (!outcome)
        throw new CurlError(28, `Resolving timed out after ${Math.round(this.#limit)} milliseconds`)
      if (outcome.type === 'threw') throw outcome.error
      const address = outcome.type === 'returned' && outcome.value.ok ? outcome.value.value[0] : undefined
      if (!address) throw new CurlError(6, `Could not resolve host: ${host}`)
      return address
    } finally {
      fiber.kill()
    }
  }

  failure(error: NetworkError, url: Url): CurlError {
    const { host, port } = url
    switch (error.type) {
      case 'unknown-host':
        return new CurlError(6, `Could not resolve host: ${host}`)
      case 'timeout':
        if (this.#limit < kernelLimit)
          return new CurlError(
            28,
            `Connection timed out after ${Math.round(this.#limit) + (/[a-z]/i.test(host) ? 2 : 1)} milliseconds`,
          )
        return new CurlError(
          28,
          `Failed to connect to ${host} port ${port} after ${this.elapsed} ms: ${this.#refused} connect to server`,
        )
      case 'plain':
        return new CurlError(
          35,
          `${this.#isNew ? 'TLS connect error: ' : 'OpenSSL/3.0.13: '}error:0A00010B:SSL routines::wrong version number`,
        )
      case 'reset':
        return error.abrupt
          ? new CurlError(56, 'Recv failure: Connection reset by peer')
          : new CurlError(52, 'Empty reply from server')
      default:
        return new CurlError(
          7,
          // A name of /etc/hosts, which has two addresses, was measured to take 1 or 2 ms.
          `Failed to connect to ${host} port ${port} after ${this.elapsed + (host === 'localhost' ? 1 : 0)} ms: ${this.#refused} connect to server`,
        )
    }
  }

  /** What it thinks of the certificate that it will be shown. */
  #trust(host: string): Trust {
    const { engine, files } = this.#process
    const path = this.#options.value('c')
    let authorities = ''
    try {
      if (path !== undefined) authorities = files.read(pathOf(this.#process, path))
    } catch {
      throw new CurlError(77, `error setting certificate file: ${path}`)
    }
    const trust: Trust = {
      accepts: certificate => {
        trust.seen = certificate
        trust.problem = distrust(certificate, authorities, engine.now)
        if (this.#options.has('k')) return true
        trust.complaint = trust.problem
          ? `SSL certificate problem: ${trust.problem.text}`
          : certificate && wrongName(certificate, host)
        return trust.complaint === undefined
      },
    }
    return trust
  }

  *fetch(url: Url, method: string, headers: Readonly<Record<string, string>>, body: string): Task<Transfer> {
    const { host, port } = url
    const plainPort = port === (url.secure ? 443 : 80)
    const address = yield* this.address(url, method)
    this.note(`*   Trying ${address}:${port}...`)
    const all = {
      host: plainPort ? host : `${host}:${port}`,
      'user-agent': `curl/${this.#version}`,
      accept: '*/*',
      ...headers,
      ...(body && { 'content-length': String(byteLength(body)) }),
    }
    const left = Math.min(kernelLimit, Math.max(1, this.#limit - this.elapsed))
    const trust = this.#trust(host)
    const answer = yield* this.#process.network.http(
      { host, port, address },
      {
        method,
        path: url.path,
        headers: all,
        body,
        secure: url.secure,
        ...(url.secure && {
          accepts: trust.accepts,
          ...(!/^[\d.]+$|^\[/.test(host) && { serverName: host }),
        }),
      },
      left,
    )
    if (trust.complaint !== undefined) {
      this.note(`* Connected to ${host} (${address}) port ${port}`)
      this.note(`* ${trust.complaint}`)
      throw new CurlError(60, `${trust.complaint}\n${moreOnCertificates}`)
    }
    if (!answer.ok) {
      const failure = this.failure(answer.error, url)
      if (answer.error.type === 'refused')
        this.note(`* connect to ${address} port ${port} failed: Connection refused`)
      this.note(`* ${failure.message}`)
      throw failure
    }
    const { status, headers: received } = answer.value
    this.note(`* Connected to ${host} (${address}) port ${port}`)
    if (trust.seen)
      for (const line of describeCertificate(trust.seen, host, trust.problem)) this.note(`* ${line}`)
    this.note(`> ${method} ${url.path} HTTP/1.1`)
    for (const [name, value] of Object.entries(all)) this.note(`> ${title(name)}: ${value}`)
    this.note('> ')
    for (const line of head(status, received)) this.note(`< ${line}`)
    this.note('< ')
    this.note(`* Connection #0 to host ${host} left intact`)
    return { url, status, headers: received, body: method === 'HEAD' ? '' : answer.value.body, address }
  }
}

const head = (status: number, headers: Readonly<Record<string, string>>): string[] => [
  `HTTP/1.1 ${status} ${statusNames[status] ?? ''}`.trimEnd(),
  ...Object.entries(headers).map(([name, value]) => `${title(name)}: ${value}`),
]

function writeOut(template: string, transfer: Transfer | undefined, url: string, elapsed: number): string {
  const values: Record<string, string | number> = dictionary({
    http_code: String(transfer?.status ?? 0).padStart(3, '0'),
    response_code: String(transfer?.status ?? 0).padStart(3, '0'),
    time_total: (elapsed / 1000).toFixed(6),
    time_connect: (Math.min(elapsed, 1) / 1000).toFixed(6),
    time_namelookup: '0.000100',
    time_starttransfer: (elapsed / 1000).toFixed(6),
    size_download: byteLength(transfer?.body ?? ''),
    remote_ip: transfer?.address ?? '',
    remote_port: transfer?.url.port ?? 0,
    url_effective: transfer?.url.text ?? url,
    content_type: transfer?.headers['content-type'] ?? '',
    exitcode: transfer ? 0 : 7,
  })
  return unescapeText(
    template.replace(/%\{(\w+)\}/g, (_, name) => String(values[name] ?? '')).replaceAll('%%', '%'),
  )
}

/** How far the transfer has come: nothing at first, then all that came; where nothing comes, nothing once more. */
function meter(size: number): string {
  const zero = '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0'
  const n = String(size).padStart(5)
  const speed = String(size * 250).padStart(5)
  const end = size
    ? `100 ${n}  100 ${n}    0     0   ${speed}      0 --:--:-- --:--:-- --:--:-- ${speed}`
    : zero
  return `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n\r${zero}\r${end}\n`
}

function* request(process: Process, options: Options, text: string, version: string): Task<number> {
  const client = new Client(process, options, version)
  const headers: Record<string, string> = {}
  let body = options
    .all('d')
    .map(data =>
      data.startsWith('@') ? process.files.read(pathOf(process, data.slice(1))).replace(/\n/g, '') : data,
    )
    .join('&')
  if (body) headers['content-type'] = 'application/x-www-form-urlencoded'
  if (options.has('j')) {
    body = options.value('j')!
    headers['content-type'] = 'application/json'
  }
  if (options.has('A')) headers['user-agent'] = options.value('A')!
  for (const header of options.all('H')) {
    const [, name, value] = /^([^:]+):\s*(.*)$/.exec(header) ?? []
    if (name) headers[name.toLowerCase()] = value!
  }
  let method = options.value('X') ?? (options.has('I') ? 'HEAD' : body && !options.has('G') ? 'POST' : 'GET')
  let transfer: Transfer | undefined
  let status = 0
  try {
    let url = parseUrl(text)
    if (options.has('G') && body) {
      url = { ...url, path: `${url.path}${url.path.includes('?') ? '&' : '?'}${body}` }
      body = ''
    }
    for (let redirects = 0; ; redirects++) {
      transfer = yield* client.fetch(url, method, headers, body)
      const { status: code, headers: received } = transfer
      if (options.has('i') || options.has('I'))
        output(process, options, `${head(code, received).join('\r\n')}\r\n\r\n`, url)
      const location = received.location
      if (!options.has('L') || !location || code < 300 || code > 399) break
      if (redirects >= Number(options.value('M') ?? maximumRedirects))
        throw new CurlError(47, `Maximum (${redirects}) redirects followed`)
      url = parseUrl(
        /^[a-z]+:\/\//i.test(location)
          ? location
          : `http${url.secure ? 's' : ''}://${url.host}:${url.port}${location}`,
      )
      if (code <= 303 && method === 'POST') {
        method = 'GET'
        body = ''
      }
    }
    if (options.has('f') && transfer.status >= 400)
      throw new CurlError(22, `The requested URL returned error: ${transfer.status}`)
    const quiet =
      options.has('s') || options.has('P') || (process.terminal && !options.has('o') && !options.has('O'))
    if (!quiet) process.stderr.write(meter(byteLength(transfer.body)))
    output(process, options, transfer.body, url)
  } catch (error) {
    if (!(error instanceof CurlError)) throw error
    status = error.code
    if (!options.has('s') && error.code > 3 && !process.terminal) process.stderr.write(meter(0))
    if (!options.has('s') || options.has('S'))
      process.stderr.write(`curl: (${error.code}) ${error.message}\n`)
  }
  const template = options.value('w')
  if (template !== undefined) process.stdout.write(writeOut(template, transfer, text, client.elapsed))
  return status
}

/** Where the answer goes; a second piece of one transfer is appended. */
function output(process: Process, options: Options, text: string, url: Url): void {
  const path =
    options.value('o') ?? (options.has('O') ? url.path.replace(/\?.*$/, '').replace(/^.*\//, '') : '-')
  if (path === '-') process.stdout.write(text)
  else process.files.write(pathOf(process, path), text, { append: options.has('i') && !options.has('I') })
}

/** curl as of a version: a container's may be newer than a node's. */
export const curlOf = (version: string): Tool =>
  tool('curl', 'make HTTP requests', function* (process) {
    const options = parseOptions(process, 'sSvio:Ow:IH:X:d:kLm:fA:u:C:r:c:E:K:GPNZR:4M:U:1J:j:e:b:', {
      long,
      code: 2,
    })
    const urls = [...options.operands, ...options.all('U')]
    if (urls.length === 0)
      throw new ToolError(
        "curl: (2) no URL specified\ncurl: try 'curl --help' or 'curl --manual' for more information",
        2,
      )
    const { engine, hostname } = process
    // A stream of its own: it shifts no other chance.
    yield* sleep(new Random(engine.seed).fork(`curl ${hostname} ${engine.now}`).draw(latencies.curl))
    let status = 0
    for (const url of urls) status = yield* request(process, options, url, version)
    return status
  })

export const curl = curlOf('8.5.0')
