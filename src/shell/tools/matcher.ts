// Several patterns as one, as grep and sed want them: a line fits where one of them does.

import { word } from '../../engine/expressions/char-set.ts'
import { type Dialect, Expression, literal, type Match, parse } from '../../engine/expressions/expression.ts'
import { contains, type Node } from '../../engine/expressions/syntax.ts'

export interface Wish {
  readonly dialect: Dialect | 'fixed'
  readonly ignoreCase: boolean
  /** The match is a whole word, or the whole line. */
  readonly whole?: 'word' | 'line' | undefined
}

const aWordChar: Node = { type: 'set', set: word }
const around: Readonly<Record<'word' | 'line', readonly [before: Node, after: Node]>> = {
  word: [
    { type: 'look', of: aWordChar, ahead: false, negated: true },
    { type: 'look', of: aWordChar, ahead: true, negated: true },
  ],
  line: [{ type: 'start' }, { type: 'end' }],
}

export class Matcher {
  /** Those with back-references stand alone, since each counts its own groups. */
  readonly #expressions: readonly Expression[]
  spent = 0

  /** Throws ExpressionError. */
  constructor(patterns: readonly string[], { dialect, ignoreCase, whole }: Wish) {
    const longest = dialect !== 'perl'
    const make = (nodes: readonly Node[], groups: number) => {
      const any: Node = nodes.length === 1 ? nodes[0]! : { type: 'choice', branches: nodes }
      const [before, after] = whole ? around[whole] : []
      const root: Node = before && after ? { type: 'sequence', items: [before, any, after] } : any
      return new Expression({ root, groups, names: new Map() }, { longest })
    }
    const together: Node[] = []
    const alone: Expression[] = []
    let groups = 0
    for (const pattern of patterns) {
      const { root, groups: own } =
        dialect === 'fixed'
          ? { root: literal(pattern, ignoreCase), groups: 0 }
          : parse(pattern, dialect, { ignoreCase })
      if (contains(root, 'back')) alone.push(make([root], own))
      else {
        together.push(root)
        groups += own
      }
    }
    this.#expressions = together.length ? [make(together, groups), ...alone] : alone
  }

  /** Throws TooManySteps, as `find` does. */
  test(line: string): boolean {
    this.spent = 0
    return this.#expressions.some(each => {
      const fits = each.test(line)
      this.spent += each.spent
      return fits
    })
  }

  /** The first match at or after `from`; of those that begin there the longest. */
  find(line: string, from: number): Match | undefined {
    this.spent = 0
    let best: Match | undefined
    for (const each of this.#expressions) {
      const match = each.find(line, from)
      this.spent += each.spent
      if (!match) continue
      if (!best || match.index < best.index || (match.index === best.index && match.end > best.end))
        best = match
    }
    return best
  }
}
