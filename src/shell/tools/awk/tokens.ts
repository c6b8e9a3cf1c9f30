// The parts of an awk program's text: numbers, strings, regular expressions, names, operators, ends of lines.
import { ToolError } from '../../command.ts'
import { unescapeText } from '../../word-parser.ts'

export interface Token {
  readonly type: 'number' | 'string' | 'regexp' | 'name' | 'call' | 'operator' | 'newline' | 'end'
  readonly text: string
  readonly line: number
}

const lexeme =
  /(?:[ \t\r]|\\\n|#[^\n]*)*(?:(\n)|((?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|"((?:[^"\\\n]|\\[\s\S])*)"|([A-Za-z_]\w*)(\(?)|(\+\+|--|\*\*=?|&&|\|\||!~|[-+*/%^<>=!]=|>>|[-+*/%^<>=!~?:,;(){}[\]$|]))/y

export const builtin =
  /^(?:length|substr|index|split|sub|gsub|match|sprintf|toupper|tolower|int|sqrt|exp|log|sin|cos|atan2|rand|srand|systime|system|close|fflush)$/
export const keywords =
  /^(?:BEGIN|END|function|func|if|else|while|for|do|break|continue|next|nextfile|exit|return|delete|in|getline|print|printf)$/

/** Throws ToolError where a part is none of the language. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  while (/[^\s]/.test(text.slice(at))) {
    const last = tokens.at(-1)
    // A slash begins an expression where no operand stands before it.
    const operand =
      last &&
      (last.type === 'number' ||
        last.type === 'string' ||
        (last.type === 'name' && !keywords.test(last.text)) ||
        last.text === ')' ||
        last.text === ']' ||
        last.text === '$')
    const slash = /^(?:[ \t\r]|\\\n|#[^\n]*)*\/((?:[^/\\\n[]|\\.|\[\^?\]?[^\]\n]*\])*)\//.exec(text.slice(at))
    if (slash && !operand) {
      tokens.push({ type: 'regexp', text: slash[1]!.replaceAll('\\/', '/'), line })
      at += slash[0].length
      continue
    }
    lexeme.lastIndex = at
    const match = lexeme.exec(text)
    if (!match) {
      if (/^(?:\s|#[^\n]*)*$/.test(text.slice(at))) break
      throw new ToolError(
        `awk: line ${line}: syntax error at or near ${text.slice(at).trim().split(/\s/)[0]}`,
        2,
      )
    }
    at = lexeme.lastIndex
    const [, newline, number, string, name, paren, operator] = match
    if (newline) tokens.push({ type: 'newline', text: '\n', line: line++ })
    else if (number !== undefined) tokens.push({ type: 'number', text: number, line })
    else if (string !== undefined)
      tokens.push({ type: 'string', text: unescapeText(string.replaceAll('\\/', '/')), line })
    else if (name !== undefined) {
      const called = paren === '(' && !keywords.test(name)
      tokens.push({ type: called ? 'call' : 'name', text: name, line })
      if (paren) tokens.push({ type: 'operator', text: '(', line })
    } else
      tokens.push({
        type: 'operator',
        text: operator === '**' ? '^' : operator === '**=' ? '^=' : operator!,
        line,
      })
  }
  tokens.push({ type: 'end', text: 'end of file', line })
  return tokens
}
