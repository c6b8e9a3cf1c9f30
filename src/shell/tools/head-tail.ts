// head and tail: the first or last lines or bytes of files; tail -f goes on with what is added.
import { byteLength, fromBytes, toBytes } from '../../engine/bytes.ts'
import { LineReader, readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import { sleep, type Task } from '../../engine/task.ts'
import { ToolError, tool } from '../command.ts'
import { nameOf, open, pathOf } from './input.ts'
import { type Options, parseOptions } from './options.ts'

const units: Record<string, number> = { b: 512, k: 1024, K: 1024, M: 1024 ** 2, kB: 1000, MB: 1e6 }

/** `10`, `-3`, `+2`, `1k`, and which of lines and bytes. */
function amount(process: Process, options: Options): { sign: string; count: number; bytes: boolean } {
  const bytes = options.has('c')
  const text = options.value(bytes ? 'c' : 'n') ?? '10'
  const match = /^([-+]?)(\d+)([a-zA-Z]*)$/.exec(text)
  if (!match)
    throw new ToolError(`${nameOf(process)}: invalid number of ${bytes ? 'bytes' : 'lines'}: ‘${text}’`)
  return { sign: match[1]!, count: Number(match[2]) * (units[match[3]!] ?? 1), bytes }
}

const withDashNumber = (process: Process): Process => ({
  ...process,
  argv: process.argv.flatMap((arg, i, all) =>
    /^-\d+$/.test(arg) && !/^-[nc]$/.test(all[i - 1] ?? '')
      ? ['-n', arg.slice(1)]
      : /^-\d+f$/.test(arg)
        ? ['-f', '-n', arg.slice(1, -1)]
        : [arg],
  ),
})

const long = { lines: 'n', bytes: 'c', quiet: 'q', silent: 'q', verbose: 'v', follow: 'f' }

function* header(
  process: Process,
  options: Options,
  each: (source: ReturnType<typeof open>['files'][0]) => Task,
): Task<number> {
  const { files, failed } = open(process, options.operands)
  const titled = (options.operands.length > 1 && !options.has('q')) || options.has('v')
  for (const [i, file] of files.entries()) {
    if (titled)
      process.stdout.write(
        `${i > 0 ? '\n' : ''}==> ${file.path === '-' ? 'standard input' : file.path} <==\n`,
      )
    yield* each(file)
  }
  return failed ? 1 : 0
}

export const head = tool('head', 'print the first lines', function* (process) {
  const options = parseOptions(withDashNumber(process), 'n:c:qv', { long })
  const { sign, count, bytes } = amount(process, options)
  return yield* header(process, options, function* ({ source }) {
    if (sign === '-') {
      const text = yield* readAll(source)
      if (bytes) process.stdout.write(fromBytes(toBytes(text).slice(0, -count || undefined)))
      else process.stdout.write(text.slice(0, lastLines(text, count)))
      return
    }
    if (bytes) {
      for (let left = count; left > 0; ) {
        const text = yield* source.read()
        if (text === undefined) return
        const size = byteLength(text)
        process.stdout.write(size <= left ? text : fromBytes(toBytes(text).subarray(0, left)))
        left -= size
      }
      return
    }
    const reader = new LineReader(source)
    for (let i = 0; i < count; i++) {
      const line = yield* reader.line()
      if (line === undefined) return
      process.stdout.write(`${line}\n`)
    }
  })
})

/** Where the line of this number begins, from 1. */
function lineStart(text: string, number: number): number {
  let at = 0
  for (let i = 1; i < number; i++) {
    at = text.indexOf('\n', at) + 1
    if (at === 0) return text.length
  }
  return at
}

/** Where the last so many lines begin. */
function lastLines(text: string, count: number): number {
  let at = text.length
  for (let i = 0; i < count && at > 0; i++) at = at > 1 ? text.lastIndexOf('\n', at - 2) + 1 : 0
  return at
}

export const tail = tool('tail', 'print the last lines', function* (process) {
  const options = parseOptions(withDashNumber(process), 'n:c:qvfF', { long })
  const { sign, count, bytes } = amount(process, options)
  const status = yield* header(process, options, function* ({ source }) {
    const text = yield* readAll(source)
    if (bytes) {
      const all = toBytes(text)
      process.stdout.write(
        fromBytes(sign === '+' ? all.slice(Math.max(0, count - 1)) : count ? all.slice(-count) : []),
      )
      return
    }
    process.stdout.write(text.slice(sign === '+' ? lineStart(text, count) : lastLines(text, count)))
  })
  if (!options.has('f') && !options.has('F')) return status
  const paths = options.operands.filter(path => path !== '-').map(path => pathOf(process, path))
  const read = (path: string) => (process.files.exists(path) ? process.files.read(path) : '')
  const seen = paths.map(path => read(path).length)
  for (;;) {
    yield* sleep(1000)
    for (const [i, path] of paths.entries()) {
      const text = read(path)
      if (text.length > seen[i]!) process.stdout.write(text.slice(seen[i]))
      seen[i] = text.length
    }
  }
})
