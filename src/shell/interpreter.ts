import { isOutOfMemory, MemoryExhausted } from '../engine/holding.ts'
import { emptyInput, Pipe, type Writable } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { matches } from '../engine/shell-pattern.ts'
import {
  type Fiber,
  Interrupt,
  type Outcome,
  type Signal,
  signalNumbers,
  sleep,
  type Task,
  wait,
} from '../engine/task.ts'
import { withAlias } from './alias.ts'
import { ArithmeticError } from './arithmetic.ts'
import { starve } from './command.ts'
import type { Dialect } from './dialect.ts'
import { arithmetic, expandPattern, expandText, expandWords, quote } from './expand.ts'
import { findProgram } from './find-program.ts'
import { parse } from './parser.ts'
import { faultStatus, type ProcessTable, statusOf } from './processes.ts'
import { applyRedirects } from './redirect.ts'
import { ShellScope } from './scope.ts'
import { Leave, ShellError, type ShellState } from './state.ts'
import { SharedInput, type Streams } from './streams.ts'
import { type List, type Node, ShellSyntaxError, type Simple } from './syntax.ts'
import { conditionStatus } from './test-expression.ts'

export type Builtin = (shell: Interpreter, args: readonly string[], streams: Streams) => Task<number>

/** Seconds. */
const longestForkWait = 16
const commandTime = 1
/** After so many commands in a row without a wait a shell goes slower: loops without end leave time to the others. */
const spinLimit = 60_000
const spinTime = 10
const maximumDepth = 150
/** Commands in each other, those of functions and substitutions counted too: as far as any browser's stack reaches. */
const maximumLevel = 400
/** What the expansions around a command substitution come to. */
const substitutionLevels = 4
/** Shells that start shells: as many processes as one machine's table has. */
const mostWithin = 400
const noMemory = 'cannot allocate memory'

export class Interpreter {
  readonly host: Process
  readonly state: ShellState
  readonly dialect: Dialect
  readonly table: ProcessTable
  readonly builtins: ReadonlyMap<string, Builtin>
  /** Typed lines: messages without line numbers, job notices. */
  interactive = false
  /** Programs that Tab offers. */
  programNames: readonly string[] = []
  readonly scope: ShellScope
  pendingTraps: Signal[] = []
  /** Where a command substitution's complaints go: the stderr of the command at hand. */
  currentError: Writable
  #depth = 0
  #level = 0
  #spins = 0
  #lastTime = 0
  /** Inside of a condition: `set -e` waits. */
  #lenient = 0

  constructor(
    host: Process,
    state: ShellState,
    dialect: Dialect,
    table: ProcessTable,
    builtins: ReadonlyMap<string, Builtin>,
  ) {
    this.host = host
    this.state = state
    this.dialect = dialect
    this.table = table
    this.builtins = builtins
    this.currentError = host.stderr
    this.scope = new ShellScope(this)
  }

  /** `apart`: what it runs is a process of its own, and not within what runs here. */
  fork(apart = false): Interpreter {
    const copy = new Interpreter(this.host, this.state.fork(), this.dialect, this.table, this.builtins)
    copy.#depth = this.#depth
    if (!apart) copy.#level = this.#level + substitutionLevels
    copy.#lenient = this.#lenient
    return copy
  }

  /** Runs a script's text; its status, whatever happens in it. Lets signals and `exit` pass. */
  *run(text: string, streams: Streams, firstLine = 1): Task<number> {
    let node: Node
    try {
      node = parse(text, firstLine, (delimiter, line) => {
        if (this.dialect.quotesLine)
          streams.error.write(
            `${this.state.name}: warning: here-document at line ${line} delimited by end-of-file (wanted \`${delimiter}')\n`,
          )
      })
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error
      this.syntaxError(error, text, streams.error)
      return (this.state.status = 2)
    }
    try {
      return yield* this.execute(node, streams)
    } catch (error) {
      if (error instanceof Leave && error.how !== 'exit') return (this.state.status = error.value)
      if (error instanceof Interrupt || error instanceof Leave) throw error
      const known = error instanceof ShellError
      if (isOutOfMemory(error)) {
        yield* starve(this.host)
        this.complain(noMemory, streams.error)
        return (this.state.status = 2)
      }
      this.complain(`${known ? '' : 'internal error: '}${(error as Error).message}`, streams.error)
      return (this.state.status = known ? error.status : faultStatus)
    }
  }

