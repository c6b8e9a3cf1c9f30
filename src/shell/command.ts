// What the shell and its tools share: a tool is a program with a name and a line that says what it is for.
import { ExpressionError, TooManySteps } from '../engine/expressions/errors.ts'
import { FileError } from '../engine/files.ts'
import { isOutOfMemory, KilledForMemory } from '../engine/holding.ts'
import type { PartTable } from '../engine/parts.ts'
import type { Process, Program } from '../engine/process.ts'
import { sleep, type Task } from '../engine/task.ts'

export interface Tool {
  readonly name: string
  /** One line for `help`. */
  readonly summary: string
  readonly run: Program
}

/** Tools by the names of their table; each is asked of it when it is run, or described. */
export const toolsOf = (table: PartTable<Tool>): readonly Tool[] =>
  table.names.map(name => ({
    name,
    get summary() {
      return table.get(name).summary
    },
    run: process => table.get(name).run(process),
  }))

/** One of several tools that share a file. */
export const called =
  (name: string) =>
  (tools: readonly Tool[]): Tool =>
    tools.find(each => each.name === name)!

/** Ends a tool: `name: message` on stderr, exit code `code`. */
export class ToolError extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** A shell's own words for it. */
export const noMemory = 'cannot allocate memory'

/** What a program does that gets no more memory: it is killed, or goes on to say so. */
export function* starve(process: Process): Task {
  if (process.outOfMemory?.()) yield* sleep(Number.MAX_SAFE_INTEGER)
}

/**
 * A tool from its body; a ToolError that it throws becomes its message and exit code. `trouble` is the exit code of
 * files that cannot be read, of expressions that make no sense and of too little memory.
 */
export function tool(
  name: string,
  summary: string,
  body: (process: Process) => Task<number>,
  trouble = 1,
): Tool {
  return {
    name,
    summary,
    *run(process) {
      try {
        return yield* body(process)
      } catch (error) {
        if (error instanceof FileError) {
          const path = error.path.startsWith(`${process.cwd}/`)
            ? error.path.slice(process.cwd.length + 1)
            : error.path
          // A full disk is met while output is written, whose name the tool does not know.
          const what = error.code === 'ENOSPC' ? 'write error' : path
          process.stderr.write(`${name}: ${what}: ${error.reason}\n`)
          return trouble
        }
        if (error instanceof KilledForMemory) throw error
        if (isOutOfMemory(error)) {
          yield* starve(process)
          process.stderr.write(`${name}: memory exhausted\n`)
          return trouble
        }
        // What takes too long to match, GNU's tools give up for want of memory.
        if (error instanceof ExpressionError || error instanceof TooManySteps) {
          const said = error instanceof ExpressionError ? error.message : 'memory exhausted'
          process.stderr.write(`${name}: ${said}\n`)
          return trouble
        }
        if (!(error instanceof ToolError)) throw error
        if (error.message) process.stderr.write(`${error.message}\n`)
        return error.code
      }
    },
  }
}

/** The programs of a machine by name, found as PATH would find them; `/bin/ls` is `ls`. */
export function programs(
  tools: readonly Pick<Tool, 'name' | 'run'>[],
): (name: string) => Program | undefined {
  const table = new Map(tools.map(each => [each.name, each.run]))
  return name => table.get(/^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(name)?.[1] ?? name)
}
