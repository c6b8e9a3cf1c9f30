// What the rest of the code knows of CEL, the language of admission policies and of a definition's rules: an interface,
// and the place where the evaluator stands once it was loaded.

/**
 * Types of the variables of an expression. A name of `types`, or one of CEL's own: `int`, `string`, `list<int>`,
 * `map<string, dyn>`, `dyn`.
 */
export interface CelScope {
  readonly variables: Readonly<Record<string, string>>
  /** Objects with known fields: `{ Self: { replicas: 'int' } }`. */
  readonly types?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** What an expression may result in, as CEL names it; `dyn` fits all. */
export type CelResult = 'bool' | 'string' | 'any'

/** An expression failed while it ran: `no such key: replicas`. */
export class CelError extends Error {}

export interface Cel {
  /** What the compiler says against the expression: `compilation failed: ERROR: <input>:1:1: …`; undefined: nothing. */
  check(expression: string, scope: CelScope, result: CelResult): string | undefined
  /** The value, as `celValue` made its inputs: integers are bigints. Throws CelError. */
  evaluate(expression: string, bindings: Readonly<Record<string, unknown>>): unknown
}

let evaluator: Cel | undefined

/** Called by the evaluator's own module when it is loaded. */
export function provideCel(provided: Cel): void {
  evaluator = provided
}

export function cel(): Cel {
  if (!evaluator) throw new Error('the CEL evaluator is not loaded')
  return evaluator
}