  syntaxError(error: ShellSyntaxError, text: string, stderr: Writable): void {
    const { interactive } = this
    const where = (line: number) =>
      interactive || !this.dialect.quotesLine
        ? `${this.state.name}: `
        : `${this.state.name}: -c: line ${line}: `
    stderr.write(`${where(error.line)}${error.message}\n`)
    if (!interactive && this.dialect.quotesLine && error.message.includes('near unexpected token'))
      stderr.write(`${where(error.line)}\`${text.split('\n')[error.line - 1] ?? ''}'\n`)
  }

  /** `bash: line 1: message` on stderr. */
  complain(message: string, stderr: Writable): boolean {
    const { line, name } = this.state
    return stderr.write(
      `${this.dialect.prefix({ line, interactive: this.interactive, command: true, script: name })}${message}\n`,
    )
  }

  *execute(node: Node, streams: Streams, inPlace = false): Task<number> {
    if (this.#level >= maximumLevel) throw new MemoryExhausted()
    this.#level++
    try {
      return yield* this.#executed(node, streams, inPlace)
    } finally {
      this.#level--
    }
  }

  *#executed(node: Node, streams: Streams, inPlace: boolean): Task<number> {
    const redirects = 'redirects' in node && node.type !== 'simple' ? node.redirects : undefined
    if (redirects?.length) {
      const opened = yield* this.#redirected(redirects, streams)
      if (!opened) return (this.state.status = 1)
      streams = opened
    }
    this.currentError = streams.error
    const status = yield* this.#dispatch(node, streams, inPlace)
    this.state.status = status
    if (this.pendingTraps.length) yield* this.runTraps(streams)
    return this.state.status
  }

  /** What each command takes. */
  *#takeTime(): Task {
    const { engine } = this.host
    if (engine.now - this.#lastTime > commandTime) this.#spins = 0
    yield* sleep(++this.#spins > spinLimit ? spinTime : commandTime)
    this.#lastTime = engine.now
  }

  *#dispatch(node: Node, streams: Streams, inPlace: boolean): Task<number> {
    switch (node.type) {
      case 'simple':
        return yield* this.#simple(node, streams, inPlace)
      case 'list':
        return yield* this.#list(node, streams)
      case 'pipeline':
        return yield* this.#pipeline(node, streams)
      case 'group':
        return yield* this.execute(node.body, streams)
      case 'subshell':
        return yield* this.fork().subshell(node.body, streams)
      case 'if':
        for (const [condition, body] of node.branches) {
          if ((yield* this.#condition(condition, streams)) === 0) return yield* this.execute(body, streams)
        }
        return node.otherwise ? yield* this.execute(node.otherwise, streams) : 0
      case 'while':
        return yield* this.#loop(streams, node.body, function* (shell) {
          return ((yield* shell.#condition(node.condition, streams)) === 0) !== node.until
        })
      case 'for': {
        const values = node.words ? yield* expandWords(node.words, this.scope) : [...this.state.parameters]
        return yield* this.#loop(streams, node.body, function* (shell) {
          const value = values.shift()
          if (value === undefined) return false
          shell.scope.assign(node.name, value)
          return true
        })
      }
      case 'loop': {
        const [start, test, step] = node.clauses
        yield* this.#arithmetic(start)
        let first = true
        return yield* this.#loop(streams, node.body, function* (shell) {
          if (!first) yield* shell.#arithmetic(step)
          first = false
          return test.length === 0 || (yield* shell.#arithmetic(test)) !== 0n
        })
      }
      case 'case':
        return yield* this.#case(node, streams)
      case 'function':
        this.state.functions.set(node.name, node.body)
        return 0
      case 'condition':
        yield* this.#takeTime()
        return yield* conditionStatus(node.condition, this.scope)
      case 'arithmetic':
        yield* this.#takeTime()
        return (yield* this.#arithmetic(node.expression)) === 0n ? 1 : 0
    }
  }

