// grep: lines that match. -E -F -P patterns, -A -B -C context, -r directories.
import { TooManySteps } from '../../engine/expressions/errors.ts'
import type { Readable } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { matches } from '../../engine/shell-pattern.ts'
import type { Task } from '../../engine/task.ts'
import { Turns } from '../../engine/turns.ts'
import { ToolError, tool } from '../command.ts'
import { eachLine, open, pathOf } from './input.ts'
import { Matcher } from './matcher.ts'
import { type Options, parseOptions } from './options.ts'

const long = {
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  'ignore-case': 'i',
  'invert-match': 'v',
  'line-number': 'n',
  count: 'c',
  'only-matching': 'o',
  quiet: 'q',
  silent: 'q',
  recursive: 'r',
  'word-regexp': 'w',
  'line-regexp': 'x',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'perl-regexp': 'P',
  'basic-regexp': 'G',
  regexp: 'e',
  file: 'f',
  'files-with-matches': 'l',
  'files-without-match': 'L',
  'no-filename': 'h',
  'with-filename': 'H',
  'max-count': 'm',
  'no-messages': 's',
  color: 'Z',
  colour: 'Z',
  'line-buffered': 'U',
  text: 'a',
  include: 'I',
  exclude: 'X',
}

function matcher(options: Options, patterns: readonly string[]): Matcher {
  const dialect = options.has('F')
    ? 'fixed'
    : options.has('P')
      ? 'perl'
      : options.has('E')
        ? 'extended'
        : 'basic'
  const lines = patterns.flatMap(text => text.split('\n'))
  // What was meant for `[[:space:]]` is caught, as GNU's does.
  const bare = lines.find(text => /^\[:[^\]]*:\]$/.test(text))
  if (bare && dialect !== 'fixed' && dialect !== 'perl')
    throw new ToolError('grep: character class syntax is [[:space:]], not [:space:]', 2)
  return new Matcher(lines, {
    dialect,
    ignoreCase: options.has('i') || options.has('y'),
    whole: options.has('x') ? 'line' : options.has('w') ? 'word' : undefined,
  })
}

/** What matching found impossible, in grep's words. */
const tooSlow = (options: Options, label: string): string =>
  options.has('P') ? `grep: ${label}: exceeded PCRE's backtracking limit\n` : 'grep: memory exhausted\n'

function* filesBelow(process: Process, path: string, options: Options): Task<string[]> {
  const full = pathOf(process, path)
  if (!process.files.exists(full) || process.files.stat(full).type !== 'directory') return [path]
  const out: string[] = []
  for (const name of process.files.list(full)) {
    const inner = path === '.' ? name : `${path.replace(/\/$/, '')}/${name}`
    const stat = process.files.stat(pathOf(process, inner))
    if (stat.type === 'directory') out.push(...(yield* filesBelow(process, inner, options)))
    else if (
      (options.all('I').length === 0 || options.all('I').some(p => matches(p, name))) &&
      !options.all('X').some(p => matches(p, name))
    )
      out.push(inner)
  }
  return out
}

const run = (name: string, preset: string) =>
  tool(name, 'print lines that match a pattern', process => lines(process, preset), 2)

