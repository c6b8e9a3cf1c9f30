// nc and telnet: what is typed goes to a port, what comes back is shown. The network carries requests, so a text that
// begins as HTTP is sent as one, and any other line goes to a server of Redis, if there is one.
import { statusNames } from '../../engine/http-statuses.ts'
import type { HttpResponse } from '../../engine/network.ts'
import { LineReader, readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { Deferred, sleep, type Task, wait } from '../../engine/task.ts'
import { ToolError, tool } from '../../shell/command.ts'
import { parseOptions } from '../../shell/tools/options.ts'
import { problems } from './wget.ts'
import { ask } from './wire.ts'

interface Place {
  readonly host: string
  readonly port: number
}

const isHttp = (text: string): boolean => /^(?:GET \/\S*|[A-Z]+ \S+ HTTP\/\d\S*)\s*(?:\n|$)/.test(text)

/** One text to a server; what it says, or undefined where it closes the connection. */
function* say(process: Process, to: Place, text: string): Task<string | undefined> {
  if (isHttp(text)) {
    const [head = '', ...rest] = text.replaceAll('\r', '').split('\n\n')
    const [first = '', ...lines] = head.split('\n')
    const [method = 'GET', path = '/'] = first.split(' ')
    const headers: Record<string, string> = {}
    for (const line of lines) {
      const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? []
      if (name) headers[name.toLowerCase()] = value!
    }
    const result = yield* process.network.http(
      to,
      { method, path, headers, body: rest.join('\n\n').trim() },
      10_000,
    )
    if (!result.ok) return undefined
    const { status, headers: received, body } = result.value
    const title = (name: string) => name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())
    return `HTTP/1.1 ${status} ${statusNames[status] ?? 'OK'}\r\n${Object.entries(received)
      .map(([name, value]) => `${title(name)}: ${value}\r\n`)
      .join('')}\r\n${body}`
  }
  const answer = yield* ask<{ type: string; text?: string; value?: number }>(process, 'REDIS', to, {
    argv: text.trim().split(/\s+/),
  })
  if (!answer.ok) return undefined
  const { type, text: words = '', value } = answer.value
  if (type === 'status') return `+${words}\r\n`
  if (type === 'error') return `-${words}\r\n`
  if (type === 'integer') return `:${value}\r\n`
  return type === 'nil' ? '$-1\r\n' : `$${words.length}\r\n${words}\r\n`
}

/** The answer that stands on an input: a whole HTTP response, or a plain text. */
function responseOf(text: string): HttpResponse {
  const [, status, rest = ''] =
    /^HTTP\/\d(?:\.\d)? (\d+)[^\n]*\n([\s\S]*)$/.exec(text.replaceAll('\r', '')) ?? []
  if (!status) return { status: 200, headers: {}, body: text }
  const end = rest.startsWith('\n') ? 0 : rest.indexOf('\n\n') + 1
  return { status: Number(status), headers: {}, body: rest.slice(end + 1) }
}

/** Takes one connection: shows what came, answers with its input. */
function* take(process: Process, port: number): Task<number> {
  const { network, stdin, stdout, terminal } = process
  const came = new Deferred<void>()
  const reply = terminal ? '' : yield* readAll(stdin)
  const listener = network.listen(port, function* ({ method, path, headers }) {
    stdout.write(
      `${method} ${path} HTTP/1.1\r\n${Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    )
    came.settle()
    return reply ? responseOf(reply) : undefined
  })
  if (!listener) throw new ToolError('nc: bind: Address already in use')
  try {
    yield* wait(came)
    // The answer is on its way.
    yield* sleep(5)
  } finally {
    listener.close()
  }
  return 0
}

export const nc = tool('nc', 'open or take a TCP connection', function* (process) {
  const { network, stdin, stdout, stderr, terminal } = process
  const options = parseOptions(process, 'lkp:w:zvnuie:s:46Nq:')
  const { operands } = options
  if (options.has('l')) {
    const port = Number(options.value('p') ?? operands.at(-1))
    do yield* take(process, port)
    while (options.has('k'))
    return 0
  }
  const [host = '', range = ''] = operands
  if (!host || !range)
    throw new ToolError('BusyBox v1.36.1 () multi-call binary.\n\nUsage: nc [OPTIONS] HOST PORT  - connect')
  const patience = options.has('w') ? Number(options.value('w')) * 1000 : 10_000
  const [first = 0, last = first] = range.split('-').map(Number)
  let status = 0
  for (let port = first; port <= last; port++) {
    const result = yield* network.connect(host, port, patience)
    if (!result.ok) {
      if (result.error.type === 'unknown-host') throw new ToolError(`nc: bad address '${host}'`)
      if (first === last || options.has('v'))
        stderr.write(`nc: ${host} (${host}:${port}): ${problems[result.error.type]}\n`)
      status = 1
      continue
    }
    if (options.has('v')) stderr.write(`${host} (${result.value.address}:${port}) open\n`)
    if (options.has('z')) continue
    const text = terminal ? yield* new LineReader(stdin).line() : yield* readAll(stdin)
    if (text?.trim()) stdout.write((yield* say(process, { host, port }, text)) ?? '')
  }
  return status
})

export const telnet = tool('telnet', 'talk to a port', function* (process) {
  const { network, stdin, stdout, stderr } = process
  const [host = '', port = '23'] = process.argv.slice(1).filter(arg => !arg.startsWith('-'))
  if (!host)
    throw new ToolError('BusyBox v1.36.1 () multi-call binary.\n\nUsage: telnet [-a] [-l USER] HOST [PORT]')
  const result = yield* network.connect(host, Number(port), 10_000)
  if (!result.ok) {
    if (result.error.type === 'unknown-host') throw new ToolError(`telnet: bad address '${host}'`)
    throw new ToolError(`telnet: can't connect to remote host (${host}): ${problems[result.error.type]}`)
  }
  stdout.write("\nEntering character mode\nEscape character is '^]'.\n\n")
  const lines = new LineReader(stdin)
  let text = ''
  for (let line = yield* lines.line(); line !== undefined; line = yield* lines.line()) {
    text += `${line}\n`
    // A request ends with an empty line.
    if (/^[A-Z]+ \S+ HTTP\//.test(text) && line.trim()) continue
    if (!text.trim()) continue
    const answer = yield* say(process, { host, port: Number(port) }, text)
    if (answer === undefined) break
    stdout.write(answer)
    if (/^[A-Z]+ \S+ HTTP\//.test(text)) break
    text = ''
  }
  stderr.write('Connection closed by foreign host\n')
  return 1
})
