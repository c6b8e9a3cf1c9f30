// sort and uniq. Order is that of the C locale.
import { resolvePath } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import type { Task } from '../../engine/task.ts'
import { Turns } from '../../engine/turns.ts'
import { ToolError, tool } from '../command.ts'
import { eachLine, open } from './input.ts'
import { parseOptions } from './options.ts'

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byValue = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
const number = (text: string) => Number(/^\s*(-?\d*\.?\d*)/.exec(text)![1]) || 0
const powers = ' KMGTPE'
const human = (text: string) => {
  const match = /^\s*(-?[\d.]+)([KMGTPE])?/i.exec(text)
  return match ? Number(match[1]) * 1024 ** Math.max(0, powers.indexOf((match[2] ?? ' ').toUpperCase())) : 0
}

/** The rank of a character in a version: the end, digits, letters, all others; `~` is before the end. */
function versionRank(c: string | undefined): number {
  if (c === undefined) return -1
  if (/\d/.test(c)) return 0
  return /[A-Za-z]/.test(c) ? c.charCodeAt(0) : c === '~' ? -2 : c.charCodeAt(0) + 256
}

function compareVersions(a: string, b: string): number {
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    for (; /\D/.test(a[i] ?? '') || /\D/.test(b[j] ?? ''); i++, j++) {
      const order = versionRank(a[i]) - versionRank(b[j])
      if (order) return order
    }
    const [x, y] = [/^\d*/.exec(a.slice(i))![0], /^\d*/.exec(b.slice(j))![0]]
    const order = Number(x) - Number(y)
    if (order) return order
    i += x.length
    j += y.length
  }
  return 0
}

/** Without what ends like `.tar.gz`. */
function withoutSuffix(text: string): string {
  let from: number | undefined
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '.' || !/[A-Za-z~]/.test(text[i + 1] ?? '')) from = undefined
    else {
      from ??= i
      while (/[A-Za-z0-9~]/.test(text[i + 1] ?? '')) i++
    }
  }
  return text.slice(0, from)
}

