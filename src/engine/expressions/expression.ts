// Regular expressions that nothing can make hang. Which engine matches a text is decided by the expression and the length
// of the text: JavaScript's own where its steps are bounded (cost.ts), else RE2, which is loaded then; with back-references
// or looks around one that counts its steps (backtrack.ts). All three find the same.
import { compile as compileProgram, type Program, run } from './backtrack.ts'
import { anchored, searchBound } from './cost.ts'
import { ExpressionError, TooManySteps } from './errors.ts'
import type { Linear } from './linear.ts'
import { linearParts } from './loaders.ts'
import { greedyIsLongest } from './longest.ts'
import { type Dialect, literal, parse, type Reading, tooBig } from './parse.ts'
import { print } from './print.ts'
import { contains, type Node, type Syntax, size } from './syntax.ts'

export type { Dialect, Node, Reading }
export { ExpressionError, literal, parse, TooManySteps }

/** Steps of JavaScript's engine for one text: some milliseconds. */
const nativeSteps = 300_000
/** In a long text each character may cost so many, up to some hundredths of a second. */
const nativeStepsEach = 200
const nativeStepsMost = 10_000_000
const nativeSize = 5000
/** Steps of the others for one text, less than a tenth of a second; what needs more ends with TooManySteps. */
const linearSteps = 2_000_000
const backtrackingSteps = 2_000_000
/** Steps of all searches in one text by those that cannot take turns in between, in steps of JavaScript's engine. */
const stepsAtOnce = 40_000_000
/** How many steps of JavaScript's engine one of theirs comes to. */
const linearWeight = 8
const backtrackingWeight = 5

export interface Match {
  readonly index: number
  readonly end: number
  /** The whole, then the groups. */
  readonly groups: readonly (string | undefined)[]
  /** Where each of them begins and ends, in turn; -1 for one that took no part. */
  readonly places: readonly number[]
}

export interface Options extends Reading {
  /** POSIX: of the matches that begin first, the longest; Perl's takes the first that it comes to. */
  readonly longest?: boolean
}

/** Reads an expression and makes it ready. Throws ExpressionError. */
export const expression = (text: string, dialect: Dialect, options: Options = {}): Expression =>
  new Expression(parse(text, dialect, options), { longest: dialect !== 'perl', ...options })

