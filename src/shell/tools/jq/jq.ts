// jq: filters JSON with a small language of its own (parser.ts, evaluate.ts). Version 1.7. Left out: colours, streaming,
// modules.

import { decodeBase64, encodeBase64 } from '../../../engine/bytes.ts'
import { dictionary } from '../../../engine/dictionary.ts'
import { held } from '../../../engine/holding.ts'
import { readAll } from '../../../engine/pipe.ts'
import type { Process } from '../../../engine/process.ts'
import type { Task } from '../../../engine/task.ts'
import { ToolError, tool } from '../../command.ts'
import { open, pathOf } from '../input.ts'
import { Evaluator } from './evaluate.ts'
import { InTurns } from './in-turns.ts'
import { readValues } from './json.ts'
import { parse } from './parser.ts'
import { Scope } from './scope.ts'
import { CompileError } from './tokens.ts'
import { JqError, type Json, TooDeep, truth } from './values.ts'

interface Options {
  filter: string | undefined
  readonly files: string[]
  readonly variables: Record<string, Json>
  readonly positional: Json[]
  readonly flags: Set<string>
  indent: number
}

const long: Readonly<Record<string, string>> = dictionary({
  'raw-output': 'r',
  'raw-input': 'R',
  'compact-output': 'c',
  'null-input': 'n',
  slurp: 's',
  'exit-status': 'e',
  'sort-keys': 'S',
  'join-output': 'j',
  'ascii-output': 'a',
  'color-output': 'C',
  'monochrome-output': 'M',
  tab: 'T',
})

const usage = `Usage:\tjq [OPTIONS] FILTER [FILES...]
\tjq [OPTIONS] -n FILTER
For more information see the manual, or https://jqlang.github.io/jq
`

function readOptions({ argv, files }: Process, place: (path: string) => string): Options {
  const options: Options = {
    filter: undefined,
    files: [],
    variables: {},
    positional: [],
    flags: new Set(),
    indent: 2,
  }
  const args = argv.slice(1)
  let rest: 'files' | 'args' | 'jsonargs' = 'files'
  const next = (option: string, count: number): string => {
    const value = args.shift()
    if (value === undefined)
      throw new ToolError(
        `jq: error: ${option} takes ${count === 1 ? 'one parameter' : 'two parameters'} (e.g. ${option} varname value)\n${usage.trimEnd()}`,
        2,
      )
    return value
  }
  while (args.length) {
    const arg = args.shift()!
    if (arg === '--arg') options.variables[next(arg, 2)] = next(arg, 2)
    else if (arg === '--argjson') {
      const name = next(arg, 2)
      const value = next(arg, 2)
      try {
        options.variables[name] = JSON.parse(value)
      } catch {
        throw new ToolError(`jq: Invalid JSON text passed to --argjson\n${usage.trimEnd()}`, 2)
      }
    } else if (arg === '--slurpfile' || arg === '--rawfile') {
      const name = next(arg, 2)
      const text = files.read(place(next(arg, 2)))
      options.variables[name] = arg === '--rawfile' ? text : [...readValues(text)]
    } else if (arg === '--args' || arg === '--jsonargs') rest = arg === '--args' ? 'args' : 'jsonargs'
    else if (arg === '--indent') options.indent = Number(next(arg, 1))
    else if (arg === '-f' || arg === '--from-file') options.filter = files.read(place(next(arg, 1)))
    else if (arg === '--version' || arg === '-V') options.flags.add('V')
    else if (arg === '--help' || arg === '-h') options.flags.add('h')
    else if (arg.startsWith('--')) {
      const letter = long[arg.slice(2)]
      if (!letter) throw new ToolError(`jq: Unknown option: ${arg}\n${usage.trimEnd()}`, 2)
      options.flags.add(letter)
    } else if (/^-./.test(arg)) {
      for (const letter of arg.slice(1)) {
        if (!'rRcnseSjaCM'.includes(letter))
          throw new ToolError(`jq: Unknown option: ${arg}\n${usage.trimEnd()}`, 2)
        options.flags.add(letter)
      }
    } else if (options.filter === undefined) options.filter = arg
    else if (rest === 'files') options.files.push(arg)
    else options.positional.push(rest === 'args' ? arg : JSON.parse(arg))
  }
  return options
}

