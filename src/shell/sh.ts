// sh and bash as programs: -c text, a script file, or what stands on their input.
import { FileError, resolvePath } from '../engine/files.ts'
import type { Process, Program } from '../engine/process.ts'
import { Interrupt, type Task } from '../engine/task.ts'
import { builtins } from './builtins.ts'
import type { Dialect } from './dialect.ts'
import { Interpreter } from './interpreter.ts'
import { ProcessTable } from './processes.ts'
import { Leave, ShellState } from './state.ts'
import { SharedInput, type Streams } from './streams.ts'
import { Unfinished } from './unfinished.ts'

/** A shell's interpreter on a process: its environment, directory and arguments. */
export function createShell(
  process: Process,
  dialect: Dialect,
  table = new ProcessTable(process.pid + 1),
): Interpreter {
  const state = new ShellState()
  for (const [name, value] of process.env) state.variables.set(name, { value, exported: true })
  state.variables.set('PWD', { value: process.cwd, exported: true })
  const level = String(Number(process.env.get('SHLVL') ?? 0) + 1)
  state.variables.set('SHLVL', { value: level, exported: true })
  state.cwd = process.cwd
  state.name = process.argv[0]?.replace(/^-/, '') || dialect.name
  state.started = process.engine.now
  return new Interpreter(process, state, dialect, table, builtins)
}

export const streamsOf = (process: Process): Streams => ({
  input: SharedInput.of(process.stdin),
  output: process.stdout,
  error: process.stderr,
})

export const shellProgram = (dialect: Dialect): Program =>
  function* (process) {
    const shell = createShell(process, dialect)
    const { state } = shell
    const streams = streamsOf(process)
    const args = process.argv.slice(1)
    const options: string[] = []
    while (/^[-+]./.test(args[0] ?? '')) {
      const option = args.shift()!
      if (option === '--' || option.startsWith('--')) {
        if (option === '--') break
        continue
      }
      options.push(option)
      if (option.endsWith('o') && args.length) options.push(args.shift()!)
      if (option.includes('c')) break
    }
    const command = options.some(option => option.startsWith('-') && option.includes('c'))
    for (const option of options) {
      const letters = option.replace(/[^eux]/g, '')
      if (letters) yield* builtins.get('set')!(shell, [`-${letters}`], streams)
    }
    let text: string
    if (command) {
      text = args.shift() ?? ''
      if (args.length) state.name = args.shift()!
    } else if (args.length) {
      const called = state.name
      state.name = args.shift()!
      const path = resolvePath(process.cwd, state.name)
      try {
        text = process.files.read(path)
      } catch (error) {
        if (!(error instanceof FileError)) throw error
        process.stderr.write(`${dialect.noScript(called, state.name, error.reason)}\n`)
        return error.code === 'ENOENT' ? 127 : 126
      }
    } else return yield* ended(shell, streams, runLines(shell, streams, process.terminal !== undefined))
    state.parameters = args
    return yield* runToEnd(shell, text, streams)
  }

/** A whole script with its EXIT trap; its exit code. */
export function runToEnd(shell: Interpreter, text: string, streams: Streams): Task<number> {
  return ended(shell, streams, shell.run(text, streams))
}

/** Commands from the input, each carried out as soon as it is whole; at a terminal with prompts. */
function* runLines(shell: Interpreter, streams: Streams, prompted: boolean): Task<number> {
  shell.interactive = prompted
  const typed = new Unfinished()
  let line = 1
  for (;;) {
    try {
      if (prompted) streams.error.write(typed.text ? '> ' : shell.dialect.prompt(shell.host, shell.state.cwd))
      const next = yield* streams.input.line()
      if (next !== undefined) {
        if (!typed.add(next)) continue
      } else if (!typed.text) return shell.state.status
      yield* shell.run(typed.text, streams, line)
      if (next === undefined) return shell.state.status
    } catch (error) {
      if (!prompted || !(error instanceof Interrupt) || error.signal !== 'SIGINT') throw error
      streams.error.write('\n')
      shell.state.status = 130
    }
    line += typed.text.split('\n').length - 1
    typed.clear()
  }
}

function* ended(shell: Interpreter, streams: Streams, work: Task<number>): Task<number> {
  let status: number
  try {
    status = yield* work
  } catch (error) {
    if (!(error instanceof Leave)) throw error
    status = error.value
    shell.state.status = status
  }
  try {
    yield* shell.trap('EXIT', streams)
  } catch (error) {
    if (!(error instanceof Leave)) throw error
    status = error.value
  }
  return status
}
