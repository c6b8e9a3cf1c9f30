// The files that a tool was given, or its standard input.
import { FileError, resolvePath } from '../../engine/files.ts'
import { LineReader, type Readable, readAll } from '../../engine/pipe.ts'
import type { Process } from '../../engine/process.ts'
import type { Task } from '../../engine/task.ts'
import { Turns } from '../../engine/turns.ts'
import { openInput } from '../streams.ts'

export const nameOf = (process: Process): string => process.argv[0]!.replace(/^.*\//, '')

/** A path as the process means it. */
export const pathOf = (process: Process, path: string): string => resolvePath(process.cwd, path)

/** `name: path: No such file or directory` on stderr. */
export function complain(process: Process, error: unknown, path: string, before = ''): void {
  if (!(error instanceof FileError)) throw error
  process.stderr.write(`${nameOf(process)}: ${before}${path}: ${error.reason}\n`)
}

export interface Opened {
  readonly path: string
  readonly source: Readable
}

/** Opens each file in turn (`-` and none at all: stdin); those that cannot be opened are complained about. */
export function open(
  process: Process,
  paths: readonly string[],
  before = '',
): { readonly files: Opened[]; readonly failed: boolean } {
  const files: Opened[] = []
  let failed = false
  for (const path of paths.length ? paths : ['-']) {
    try {
      const source = path === '-' ? process.stdin : openInput(path, process.files, process.cwd, process.stdin)
      files.push({ path, source })
    } catch (error) {
      complain(process, error, path, before)
      failed = true
    }
  }
  return { files, failed }
}

/** The whole text of all files, for tools that need it at once. */
export function* readInput(
  process: Process,
  paths: readonly string[],
): Task<{ text: string; failed: boolean }> {
  const { files, failed } = open(process, paths)
  let text = ''
  for (const { source } of files) text += yield* readAll(source)
  return { text, failed }
}

/** Lines without their line feeds. */
export const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** To read a line and to look at it. */
export const lineSteps = 100

/** Calls `each` for every line as it comes; false ends the reading. What `each` does beyond a glance it notes in `turns`. */
export function* eachLine(
  source: Readable,
  each: (line: string) => boolean | undefined,
  turns = new Turns(),
): Task {
  const reader = new LineReader(source)
  for (let line = yield* reader.line(); line !== undefined; line = yield* reader.line()) {
    if (each(line) === false) return
    turns.spend(lineSteps + line.length)
    if (turns.over) yield* turns.rest()
  }
}
