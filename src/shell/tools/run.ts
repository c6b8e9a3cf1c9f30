// Tools that run other programs: xargs, env, timeout, watch, time, nohup.
import { Buffer, emptyInput, readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { Fiber, Interrupt, signalNumbers, sleep, type Task, wait } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'
import { formatDate } from './date.ts'
import { nameOf } from './input.ts'
import { parseOptions } from './options.ts'
import { parseDuration } from './sleep.ts'

/** Runs a program as a part of this process; 127 where there is none. */
export function* run(process: Process, argv: readonly string[]): Task<number> {
  const program = process.find(argv[0]!)
  if (!program) {
    process.stderr.write(
      `${nameOf(process)}: ${nameOf(process) === 'xargs' ? argv[0] : `‘${argv[0]}’`}: No such file or directory\n`,
    )
    return 127
  }
  return yield* program({ ...process, argv })
}

export const xargs = tool('xargs', 'run a command with arguments from its input', function* (process) {
  const options = parseOptions(process, 'n:I:i0rtP:d:L:', {
    strict: true,
    long: {
      null: '0',
      'no-run-if-empty': 'r',
      'max-args': 'n',
      replace: 'I',
      verbose: 't',
      'max-procs': 'P',
      delimiter: 'd',
    },
  })
  const text = yield* readAll(process.stdin)
  const replace = options.value('I') ?? (options.has('i') ? '{}' : undefined)
  const items = options.has('0')
    ? text.split('\0').filter(Boolean)
    : options.has('d')
      ? text.replace(/\n$/, '').split(options.value('d')!.replace('\\n', '\n'))
      : replace !== undefined || options.has('L')
        ? text
            .split('\n')
            .map(line => line.trim())
            .filter(Boolean)
        : [...text.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
            word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, a, b, c) => a ?? b ?? c),
          )
  const command = options.operands.length ? options.operands : ['echo']
  const batches: string[][] = []
  const size = replace !== undefined || options.has('L') ? 1 : Number(options.value('n') ?? items.length)
  for (let i = 0; i < items.length; i += Math.max(1, size))
    batches.push(items.slice(i, i + Math.max(1, size)))
  if (batches.length === 0 && !options.has('r') && replace === undefined) batches.push([])
  let status = 0
  for (const batch of batches) {
    const argv =
      replace === undefined ? [...command, ...batch] : command.map(arg => arg.replaceAll(replace, batch[0]!))
    if (options.has('t')) process.stderr.write(`${argv.join(' ')}\n`)
    yield* sleep(1)
    const code = yield* run({ ...process, stdin: emptyInput }, argv)
    if (code === 127) return 127
    if (code !== 0) status = 123
  }
  return status
})

export const env = tool('env', 'print or set the environment', function* (process) {
  const options = parseOptions(process, 'iu:0', {
    strict: true,
    long: { 'ignore-environment': 'i', unset: 'u' },
  })
  const environment = new Map(options.has('i') ? [] : process.env)
  for (const name of options.all('u')) environment.delete(name)
  const rest = [...options.operands]
  while (rest[0]?.includes('=')) {
    const [, name, value] = /^([^=]*)=([\s\S]*)$/.exec(rest.shift()!)!
    environment.set(name!, value!)
  }
  if (rest.length) return yield* run({ ...process, env: environment }, rest)
  for (const [name, value] of environment) process.stdout.write(`${name}=${value}\n`)
  return 0
})

export const printenv = tool('printenv', 'print environment variables', function* ({ argv, env, stdout }) {
  const names = argv.slice(1)
  if (names.length === 0) for (const [name, value] of env) stdout.write(`${name}=${value}\n`)
  for (const name of names) if (env.has(name)) stdout.write(`${env.get(name)}\n`)
  return names.every(name => env.has(name)) ? 0 : 1
})

/** A program in a fiber of its own, killed when this process ends; its exit code. */
function spawn(process: Process, argv: readonly string[]): Fiber<number> {
  return new Fiber(process.engine, run(process, argv))
}

function* codeOf(fiber: Fiber<number>): Task<number> {
  for (;;) {
    try {
      const outcome = yield* wait(fiber.outcome)
      if (outcome.type === 'threw') throw outcome.error
      return outcome.type === 'returned' ? outcome.value : 128 + signalNumbers[outcome.signal]
    } catch (error) {
      if (!(error instanceof Interrupt) || fiber.done) throw error
      fiber.interrupt(error.signal)
    }
  }
}

export const timeout = tool('timeout', 'run a command for a limited time', function* (process) {
  const options = parseOptions(process, 'k:s:vf', {
    strict: true,
    code: 125,
    long: { 'kill-after': 'k', signal: 's', foreground: 'f', 'preserve-status': 'v' },
  })
  const [limit, ...argv] = options.operands
  const ms = parseDuration(limit ?? '')
  if (ms === undefined || argv.length === 0)
    throw new ToolError(
      limit === undefined || argv.length === 0
        ? "timeout: missing operand\nTry 'timeout --help' for more information."
        : `timeout: invalid time interval ‘${limit}’\nTry 'timeout --help' for more information.`,
      125,
    )
  const fiber = spawn(process, argv)
  let late = false
  const timer = process.engine.after(ms, () => {
    late = true
    if (options.value('s')?.replace(/^SIG/, '') === 'KILL' || options.value('s') === '9') fiber.kill()
    else fiber.interrupt('SIGTERM')
    const grace = parseDuration(options.value('k') ?? '')
    if (grace !== undefined) process.engine.after(grace, () => fiber.kill())
  })
  try {
    const code = yield* codeOf(fiber)
    return late && !options.has('v') ? (code === 137 ? 137 : 124) : code
  } finally {
    timer.cancel()
    fiber.kill()
  }
})

export const watch = tool('watch', 'repeat a command and show its output', function* (process) {
  const options = parseOptions(process, 'n:dtgecx', {
    strict: true,
    long: { interval: 'n', differences: 'd', 'no-title': 't', chgexit: 'g' },
  })
  const seconds = Number(options.value('n') ?? 2)
  const command = options.operands.join(' ')
  if (!command) throw new ToolError('Usage:\n watch [options] command')
  let before: string | undefined
  for (;;) {
    const output = new Buffer()
    const argv = options.has('x') ? options.operands : ['sh', '-c', command]
    yield* run({ ...process, stdin: emptyInput, stdout: output, stderr: output, terminal: undefined }, argv)
    const left = `Every ${seconds.toFixed(1)}s: ${command}`
    const right = `${process.hostname}: ${formatDate('%c', process.engine.now)}`
    const title = options.has('t')
      ? ''
      : `${left}${' '.repeat(Math.max(1, (process.terminal?.columns ?? 80) - left.length - right.length))}${right}\n\n`
    if (process.terminal) process.stdout.write(`\x1b[H\x1b[2J${title}${output.text}`)
    else process.stdout.write(title + output.text)
    if (options.has('g') && before !== undefined && before !== output.text) return 0
    before = output.text
    yield* sleep(Math.max(0.1, seconds) * 1000)
  }
})

export const nohup = tool('nohup', 'run a command that outlives the terminal', function* (process) {
  return yield* run(process, process.argv.slice(1))
})
