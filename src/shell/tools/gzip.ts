// gzip, gunzip and zcat: files or a stream. Nothing gets smaller here (engine/gzip.ts), but names and marks are gzip's.
import { FileError } from '../../engine/files.ts'
import { isGzip, unzipped, zipped } from '../../engine/gzip.ts'
import { readAll } from '../../engine/pipe.ts'
import type { Process, Program } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { type Tool, tool } from '../command.ts'
import { nameOf, pathOf } from './input.ts'
import { parseOptions } from './options.ts'

type Direction = 'in' | 'out'

function convert(text: string, direction: Direction): string | undefined {
  if (direction === 'in') return zipped(text)
  return isGzip(text) ? unzipped(text) : undefined
}

function* run(process: Process, direction: Direction, toStdout: boolean): Task<number> {
  const { stdin, stdout, stderr, files, terminal } = process
  const options = parseOptions(process, 'cdkfnqv123456789', {
    long: { stdout: 'c', decompress: 'd', keep: 'k', force: 'f' },
  })
  const way: Direction = options.has('d') ? 'out' : direction
  const complain = (text: string) => stderr.write(`${nameOf(process)}: ${text}\n`)
  let failed = false
  if (options.operands.length === 0 || options.operands[0] === '-') {
    if (way === 'in' && terminal && !options.has('f')) {
      stderr.write(
        'gzip: compressed data not written to a terminal. Use -f to force compression.\nFor help, type: gzip -h\n',
      )
      return 1
    }
    const made = convert(yield* readAll(stdin), way)
    if (made === undefined) {
      stderr.write('\ngzip: stdin: not in gzip format\n')
      return 1
    }
    stdout.write(made)
    return 0
  }
  for (const name of options.operands) {
    try {
      const path = pathOf(process, name)
      const made = convert(files.read(path), way)
      if (made === undefined) {
        stderr.write(`\ngzip: ${name}: not in gzip format\n`)
        failed = true
        continue
      }
      if (options.has('c') || toStdout) {
        stdout.write(made)
        continue
      }
      if (way === 'out' && !path.endsWith('.gz')) {
        complain(`${name}: unknown suffix -- ignored`)
        failed = true
        continue
      }
      const target = way === 'in' ? `${path}.gz` : path.slice(0, -3)
      if (files.exists(target) && !options.has('f')) {
        complain(`${target} already exists; not overwritten`)
        failed = true
        continue
      }
      files.write(target, made)
      if (!options.has('k')) files.remove(path)
    } catch (error) {
      if (!(error instanceof FileError)) throw error
      complain(`${name}: ${error.reason}`)
      failed = true
    }
  }
  return failed ? 1 : 0
}

const program =
  (direction: Direction, toStdout = false): Program =>
  process =>
    run(process, direction, toStdout)

export const gzipTools: readonly Tool[] = [
  tool('gzip', 'compress files', program('in')),
  tool('gunzip', 'expand compressed files', program('out')),
  tool('zcat', 'print compressed files', program('out', true)),
]
