// redis-cli: one command from its arguments, or a line after the other from its input.
import { LineReader } from '../../../engine/pipe.ts'
import type { Process, Program } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { ask } from '../wire.ts'
import { protocol } from './server.ts'
import type { Reply } from './store.ts'

const words: Record<string, string> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  'no-route': 'No route to host',
  'unknown-host': 'Name or service not known',
  reset: 'Server closed the connection',
}

/** As a terminal shows it; raw (through a pipe) only the text. */
function show(reply: Reply, raw: boolean, indent = ''): string {
  switch (reply.type) {
    case 'status':
      return reply.text
    case 'error':
      return raw ? reply.text : `(error) ${reply.text}`
    case 'integer':
      return raw ? String(reply.value) : `(integer) ${reply.value}`
    case 'nil':
      return raw ? '' : '(nil)'
    case 'bulk':
      // INFO is meant to be read.
      return raw || reply.text.startsWith('# Server') ? reply.text : JSON.stringify(reply.text)
    case 'array':
      if (!reply.items.length) return raw ? '' : '(empty array)'
      return reply.items
        .map((item, i) => {
          if (raw) return show(item, true)
          const head = `${String(i + 1).padStart(String(reply.items.length).length)}) `
          return `${i ? indent : ''}${head}${show(item, false, `${indent}${' '.repeat(head.length)}`)}`
        })
        .join('\n')
  }
}

const split = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    ([, a, b, c]) => a?.replace(/\\(.)/g, '$1') ?? b ?? c ?? '',
  )

export const redisCli = (version: string): Program =>
  function* (process): Task<number> {
    const { env, stdin, stdout, stderr, terminal } = process
    const args = process.argv.slice(1)
    let [host, port, password, raw] = ['127.0.0.1', 6379, env.get('REDISCLI_AUTH'), !terminal]
    while (args[0]?.startsWith('-')) {
      const option = args.shift()!
      if (option === '-h') host = args.shift() ?? ''
      else if (option === '-p') port = Number(args.shift())
      else if (option === '-a' || option === '--pass') {
        password = args.shift()
        stderr.write(
          "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
        )
      } else if (option === '-n' || option === '-r' || option === '-i') args.shift()
      else if (option === '--raw') raw = true
      else if (option === '--no-raw') raw = false
      else if (option === '--version' || option === '-v') {
        stdout.write(`redis-cli ${version}\n`)
        return 0
      }
    }
    const send = function* (argv: readonly string[]): Task<boolean> {
      const answer = yield* ask<Reply>(
        process as Process,
        protocol,
        { host, port },
        { argv, ...(password !== undefined && { password }) },
      )
      if (!answer.ok) {
        stderr.write(`Could not connect to Redis at ${host}:${port}: ${words[answer.error.type]}\n`)
        return false
      }
      if (/^auth$/i.test(argv[0] ?? '') && answer.value.type !== 'error') password = argv.at(-1)
      stdout.write(`${show(answer.value, raw)}\n`)
      return true
    }
    if (args.length) return (yield* send(args)) ? 0 : 1
    const lines = new LineReader(stdin)
    const prompt = () => terminal && stdout.write(`${host}:${port}> `)
    prompt()
    for (let line = yield* lines.line(); line !== undefined; line = yield* lines.line()) {
      const argv = split(line)
      if (/^(exit|quit)$/i.test(argv[0] ?? '')) return 0
      if (argv.length && !(yield* send(argv)) && !terminal) return 1
      prompt()
    }
    return 0
  }
