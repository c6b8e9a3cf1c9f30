// grep: lines that match. -E -F -P patterns, -A -B -C context, -r directories.
import type { Readable } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'
import { escapeRegExp, matches } from '../pattern.ts'
import { eachLine, open, pathOf } from './input.ts'
import { type Options, parseOptions } from './options.ts'
import { compile, translate } from './regexp.ts'

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

function pattern(options: Options, patterns: readonly string[]): RegExp {
  const sources = patterns
    .flatMap(text => text.split('\n'))
    .map(text => {
      if (options.has('F')) return escapeRegExp(text)
      return options.has('P') ? text : translate(text, options.has('E'))
    })
  let source = sources.map(each => `(?:${each})`).join('|')
  if (options.has('w')) source = `(?<!\\w)(?:${source})(?!\\w)`
  if (options.has('x')) source = `^(?:${source})$`
  return compile(source, options.has('i') || options.has('y') ? 'gi' : 'g', 'grep')
}

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

function run(name: string, preset: string) {
  return tool(name, 'print lines that match a pattern', function* (process) {
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
    const regexp = pattern(options, patterns)
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
      const count = yield* search(process, options, regexp, source, named ? label : undefined)
      if (count > 0 !== options.has('L')) found = true
      if (options.has('q') && found) return 0
      if (options.has('c')) process.stdout.write(`${named ? `${label}:` : ''}${count}\n`)
      else if (options.has('l') ? count > 0 : options.has('L') && count === 0)
        process.stdout.write(`${label}\n`)
    }
    return failed && !options.has('q') ? 2 : found ? 0 : 1
  })
}

/** Searches one file, printing as it goes; the number of lines that were selected. */
function* search(
  process: Process,
  options: Options,
  regexp: RegExp,
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
  yield* eachLine(source, line => {
    at++
    regexp.lastIndex = 0
    if (regexp.test(line) !== options.has('v')) {
      count++
      if (silent) return !(options.has('q') || options.has('l')) && count < maximum
      if (options.has('o')) {
        regexp.lastIndex = 0
        for (const [match] of options.has('v') ? [] : line.matchAll(regexp)) {
          printed = 0 // no separators between parts of lines
          if (match) print(match, at, ':')
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
  })
  return count
}

export const grep = run('grep', '')
export const egrep = run('egrep', 'E')
export const fgrep = run('fgrep', 'F')
