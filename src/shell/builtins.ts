// Commands that change the shell itself, and those that bash has inside for speed (echo, printf, test …).
import { FileError, resolvePath } from '../engine/files.ts'
import { hold } from '../engine/holding.ts'
import { Buffer } from '../engine/pipe.ts'
import type { Process } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'
import type { Tool } from './command.ts'
import { arithmetic, quote } from './expand.ts'
import type { Builtin, Interpreter } from './interpreter.ts'
import { jobBuiltins } from './jobs.ts'
import { runProgram } from './launch.ts'
import { Leave, ShellError, type ShellState, type Variable } from './state.ts'
import type { Streams } from './streams.ts'
import { echo } from './tools/echo.ts'
import { printf } from './tools/printf.ts'
import { bracket, testTool } from './tools/test.ts'

/** A tool that runs inside of the shell, without a process of its own. */
const inside =
  (tool: Tool): Builtin =>
  (shell, args, streams) =>
    tool.run({
      ...(shell.host as Process),
      argv: [tool.name, ...args],
      cwd: shell.state.cwd,
      stdin: streams.input,
      stdout: streams.output,
      stderr: { write: text => shell.complain(text.replace(/\n$/, ''), streams.error) },
    })

const number = (text: string | undefined, otherwise: number): number =>
  text && /^-?\d+$/.test(text) ? Number(text) : otherwise

/** Changes the directory and keeps PWD and OLDPWD. */
function* cd(shell: Interpreter, args: readonly string[], streams: Streams): Task<number> {
  const { state, scope } = shell
  let target = args.find(arg => arg === '-' || !arg.startsWith('-')) ?? String(scope.lookup('HOME') ?? '/')
  const back = target === '-'
  if (back) {
    const old = scope.lookup('OLDPWD')
    if (old === undefined) throw new ShellError('cd: OLDPWD not set')
    target = String(old)
  }
  const path = resolvePath(state.cwd, target)
  const files = shell.host.files
  const reason = !files.exists(path)
    ? 'No such file or directory'
    : files.stat(path).type !== 'directory'
      ? 'Not a directory'
      : ''
  if (reason)
    throw new ShellError(
      shell.dialect.name === 'bash' ? `cd: ${target}: ${reason}` : `cd: can't cd to ${target}: ${reason}`,
    )
  scope.assign('OLDPWD', state.cwd)
  state.cwd = path
  scope.assign('PWD', path)
  if (back) streams.output.write(`${path}\n`)
  return 0
}

/** What an element of an array takes beside its text. */
const elementBytes = 32

const optionNames: Record<string, keyof ShellState['options']> = {
  e: 'errexit',
  u: 'nounset',
  x: 'xtrace',
  f: 'noglob',
}

function setOptions(shell: Interpreter, args: readonly string[], streams: Streams): number {
  const { state } = shell
  if (args.length === 0) {
    for (const [name, { value }] of [...state.variables].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (typeof value === 'string')
        streams.output.write(`${name}=${/^[\w@%+=:,./-]*$/.test(value) ? value : quote(value)}\n`)
    }
    return 0
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--' || !/^[-+]./.test(arg)) {
      state.parameters = args.slice(arg === '--' ? i + 1 : i)
      return 0
    }
    const on = arg[0] === '-'
    for (const letter of arg.slice(1)) {
      const name = letter === 'o' ? (args[++i] as keyof ShellState['options']) : optionNames[letter]
      if (name && name in state.options) state.options[name] = on
    }
  }
  return 0
}

