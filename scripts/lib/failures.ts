// What failed in a stage of `npm test`, told once more at its end: where the end of a long output is all that is seen.
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** What is taken of the JSON report of vitest. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    /** The file's path. */
    readonly name: string
    readonly status: string
    /** Why the file itself failed: it could not be loaded, or a hook of it threw. */
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[] | null
    }[]
  }[]
}

/** A message may be a whole output compared with another. */
const most = { lines: 6, columns: 200, outputLines: 20 }

const indent = (lines: readonly string[]): string[] => lines.map(line => `    ${line.slice(0, most.columns)}`)

const linesOf = (text: string): string[] =>
  stripVTControlCharacters(text)
    .split('\n')
    .map(line => line.trimEnd())
    .filter(line => line.trim())

/** The first lines of a message, without the stack below it. */
function firstLines(message: string): string[] {
  const lines = linesOf(message)
  const stack = lines.findIndex(line => /^\s+at /.test(line))
  return indent(lines.slice(0, stack < 1 ? undefined : stack).slice(0, most.lines))
}

/** Each failed test by its file (from `root`) and name, with the first lines of its message; a file that failed as a whole alike. */
export function failedTests(report: Report, root: string): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter(test => test.status === 'failed')
    if (failed.length)
      return failed.flatMap(test => [
        `  ${file} > ${test.fullName}`,
        ...firstLines(test.failureMessages?.[0] ?? ''),
      ])
    return status === 'failed' ? [`  ${file}`, ...firstLines(message)] : []
  })
}

/** The last lines of what a command printed, without its signs of life. */
export const lastLines = (output: string): string[] =>
  indent(
    linesOf(output)
      .filter(line => !line.startsWith('  … '))
      .slice(-most.outputLines),
  )
