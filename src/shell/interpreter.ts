// Bash's main loop: a shell's state and its descent through the tree of a script. What each kind of node does stands in
// control-flow.ts, simple-command.ts and launch.ts.
import { isOutOfMemory, MemoryExhausted } from '../engine/holding.ts'
import type { Writable } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { Interrupt, type Signal, sleep, type Task } from '../engine/task.ts'
import { noMemory, starve } from './command.ts'
import { choose, evaluate, loop, runList } from './control-flow.ts'
import type { Dialect } from './dialect.ts'
import { expandWords } from './expand.ts'
import { runPipeline } from './launch.ts'
import { parse } from './parser.ts'
import { faultStatus, type ProcessTable } from './processes.ts'
import { ShellScope } from './scope.ts'
import { redirected, runSimple } from './simple-command.ts'
import { Leave, ShellError, type ShellState } from './state.ts'
import type { Streams } from './streams.ts'
import { type Node, ShellSyntaxError } from './syntax.ts'
import { conditionStatus } from './test-expression.ts'

export type Builtin = (shell: Interpreter, args: readonly string[], streams: Streams) => Task<number>

/** Milliseconds that every command takes. */
const commandTime = 1
/** After so many commands in a row without a wait a shell goes slower: loops without end leave time to the others. */
const spinLimit = 60_000
const spinTime = 10
/** Functions in each other. */
const maximumDepth = 150
/** Commands in each other, those of functions and substitutions counted too: as far as any browser's stack reaches. */
const maximumLevel = 400
/** What the expansions around a command substitution come to. */
const substitutionLevels = 4

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
  /** Functions that are being called. */
  depth = 0
  #level = 0
  #spins = 0
  #lastTime = 0
  /** Conditions that are being asked. */
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

  /** No function can be called any more. */
  get isFull(): boolean {
    return this.depth >= maximumDepth || this.#level + substitutionLevels > maximumLevel
  }

  /** Inside of a condition. */
  get isLenient(): boolean {
    return this.#lenient > 0
  }

  /** `apart`: what it runs is a process of its own, and not within what runs here. */
  fork(apart = false): Interpreter {
    const copy = new Interpreter(this.host, this.state.fork(), this.dialect, this.table, this.builtins)
    copy.depth = this.depth
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
      const opened = yield* redirected(this, redirects, streams)
      if (!opened) return (this.state.status = 1)
      streams = opened
    }
    this.currentError = streams.error
    const status = yield* this.dispatch(node, streams, inPlace)
    this.state.status = status
    if (this.pendingTraps.length) yield* this.runTraps(streams)
    return this.state.status
  }

  /** What each command takes. */
  *takeTime(): Task {
    const { engine } = this.host
    if (engine.now - this.#lastTime > commandTime) this.#spins = 0
    yield* sleep(++this.#spins > spinLimit ? spinTime : commandTime)
    this.#lastTime = engine.now
  }

  /** Runs a node whose redirections are in place. */
  *dispatch(node: Node, streams: Streams, inPlace: boolean): Task<number> {
    switch (node.type) {
      case 'simple':
        return yield* runSimple(this, node, streams, inPlace)
      case 'list':
        return yield* runList(this, node, streams)
      case 'pipeline':
        return yield* runPipeline(this, node, streams)
      case 'group':
        return yield* this.execute(node.body, streams)
      case 'subshell':
        return yield* this.fork().subshell(node.body, streams)
      case 'if':
        for (const [condition, body] of node.branches) {
          if ((yield* this.condition(condition, streams)) === 0) return yield* this.execute(body, streams)
        }
        return node.otherwise ? yield* this.execute(node.otherwise, streams) : 0
      case 'while':
        return yield* loop(this, streams, node.body, function* (shell) {
          return ((yield* shell.condition(node.condition, streams)) === 0) !== node.until
        })
      case 'for': {
        const values = node.words ? yield* expandWords(node.words, this.scope) : [...this.state.parameters]
        return yield* loop(this, streams, node.body, function* (shell) {
          const value = values.shift()
          if (value === undefined) return false
          shell.scope.assign(node.name, value)
          return true
        })
      }
      case 'loop': {
        const [start, test, step] = node.clauses
        yield* evaluate(this, start)
        let first = true
        return yield* loop(this, streams, node.body, function* (shell) {
          if (!first) yield* evaluate(shell, step)
          first = false
          return test.length === 0 || (yield* evaluate(shell, test)) !== 0n
        })
      }
      case 'case':
        return yield* choose(this, node, streams)
      case 'function':
        this.state.functions.set(node.name, node.body)
        return 0
      case 'condition':
        yield* this.takeTime()
        return yield* conditionStatus(node.condition, this.scope)
      case 'arithmetic':
        yield* this.takeTime()
        return (yield* evaluate(this, node.expression)) === 0n ? 1 : 0
    }
  }

  /** A command whose failure is an answer: `set -e` waits. */
  *condition(node: Node, streams: Streams): Task<number> {
    this.#lenient++
    try {
      return yield* this.execute(node, streams)
    } finally {
      this.#lenient--
    }
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
}

/** A list of one command is that command, so that a subshell of it can become the program. */
function single(node: Node): Node {
  return node.type === 'list' && node.items.length === 1 && node.items[0]!.end === ';'
    ? single(node.items[0]!.node)
    : node
}