/** declare, typeset, local, export, readonly: attributes and values of names. */
function declare(attribute: 'local' | 'export' | 'readonly' | 'declare'): Builtin {
  return function* (shell, args, streams) {
    const { scope, state } = shell
    const flags = args.filter(arg => /^[-+][a-zA-Z]+$/.test(arg)).join('')
    const names = args.filter(arg => !/^[-+][a-zA-Z]+$/.test(arg))
    if (names.length === 0) {
      for (const [name, { value, exported }] of [...state.variables].sort(([a], [b]) => (a < b ? -1 : 1))) {
        if (typeof value === 'string' && (exported || attribute !== 'export'))
          streams.output.write(
            `declare -${exported ? 'x' : '-'} ${name}="${value.replace(/["\\$`]/g, '\\$&')}"\n`,
          )
      }
      return 0
    }
    const locals = state.locals.at(-1)
    if (attribute === 'local' && !locals) throw new ShellError('local: can only be used in a function')
    for (const arg of names) {
      const [, name, append, value] = /^([^=+]*)(\+?)=([\s\S]*)$/.exec(arg) ?? [undefined, arg]
      if (!/^[A-Za-z_]\w*$/.test(name!))
        throw new ShellError(`${attribute}: \`${arg}': not a valid identifier`)
      if (
        locals &&
        attribute !== 'export' &&
        attribute !== 'readonly' &&
        !flags.includes('g') &&
        !locals.has(name!)
      ) {
        locals.set(name!, state.variables.get(name!))
        state.variables.delete(name!)
      }
      const variable: Variable = scope.variable(name!)
      if (flags.includes('A')) variable.value ??= new Map()
      if (flags.includes('a')) variable.value ??= []
      if (value !== undefined) {
        const old = append ? scope.lookup(name!) : ''
        scope.assign(name!, flags.includes('i') ? String(arithmetic(value, scope)) : `${old ?? ''}${value}`)
      }
      if (attribute === 'export' || flags.includes('x')) variable.exported = !flags.includes('n')
      if (attribute === 'readonly' || flags.includes('-r')) Object.assign(variable, { readonly: true })
    }
    return 0
  }
}

function* read(shell: Interpreter, args: readonly string[], streams: Streams): Task<number> {
  const { scope } = shell
  let raw = false
  let array: string | undefined
  const names: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (/^-[a-z]*p$/.test(arg)) streams.error.write(args[++i] ?? '')
    else if (/^-[a-z]*[tndu]$/.test(arg)) i++
    else if (/^-[a-z]*a$/.test(arg)) array = args[++i]
    else if (!arg.startsWith('-')) names.push(arg)
    if (/^-[a-qs-z]*r/.test(arg)) raw = true
  }
  const { echo } = shell.host
  const isHidden = args.some(arg => /^-[a-z]*s/.test(arg))
  if (isHidden) echo?.(false)
  let line: string | undefined
  try {
    line = yield* streams.input.line()
  } finally {
    if (isHidden) echo?.(true)
  }
  const ended = line === undefined || !line.endsWith('\n')
  line = (line ?? '').replace(/\n$/, '')
  while (!raw && line.endsWith('\\') && !ended) {
    const next: string | undefined = yield* streams.input.line()
    line = line.slice(0, -1) + (next ?? '').replace(/\n$/, '')
    if (next === undefined) break
  }
  if (!raw) line = line.replace(/\\([\s\S])/g, '$1')
  const separators = String(scope.lookup('IFS') ?? ' \t\n')
  const blanks = [...separators].filter(c => ' \t\n'.includes(c)).join('')
  const strip = (text: string) => {
    let [start, end] = [0, text.length]
    while (start < end && blanks.includes(text[start]!)) start++
    while (end > start && blanks.includes(text[end - 1]!)) end--
    return text.slice(start, end)
  }
  if (array) {
    scope.variable(array).value = strip(line).split(/\s+/).filter(Boolean)
    return ended ? 1 : 0
  }
  if (names.length === 0) scope.assign('REPLY', line)
  let rest = names.length ? strip(line) : ''
  for (const [i, name] of names.entries()) {
    if (i === names.length - 1 || !separators) {
      scope.assign(name, rest)
      rest = ''
      continue
    }
    const at = [...rest].findIndex(c => separators.includes(c))
    scope.assign(name, at < 0 ? rest : rest.slice(0, at))
    rest = at < 0 ? '' : strip(rest.slice(at).replace(/^[^\s]/, ''))
  }
  return ended ? 1 : 0
}

