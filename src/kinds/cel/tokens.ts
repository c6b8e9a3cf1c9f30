// The tokens of a CEL expression, with what its lexer says about characters that begin none.
// github.com/google/cel-go/parser/gen/CEL.g4

export interface Token {
  readonly type: 'ident' | 'number' | 'string' | 'op' | 'end'
  readonly text: string
  readonly start: number
}

export interface Fault {
  readonly at: number
  readonly message: string
}

const patterns: readonly (readonly [Token['type'] | undefined, RegExp])[] = [
  [undefined, /[\t\n\f\r ]+|\/\/[^\n]*/y],
  [
    'string',
    /(?:[bB][rR]?|[rR][bB]?)?(?:"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^\\"\r\n])*"|'(?:\\.|[^\\'\r\n])*')/y,
  ],
  ['number', /0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+[uU]?/y],
  ['ident', /[A-Za-z_]\w*|`[\w.\-/ ]+`/y],
  ['op', /==|!=|<=|>=|&&|\|\||[[\]{}().,:?<>+\-*/%!]/y],
]

/** All tokens, the last of type `end`; what no token begins with is left out and named in `faults`. */
export function tokenize(source: string): { tokens: Token[]; faults: Fault[] } {
  const tokens: Token[] = []
  const faults: Fault[] = []
  let at = 0
  next: while (at < source.length) {
    for (const [type, pattern] of patterns) {
      pattern.lastIndex = at
      const text = pattern.exec(source)?.[0]
      if (text === undefined) continue
      if (type) tokens.push({ type, text, start: at })
      at += text.length
      continue next
    }
    const length = unknownLength(source, at)
    faults.push({ at, message: `Syntax error: token recognition error at: '${source.substr(at, length)}'` })
    at += length
  }
  tokens.push({ type: 'end', text: '<EOF>', start: source.length })
  return { tokens, faults }
}

/** The lexer gives up where no token can go on: after the second character of `= `, at the end of an open string. */
function unknownLength(source: string, at: number): number {
  const c = source[at]!
  if (c === '"' || c === "'") {
    const end = source.indexOf('\n', at)
    return (end < 0 ? source.length : end) - at
  }
  return '=&|'.includes(c) && at + 1 < source.length ? 2 : 1
}
