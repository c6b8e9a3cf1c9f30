// What reading YAML or JSON text may throw: nothing else leaves src/yaml.

/** A place in a document's text. `line` and `column` count from 0. */
export interface Mark {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/**
 * A fault in the text. `message` is what kubectl prints (`yaml: line 6: did not find expected key`), whose line number
 * is often one too small; `mark` is where the fault really is.
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

/** `countedFrom`: how the message numbers lines. The first line is never named where they count from 0. */
function faultIn(problem: string, mark: Mark, context: Mark | undefined, countedFrom: number): YamlError {
  const line = mark.line ? mark.line + countedFrom : (context?.line ?? 0)
  return new YamlError(`yaml: ${line ? `line ${line}: ` : ''}${problem}`, problem, mark, context)
}

/** Characters that make no token, or a token that may not stand here: kubectl counts lines from 1. */
export const tokenFault = (problem: string, mark: Mark, context: Mark | undefined = mark): YamlError =>
  faultIn(problem, mark, context, 1)

/** Good tokens in an order that makes no document: kubectl counts lines from 0. */
export const orderFault = (problem: string, mark: Mark, context?: Mark): YamlError =>
  faultIn(problem, mark, context, 0)

/** Faults that are found in the tree, not in the text: kubectl names no line. */
export const contentError = (problem: string, mark?: Mark): YamlError =>
  new YamlError(`yaml: ${problem}`, problem, mark)