function* source(shell: Interpreter, args: readonly string[], streams: Streams): Task<number> {
  const { state, host } = shell
  if (!args[0]) throw new ShellError('source: filename argument required', 2)
  let text: string
  try {
    text = host.files.read(resolvePath(state.cwd, args[0]))
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ShellError(`${args[0]}: ${error.reason}`)
  }
  const parameters = state.parameters
  if (args.length > 1) state.parameters = args.slice(1)
  try {
    return yield* shell.run(text, streams)
  } finally {
    state.parameters = parameters
  }
}

function describeCommand(shell: Interpreter, name: string, verbose: boolean): string | undefined {
  const { state, builtins } = shell
  const alias = state.aliases.get(name)
  if (alias !== undefined)
    return verbose ? `${name} is aliased to \`${alias}'` : `alias ${name}=${quote(alias)}`
  if (/^(?:if|then|else|fi|for|while|until|do|done|case|esac|function|time|\{|\}|!|\[\[)$/.test(name))
    return verbose ? `${name} is a shell keyword` : name
  if (state.functions.has(name)) return verbose ? `${name} is a function` : name
  if (builtins.has(name)) return verbose ? `${name} is a shell builtin` : name
  if (shell.host.find(name)) {
    const path = name.includes('/') ? name : `/usr/${name === 'kubectl' ? 'local/' : ''}bin/${name}`
    return verbose ? `${name} is ${path}` : path
  }
  return undefined
}

const shellBuiltins: Record<string, Builtin> = {
  *':'() {
    return 0
  },
  *true() {
    return 0
  },
  *false() {
    return 1
  },
  cd,
  *pwd(shell, _args, streams) {
    streams.output.write(`${shell.state.cwd}\n`)
    return 0
  },
  *exit(shell, args, streams) {
    if (args[0] !== undefined && !/^-?\d+$/.test(args[0])) {
      shell.complain(`exit: ${args[0]}: numeric argument required`, streams.error)
      throw new Leave('exit', 2)
    }
    throw new Leave('exit', number(args[0], shell.state.status) & 255)
  },
  *return(shell, args) {
    throw new Leave('return', number(args[0], shell.state.status) & 255)
  },
  *break(_shell, args) {
    throw new Leave('break', number(args[0], 1))
  },
  *continue(_shell, args) {
    throw new Leave('continue', number(args[0], 1))
  },
  *set(shell, args, streams) {
    return setOptions(shell, args, streams)
  },
  *shift({ state }, args) {
    const count = number(args[0], 1)
    if (count > state.parameters.length) return 1
    state.parameters = state.parameters.slice(count)
    return 0
  },
  *unset({ state }, args) {
    for (const name of args.filter(arg => !arg.startsWith('-'))) {
      const [, base, index] = /^(\w+)\[(.*)\]$/.exec(name) ?? [undefined, name]
      const value = state.variables.get(base!)?.value
      if (index !== undefined && value instanceof Map) value.delete(index)
      else if (index !== undefined && Array.isArray(value)) value.splice(Number(index), 1)
      else if (!state.variables.delete(name)) state.functions.delete(name)
    }
    return 0
  },
  export: declare('export'),
  readonly: declare('readonly'),
  local: declare('local'),
  declare: declare('declare'),
  typeset: declare('declare'),
  read,
  source,
  '.': source,
  *eval(shell, args, streams) {
    return yield* shell.run(args.join(' '), streams)
  },
  *exec(shell, args, streams) {
    if (args.length === 0) return 0
    throw new Leave('exit', yield* runProgram(shell, args, streams, [], true))
  },
  *let({ scope }, args) {
    let value = 0n
    for (const arg of args) value = arithmetic(arg, scope)
    return value === 0n ? 1 : 0
  },
  *alias({ state }, args, streams) {
    const print = (name: string) => streams.output.write(`alias ${name}=${quote(state.aliases.get(name)!)}\n`)
    if (args.length === 0) for (const name of [...state.aliases.keys()].sort()) print(name)
    for (const arg of args) {
      const at = arg.indexOf('=')
      if (at > 0) state.aliases.set(arg.slice(0, at), arg.slice(at + 1))
      else if (state.aliases.has(arg)) print(arg)
      else throw new ShellError(`alias: ${arg}: not found`)
    }
    return 0
  },
  /** `complete -o default -F __start_kubectl k`: k is completed as kubectl is. Other functions are only remembered. */
  *complete({ state }, args, streams) {
    const names: string[] = []
    let [how, remove, print] = ['', false, args.length === 0]
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      if (arg === '-p') print = true
      else if (arg === '-r') remove = true
      else if (/^-[oFWACGPSX]$/.test(arg)) {
        const value = args[++i] ?? ''
        if (arg === '-F') how = value
      } else if (!arg.startsWith('-')) names.push(arg)
    }
    if (print) {
      for (const name of names.length ? names : state.completions.keys()) {
        const by = state.completions.get(name)
        if (by === undefined) throw new ShellError(`complete: ${name}: no completion specification`)
        streams.output.write(`complete -o default -F ${by} ${name}\n`)
      }
      return 0
    }
    for (const name of names) {
      if (remove) state.completions.delete(name)
      else state.completions.set(name, how)
    }
    return 0
  },
  *unalias({ state }, args) {
    for (const arg of args)
      if (!state.aliases.delete(arg) && arg !== '-a') throw new ShellError(`unalias: ${arg}: not found`)
    if (args[0] === '-a') state.aliases.clear()
    return 0
  },
  *type(shell, args, streams) {
    let status = 0
    for (const name of args.filter(arg => !arg.startsWith('-'))) {
      const text = describeCommand(shell, name, true)
      if (text) streams.output.write(`${text}\n`)
      else {
        shell.complain(`type: ${name}: not found`, streams.error)
        status = 1
      }
    }
    return status
  },
  *command(shell, args, streams) {
    const [flag, ...names] = args
    if (flag === '-v' || flag === '-V') {
      const texts = names.map(name => describeCommand(shell, name, flag === '-V'))
      for (const text of texts) if (text) streams.output.write(`${text}\n`)
      return texts.some(Boolean) ? 0 : 1
    }
    const rest = flag === '-p' ? names : args
    const builtin = shell.builtins.get(rest[0] ?? ':')
    return yield* builtin ? builtin(shell, rest.slice(1), streams) : runProgram(shell, rest, streams)
  },
  *builtin(shell, args, streams) {
    const builtin = shell.builtins.get(args[0] ?? ':')
    if (!builtin) throw new ShellError(`builtin: ${args[0]}: not a shell builtin`)
    return yield* builtin(shell, args.slice(1), streams)
  },
  *history({ state }, args, streams) {
    if (args[0] === '-c') state.history.length = 0
    const from = Math.max(0, state.history.length - number(args[0], state.history.length))
    for (const [i, line] of state.history.entries()) {
      if (i >= from) streams.output.write(`${String(i + 1).padStart(5)}  ${line}\n`)
    }
    return 0
  },
  *times(_shell, _args, streams) {
    streams.output.write('0m0.010s 0m0.004s\n0m0.000s 0m0.000s\n')
    return 0
  },
  *umask(_shell, args, streams) {
    if (args.length === 0) streams.output.write('0022\n')
    return 0
  },
  *hash() {
    return 0
  },
  *shopt() {
    return 0
  },
  *mapfile(shell, args, streams) {
    const lines: string[] = []
    let characters = 0
    for (let line = yield* streams.input.line(); line !== undefined; line = yield* streams.input.line()) {
      hold((characters += line.length + elementBytes))
      lines.push(args.includes('-t') ? line.replace(/\n$/, '') : line)
    }
    shell.scope.variable(args.find(arg => !arg.startsWith('-')) ?? 'MAPFILE').value = lines
    yield* sleep(0)
    return 0
  },
  echo: inside(echo),
  /** `printf -v name`: into a variable. */
  *printf(shell, args, streams) {
    const run = inside(printf)
    if (args[0] !== '-v' || args.length < 3) return yield* run(shell, args, streams)
    const output = new Buffer()
    const status = yield* run(shell, args.slice(2), { ...streams, output })
    shell.scope.assign(args[1]!, output.text)
    return status
  },
  test: inside(testTool),
  '[': inside(bracket),
}

export const builtins: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({ ...shellBuiltins, ...jobBuiltins }),
)
