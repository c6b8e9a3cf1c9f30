// One simple command: alias, expansion, redirections, assignments; then a function, a builtin or a program.
import { isOutOfMemory } from '../engine/holding.ts'
import { Interrupt, signalNumbers, type Task } from '../engine/task.ts'
import { withAlias } from './alias.ts'
import { ArithmeticError } from './arithmetic.ts'
import { noMemory, starve } from './command.ts'
import { expandText, expandWords, quote } from './expand.ts'
import type { Interpreter } from './interpreter.ts'
import { runProgram } from './launch.ts'
import { applyRedirects } from './redirect.ts'
import { Leave, ShellError } from './state.ts'
import type { Streams } from './streams.ts'
import type { Node, Simple } from './syntax.ts'

/** The streams behind redirections; undefined where one failed, which is told. */
export function* redirected(
  shell: Interpreter,
  redirects: Simple['redirects'],
  streams: Streams,
): Task<Streams | undefined> {
  try {
    return yield* applyRedirects(redirects, streams, shell)
  } catch (error) {
    if (!(error instanceof ShellError) || error.fatal) throw error
    shell.complain(error.message, streams.error)
    return undefined
  }
}

/** Runs a command with its assignments and redirections; what goes wrong ends it, not the shell, unless it is fatal. */
export function* runSimple(
  shell: Interpreter,
  node: Simple,
  streams: Streams,
  inPlace: boolean,
): Task<number> {
  shell.state.line = node.line
  try {
    yield* shell.takeTime()
    const aliased = withAlias(node, shell.state.aliases)
    if (aliased) return yield* shell.dispatch(aliased, streams, false)
    const status = yield* command(shell, node, streams, inPlace)
    const before = shell.state.variables.get('PIPESTATUS')
    if (before) before.value = [String(status)]
    return status
  } catch (error) {
    if (error instanceof Interrupt) {
      shell.receive(error)
      return 128 + signalNumbers[error.signal]
    }
    if (isOutOfMemory(error)) {
      yield* starve(shell.host)
      throw new ShellError(noMemory, 2, true)
    }
    if (error instanceof ArithmeticError) throw new ShellError(error.message, 1, true)
    if (!(error instanceof ShellError) || (error.fatal && !shell.interactive)) throw error
    shell.complain(error.message, streams.error)
    return error.status
  }
}

/** Expands, redirects, and runs what the first word names. */
function* command(shell: Interpreter, node: Simple, streams: Streams, inPlace: boolean): Task<number> {
  const { state } = shell
  shell.scope.substituted = 0
  const args = yield* expandWords(node.words, shell.scope)
  if (args.length === 0) {
    const opened = yield* redirected(shell, node.redirects, streams)
    if (!opened) return 1
    for (const assignment of node.assignments) yield* shell.scope.assignWord(assignment)
    return shell.scope.substituted
  }
  const name = args[0]!
  if (state.options.xtrace)
    streams.error.write(`+ ${args.map(arg => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : quote(arg))).join(' ')}\n`)
  const opened = yield* redirected(shell, node.redirects, streams)
  if (!opened) return 1
  const temporary: [string, string][] = []
  for (const { name, value } of node.assignments)
    temporary.push([name, yield* expandText(value, shell.scope)])
  const body = state.functions.get(name)
  const builtin = shell.builtins.get(name)
  if (!body && !builtin) return yield* runProgram(shell, args, opened, temporary, inPlace)
  const saved = temporary.map(([name]) => [name, state.variables.get(name)] as const)
  for (const [name, value] of temporary) shell.scope.assign(name, value)
  try {
    return body ? yield* call(shell, body, args, opened) : yield* builtin!(shell, args.slice(1), opened)
  } finally {
    for (const [name, variable] of saved) {
      if (variable) state.variables.set(name, variable)
      else state.variables.delete(name)
    }
  }
}

/** A function's body, with its parameters and local names. */
function* call(shell: Interpreter, body: Node, args: readonly string[], streams: Streams): Task<number> {
  const { state } = shell
  if (shell.isFull)
    throw new ShellError(`${args[0]}: maximum function nesting level exceeded (${shell.depth})`, 1, true)
  const parameters = state.parameters
  state.parameters = args.slice(1)
  state.locals.push(new Map())
  shell.depth++
  try {
    return yield* shell.execute(body, streams)
  } catch (leave) {
    if (!(leave instanceof Leave) || leave.how !== 'return') throw leave
    return leave.value
  } finally {
    shell.depth--
    state.parameters = parameters
    for (const [name, variable] of state.locals.pop()!) {
      if (variable) state.variables.set(name, variable)
      else state.variables.delete(name)
    }
  }
}
