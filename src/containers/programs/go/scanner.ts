// Go's text as tokens, with the semicolons that line ends stand for (go.dev/ref/spec#Lexical_elements). Complaints in the
// compiler's words.
import { unquoted } from '../../../engine/go-literal.ts'

export interface Position {
  readonly line: number
  /** In bytes from 1 on. */
  readonly column: number
}

/** What the compiler prints after the position. */
export class GoError extends Error {
  readonly at: Position
  constructor(at: Position, message: string) {
    super(message)
    this.at = at
  }
}

/** Found by the command that looks for the packages of a program, before the compiler is called. */
export class HeadError extends GoError {}

/** It is Go, but none that this simulator knows; the message names it. */
export class NotSimulated extends GoError {}

export type TokenType = 'name' | 'keyword' | 'int' | 'float' | 'string' | 'char' | 'operator' | ';' | 'eof'

export interface Token extends Position {
  readonly type: TokenType
  /** As it stands there; of a semicolon that a line end stands for `newline`, at the end `EOF`. */
  readonly text: string
}

const keywords = new Set(
  'break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var'.split(
    ' ',
  ),
)
const operators =
  /^(?:<<=|>>=|&\^=|\.\.\.|&&|\|\||<-|\+\+|--|==|!=|<=|>=|:=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|&\^|[-+*/%&|^<>=!()[\]{},.:])/
const endsStatement = /^(?:break|continue|fallthrough|return|\+\+|--|\)|\]|\})$/

const bytesOf = (text: string): number => {
  let bytes = 0
  for (const c of text) {
    const code = c.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** What is wrong with single characters goes into `errors`, and the reading goes on. */
export function scan(text: string, errors: GoError[]): Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  let lineStart = 0
  const here = (offset = at): Position => ({ line, column: bytesOf(text.slice(lineStart, offset)) + 1 })
  const push = (type: TokenType, word: string, position = here()) =>
    tokens.push({ type, text: word, ...position })
  const newline = () => {
    const last = tokens.at(-1)
    if (!last) return
    const ends =
      /^(name|int|float|string|char)$/.test(last.type) ||
      ((last.type === 'keyword' || last.type === 'operator') && endsStatement.test(last.text))
    if (ends) push(';', 'newline')
  }
  while (at < text.length) {
    const rest = text.slice(at, at + 4)
    const c = rest[0]!
    if (c === '\n') {
      newline()
      at++
      line++
      lineStart = at
      continue
    }
    if (c === ' ' || c === '\t' || c === '\r') {
      at++
      continue
    }
    if (rest.startsWith('//')) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
      continue
    }
    if (rest.startsWith('/*')) {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) {
        errors.push(new GoError(here(), 'comment not terminated'))
        break
      }
      const inside = text.slice(at, end)
      if (inside.includes('\n')) {
        newline()
        line += inside.split('\n').length - 1
        lineStart = at + inside.lastIndexOf('\n') + 1
      }
      at = end + 2
      continue
    }
    const from = here()
    if (c === '"' || c === '`' || c === "'") {
      const end = quoted(text, at, c, from, here, errors)
      const word = text.slice(at, end)
      at = end
      push(c === "'" ? 'char' : 'string', word, from)
      if (c === '`' && word.includes('\n')) {
        line += word.split('\n').length - 1
        lineStart = at - (word.length - word.lastIndexOf('\n') - 1)
      }
      continue
    }
    const [name] = /^[\p{L}_][\p{L}\p{Nd}_]*/u.exec(text.slice(at, at + 200)) ?? []
    if (name) {
      push(keywords.has(name) ? 'keyword' : 'name', name, from)
      at += name.length
      continue
    }
    const [number] =
      /^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]*(?![\d.])|\d[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+)/.exec(
        text.slice(at, at + 80),
      ) ?? []
    if (number) {
      push(/[.eE]/.test(number) && !/^0[xX]/.test(number) ? 'float' : 'int', number, from)
      at += number.length
      continue
    }
    if (c === ';') {
      push(';', 'semicolon', from)
      at++
      continue
    }
    const [operator] = operators.exec(rest) ?? []
    if (!operator) {
      const whole = String.fromCodePoint(text.codePointAt(at)!)
      const code = whole.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
      const inName = /[^\x00-\x7f]/.test(whole) ? ' in identifier' : ''
      errors.push(
        new GoError(from, `invalid character U+${code}${whole.trim() ? ` '${whole}'` : ''}${inName}`),
      )
      at += whole.length
      continue
    }
    push('operator', operator, from)
    at += operator.length
  }
  newline()
  push('eof', 'EOF')
  return tokens
}

/** The end of a literal that begins at `at`. */
function quoted(
  text: string,
  at: number,
  quote: string,
  from: Position,
  here: (offset: number) => Position,
  errors: GoError[],
): number {
  const told = (where: Position, message: string) => errors.push(new GoError(where, message))
  let end = at + 1
  let characters = 0
  for (;;) {
    const c = text[end]
    if (c === undefined || (c === '\n' && quote !== '`')) {
      if (c === undefined) told(from, 'string not terminated')
      else told(here(end), quote === "'" ? 'newline in rune literal' : 'newline in string')
      return end
    }
    if (c === quote) break
    characters++
    if (c === '\\' && quote !== '`') {
      if (!/^[abfnrtvxuU0-7\\'"]/.test(text[end + 1] ?? '')) told(here(end + 1), 'unknown escape')
      const [sequence = ''] = /^\\(?:x..|u....|U.{8}|[0-7]{3}|[\s\S])/.exec(text.slice(end, end + 10)) ?? []
      end += sequence.length
    } else end += c.codePointAt(0)! > 0xffff ? 2 : 1
  }
  if (quote === "'" && characters !== 1)
    told(
      from,
      characters
        ? 'more than one character in rune literal'
        : "empty rune literal or unescaped ' in rune literal",
    )
  return end + 1
}

/** What a literal stands for; one that is faulty, as it is written. */
export const literalText = (literal: string): string => unquoted(literal) ?? literal.slice(1, -1)