function* lines(process: Process, preset: string): Task<number> {
  const argv = process.argv.map(arg => (/^-\d+$/.test(arg) ? `-C${arg.slice(1)}` : arg))
  const options = parseOptions({ ...process, argv }, 'EFPGivncoqrRwxlLhHsyaUIA:B:C:e:f:m:I:X:Z', {
    long,
    code: 2,
  })
  if (preset) options.add(preset, '')
  const { operands } = options
  const patterns = [...options.all('e')]
  for (const file of options.all('f'))
    patterns.push(process.files.read(pathOf(process, file)).replace(/\n$/, ''))
  if (patterns.length === 0) {
    const first = operands.shift()
    if (first === undefined)
      throw new ToolError(
        "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.",
        2,
      )
    patterns.push(first)
  }
  const wanted = matcher(options, patterns)
  const recursive = options.has('r') || options.has('R')
  let paths: string[] = []
  if (!recursive) {
    for (const path of operands) {
      const full = pathOf(process, path)
      if (path !== '-' && process.files.exists(full) && process.files.stat(full).type === 'directory')
        process.stderr.write(`grep: ${path}: Is a directory\n`)
      else paths.push(path)
    }
    if (operands.length && paths.length === 0) return 2
  } else
    for (const path of operands.length ? operands : ['.'])
      paths = [...paths, ...(yield* filesBelow(process, path, options))]
  const quietly = options.has('s') ? { ...process, stderr: { write: () => true } } : process
  const { files, failed } = open(quietly, paths)
  const named = options.has('H') || (!options.has('h') && (operands.length > 1 || recursive))
  let found = false
  for (const { path, source } of files) {
    const label = path === '-' ? '(standard input)' : path
    let count = 0
    try {
      count = yield* search(process, options, wanted, source, named ? label : undefined)
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error
      process.stderr.write(tooSlow(options, label))
      return 2
    }
    if (count > 0 !== options.has('L')) found = true
    if (options.has('q') && found) return 0
    if (options.has('c')) process.stdout.write(`${named ? `${label}:` : ''}${count}\n`)
    else if (options.has('l') ? count > 0 : options.has('L') && count === 0)
      process.stdout.write(`${label}\n`)
  }
  return failed && !options.has('q') ? 2 : found ? 0 : 1
}

/** Searches one file, printing as it goes; the number of lines that were selected. */
function* search(
  process: Process,
  options: Options,
  wanted: Matcher,
  source: Readable,
  label: string | undefined,
): Task<number> {
  const number = (letter: string) => Number(options.value(letter) ?? options.value('C') ?? 0)
  const [after, before] = [number('A'), number('B')]
  const maximum = options.has('m') ? Number(options.value('m')) : Number.POSITIVE_INFINITY
  const silent = ['q', 'c', 'l', 'L'].some(letter => options.has(letter))
  const held: string[] = []
  let [at, count, trailing, printed] = [0, 0, 0, 0]
  const print = (line: string, line_: number, mark: ':' | '-') => {
    if ((after || before) && printed && line_ > printed + 1) process.stdout.write('--\n')
    printed = line_
    const head = (label === undefined ? '' : label + mark) + (options.has('n') ? `${line_}${mark}` : '')
    return process.stdout.write(`${head}${line}\n`)
  }
  if (maximum === 0) return 0
  const turns = new Turns()
  const each = (line: string): boolean => {
    at++
    const fits = wanted.test(line)
    turns.spend(wanted.spent)
    if (fits !== options.has('v')) {
      count++
      if (silent) return !(options.has('q') || options.has('l')) && count < maximum
      if (options.has('o')) {
        for (const part of options.has('v') ? [] : parts(wanted, line)) {
          turns.spend(wanted.spent)
          printed = 0 // no separators between parts of lines
          print(part, at, ':')
        }
      } else {
        for (const [i, text] of held.entries()) print(text, at - held.length + i, '-')
        print(line, at, ':')
      }
      held.length = 0
      trailing = after
      return count < maximum || trailing > 0
    }
    if (count >= maximum && trailing === 0) return false
    if (silent || options.has('o')) return true
    if (trailing > 0) {
      trailing--
      print(line, at, '-')
    } else if (before > 0) {
      held.push(line)
      if (held.length > before) held.shift()
    }
    return count < maximum || trailing > 0
  }
  yield* eachLine(source, each, turns)
  return count
}

/** What matches of a line, without what is empty. */
function* parts(wanted: Matcher, line: string): Generator<string> {
  for (let from = 0; from <= line.length; ) {
    const match = wanted.find(line, from)
    if (!match) return
    if (match.end > match.index) yield line.slice(match.index, match.end)
    from = match.end > match.index ? match.end : match.end + 1
  }
}

export const grep = run('grep', '')
export const egrep = run('egrep', 'E')
export const fgrep = run('fgrep', 'F')
