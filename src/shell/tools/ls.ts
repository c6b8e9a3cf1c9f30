// ls: names of files; -l with their modes, owners, sizes and times.

import { groupName, userName } from '../../engine/accounts.ts'
import type { FileStat } from '../../engine/files.ts'
import type { Process } from '../../engine/process.ts'
import { tool } from '../command.ts'
import { formatDate } from './date.ts'
import { complain, pathOf } from './input.ts'
import { modeText } from './mode-text.ts'
import { type Options, parseOptions } from './options.ts'

interface Entry {
  readonly name: string
  readonly path: string
  readonly stat: FileStat
}

const humanSize = (size: number): string => {
  if (size < 1024) return String(size)
  const power = Math.floor(Math.log2(size) / 10)
  const value = size / 1024 ** power
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${'KMGT'[power - 1]}`
}

const isDirectory = (process: Process, path: string): boolean => {
  const full = pathOf(process, path)
  return process.files.exists(full) && process.files.stat(full).type === 'directory'
}

function print(process: Process, entries: Entry[], options: Options, total: boolean): void {
  const mark = (stat: FileStat, name: string) =>
    options.has('F') || options.has('p')
      ? name +
        (stat.type === 'directory'
          ? '/'
          : options.has('F') && stat.type === 'file' && stat.mode & 0o111
            ? '*'
            : '')
      : name
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))
  if (options.has('t')) sorted.sort((a, b) => b.stat.modified - a.stat.modified)
  if (options.has('S')) sorted.sort((a, b) => b.stat.size - a.stat.size)
  if (options.has('r')) sorted.reverse()
  if (!options.has('l') && !options.has('n')) {
    const names = sorted.map(({ name, stat }) => mark(stat, name))
    process.stdout.write(
      process.terminal && !options.has('1')
        ? columns(names, process.terminal.columns)
        : names.map(n => `${n}\n`).join(''),
    )
    return
  }
  if (total)
    process.stdout.write(
      `total ${sorted.reduce((sum, { stat }) => sum + Math.ceil(stat.size / 4096) * 4, 0)}\n`,
    )
  const sizes = sorted.map(({ stat }) => (options.has('h') ? humanSize(stat.size) : String(stat.size)))
  const width = Math.max(0, ...sizes.map(size => size.length))
  const isNumeric = options.has('n')
  const column = (cells: string[]): string[] => {
    const widest = Math.max(0, ...cells.map(cell => cell.length))
    return cells.map(cell => cell.padEnd(widest))
  }
  const { files } = process
  const owners = column(sorted.map(({ stat: { uid } }) => (isNumeric ? `${uid}` : userName(files, uid))))
  const groups = column(sorted.map(({ stat: { gid } }) => (isNumeric ? `${gid}` : groupName(files, gid))))
  const most = Math.max(0, ...sorted.map(({ stat }) => String(stat.links).length))
  for (const [i, { name, path, stat }] of sorted.entries()) {
    const links = String(stat.links).padStart(most)
    const target = stat.type === 'link' ? ` -> ${files.readLink(pathOf(process, path))}` : ''
    const time = formatDate('%b %e %H:%M', stat.modified)
    process.stdout.write(
      `${modeText(stat)} ${links} ${owners[i]} ${groups[i]} ${sizes[i]!.padStart(width)} ${time} ${mark(stat, name)}${target}\n`,
    )
  }
}

/** Down the columns, as wide as the terminal allows. */
export function columns(names: readonly string[], width: number): string {
  if (names.length === 0) return ''
  for (let rows = 1; ; rows++) {
    const count = Math.ceil(names.length / rows)
    const widths = Array.from(
      { length: count },
      (_, c) => Math.max(...names.slice(c * rows, (c + 1) * rows).map(n => n.length)) + 2,
    )
    if (rows < names.length && widths.reduce((a, b) => a + b, -2) > width) continue
    return Array.from(
      { length: rows },
      (_, r) =>
        `${widths
          .map((w, c) => (names[c * rows + r] ?? '').padEnd(w))
          .join('')
          .trimEnd()}\n`,
    ).join('')
  }
}

export const ls = tool('ls', 'list files', function* (process) {
  const options = parseOptions(process, 'laA1RhdtrSFpinosgGU', {
    long: {
      all: 'a',
      'almost-all': 'A',
      'human-readable': 'h',
      recursive: 'R',
      directory: 'd',
      color: 'G',
      reverse: 'r',
    },
    code: 2,
  })
  let failed = false
  const plain: Entry[] = []
  const directories: string[] = []
  const stat = (path: string) => process.files.stat(pathOf(process, path), { followLinks: false })
  for (const path of options.operands.length ? [...options.operands].sort() : ['.']) {
    try {
      if (!options.has('d') && isDirectory(process, path)) directories.push(path)
      else plain.push({ name: path, path, stat: stat(path) })
    } catch (error) {
      complain(process, error, options.has('q') ? path : `'${path}'`, 'cannot access ')
      failed = true
    }
  }
  if (plain.length) print(process, plain, options, false)
  const titled = options.operands.length > 1 || options.has('R')
  for (let i = 0; i < directories.length; i++) {
    const path = directories[i]!
    const entries: Entry[] = process.files
      .list(pathOf(process, path))
      .filter(name => options.has('a') || options.has('A') || !name.startsWith('.'))
      .map(name => ({ name, path: `${path}/${name}`, stat: stat(`${path}/${name}`) }))
    const inner = entries.filter(entry => entry.stat.type === 'directory').map(entry => entry.path)
    if (options.has('a'))
      for (const name of ['.', '..']) entries.push({ name, path, stat: stat(`${path}/${name}`) })
    if (titled) process.stdout.write(`${i > 0 || plain.length ? '\n' : ''}${path}:\n`)
    print(process, entries, options, true)
    if (options.has('R')) directories.splice(i + 1, 0, ...inner)
  }
  return failed ? 2 : 0
})