/** As `expression`; undefined where the text makes no sense. */
export function readableExpression(
  text: string,
  dialect: Dialect,
  options: Options = {},
): Expression | undefined {
  try {
    return expression(text, dialect, options)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

export type ReadExpression = typeof expression

export class Expression {
  readonly syntax: Syntax
  /** What the last search may have cost, in steps of JavaScript's engine, for those that take turns with the world. */
  spent = 0
  readonly #longest: boolean
  readonly #multiline: boolean
  readonly #plain: boolean
  readonly #greedy: boolean
  readonly #bounds = new Map<number, number>()
  #native: RegExp | undefined
  #linear: Linear | undefined
  #program: Program | undefined

  constructor(syntax: Syntax, { longest = false, multiline = false }: Options = {}) {
    this.syntax = syntax
    this.#longest = longest
    this.#multiline = multiline
    const { root } = syntax
    this.#plain = !contains(root, 'back') && !contains(root, 'look')
    this.#greedy = !longest || greedyIsLongest(root)
    if (size(root) > nativeSize && !this.#plain) throw new ExpressionError(tooBig)
  }

  test(text: string): boolean {
    if (this.#isSafe(text.length)) {
      const native = this.#asNative()
      native.lastIndex = 0
      return native.test(text)
    }
    return this.#slowly(text, 0) !== undefined
  }

  /** As `test`, for servers that have nobody to tell: what takes too long does not fit. */
  fits(text: string): boolean {
    try {
      return this.test(text)
    } catch (error) {
      if (error instanceof TooManySteps) return false
      throw error
    }
  }

  /** The first match at or after `from`. Throws TooManySteps. */
  find(text: string, from = 0): Match | undefined {
    if (!this.#greedy || !this.#isSafe(text.length)) {
      const places = this.#slowly(text, from)
      if (!places) return undefined
      const groups: (string | undefined)[] = []
      for (let i = 0; i < places.length; i += 2)
        groups.push(places[i]! < 0 ? undefined : text.slice(places[i], places[i + 1]))
      return { index: places[0]!, end: places[1]!, groups, places }
    }
    const native = this.#asNative()
    native.lastIndex = from
    const found = native.exec(text) as (RegExpExecArray & { indices: [number, number][] }) | null
    // Each place where it began costs its part of the bound.
    if (!anchored(this.syntax.root))
      this.spent = (this.spent / (text.length + 1)) * ((found?.index ?? text.length) + 1 - from)
    if (!found) return undefined
    const places: number[] = []
    for (const place of found.indices) places.push(place?.[0] ?? -1, place?.[1] ?? -1)
    return { index: found.index, end: found.index + found[0].length, groups: [...found], places }
  }

  /**
   * All matches, none within another; an empty one is not taken right after another match. Between two of them `spent`
   * says what the search for the latter took.
   */
  *all(text: string): Generator<Match> {
    let last = -1
    for (let at = 0; at <= text.length; ) {
      const match = this.find(text, at)
      if (!match) return
      if (match.end > match.index || match.index !== last) yield match
      last = match.end
      at = match.end > match.index ? match.end : match.end + (text.codePointAt(match.end)! > 0xffff ? 2 : 1)
    }
  }

  /** `all` for those that do not rest in between. Throws TooManySteps. */
  *#allAtOnce(text: string): Generator<Match> {
    let left = stepsAtOnce
    for (const match of this.all(text)) {
      left -= this.spent
      if (left < 0) throw new TooManySteps()
      yield match
    }
  }

  /** Throws TooManySteps. */
  replace(text: string, change: (match: Match) => string): string {
    let out = ''
    let at = 0
    for (const match of this.#allAtOnce(text)) {
      out += text.slice(at, match.index) + change(match)
      at = match.end
    }
    return out + text.slice(at)
  }

  /** The pieces between the matches; empty matches do not divide at the ends. */
  split(text: string): string[] {
    const out: string[] = []
    let at = 0
    for (const match of this.#allAtOnce(text)) {
      if (match.index === match.end && (match.index === 0 || match.index === text.length)) continue
      out.push(text.slice(at, match.index))
      at = match.end
    }
    return [...out, text.slice(at)]
  }

  #isSafe(length: number): boolean {
    const { root } = this.syntax
    // Rounded up to a power of two, so that few bounds are counted.
    const n = 2 ** Math.ceil(Math.log2(length + 1))
    let steps = this.#bounds.get(n)
    if (steps === undefined) {
      steps = size(root) > nativeSize ? Number.POSITIVE_INFINITY : searchBound(root, n)
      this.#bounds.set(n, steps)
    }
    this.spent = steps
    return steps <= nativeSteps || steps <= Math.min(nativeStepsEach * n, nativeStepsMost)
  }

  #asNative(): RegExp {
    const { root } = this.syntax
    this.#native ??= new RegExp(print(root, 'native', this.#multiline), this.#multiline ? 'dgmu' : 'dgu')
    return this.#native
  }

  #slowly(text: string, from: number): number[] | undefined {
    return this.#plain ? this.#linearly(text, from) : this.#backtracking(text, from)
  }

  #linearly(text: string, from: number): number[] | undefined {
    if (!this.#linear) {
      const make = linearParts.get('re2')
      try {
        this.#linear = make(print(this.syntax.root, 're2'), this.#longest)
      } catch {
        throw new ExpressionError(tooBig)
      }
    }
    const steps = (text.length - from) * this.#linear.size
    if (steps > linearSteps) throw new TooManySteps()
    this.spent = steps * linearWeight
    return this.#linear.find(text, from)
  }

  #backtracking(text: string, from: number): number[] | undefined {
    this.#program ??= compileProgram(this.syntax.root, this.syntax.groups)
    const budget = { left: backtrackingSteps }
    try {
      for (let start = from; start <= text.length; start++) {
        // A character of two units is not begun in its middle.
        const unit = text.charCodeAt(start)
        if (start > 0 && unit >= 0xdc00 && unit < 0xe000 && text.codePointAt(start - 1)! > 0xffff) continue
        const found = run(this.#program, text, start, budget, this.#longest)
        if (found) return found.slice(0, 2 * (this.syntax.groups + 1))
      }
      return undefined
    } finally {
      this.spent = (backtrackingSteps - budget.left) * backtrackingWeight
    }
  }
}