/** As filevercmp of gnulib: nothing and hidden files come first; a file's suffix counts where all else is the same. */
function byVersion(a: string, b: string): number {
  if (!a || !b) return a.length - b.length
  const hidden = Number(b.startsWith('.')) - Number(a.startsWith('.'))
  return hidden || compareVersions(withoutSuffix(a), withoutSuffix(b)) || compareVersions(a, b)
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')
const month = (text: string) => months.indexOf(text.trimStart().slice(0, 3).toUpperCase())

/** How keys are compared: each is prepared once. */
interface Ordering {
  readonly prepare: (key: string) => string | number
  readonly compare: (a: string | number, b: string | number) => number
}

function ordering(how: string): Ordering {
  const shown = how.includes('b') ? (s: string) => s.trimStart() : (s: string) => s
  const strip = how.includes('d') ? (s: string) => shown(s).replace(/[^A-Za-z0-9 \t]/g, '') : shown
  const prepare = /[ng]/.test(how)
    ? number
    : how.includes('h')
      ? human
      : how.includes('M')
        ? month
        : how.includes('f') && !how.includes('V')
          ? (s: string) => strip(s).toUpperCase()
          : strip
  const order = how.includes('V') && !/[nghM]/.test(how) ? byVersion : byValue
  const compare = order as Ordering['compare']
  return { prepare, compare: how.includes('r') ? (a, b) => compare(b, a) : compare }
}

interface Row {
  readonly line: string
  /** One for each `-k`, or the whole line. */
  readonly keys: readonly (string | number)[]
}

/** To find and prepare a key; to compare two rows. */
const keySteps = 200
const compareSteps = 30
/** Rows that are sorted in one go. */
const chunk = 8192

/** In order, by merging what was sorted in chunks: a rest may come after each. */
function* sorted(rows: Row[], compare: (a: Row, b: Row) => number, turns: Turns): Task<Row[]> {
  let runs: Row[][] = []
  for (let at = 0; at < rows.length; at += chunk) {
    runs.push(rows.slice(at, at + chunk).sort(compare))
    turns.spend(chunk * 13 * compareSteps)
    if (turns.over) yield* turns.rest()
  }
  while (runs.length > 1) {
    const merged: Row[][] = []
    for (let i = 0; i < runs.length; i += 2)
      merged.push(runs[i + 1] ? yield* merge(runs[i]!, runs[i + 1]!, compare, turns) : runs[i]!)
    runs = merged
  }
  return runs[0] ?? []
}

function* merge(a: Row[], b: Row[], compare: (a: Row, b: Row) => number, turns: Turns): Task<Row[]> {
  const out: Row[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const first = j >= b.length || (i < a.length && compare(a[i]!, b[j]!) <= 0)
    out.push(first ? a[i++]! : b[j++]!)
    turns.spend(compareSteps)
    if (turns.over) yield* turns.rest()
  }
  return out
}

export const sort = tool('sort', 'sort lines', function* (process) {
  const options = parseOptions(process, 'bcdfghnMrRsuVzk:t:o:', {
    long: {
      numeric: 'n',
      reverse: 'r',
      unique: 'u',
      key: 'k',
      'field-separator': 't',
      'human-numeric-sort': 'h',
      'numeric-sort': 'n',
      'version-sort': 'V',
      'ignore-case': 'f',
      stable: 's',
      output: 'o',
    },
    code: 2,
  })
  if (options.has('R')) throw new ToolError('sort: -R is not part of this simulator', 2)
  const separator = options.value('t')
  const global = [...'nhVfdbrgM'].filter(letter => options.has(letter)).join('')

  const field = (
    line: string,
    start: number,
    startAt: number,
    end: number | undefined,
    endAt: number,
  ): string => {
    const fields = separator === undefined ? (line.match(/\s*[^\s]+|\s+$/g) ?? []) : line.split(separator)
    const glue = separator ?? ''
    const chosen = fields.slice(start - 1, end)
    if (end !== undefined && endAt && chosen.length)
      chosen[chosen.length - 1] = chosen.at(-1)!.slice(0, endAt)
    return chosen.join(glue).slice(Math.max(0, startAt - 1))
  }
  const keys = options.all('k').map(text => {
    const [, f, c, flags1, , f2, c2, flags2] =
      /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(text) ?? []
    return {
      of: (line: string) =>
        field(line, Number(f ?? 1), Number(c ?? 1), f2 ? Number(f2) : undefined, Number(c2 ?? 0)),
      order: ordering(`${flags1 ?? ''}${flags2 ?? ''}` || global),
    }
  })
  if (keys.length === 0) keys.push({ of: line => line, order: ordering(global) })
  const main = (a: Row, b: Row): number => {
    for (const [i, { order }] of keys.entries()) {
      const found = order.compare(a.keys[i]!, b.keys[i]!)
      if (found) return found
    }
    return 0
  }
  const last = (a: Row, b: Row) =>
    options.has('s') || options.has('u')
      ? 0
      : options.has('r')
        ? byText(b.line, a.line)
        : byText(a.line, b.line)
  const { files, failed } = open(process, options.operands, 'cannot read: ')
  if (failed) return 2
  let rows: Row[] = []
  const turns = new Turns()
  const take = (line: string): true => {
    rows.push({ line, keys: keys.map(({ of, order }) => order.prepare(of(line))) })
    turns.spend(keys.length * keySteps)
    return true
  }
  for (const { source } of files)
    if (options.has('z'))
      for (const line of (yield* readAll(source)).match(/[^\0]*\0|[^\0]+$/g) ?? [])
        take(line.replace('\0', ''))
    else yield* eachLine(source, take, turns)
  if (options.has('c')) {
    const wrong = rows.findIndex((row, i) => i > 0 && main(rows[i - 1]!, row) > 0)
    if (wrong < 0) return 0
    process.stderr.write(`sort: ${options.operands[0] ?? '-'}:${wrong + 1}: disorder: ${rows[wrong]!.line}\n`)
    return 1
  }
  rows = yield* sorted(rows, (a, b) => main(a, b) || last(a, b), turns)
  if (options.has('u')) rows = rows.filter((row, i) => i === 0 || main(rows[i - 1]!, row) !== 0)
  const end = options.has('z') ? '\0' : '\n'
  const out = rows.map(({ line }) => line + end).join('')
  const target = options.value('o')
  if (target) process.files.write(resolvePath(process.cwd, target), out)
  else process.stdout.write(out)
  return 0
})

export const uniq = tool('uniq', 'leave out repeated lines', function* (process) {
  const options = parseOptions(process, 'cduif:s:w:', {
    long: {
      count: 'c',
      repeated: 'd',
      unique: 'u',
      'ignore-case': 'i',
      'skip-fields': 'f',
      'skip-chars': 's',
    },
  })
  const { files, failed } = open(process, options.operands.slice(0, 1))
  const key = (line: string): string => {
    let out = line
    for (let i = Number(options.value('f') ?? 0); i > 0; i--) out = out.replace(/^[ \t]*[^ \t]*/, '')
    out = out.slice(Number(options.value('s') ?? 0))
    return options.has('i') ? out.toLowerCase() : out
  }
  let group: { line: string; key: string; count: number } | undefined
  const print = () => {
    if (!group || (options.has('d') && group.count === 1) || (options.has('u') && group.count > 1)) return
    process.stdout.write(`${options.has('c') ? `${String(group.count).padStart(7)} ` : ''}${group.line}\n`)
  }
  for (const { source } of files)
    yield* eachLine(source, line => {
      const own = key(line)
      if (group?.key === own) group.count++
      else {
        print()
        group = { line, key: own, count: 1 }
      }
      return true
    })
  print()
  return failed ? 1 : 0
})