  /** A body run while `next` allows it; handles break and continue. */
  *#loop(streams: Streams, body: Node, next: (shell: Interpreter) => Task<boolean>): Task<number> {
    let status = 0
    while (yield* next(this)) {
      try {
        status = yield* this.execute(body, streams)
      } catch (leave) {
        if (!(leave instanceof Leave) || (leave.how !== 'break' && leave.how !== 'continue')) throw leave
        if (leave.value > 1) throw new Leave(leave.how, leave.value - 1)
        status = 0
        if (leave.how === 'break') break
      }
    }
    return status
  }

  *#condition(node: Node, streams: Streams): Task<number> {
    this.#lenient++
    try {
      return yield* this.execute(node, streams)
    } finally {
      this.#lenient--
    }
  }

  *#arithmetic(expression: Parameters<typeof expandText>[0]): Task<bigint> {
    if (expression.length === 0) return 1n
    return arithmetic(yield* expandText(expression, this.scope), this.scope)
  }

  *#case(node: Node & { type: 'case' }, streams: Streams): Task<number> {
    const text = yield* expandText(node.word, this.scope)
    let falling = false
    let status = 0
    for (const { patterns, body, end } of node.items) {
      let hit = falling
      for (const pattern of patterns) hit ||= matches(yield* expandPattern(pattern, this.scope), text)
      if (!hit) continue
      status = yield* this.execute(body, streams)
      falling = end === ';&'
      if (end === ';;' || end === '') return status
    }
    return status
  }

  *#list(list: List, streams: Streams): Task<number> {
    let status = this.state.status
    for (let i = 0; i < list.items.length; ) {
      let end = i
      while (list.items[end]!.end.length === 2) end++
      const chain = list.items.slice(i, end + 1)
      if (list.items[end]!.end === '&') status = yield* this.#background(chain, streams)
      else status = yield* this.#chain(chain, streams)
      i = end + 1
    }
    return status
  }

  /** Commands joined by && and ||. */
  *#chain(chain: List['items'], streams: Streams): Task<number> {
    let status = 0
    for (const [i, { node }] of chain.entries()) {
      const before = chain[i - 1]?.end
      if (before && (before === '&&') !== (status === 0)) continue
      const last = i === chain.length - 1
      const strict = last && !(node.type === 'pipeline' && node.negated)
      status = strict ? yield* this.execute(node, streams) : yield* this.#condition(node, streams)
      const failed = status !== 0 && strict && this.#lenient === 0
      if (failed && this.state.traps.has('ERR')) yield* this.trap('ERR', streams)
      if (failed && this.state.options.errexit) throw new Leave('exit', status)
    }
    return status
  }

  /** Where no process can be begun, bash waits ever longer and tries again (make_child in its jobs.c). */
  *#roomToFork(streams: Streams): Task {
    if (!this.dialect.quotesLine) return
    for (let seconds = 1; seconds < longestForkWait && this.table.isFull; seconds *= 2) {
      this.complain('fork: retry: Resource temporarily unavailable', streams.error)
      yield* sleep(seconds * 1000)
    }
  }

  *#background(chain: List['items'], streams: Streams): Task<number> {
    yield* this.#roomToFork(streams)
    const text = chain.map(({ text, end }) => text + (end.length === 2 ? ` ${end} ` : '')).join('')
    const node: Node = {
      type: 'list',
      items: chain.map((item, i) => (i === chain.length - 1 ? { ...item, end: ';' } : item)),
    }
    const shell = this.fork(true)
    const input = new SharedInput(emptyInput)
    const { pid, fiber } = this.table.start(
      this.host.engine,
      text,
      () => shell.subshell(node, { ...streams, input }, true),
      streams.error,
    )
    const id = Math.max(0, ...this.state.jobs.map(job => job.id)) + 1
    this.state.jobs.push({ id, pid, fiber, text, told: false })
    this.state.lastBackground = pid
    if (this.interactive) streams.error.write(`[${id}] ${pid}\n`)
    return 0
  }

  /** A list in a copy of the shell: `exit` ends only the copy. */
  *subshell(node: Node, streams: Streams, inPlace = false): Task<number> {
    let status: number
    try {
      status = yield* this.execute(single(node), streams, inPlace)
    } catch (error) {
      if (error instanceof Leave) status = error.value
      else if (error instanceof ShellError) {
        this.complain(error.message, streams.error)
        status = error.status
      } else if (isOutOfMemory(error)) {
        yield* starve(this.host)
        this.complain(noMemory, streams.error)
        status = 2
      } else throw error
    }
    if (this.state.traps.has('EXIT')) yield* this.trap('EXIT', streams)
    return status
  }

  *#pipeline(node: Node & { type: 'pipeline' }, streams: Streams): Task<number> {
    const start = this.host.engine.now
    let status = yield* node.commands.length === 1
      ? this.execute(node.commands[0]!, streams)
      : this.#joined(node, streams)
    if (node.negated) status = status === 0 ? 1 : 0
    if (node.timed) {
      const seconds = (this.host.engine.now - start) / 1000
      const real = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`
      streams.error.write(`\nreal\t${real}\nuser\t0m0.001s\nsys\t0m0.000s\n`)
    }
    return status
  }

  *#joined(node: Node & { type: 'pipeline' }, streams: Streams): Task<number> {
    const fibers: Fiber<number>[] = []
    let source: Pipe | undefined
    for (const [i, command] of node.commands.entries()) {
      const shell = this.fork(true)
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
          return yield* shell.subshell(command, own, true)
        } finally {
          to?.close()
          from?.abandon()
        }
      }
      yield* this.#roomToFork(streams)
      fibers.push(this.table.start(this.host.engine, '', member, streams.error).fiber)
    }
    function broken(i: number): false {
      fibers[i]?.interrupt('SIGPIPE')
      return false
    }
    const statuses = yield* this.waitFor(fibers)
    const last = statuses.at(-1)!
    this.scope.variable('PIPESTATUS').value = statuses.map(String)
    return this.state.options.pipefail ? (statuses.findLast(status => status !== 0) ?? 0) : last
  }

  /** Waits for processes of the foreground: SIGINT and SIGPIPE are theirs too. Their statuses. */
  *waitFor(fibers: readonly Fiber<number>[]): Task<number[]> {
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
            } else this.receive(error)
          }
        }
        outcomes.push(fiber.outcome.value!)
      }
    } finally {
      for (const fiber of fibers) fiber.kill()
    }
    const last = outcomes.at(-1)
    if (signalled && last?.type === 'signalled') this.receive(signalled)
    return outcomes.map(statusOf)
  }

  /** A signal for the shell itself: to be handled by a trap later, ignored, or thrown on. */
  receive(interrupt: Interrupt): void {
    const { signal } = interrupt
    const action = this.state.traps.get(signal)
    if (action) this.pendingTraps.push(signal)
    // The first process of a container gets no signal that it does not handle.
    else if (action === undefined && !(this.host.pid === 1 && signal !== 'SIGPIPE')) throw interrupt
  }

  *runTraps(streams: Streams): Task {
    for (let signal = this.pendingTraps.shift(); signal; signal = this.pendingTraps.shift()) {
      yield* this.trap(signal, streams)
    }
  }

  *trap(name: Signal | 'EXIT' | 'ERR', streams: Streams): Task {
    const action = this.state.traps.get(name)
    if (!action) return
    if (name === 'EXIT' || name === 'ERR') this.state.traps.delete(name)
    const { status } = this.state
    yield* this.run(action, streams)
    this.state.status = status
    if (name === 'ERR') this.state.traps.set(name, action)
  }

  *#redirected(redirects: Simple['redirects'], streams: Streams): Task<Streams | undefined> {
    try {
      return yield* applyRedirects(redirects, streams, this)
    } catch (error) {
      if (!(error instanceof ShellError) || error.fatal) throw error
      this.complain(error.message, streams.error)
      return undefined
    }
  }

  *#simple(node: Simple, streams: Streams, inPlace: boolean): Task<number> {
    this.state.line = node.line
    try {
      yield* this.#takeTime()
      const aliased = withAlias(node, this.state.aliases)
      if (aliased) return yield* this.#dispatch(aliased, streams, false)
      const status = yield* this.#command(node, streams, inPlace)
      const before = this.state.variables.get('PIPESTATUS')
      if (before) before.value = [String(status)]
      return status
    } catch (error) {
      if (error instanceof Interrupt) {
        this.receive(error)
        return 128 + signalNumbers[error.signal]
      }
      if (isOutOfMemory(error)) {
        yield* starve(this.host)
        throw new ShellError(noMemory, 2, true)
      }
      if (error instanceof ArithmeticError) throw new ShellError(error.message, 1, true)
      if (!(error instanceof ShellError) || (error.fatal && !this.interactive)) throw error
      this.complain(error.message, streams.error)
      return error.status
    }
  }

  *#command(node: Simple, streams: Streams, inPlace: boolean): Task<number> {
    const { state } = this
    this.scope.substituted = 0
    const args = yield* expandWords(node.words, this.scope)
    if (args.length === 0) {
      const opened = yield* this.#redirected(node.redirects, streams)
      if (!opened) return 1
      for (const assignment of node.assignments) yield* this.scope.assignWord(assignment)
      return this.scope.substituted
    }
    const name = args[0]!
    if (state.options.xtrace)
      streams.error.write(
        `+ ${args.map(arg => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : quote(arg))).join(' ')}\n`,
      )
    const opened = yield* this.#redirected(node.redirects, streams)
    if (!opened) return 1
    const temporary: [string, string][] = []
    for (const { name, value } of node.assignments)
      temporary.push([name, yield* expandText(value, this.scope)])
    const body = state.functions.get(name)
    const builtin = this.builtins.get(name)
    if (!body && !builtin) return yield* this.program(args, opened, temporary, inPlace)
    const saved = temporary.map(([name]) => [name, state.variables.get(name)] as const)
    for (const [name, value] of temporary) this.scope.assign(name, value)
    try {
      return body ? yield* this.#call(body, args, opened) : yield* builtin!(this, args.slice(1), opened)
    } finally {
      for (const [name, variable] of saved) {
        if (variable) state.variables.set(name, variable)
        else state.variables.delete(name)
      }
    }
  }

  *#call(body: Node, args: readonly string[], streams: Streams): Task<number> {
    const { state } = this
    if (this.#depth >= maximumDepth || this.#level + substitutionLevels > maximumLevel)
      throw new ShellError(`${args[0]}: maximum function nesting level exceeded (${this.#depth})`, 1, true)
    const parameters = state.parameters
    state.parameters = args.slice(1)
    state.locals.push(new Map())
    this.#depth++
    try {
      return yield* this.execute(body, streams)
    } catch (leave) {
      if (!(leave instanceof Leave) || leave.how !== 'return') throw leave
      return leave.value
    } finally {
      this.#depth--
      state.parameters = parameters
      for (const [name, variable] of state.locals.pop()!) {
        if (variable) state.variables.set(name, variable)
        else state.variables.delete(name)
      }
    }
  }

  /** Finds a program and runs it, in place of this process or as a child. */
  *program(
    args: readonly string[],
    streams: Streams,
    environment: readonly (readonly [string, string])[] = [],
    inPlace = false,
  ): Task<number> {
    const program = findProgram(args[0]!, this.host, this.state.cwd, this.dialect)
    const within = (this.host.within ?? 0) + 1
    if (within > mostWithin) throw new ShellError('fork: Resource temporarily unavailable', 254, true)
    const process: Process = {
      engine: this.host.engine,
      pid: this.table.next,
      argv: args,
      env: new Map([...this.scope.environment(), ...environment]),
      cwd: this.state.cwd,
      user: this.host.user,
      identity: this.host.identity,
      hostname: this.host.hostname,
      files: this.host.files,
      network: this.host.network,
      stdin: streams.input,
      stdout: streams.output,
      stderr: streams.error,
      terminal: streams.output === this.host.stdout ? this.host.terminal : undefined,
      typed: this.host.typed === true && streams.input === this.host.stdin,
      ...(streams.input === this.host.stdin && this.host.echo && { echo: this.host.echo }),
      find: this.host.find,
      kill: this.host.kill,
      outOfMemory: this.host.outOfMemory,
      takeMemory: this.host.takeMemory,
      processes: this.host.processes,
      within,
    }
    if (inPlace) {
      try {
        return yield* program(process)
      } catch (error) {
        if (error instanceof Interrupt || error instanceof Leave) throw error
        if (isOutOfMemory(error)) {
          yield* starve(this.host)
          streams.error.write(`${args[0]}: ${noMemory}\n`)
          return 1
        }
        streams.error.write(`${args[0]}: internal error: ${(error as Error).message}\n`)
        return faultStatus
      }
    }
    yield* this.#roomToFork(streams)
    const { fiber } = this.table.start(
      this.host.engine,
      args.join(' '),
      () => program(process),
      streams.error,
    )
    return (yield* this.waitFor([fiber]))[0]!
  }
}

/** A list of one command is that command, so that a subshell of it can become the program. */
function single(node: Node): Node {
  return node.type === 'list' && node.items.length === 1 && node.items[0]!.end === ';'
    ? single(node.items[0]!.node)
    : node
}
