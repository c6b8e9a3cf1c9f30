// Tools of a few lines: names of paths, numbers, who and where one is, copies of streams.

import { groupName, userName } from '../../engine/accounts.ts'
import { decodeBase64, encodeBase64 } from '../../engine/bytes.ts'
import { dictionary } from '../../engine/dictionary.ts'
import { resolvePath } from '../../engine/files.ts'
import { LineReader, type Readable, readAll } from '../../engine/pipe.ts'
import { sleep } from '../../engine/task.ts'
import { Turns } from '../../engine/turns.ts'
import { type Tool, ToolError, tool } from '../command.ts'
import { unescapeText } from '../word-parser.ts'
import { complain, eachLine, lineSteps, linesOf, open, pathOf, readInput } from './input.ts'
import { modeText } from './mode-text.ts'
import { parseOptions } from './options.ts'

const basename = tool('basename', 'the last part of a path', function* ({ argv, stdout }) {
  const [path, suffix] = argv.slice(1).filter(arg => arg !== '-a')
  if (path === undefined)
    throw new ToolError("basename: missing operand\nTry 'basename --help' for more information.")
  const base = path.replace(/\/+$/, '').replace(/^.*\//, '') || '/'
  stdout.write(
    `${suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base}\n`,
  )
  return 0
})

const dirname = tool('dirname', 'a path without its last part', function* ({ argv, stdout }) {
  if (argv.length < 2)
    throw new ToolError("dirname: missing operand\nTry 'dirname --help' for more information.")
  for (const path of argv.slice(1)) {
    const cut = path.replace(/\/+$/, '')
    stdout.write(
      `${cut.includes('/') ? cut.replace(/\/+[^/]*$/, '') || '/' : path.startsWith('/') ? '/' : '.'}\n`,
    )
  }
  return 0
})

const realpath = tool('realpath', 'an absolute path', function* (process) {
  for (const path of parseOptions(process, 'fems').operands)
    process.stdout.write(`${pathOf(process, path)}\n`)
  return 0
})

const readlink = tool('readlink', 'where a link points', function* (process) {
  const options = parseOptions(process, 'fen')
  for (const path of options.operands) {
    const full = pathOf(process, path)
    try {
      process.stdout.write(`${options.has('f') ? full : process.files.readLink(full)}\n`)
    } catch {
      return 1
    }
  }
  return 0
})

const seq = tool('seq', 'numbers in a row', function* (process) {
  const args: string[] = []
  let [separator, equal] = ['\n', false]
  const given = process.argv.slice(1)
  for (let i = 0; i < given.length; i++) {
    if (given[i]!.startsWith('-s')) separator = given[i]!.slice(2) || (given[++i] ?? '')
    else if (given[i] === '-w') equal = true
    else args.push(given[i]!)
  }
  const numbers = args.map(Number)
  const wrong = args.find((_, i) => Number.isNaN(numbers[i]))
  if (wrong !== undefined)
    throw new ToolError(
      `seq: invalid floating point argument: ‘${wrong}’\nTry 'seq --help' for more information.`,
    )
  if (args.length === 0 || args.length > 3)
    throw new ToolError("seq: missing operand\nTry 'seq --help' for more information.")
  const from = args.length > 1 ? numbers[0]! : 1
  const step = args.length > 2 ? numbers[1]! : 1
  const to = numbers.at(-1)!
  const places = Math.max(...args.map(text => text.split('.')[1]?.length ?? 0))
  const last = step === 0 ? -1 : Math.floor((to - from) / step + 1e-9)
  const text = (i: number) => (from + i * step).toFixed(places)
  const width = equal ? Math.max(text(0).length, text(last).length) : 0
  for (let i = 0; i <= last; ) {
    const end = Math.min(last, i + 999)
    let out = ''
    for (; i <= end; i++) out += text(i).padStart(width, '0') + (i < last ? separator : '\n')
    if (!process.stdout.write(out)) return 141
    if (i <= last) yield* sleep(i < 1e6 ? 1 : 20)
  }
  return 0
})

const tee = tool('tee', 'copy its input to files too', function* (process) {
  const options = parseOptions(process, 'ai', { long: { append: 'a' } })
  let status = 0
  const paths = options.operands.filter(path => {
    try {
      process.files.write(pathOf(process, path), '', { append: options.has('a') })
      return true
    } catch (error) {
      complain(process, error, path)
      status = 1
      return false
    }
  })
  for (let text = yield* process.stdin.read(); text !== undefined; text = yield* process.stdin.read()) {
    process.stdout.write(text)
    for (const path of paths) process.files.write(pathOf(process, path), text, { append: true })
  }
  return status
})

const base64 = tool('base64', 'encode or decode base64', function* (process) {
  const options = parseOptions(process, 'dDiw:', { long: { decode: 'd', wrap: 'w', 'ignore-garbage': 'i' } })
  const { text, failed } = yield* readInput(process, options.operands)
  if (failed) return 1
  if (options.has('d') || options.has('D')) {
    const decoded = decodeBase64(text)
    process.stdout.write(decoded ?? decodeBase64(/^(?:[A-Za-z0-9+/\s]{4})*/.exec(text)![0]) ?? '')
    if (decoded === undefined) throw new ToolError('base64: invalid input')
    return 0
  }
  const width = Number(options.value('w') ?? 76)
  const encoded = encodeBase64(text)
  process.stdout.write(width ? encoded.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n') : encoded)
  return 0
})

const tac = tool('tac', 'lines from the last to the first', function* (process) {
  const { text, failed } = yield* readInput(process, parseOptions(process, '').operands)
  process.stdout.write(
    linesOf(text)
      .reverse()
      .map(line => `${line}\n`)
      .join(''),
  )
  return failed ? 1 : 0
})

const rev = tool('rev', 'lines from right to left', function* (process) {
  const { files, failed } = open(process, parseOptions(process, '').operands)
  for (const { source } of files)
    yield* eachLine(source, line => process.stdout.write(`${[...line].reverse().join('')}\n`))
  return failed ? 1 : 0
})

/** To cut out a cell, or to fill it up. */
const cellSteps = 50

const column = tool('column', 'align columns', function* (process) {
  const options = parseOptions(process, 'ts:o:', { long: { table: 't', separator: 's' } })
  // Each character of -s is a separator; blanks are one, however many.
  const separators = new Set(options.value('s'))
  const cells = (line: string): string[] => {
    if (!separators.size) return line.trim().split(/\s+/)
    const row = ['']
    for (const c of line) {
      if (separators.has(c)) row.push('')
      else row[row.length - 1] += c
    }
    return row
  }
  const glue = options.value('o') ?? '  '
  const { files, failed } = open(process, options.operands)
  const rows: string[][] = []
  const widths: number[] = []
  const turns = new Turns()
  for (const { source } of files)
    yield* eachLine(
      source,
      line => {
        if (!line.trim()) return true
        const row = cells(line)
        for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
        rows.push(row)
        turns.spend(row.length * cellSteps)
        return true
      },
      turns,
    )
  for (const row of rows) {
    const padded = widths.map((width, i) => (row[i] ?? '').padEnd(i === widths.length - 1 ? 0 : width))
    process.stdout.write(`${padded.join(glue)}\n`)
    turns.spend(lineSteps + widths.length * cellSteps)
    if (turns.over) yield* turns.rest()
  }
  return failed ? 1 : 0
})

const yes = tool('yes', 'say y for ever', function* ({ argv, stdout }) {
  const line = `${argv.slice(1).join(' ') || 'y'}\n`.repeat(64)
  for (;;) {
    stdout.write(line)
    yield* sleep(1)
  }
})

const uname = tool('uname', 'about the system', function* (process) {
  const options = parseOptions(process, 'asnrvmo')
  const parts: [string, string][] = [
    ['s', 'Linux'],
    ['n', process.hostname],
    ['r', '6.8.0-generic'],
    ['v', '#1 SMP'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ]
  const shown = parts.filter(([letter]) => options.has('a') || options.has(letter))
  process.stdout.write(`${(shown.length ? shown : parts.slice(0, 1)).map(([, text]) => text).join(' ')}\n`)
  return 0
})

const mktemp = tool('mktemp', 'make a temporary file', function* (process) {
  const options = parseOptions(process, 'dqp:t')
  const path = resolvePath(
    '/tmp',
    (options.operands[0] ?? 'tmp.XXXXXXXXXX').replace(/X+$/, xs => process.engine.random.suffix(xs.length)),
  )
  if (options.has('d')) process.files.mkdir(path)
  else process.files.write(path, '', { mode: 0o600 })
  process.stdout.write(`${path}\n`)
  return 0
})

const stat = tool('stat', 'about a file', function* (process) {
  const options = parseOptions(process, 'c:Lt', { long: { format: 'c' } })
  for (const path of options.operands) {
    try {
      const { mode, size, uid, gid, links, type } = process.files.stat(pathOf(process, path))
      const words: Record<string, string> = dictionary({
        a: mode.toString(8),
        s: String(size),
        A: modeText({ type, mode }),
        h: String(links),
        u: String(uid),
        g: String(gid),
        U: userName(process.files, uid),
        G: groupName(process.files, gid),
        n: path,
        F: type === 'file' ? 'regular file' : type,
      })
      process.stdout.write(
        `${(options.value('c') ?? '  File: %n\n  Size: %s\t%F\nAccess: (0%a) %U').replace(/%(\w)/g, (all, letter) => words[letter] ?? all)}\n`,
      )
    } catch (error) {
      complain(process, error, `'${path}'`, 'cannot statx ')
      return 1
    }
  }
  return 0
})

const print = (name: string, summary: string, text: (process: Parameters<Tool['run']>[0]) => string): Tool =>
  tool(name, summary, function* (process) {
    process.stdout.write(text(process))
    return 0
  })

const paste = tool('paste', 'join lines of files', function* (process) {
  const options = parseOptions(process, 'd:s', { long: { delimiters: 'd', serial: 's' } })
  const { files, failed } = open(process, options.operands)
  // Taken in turn; `\\0` is none.
  const given = (options.value('d') ?? '\t').match(/\\[\s\S]|[\s\S]/gu) ?? ['']
  const glues = given.map(each => (each === '\\0' ? '' : each.length > 1 ? unescapeText(each) : each))
  const joined = (row: readonly string[]): string =>
    row.map((cell, i) => (i ? glues[(i - 1) % glues.length]! : '') + cell).join('')
  if (options.has('s')) {
    for (const { source } of files) process.stdout.write(`${joined(linesOf(yield* readAll(source)))}\n`)
    return failed ? 1 : 0
  }
  // Who reads the same stream twice gets its lines in turn.
  const ofSource = new Map<Readable, LineReader>()
  const readers = files.map(({ source }) => {
    const reader = ofSource.get(source) ?? new LineReader(source)
    ofSource.set(source, reader)
    return reader
  })
  const turns = new Turns()
  for (;;) {
    const row: (string | undefined)[] = []
    for (const reader of readers) row.push(yield* reader.line())
    if (row.every(line => line === undefined)) return failed ? 1 : 0
    process.stdout.write(`${joined(row.map(line => line ?? ''))}\n`)
    turns.spend(row.length * lineSteps)
    if (turns.over) yield* turns.rest()
  }
})

const comm = tool('comm', 'compare sorted files', function* (process) {
  const options = parseOptions(process, '123')
  const { files, failed } = open(process, options.operands)
  const [a, b] = [linesOf(yield* readAll(files[0]!.source)), linesOf(yield* readAll(files[1]!.source))]
  const print = (column: number, line: string) => {
    if (options.has(String(column))) return
    process.stdout.write(
      `${'\t'.repeat([1, 2].filter(c => c < column && !options.has(String(c))).length)}${line}\n`,
    )
  }
  const turns = new Turns()
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    turns.spend(lineSteps)
    if (turns.over) yield* turns.rest()
    if (j >= b.length || (i < a.length && a[i]! < b[j]!)) print(1, a[i++]!)
    else if (i >= a.length || b[j]! < a[i]!) print(2, b[j++]!)
    else {
      print(3, a[i++]!)
      j++
    }
  }
  return failed ? 1 : 0
})

const which = tool('which', 'where a program is', function* (process) {
  const names = process.argv.slice(1)
  for (const name of names) if (process.find(name)) process.stdout.write(`/usr/bin/${name}\n`)
  return names.every(name => process.find(name)) ? 0 : 1
})

export const smallTools: readonly Tool[] = [
  paste,
  comm,
  which,
  basename,
  dirname,
  realpath,
  readlink,
  seq,
  tee,
  base64,
  tac,
  rev,
  column,
  yes,
  uname,
  mktemp,
  stat,
  tool('true', 'succeed', function* () {
    return 0
  }),
  tool('false', 'fail', function* () {
    return 1
  }),
  print('pwd', 'print the working directory', ({ cwd }) => `${cwd}\n`),
  print('whoami', 'print who one is', ({ user }) => `${user}\n`),
  print('hostname', "print the machine's name", ({ hostname, argv, files }) => {
    // -f: the first name of the line of /etc/hosts that holds it.
    const hosts = argv[1] === '-f' && files.exists('/etc/hosts') ? files.read('/etc/hosts') : ''
    const line = hosts
      .split('\n')
      .map(each => each.split(/\s+/))
      .find(([, ...names]) => names.includes(hostname))
    return `${line?.[1] ?? hostname}\n`
  }),
  print('id', 'print who one is, in numbers', ({ user, argv }) => {
    const n = user === 'root' ? 0 : 1000
    return argv[1] === '-u' ? `${n}\n` : `uid=${n}(${user}) gid=${n}(${user}) groups=${n}(${user})\n`
  }),
  print('clear', 'clear the screen', () => '\x1b[H\x1b[2J\x1b[3J'),
  print('nproc', 'count processors', () => '2\n'),
  tool('sync', 'write buffers out', function* () {
    return 0
  }),
  tool('cmp', 'compare two files', function* (process) {
    const [a, b] = parseOptions(process, 's').operands
    const [left, right] = [a, b].map(path => process.files.read(pathOf(process, path ?? '')))
    if (left === right) return 0
    const at = [...left!].findIndex((c, i) => right![i] !== c)
    process.stdout.write(`${a} ${b} differ: byte ${at + 1}, line ${left!.slice(0, at).split('\n').length}\n`)
    return 1
  }),
]
