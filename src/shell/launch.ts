// The processes that a shell starts: programs, jobs of the background, members of pipelines; and the wait for them.
import { isOutOfMemory } from '../engine/holding.ts'
import { emptyInput, Pipe } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { type Fiber, Interrupt, type Outcome, sleep, type Task, wait } from '../engine/task.ts'
import { noMemory, starve } from './command.ts'
import { findProgram } from './find-program.ts'
import type { Interpreter } from './interpreter.ts'
import { faultStatus, statusOf } from './processes.ts'
import { Leave, ShellError } from './state.ts'
import { SharedInput, type Streams } from './streams.ts'
import type { List, Node } from './syntax.ts'

/** Seconds. */
const longestForkWait = 16
/** Shells that start shells: as many processes as one machine's table has. */
const mostWithin = 400

/** Where no process can be begun, bash waits ever longer and tries again (make_child in its jobs.c). */
function* roomToFork(shell: Interpreter, streams: Streams): Task {
  if (!shell.dialect.quotesLine) return
  for (let seconds = 1; seconds < longestForkWait && shell.table.isFull; seconds *= 2) {
    shell.complain('fork: retry: Resource temporarily unavailable', streams.error)
    yield* sleep(seconds * 1000)
  }
}

/** `&`: begins a chain as a job. */
export function* background(shell: Interpreter, chain: List['items'], streams: Streams): Task<number> {
  yield* roomToFork(shell, streams)
  const text = chain.map(({ text, end }) => text + (end.length === 2 ? ` ${end} ` : '')).join('')
  const node: Node = {
    type: 'list',
    items: chain.map((item, i) => (i === chain.length - 1 ? { ...item, end: ';' } : item)),
  }
  const copy = shell.fork(true)
  const input = new SharedInput(emptyInput)
  const { pid, fiber } = shell.table.start(
    shell.host.engine,
    text,
    () => copy.subshell(node, { ...streams, input }, true),
    streams.error,
  )
  const id = Math.max(0, ...shell.state.jobs.map(job => job.id)) + 1
  shell.state.jobs.push({ id, pid, fiber, text, told: false })
  shell.state.lastBackground = pid
  if (shell.interactive) streams.error.write(`[${id}] ${pid}\n`)
  return 0
}

/** One command, or several joined by pipes; `!` and `time`. */
export function* runPipeline(
  shell: Interpreter,
  node: Node & { type: 'pipeline' },
  streams: Streams,
): Task<number> {
  const start = shell.host.engine.now
  let status = yield* node.commands.length === 1
    ? shell.execute(node.commands[0]!, streams)
    : joined(shell, node, streams)
  if (node.negated) status = status === 0 ? 1 : 0
  if (node.timed) {
    const seconds = (shell.host.engine.now - start) / 1000
    const real = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`
    streams.error.write(`\nreal\t${real}\nuser\t0m0.001s\nsys\t0m0.000s\n`)
  }
  return status
}

/** Each command in a process of its own. */
function* joined(shell: Interpreter, node: Node & { type: 'pipeline' }, streams: Streams): Task<number> {
  const fibers: Fiber<number>[] = []
  let source: Pipe | undefined
  for (const [i, command] of node.commands.entries()) {
    const copy = shell.fork(true)
    const from = source
    const to = i < node.commands.length - 1 ? new Pipe() : undefined
    source = to
    const output = to ? { write: (text: string) => to.write(text) || broken(i) } : streams.output
    const own: Streams = {
      ...streams,
      input: from ? new SharedInput(from) : streams.input,
      output,
      error: node.both[i] ? output : streams.error,
    }
    const member = function* (): Task<number> {
      try {
        return yield* copy.subshell(command, own, true)
      } finally {
        to?.close()
        from?.abandon()
      }
    }
    yield* roomToFork(shell, streams)
    fibers.push(shell.table.start(shell.host.engine, '', member, streams.error).fiber)
  }
  function broken(i: number): false {
    fibers[i]?.interrupt('SIGPIPE')
    return false
  }
  const statuses = yield* waitFor(shell, fibers)
  const last = statuses.at(-1)!
  shell.scope.variable('PIPESTATUS').value = statuses.map(String)
  return shell.state.options.pipefail ? (statuses.findLast(status => status !== 0) ?? 0) : last
}

/** Waits for processes of the foreground: SIGINT and SIGPIPE are theirs too. Their statuses. */
export function* waitFor(shell: Interpreter, fibers: readonly Fiber<number>[]): Task<number[]> {
  let signalled: Interrupt | undefined
  const outcomes: Outcome<number>[] = []
  try {
    for (const fiber of fibers) {
      while (!fiber.done) {
        try {
          yield* wait(fiber.outcome)
        } catch (error) {
          if (!(error instanceof Interrupt)) throw error
          const { signal } = error
          if (signal === 'SIGINT' || signal === 'SIGPIPE') {
            signalled = error
            for (const each of fibers) each.interrupt(signal)
          } else shell.receive(error)
        }
      }
      outcomes.push(fiber.outcome.value!)
    }
  } finally {
    for (const fiber of fibers) fiber.kill()
  }
  const last = outcomes.at(-1)
  if (signalled && last?.type === 'signalled') shell.receive(signalled)
  return outcomes.map(statusOf)
}

/** Finds a program and runs it, in place of this process or as a child. */
export function* runProgram(
  shell: Interpreter,
  args: readonly string[],
  streams: Streams,
  environment: readonly (readonly [string, string])[] = [],
  inPlace = false,
): Task<number> {
  const program = findProgram(args[0]!, shell.host, shell.state.cwd, shell.dialect)
  const within = (shell.host.within ?? 0) + 1
  if (within > mostWithin) throw new ShellError('fork: Resource temporarily unavailable', 254, true)
  const process: Process = {
    engine: shell.host.engine,
    pid: shell.table.next,
    argv: args,
    env: new Map([...shell.scope.environment(), ...environment]),
    cwd: shell.state.cwd,
    user: shell.host.user,
    identity: shell.host.identity,
    hostname: shell.host.hostname,
    files: shell.host.files,
    network: shell.host.network,
    stdin: streams.input,
    stdout: streams.output,
    stderr: streams.error,
    terminal: streams.output === shell.host.stdout ? shell.host.terminal : undefined,
    typed: shell.host.typed === true && streams.input === shell.host.stdin,
    ...(streams.input === shell.host.stdin && shell.host.echo && { echo: shell.host.echo }),
    find: shell.host.find,
    kill: shell.host.kill,
    outOfMemory: shell.host.outOfMemory,
    takeMemory: shell.host.takeMemory,
    processes: shell.host.processes,
    within,
  }
  if (inPlace) {
    try {
      return yield* program(process)
    } catch (error) {
      if (error instanceof Interrupt || error instanceof Leave) throw error
      if (isOutOfMemory(error)) {
        yield* starve(shell.host)
        streams.error.write(`${args[0]}: ${noMemory}\n`)
        return 1
      }
      streams.error.write(`${args[0]}: internal error: ${(error as Error).message}\n`)
      return faultStatus
    }
  }
  yield* roomToFork(shell, streams)
  const { fiber } = shell.table.start(
    shell.host.engine,
    args.join(' '),
    () => program(process),
    streams.error,
  )
  return (yield* waitFor(shell, [fiber]))[0]!
}
