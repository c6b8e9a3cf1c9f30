// test and [: conditions as exit codes.
import type { Process } from '../../engine/process.ts'
import { tool } from '../command.ts'
import { test } from '../test-expression.ts'

function decide(process: Process, args: readonly string[]): number {
  try {
    return test(args, process.files, process.cwd) ? 0 : 1
  } catch (error) {
    process.stderr.write(`${process.argv[0]}: ${(error as Error).message}\n`)
    return 2
  }
}

export const testTool = tool('test', 'decide a condition', function* (process) {
  return decide(process, process.argv.slice(1))
})

export const bracket = tool('[', 'decide a condition', function* (process) {
  const args = process.argv.slice(1)
  if (args.at(-1) !== ']') {
    process.stderr.write("[: missing `]'\n")
    return 2
  }
  return decide(process, args.slice(0, -1))
})
