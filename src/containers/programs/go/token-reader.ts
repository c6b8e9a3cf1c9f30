// Tokens of Go one after another, with the compiler's words for one that does not fit (cmd/compile/internal/syntax).
import { GoError, type Token } from './scanner.ts'

/** As the compiler calls a token. */
const shown = ({ type, text }: Token): string => {
  if (type === 'name') return `name ${text}`
  if (type === 'keyword') return `keyword ${text}`
  if (/^(int|float|string|char)$/.test(type)) return `literal ${text}`
  return text === ',' ? 'comma' : text
}

export class TokenReader {
  protected readonly tokens: readonly Token[]
  protected at = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  protected peek(): Token {
    return this.tokens[this.at]!
  }

  protected is(text: string): boolean {
    const { type, text: own } = this.peek()
    return own === text && type !== 'string' && type !== 'char' && type !== 'name'
  }

  protected take(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  protected fail(what: string, token = this.peek()): never {
    throw new GoError(token, `syntax error: unexpected ${shown(token)}${what}`)
  }

  protected expect(text: string, context = ''): Token {
    if (!this.is(text)) this.fail(context || `, expected ${text}`)
    return this.tokens[this.at++]!
  }

  protected name(what = 'name'): Token {
    if (this.peek().type !== 'name') this.fail(`, expected ${what}`)
    return this.tokens[this.at++]!
  }

  protected end(context: string): void {
    if (this.peek().type === ';') this.at++
    else if (!this.is(')') && !this.is('}')) this.fail(context)
  }
}
