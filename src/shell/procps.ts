// ps as procps has it: which processes a selection means, and which columns a format prints.
// Left out: threads, sessions and trees; processor time and sizes, which no program here takes, print as nothing.
import { dictionary } from '../engine/dictionary.ts'
import { formatTime } from '../engine/engine.ts'
import type { Process } from '../engine/process.ts'

/** A process as its machine knows it. */
export interface Row {
  readonly pid: number
  /** 0: none that can be seen. */
  readonly parent: number
  readonly user: string
  readonly argv: readonly string[]
  /** ms since 1970. */
  readonly startedAt: number
  /** Resident memory, bytes. */
  readonly memory?: number
  /** The terminal it belongs to, such as `pts/0`. */
  readonly terminal?: string
}

interface Column {
  readonly head: string
  readonly width: number
  readonly right?: boolean
  readonly value: (row: Row, now: number) => string
}

/** What the kernel keeps of a program's name. */
const nameOf = ({ argv }: Row): string => (argv[0] ?? '').replace(/^.*\//, '').slice(0, 15)
const clock = (ms: number): string => formatTime(ms).slice(11, 16)
const two = (n: number): string => String(n).padStart(2, '0')

/** `[[DD-]HH:]MM:SS` */
function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24]
  const short = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return days ? `${days}-${two(hours)}:${short}` : hours ? `${two(hours)}:${short}` : short
}

const text = (head: string, width: number, value: Column['value']): Column => ({ head, width, value })
const number = (head: string, width: number, value: Column['value']): Column => ({
  head,
  width,
  right: true,
  value,
})
const sleeping = ({ pid, terminal }: Row): string => `S${pid === 1 || !terminal ? 's' : ''}`
const kibibytes = ({ memory = 0 }: Row): string => String(Math.floor(memory / 1024))

const columns: Record<string, Column> = dictionary({
  pid: number('PID', 7, row => String(row.pid)),
  ppid: number('PPID', 7, row => String(row.parent)),
  user: text('USER', 8, row => row.user),
  uid: text('UID', 8, row => row.user),
  tty: text('TTY', 8, row => row.terminal ?? '?'),
  time: number('TIME', 8, () => '00:00:00'),
  bsdtime: number('TIME', 6, () => '0:00'),
  comm: text('COMMAND', 15, nameOf),
  args: text('COMMAND', 27, row => row.argv.join(' ')),
  stime: number('STIME', 5, row => clock(row.startedAt)),
  start: text('START', 5, row => clock(row.startedAt)),
  etime: number('ELAPSED', 11, (row, now) => elapsed(now - row.startedAt)),
  etimes: number('ELAPSED', 7, (row, now) => String(Math.floor((now - row.startedAt) / 1000))),
  stat: text('STAT', 4, sleeping),
  state: text('S', 1, () => 'S'),
  c: number('C', 2, () => '0'),
  pcpu: number('%CPU', 4, () => '0.0'),
  pmem: number('%MEM', 4, () => '0.0'),
  rss: number('RSS', 5, kibibytes),
  vsz: number('VSZ', 6, kibibytes),
  ni: number('NI', 3, () => '0'),
  pri: number('PRI', 3, () => '19'),
})
const alias: Record<string, string> = dictionary({
  cmd: 'args',
  command: 'args',
  ucmd: 'comm',
  ucomm: 'comm',
  euser: 'user',
  ruser: 'user',
  tname: 'tty',
  tt: 'tty',
  s: 'state',
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  rssize: 'rss',
  vsize: 'vsz',
  nice: 'ni',
  start_time: 'stime',
})
/** Heads that differ from the column's usual one where the format is asked for by this word. */
const headOf: Record<string, string> = dictionary({ cmd: 'CMD', ucmd: 'CMD', tt: 'TT', tty: 'TT' })

class Fault extends Error {}

interface Wanted {
  style: 'unix' | 'bsd'
  format: [Column, string][]
  keep: ((row: Row) => boolean)[]
  everyone: boolean
  headers: boolean
  sort: string[]
}

const named = (...names: string[]): [Column, string][] =>
  names.map(name => [columns[name]!, columns[name]!.head])
const usual: Record<Wanted['style'], () => [Column, string][]> = {
  unix: () => [...named('pid', 'tty', 'time'), [columns.comm!, 'CMD']],
  bsd: () => named('pid', 'tty', 'stat', 'bsdtime', 'args'),
}
const full = (): [Column, string][] => [
  ...named('uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time'),
  [columns.args!, 'CMD'],
]
const ofUsers = (): [Column, string][] =>
  named('user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tty', 'stat', 'start', 'bsdtime', 'args')

/** `pid,comm=NAME`: columns with their heads. */
function formatOf(words: string): [Column, string][] {
  const found: [Column, string][] = []
  // All that follows `=` is one head, commas included; an empty one ends at once.
  for (let rest = words.trim(); rest; ) {
    const [, word = '', more] = /^[\s,]*([^\s,=]+)(.*)$/s.exec(rest) ?? []
    const key = alias[word] ?? word
    const column = columns[key]
    if (!column) throw new Fault(`unknown user-defined format specifier "${word}"`)
    if (more?.startsWith('=') && more !== '=' && !more.startsWith('=,'))
      return [...found, [column, more.slice(1)]]
    found.push([column, more?.startsWith('=') ? '' : (headOf[word] ?? column.head)])
    rest = (more ?? '').replace(/^[=\s,]+/, '')
  }
  if (!found.length) throw new Fault('improper format list')
  return found
}

