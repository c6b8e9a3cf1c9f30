// `test`, `match` and their kin. Offsets and lengths are in characters (code points).
import { ExpressionError, TooManySteps } from '../../../engine/expressions/errors.ts'
import { type Expression, expression, type Match } from '../../../engine/expressions/expression.ts'
import { JqError, type Json, typeOf } from './values.ts'

const letters = 'gimnpslx'

/** An expression with its flags. */
export interface Wanted {
  readonly expression: Expression
  /** All matches, not the first alone. */
  readonly all: boolean
  /** Those of nothing do not count. */
  readonly filled: boolean
}

/** A pattern, or `[pattern, flags]`, and flags. */
export function readPattern(source: Json, given: Json, more = ''): Wanted {
  const [body, own] = Array.isArray(source) ? source : [source, given]
  if (typeof body !== 'string')
    throw new JqError(`${typeOf(body)} (${JSON.stringify(body)}) cannot be matched, as it is not a string`)
  if (own !== null && own !== undefined && typeof own !== 'string')
    throw new JqError(`${typeOf(own)} (${JSON.stringify(own)}) is not a string`)
  const flags = (own ?? '') + more
  if ([...flags].some(letter => !letters.includes(letter)))
    throw new JqError(`${own} is not a valid modifier string`)
  try {
    return {
      expression: expression(body, 'perl', {
        ignoreCase: flags.includes('i'),
        extended: flags.includes('x'),
        dotAll: flags.includes('p'),
        longest: flags.includes('l'),
      }),
      all: flags.includes('g'),
      filled: flags.includes('n'),
    }
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new JqError(`${body} (at offset 0) is not a valid regex: ${error.message}`)
    throw error
  }
}

function* found({ expression, all, filled }: Wanted, text: string): Generator<Match> {
  for (const match of expression.all(text)) {
    if (filled && match.end === match.index) continue
    yield match
    if (!all) return
  }
}

/** Matches as jq shows them; `groups` are the named ones, `start` and `end` places in the text's own units. */
export function matchesOf(value: Json, wanted: Wanted, spend: (steps: number) => void): Json[] {
  if (typeof value !== 'string')
    throw new JqError(`${typeOf(value)} (${JSON.stringify(value)}) cannot be matched, as it is not a string`)
  const { expression } = wanted
  const names = new Map([...expression.syntax.names].map(([name, number]) => [number, name]))
  const out: Json[] = []
  // Places grow from match to match, and so does their count in characters.
  let [units, characters] = [0, 0]
  const offset = (place: number): number => {
    if (place < units) [units, characters] = [0, 0]
    characters += [...value.slice(units, place)].length
    units = place
    return characters
  }
  try {
    for (const match of found(wanted, value)) {
      spend(expression.spent)
      const groups: Record<string, string | null> = {}
      const start = offset(match.index)
      const captures = match.groups.slice(1).map((own, i) => {
        const name = names.get(i + 1) ?? null
        if (name) groups[name] = own ?? null
        const place = match.places[2 * (i + 1)]!
        return {
          offset: own === undefined ? -1 : start + [...value.slice(match.index, place)].length,
          length: own === undefined ? 0 : [...own].length,
          string: own ?? null,
          name,
        }
      })
      const string = match.groups[0]!
      out.push({
        offset: start,
        length: [...string].length,
        string,
        captures,
        groups,
        start: match.index,
        end: match.end,
      })
    }
    spend(expression.spent)
  } catch (error) {
    if (error instanceof TooManySteps) throw new JqError('stopped: this expression takes too long to match')
    throw error
  }
  return out
}

export const withoutPlaces = ({ groups: _, start: _s, end: _e, ...match }: Json): Json => match

export function splitBy(value: Json, wanted: Wanted, spend: (steps: number) => void): string[] {
  const out: string[] = []
  let at = 0
  for (const { start, end } of matchesOf(value, { ...wanted, all: true }, spend)) {
    out.push(value.slice(at, start))
    at = end
  }
  return [...out, value.slice(at)]
}
