// RE2: matching in a time that grows with the text alone, whatever the expression. It knows neither back-references nor
// what stands around.
import { RE2JS } from 're2js'

export interface Linear {
  /** Where the match from `from` on and its groups begin and end, in turn (-1: none). */
  find(text: string, from: number): number[] | undefined
  readonly size: number
}

/** Throws where RE2 refuses an expression (it is too big). */
export function linear(source: string, longest: boolean): Linear {
  const compiled = RE2JS.compile(source, longest ? RE2JS.LONGEST_MATCH : 0)
  const groups = compiled.groupCount()
  return {
    size: compiled.programSize(),
    find(text, from) {
      const matcher = compiled.matcher(text)
      if (!matcher.find(from)) return undefined
      const out: number[] = []
      for (let i = 0; i <= groups; i++) {
        const start = matcher.start(i)
        out.push(start, start < 0 ? -1 : matcher.end(i))
      }
      return out
    },
  }
}

export type MakeLinear = typeof linear
