// What stands in brackets: `[^a-z[:digit:]_]`; in Perl's with escapes.
import { CharSet, classes, digit, everything, nothing, space, word } from './char-set.ts'
import { ExpressionError } from './errors.ts'

/** What letters behind a backslash stand for; in brackets `\b` too. */
export const controls: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
}
const escapes: Readonly<Record<string, CharSet>> = {
  d: digit,
  w: word,
  s: space,
  h: CharSet.of(' \t'),
  D: digit.negated(),
  W: word.negated(),
  S: space.negated(),
}

/** The set that begins at `[`; `source` is written where the set is of Unicode properties. */
export function bracket(
  text: string,
  start: number,
  escaped: boolean,
): { set: CharSet; end: number; source?: string } {
  let at = start + 1
  const negated = text[at] === '^'
  if (negated) at++
  let set = nothing
  let properties = ''
  const unmatched = (): never => {
    throw new ExpressionError('Unmatched [, [^, [:, [., or [=')
  }
  /** One member: a set of its own, or a character that may begin a range. */
  const member = (): CharSet | string => {
    const named = /^\[([:.=])([^\]]*?)\1\]/.exec(text.slice(at, at + 40))
    if (named) {
      at += named[0].length
      if (named[1] !== ':') return named[2]!
      const found = classes[named[2]!]
      if (!found) throw new ExpressionError('Invalid character class name')
      return found
    }
    if (escaped && text[at] === '\\') {
      const rest = text.slice(at + 1, at + 40)
      const property = /^[pP]\{\^?[A-Za-z_=]+\}|^[pP][A-Z]/.exec(rest)
      if (property) {
        at += 1 + property[0].length
        properties += `\\${property[0].replace(/^(.)(?!\{)(.)/, '$1{$2}')}`
        return nothing
      }
      const code = /^x(?:\{([\da-fA-F]{1,6})\}|([\da-fA-F]{2}))/.exec(rest)
      if (code) {
        at += 1 + code[0].length
        return String.fromCodePoint(Number.parseInt(code[1] ?? code[2]!, 16))
      }
      const c = String.fromCodePoint(rest.codePointAt(0) ?? 92)
      at += 1 + c.length
      return escapes[c] ?? (c === 'b' ? '\b' : controls[c]) ?? c
    }
    const c = String.fromCodePoint(text.codePointAt(at)!)
    at += c.length
    return c
  }
  for (let first = true; ; first = false) {
    if (at >= text.length) unmatched()
    if (text[at] === ']' && !first) break
    const from = member()
    if (typeof from !== 'string') {
      set = set.with(from)
      continue
    }
    if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
      at++
      const to = member()
      if (typeof to !== 'string') throw new ExpressionError('Invalid range end')
      const [low, high] = [from.codePointAt(0)!, to.codePointAt(0)!]
      if (low > high) throw new ExpressionError('Invalid range end')
      set = set.with(new CharSet([[low, high]]))
    } else set = set.with(CharSet.of(from))
  }
  at++
  if (properties)
    return {
      set: everything,
      end: at,
      source: `[${negated ? '^' : ''}${members(set)}${properties}]`,
    }
  return { set: negated ? set.negated() : set, end: at }
}

const unit = (code: number): string => `\\u{${code.toString(16)}}`
/** Members of a bracket as a JavaScript expression with the flag `u` has them. */
export const members = (set: CharSet, write = unit): string =>
  set.ranges.map(([from, to]) => (from === to ? write(from) : `${write(from)}-${write(to)}`)).join('')