const numbers = (list: string): Set<number> => {
  const words = list.split(/[\s,]+/).filter(Boolean)
  if (!words.length || words.some(word => !/^\d+$/.test(word)))
    throw new Fault('process ID list syntax error')
  return new Set(words.map(Number))
}

/** Reads the command line; what is asked for twice is asked for once. */
function wantedOf(args: readonly string[]): Wanted {
  const wanted: Wanted = { style: 'unix', format: [], keep: [], everyone: false, headers: true, sort: [] }
  const queue = [...args]
  const value = (rest: string): string => {
    const found = rest || queue.shift()
    if (found === undefined) throw new Fault('list of process IDs must follow -p')
    return found
  }
  const select = (letter: string, list: string): void => {
    const words = list.split(/[\s,]+/).filter(Boolean)
    if (letter === 'C') wanted.keep.push(row => words.includes(nameOf(row)))
    else if (letter === 'p' || letter === 'q') {
      const pids = numbers(list)
      wanted.keep.push(({ pid }) => pids.has(pid))
    } else wanted.keep.push(({ user }) => words.includes(user))
  }
  const long: Record<string, (value: string) => void> = {
    format: list => wanted.format.push(...formatOf(list)),
    pid: list => select('p', list),
    user: list => select('u', list),
    sort: list => wanted.sort.push(...list.split(',')),
    headers: () => {},
    'no-headers': () => (wanted.headers = false),
    'no-heading': () => (wanted.headers = false),
    noheaders: () => (wanted.headers = false),
    forest: () => {},
  }
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word.startsWith('--')) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s)
      const act = long[name]
      if (!act) throw new Fault('unknown gnu long option')
      act(given ?? (['format', 'pid', 'user', 'sort'].includes(name) ? value('') : ''))
      continue
    }
    const dashed = word.startsWith('-')
    if (!dashed) wanted.style = 'bsd'
    if (!dashed && /^[\d,]+$/.test(word)) {
      select('p', word)
      continue
    }
    const letters = dashed ? word.slice(1) : word
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i]!
      const rest = letters.slice(i + 1)
      if ('oO'.includes(letter)) wanted.format.push(...formatOf(value(rest)))
      else if (dashed ? 'pqCuU'.includes(letter) : 'pU'.includes(letter)) select(letter, value(rest))
      else if (dashed ? 'eAa'.includes(letter) : 'ax'.includes(letter)) wanted.everyone = true
      else if (dashed && letter === 'f') wanted.format = full()
      else if (!dashed && letter === 'u') wanted.format = ofUsers()
      else if (!dashed && letter === 'h') wanted.headers = false
      else if (!(dashed ? 'wHT' : 'fwH').includes(letter))
        throw new Fault(dashed ? 'unsupported SysV option' : 'unsupported option (BSD syntax)')
      if ('oOpqCUk'.includes(letter) || (dashed && letter === 'u')) break
    }
  }
  return wanted
}

const usage = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`

/** Prints what `args` ask for of a machine's processes; the answer is the exit code. */
export function printProcesses(
  all: readonly Row[],
  args: readonly string[],
  now: number,
  { stdout, stderr }: Pick<Process, 'stdout' | 'stderr'>,
): number {
  let wanted: Wanted
  try {
    wanted = wantedOf(args)
    for (const key of wanted.sort)
      if (!columns[alias[key.replace(/^[+-]/, '')] ?? key.replace(/^[+-]/, '')])
        throw new Fault('unknown sort specifier')
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault
    stderr.write(`error: ${fault.message}\n${usage}`)
    return 1
  }
  const rows = sorted(
    all.filter(row =>
      wanted.keep.length
        ? wanted.keep.some(keep => keep(row))
        : wanted.everyone || row.terminal !== undefined,
    ),
    wanted.sort,
    now,
  )
  const format = wanted.format.length ? wanted.format : usual[wanted.style]()
  const line = (cell: (column: Column, head: string) => string): string =>
    `${format
      .map(([column, head], i) => {
        const width = Math.max(column.width, head.length)
        const found = cell(column, head)
        return column.right ? found.padStart(width) : i === format.length - 1 ? found : found.padEnd(width)
      })
      .join(' ')
      .trimEnd()}\n`
  if (wanted.headers && format.some(([, head]) => head)) stdout.write(line((_, head) => head))
  for (const row of rows) stdout.write(line(column => column.value(row, now)))
  return rows.length || wanted.keep.length === 0 ? 0 : 1
}

function sorted(rows: Row[], keys: readonly string[], now: number): Row[] {
  const compare = (a: Row, b: Row): number => {
    for (const key of keys) {
      const name = key.replace(/^[+-]/, '')
      const { value, right } = columns[alias[name] ?? name]!
      const [x, y] = [value(a, now), value(b, now)]
      const order = right ? Number.parseFloat(x) - Number.parseFloat(y) : x < y ? -1 : x > y ? 1 : 0
      if (order) return key.startsWith('-') ? -order : order
    }
    return a.pid - b.pid
  }
  return rows.sort(compare)
}