function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortKeys(value[key])]),
  )
}

export const jq = tool('jq', 'filter JSON', function* (process): Task<number> {
  const { engine, env, stdout, stderr } = process
  const options = readOptions(process, path => pathOf(process, path))
  const { flags } = options
  if (flags.has('V')) {
    stdout.write('jq-1.7.1\n')
    return 0
  }
  if (flags.has('h')) {
    stdout.write(usage)
    return 0
  }
  if (options.filter === undefined) {
    if (process.terminal || flags.size === 0) {
      stderr.write(usage)
      return 2
    }
    options.filter = '.'
  }
  let filter: ReturnType<typeof parse>
  try {
    filter = parse(options.filter)
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    stderr.write(`jq: error: ${error.message}\njq: 1 compile error\n`)
    return 3
  }
  let text = ''
  if (!flags.has('n') || /\binputs?\b/.test(options.filter)) {
    const { files, failed } = open(process, options.files)
    for (const { source } of files) text = held(text + (yield* readAll(source)))
    if (failed) {
      if (!files.length) return 2
    }
  }
  const inputs: Iterator<Json> = flags.has('R')
    ? rawInputs(text, flags.has('s'))
    : flags.has('s')
      ? [[...readValues(text)]].values()
      : readValues(text)
  const machine = new Evaluator({
    env: Object.fromEntries(env),
    now: engine.now,
    codec: { encode: encodeBase64, decode: each => decodeBase64(each) },
    inputs,
    debug: value => stderr.write(`["DEBUG:",${JSON.stringify(value)}]\n`),
  })
  const named = options.variables
  const scope = new Scope(
    undefined,
    new Map(Object.entries({ ...named, __prog_args: null, named })).set('ARGS', {
      positional: options.positional,
      named,
    }),
  )
  let last: Json
  let status = 0
  const show = (value: Json): void => {
    last = value
    if ((flags.has('r') || flags.has('j')) && typeof value === 'string') stdout.write(value)
    else {
      const shown = flags.has('S') ? sortKeys(value) : value
      let line = JSON.stringify(
        shown ?? null,
        null,
        flags.has('c') ? undefined : flags.has('T') ? '\t' : options.indent,
      )
      if (flags.has('a'))
        line = line.replace(/[\u0080-\uffff]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      stdout.write(line)
    }
    if (!flags.has('j')) stdout.write('\n')
  }
  const turns = new InTurns(machine)
  function* one(value: Json): Task<boolean> {
    try {
      yield* turns.values(filter, value, scope, function* (result) {
        show(result)
      })
      return true
    } catch (error) {
      if (error instanceof CompileError) {
        stderr.write(`jq: error: ${error.message}\n${options.filter}\njq: 1 compile error\n`)
        status = 3
        return false
      }
      if (error instanceof TooDeep || error instanceof RangeError) {
        stderr.write('jq: error: stopped: this program goes too deep\n')
        status = 5
        return false
      }
      if (!(error instanceof JqError)) throw error
      const { value } = error
      stderr.write(
        `jq: error (at ${options.files.length ? options.files[0] : '<stdin>'}:${Math.max(1, text.split('\n').length - 1)})${typeof value === 'string' ? `: ${value}` : ` (not a string): ${JSON.stringify(value)}`}\n`,
      )
      status = 5
      return true
    }
  }
  try {
    if (flags.has('n')) yield* one(null)
    else for (let next = inputs.next(); !next.done; next = inputs.next()) if (!(yield* one(next.value))) break
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    stderr.write(`jq: parse error: ${error.message}\n`)
    return 2
  }
  if (status) return status
  return flags.has('e') ? (last === undefined ? 4 : truth(last) ? 0 : 1) : 0
})

function* rawInputs(text: string, slurp: boolean): Generator<string> {
  if (slurp) yield text
  else for (const line of text.replace(/\n$/, '').split('\n')) if (text) yield line
}
