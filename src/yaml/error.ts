// What reading YAML or JSON text may throw: nothing else leaves src/yaml.

/** A place in a document's text. `line` and `column` count from 0. */
export interface Mark {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/**
 * A fault in the text. `message` is go-yaml's own text (`yaml: line 6: did not find expected key`), whose line number is
 * often one too small (it prints the parser's marks, which count from 0); `mark` is where the fault really is.
 */
export class YamlError extends Error {
  readonly problem: string
  readonly mark: Mark | undefined
  /** Where the thing begins that is at fault: the quote that is not closed, the key without a colon. */
  readonly context: Mark | undefined
  constructor(message: string, problem: string, mark?: Mark, context?: Mark) {
    super(message)
    this.name = 'YamlError'
    this.problem = problem
    this.mark = mark
    this.context = context
  }
}

/** Errors of the scanner print the line counted from 1, those of the parser from 0; line 0 is left out (parser.fail of decode.go). */
export function syntaxError(
  problem: string,
  mark: Mark,
  context: Mark | undefined,
  scanner: boolean,
): YamlError {
  const line = mark.line ? mark.line + (scanner ? 1 : 0) : (context?.line ?? 0)
  return new YamlError(`yaml: ${line ? `line ${line}: ` : ''}${problem}`, problem, mark, context)
}

/** Errors that are found in the tree, not in the text (failf of yaml.go): they name no line. */
export const contentError = (problem: string, mark?: Mark): YamlError =>
  new YamlError(`yaml: ${problem}`, problem, mark)
