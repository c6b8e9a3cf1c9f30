// What the rest of the code knows of CEL, the language of admission policies and of a definition's rules.
import { celParts } from './loaders.ts'

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
  readonly name: string
  /** What the compiler says against the expression: `compilation failed: ERROR: <input>:1:1: …`; undefined: nothing. */
  check(expression: string, scope: CelScope, result: CelResult): string | undefined
  /** The value, as `celValue` made its inputs: integers are bigints. Throws CelError. */
  evaluate(expression: string, bindings: Readonly<Record<string, unknown>>): unknown
}

/** The evaluator; throws MissingPart where it is not loaded. */
export const cel = (): Cel => celParts.get('evaluator')
