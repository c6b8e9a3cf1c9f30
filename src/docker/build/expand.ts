// Variables in an instruction: what cannot be read ends the build at its lines.
import { BuildError } from './errors.ts'
import { expandText, type Lookup, WordError } from './words.ts'

export function expandAt(
  text: string,
  lookup: Lookup,
  escapeMark: string,
  lines?: readonly [first: number, last: number],
  unset?: string[],
): string {
  try {
    return expandText(text, lookup, escapeMark, unset)
  } catch (error) {
    if (!(error instanceof WordError)) throw error
    throw new BuildError(`failed to process ${JSON.stringify(text)}: ${error.message}`, lines)
  }
}
