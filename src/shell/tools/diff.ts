// diff: what differs between two files or directories, in the plain form or unified (-u). Lines are paired by Myers'
// algorithm, as GNU does for files of this size.
import { FileError } from '../../engine/files.ts'
import { readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'
import { formatDate } from './date.ts'
import { pathOf } from './input.ts'
import { type Options, parseOptions } from './options.ts'

/** A changed stretch: lines a[from..to) became b[start..end). */
interface Change {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

export function changes(a: readonly string[], b: readonly string[]): Change[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let [aEnd, bEnd] = [a.length, b.length]
  while (aEnd > head && bEnd > head && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  const [n, m] = [aEnd - head, bEnd - head]
  const trace: Int32Array[] = []
  let v: Int32Array = new Int32Array(2 * (n + m) + 3)
  const zero = n + m + 1
  search: for (let d = 0; d <= n + m; d++) {
    trace.push(v.slice())
    for (let k = -d; k <= d; k += 2) {
      let x =
        k === -d || (k !== d && v[zero + k - 1]! < v[zero + k + 1]!) ? v[zero + k + 1]! : v[zero + k - 1]! + 1
      while (x < n && x - k < m && a[head + x] === b[head + x - k]) x++
      v[zero + k] = x
      if (x >= n && x - k >= m) break search
    }
  }
  const kept: [number, number][] = []
  let [x, y] = [n, m]
  for (let d = trace.length - 1; d > 0; d--) {
    v = trace[d]!
    const k = x - y
    const before = k === -d || (k !== d && v[zero + k - 1]! < v[zero + k + 1]!) ? k + 1 : k - 1
    const fromX = v[zero + before]!
    const fromY = fromX - before
    while (x > fromX && y > fromY) kept.push([--x, --y])
    x = fromX
    y = fromY
  }
  while (x > 0 && y > 0) kept.push([--x, --y])
  const out: Change[] = []
  let [i, j] = [0, 0]
  for (const [ka, kb] of [...kept.reverse(), [n, m] as const]) {
    if (ka > i || kb > j) out.push({ from: head + i, to: head + ka, start: head + j, end: head + kb })
    i = ka + 1
    j = kb + 1
  }
  return out
}

const range = (from: number, to: number): string => (to - from <= 1 ? String(to) : `${from + 1},${to}`)

function plain(a: readonly string[], b: readonly string[], all: readonly Change[]): string {
  let out = ''
  for (const { from, to, start, end } of all) {
    const kind = from === to ? 'a' : start === end ? 'd' : 'c'
    const left = from === to ? String(from) : range(from, to)
    const right = start === end ? String(start) : range(start, end)
    out += `${left}${kind}${right}\n`
    for (const line of a.slice(from, to)) out += `< ${shown(line)}`
    if (kind === 'c') out += '---\n'
    for (const line of b.slice(start, end)) out += `> ${shown(line)}`
  }
  return out
}

/** Lines keep their line feeds; one without is told. */
const shown = (line: string): string =>
  line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`

function unified(
  a: readonly string[],
  b: readonly string[],
  all: readonly Change[],
  context: number,
): string {
  let out = ''
  for (let i = 0; i < all.length; ) {
    let last = i
    while (last + 1 < all.length && all[last + 1]!.from - all[last]!.to <= 2 * context) last++
    const group = all.slice(i, last + 1)
    const from = Math.max(0, group[0]!.from - context)
    const to = Math.min(a.length, group.at(-1)!.to + context)
    const start = Math.max(0, group[0]!.start - context)
    const end = Math.min(b.length, group.at(-1)!.end + context)
    const span = (first: number, beyond: number) => {
      const count = beyond - first
      return count === 1 ? String(first + 1) : `${count === 0 ? first : first + 1},${count}`
    }
    out += `@@ -${span(from, to)} +${span(start, end)} @@\n`
    let at = from
    for (const change of group) {
      for (const line of a.slice(at, change.from)) out += ` ${shown(line)}`
      for (const line of a.slice(change.from, change.to)) out += `-${shown(line)}`
      for (const line of b.slice(change.start, change.end)) out += `+${shown(line)}`
      at = change.to
    }
    for (const line of a.slice(at, to)) out += ` ${shown(line)}`
    i = last + 1
  }
  return out
}

const splitLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function* textOf(process: Process, path: string, missingIsEmpty: boolean): Task<string> {
  if (path === '-') return yield* readAll(process.stdin)
  const full = pathOf(process, path)
  return missingIsEmpty && !process.files.exists(full) ? '' : process.files.read(full)
}

function* compareFiles(process: Process, left: string, right: string, options: Options): Task<number> {
  const normalise = (text: string) => {
    const lines = splitLines(text)
    const keys = lines.map(line =>
      options.has('w')
        ? line.replace(/\s+/g, '')
        : options.has('b')
          ? line.replace(/\s+/g, ' ').trimEnd()
          : options.has('i')
            ? line.toLowerCase()
            : line,
    )
    return { lines, keys }
  }
  const a = normalise(yield* textOf(process, left, options.has('N')))
  const b = normalise(yield* textOf(process, right, options.has('N')))
  const all = changes(a.keys, b.keys)
  if (all.length === 0) return 0
  if (options.has('q')) {
    process.stdout.write(`Files ${left} and ${right} differ\n`)
    return 1
  }
  if (options.has('r'))
    process.stdout.write(
      `diff ${process.argv
        .slice(1)
        .filter(arg => arg.startsWith('-'))
        .join(' ')} ${left} ${right}\n`,
    )
  if (options.has('u') || options.has('U')) {
    const label = (i: number, path: string) => {
      const given = options.all('L')[i]
      if (given !== undefined) return given
      const full = pathOf(process, path)
      const modified =
        path === '-' ? process.engine.now : process.files.exists(full) ? process.files.stat(full).modified : 0
      return `${path}\t${formatDate('%Y-%m-%d %H:%M:%S.%N +0000', modified)}`
    }
    process.stdout.write(
      `--- ${label(0, left)}\n+++ ${label(1, right)}\n${unified(a.lines, b.lines, all, Number(options.value('U') ?? 3))}`,
    )
  } else process.stdout.write(plain(a.lines, b.lines, all))
  return 1
}

const isDirectory = ({ files }: Process, path: string): boolean =>
  files.exists(path) && files.stat(path).type === 'directory'

function* compareTrees(process: Process, left: string, right: string, options: Options): Task<number> {
  const names = (path: string) =>
    isDirectory(process, pathOf(process, path)) ? process.files.list(pathOf(process, path)) : []
  let status = 0
  for (const name of [...new Set([...names(left), ...names(right)])].sort()) {
    const [a, b] = [`${left}/${name}`, `${right}/${name}`]
    const [hasA, hasB] = [a, b].map(path => process.files.exists(pathOf(process, path)))
    if ((!hasA || !hasB) && !options.has('N')) {
      process.stdout.write(`Only in ${hasA ? left : right}: ${name}\n`)
      status = 1
    } else if (isDirectory(process, pathOf(process, hasA ? a : b))) {
      if (options.has('r')) status = Math.max(status, yield* compareTrees(process, a, b, options))
      else process.stdout.write(`Common subdirectories: ${a} and ${b}\n`)
    } else {
      options.add('r', '') // files of directories are headed by the command
      status = Math.max(status, yield* compareFiles(process, a, b, options))
    }
  }
  return status
}

export const diff = tool('diff', 'compare files', function* (process) {
  const options = parseOptions(process, 'uNrqwbiaU:L:c', {
    long: {
      unified: 'u',
      'new-file': 'N',
      recursive: 'r',
      brief: 'q',
      label: 'L',
      color: 'c',
      'ignore-all-space': 'w',
    },
    code: 2,
  })
  const [left, right] = options.operands
  if (left === undefined || right === undefined)
    throw new ToolError(
      `diff: missing operand${left === undefined ? '' : ` after '${left}'`}\ndiff: Try 'diff --help' for more information.`,
      2,
    )
  const [fullLeft, fullRight] = [left, right].map(path => pathOf(process, path))
  for (const [path, full] of [
    [left, fullLeft],
    [right, fullRight],
  ] as const) {
    if (path !== '-' && !process.files.exists(full!) && !options.has('N'))
      throw new ToolError(`diff: ${path}: No such file or directory`, 2)
  }
  try {
    if (isDirectory(process, fullLeft!) && isDirectory(process, fullRight!))
      return yield* compareTrees(process, left, right, options)
    const inside = (directory: string, other: string) => `${directory}/${other.replace(/^.*\//, '')}`
    if (isDirectory(process, fullLeft!))
      return yield* compareFiles(process, inside(left, right), right, options)
    if (isDirectory(process, fullRight!))
      return yield* compareFiles(process, left, inside(right, left), options)
    return yield* compareFiles(process, left, right, options)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ToolError(`diff: ${error.path}: ${error.reason}`, 2)
  }
})
