// Shell arithmetic: 64-bit integers as in C (here doubles, exact to 2^53), variables without `$`, assignments.

export interface Variables {
  get(name: string): string
  set(name: string, value: string): void
}

export class ArithmeticError extends Error {}

const tokens =
  /\s*(?:(0[xX][\da-fA-F]+|\d+#\w+|\d+)|([A-Za-z_]\w*(?:\[[^\]]*\])?)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:(),]))/y
/** Binary operators by how tightly they bind. */
const levels = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '>', '<=', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
]
const assignment = /^(?:[-+*/%&|^]|<<|>>)?=$/

export function evaluate(text: string, variables: Variables, depth = 0): number {
  if (depth > 100)
    throw new ArithmeticError(`${text}: expression recursion level exceeded (error token is "${text}")`)
  const list: string[] = []
  tokens.lastIndex = 0
  let at = 0
  while (text.slice(at).trim()) {
    tokens.lastIndex = at
    const match = tokens.exec(text)
    if (!match) fail('syntax error: operand expected', text.slice(at).trim())
    list.push(match![0].trim())
    at = tokens.lastIndex
  }
  let next = 0

  function fail(message: string, token = list.slice(next).join('')): never {
    throw new ArithmeticError(`${text.trim()}: ${message} (error token is "${token}")`)
  }
  const take = (...wanted: string[]): string | undefined =>
    wanted.includes(list[next] ?? '') ? list[next++] : undefined
  const variable = (name: string): number => {
    const value = variables.get(name).trim()
    if (!value) return 0
    return /^-?\d+$/.test(value) && !/^-?0\d/.test(value)
      ? Number(value)
      : evaluate(value, variables, depth + 1)
  }
  const store = (name: string, value: number): number => {
    variables.set(name, String(value))
    return value
  }

  function comma(): number {
    let value = assign()
    while (take(',')) value = assign()
    return value
  }
  function assign(): number {
    const name = list[next] ?? ''
    const operator = list[next + 1] ?? ''
    if (/^[A-Za-z_]/.test(name) && assignment.test(operator)) {
      next += 2
      const right = assign()
      return store(name, operator === '=' ? right : apply(operator.slice(0, -1), variable(name), right))
    }
    const test = binary(0)
    if (!take('?')) return test
    const yes = assign()
    if (!take(':')) fail("`:' expected for conditional expression")
    const no = assign()
    return test ? yes : no
  }
  function binary(level: number): number {
    if (level === levels.length) return power()
    let left = binary(level + 1)
    for (let operator = take(...levels[level]!); operator; operator = take(...levels[level]!)) {
      left = apply(operator, left, binary(level + 1))
    }
    return left
  }
  function power(): number {
    const base = unary()
    return take('**') ? base ** power() : base
  }
  function unary(): number {
    const operator = take('-', '+', '!', '~', '++', '--')
    if (operator === '++' || operator === '--') {
      const name = list[next++] ?? ''
      return store(name, variable(name) + (operator === '++' ? 1 : -1))
    }
    if (operator) {
      const value = unary()
      return operator === '-' ? -value : operator === '+' ? value : operator === '!' ? Number(!value) : ~value
    }
    return primary()
  }
  function primary(): number {
    if (take('(')) {
      const value = comma()
      if (!take(')')) fail("missing `)'")
      return value
    }
    const token = list[next]
    if (token === undefined || !/^\w/.test(token)) fail('syntax error: operand expected')
    next++
    if (/^\d/.test(token)) {
      const based = /^(\d+)#(\w+)$/.exec(token)
      if (based) return Number.parseInt(based[2]!, Number(based[1]))
      if (/^0[0-7]+$/.test(token)) return Number.parseInt(token, 8)
      if (/^0\d/.test(token)) fail('value too great for base', token)
      return Number(token)
    }
    const step = take('++', '--')
    const value = variable(token)
    if (step) store(token, value + (step === '++' ? 1 : -1))
    return value
  }
  function apply(operator: string, a: number, b: number): number {
    switch (operator) {
      case '+':
        return a + b
      case '-':
        return a - b
      case '*':
        return a * b
      case '/':
      case '%':
        if (b === 0) fail('division by 0', String(b))
        return operator === '/' ? Math.trunc(a / b) : a % b
      case '<<':
        return a * 2 ** b
      case '>>':
        return Math.floor(a / 2 ** b)
      case '&':
        return Number(BigInt(a) & BigInt(b))
      case '|':
        return Number(BigInt(a) | BigInt(b))
      case '^':
        return Number(BigInt(a) ^ BigInt(b))
      case '&&':
        return Number(a !== 0 && b !== 0)
      case '||':
        return Number(a !== 0 || b !== 0)
      case '==':
        return Number(a === b)
      case '!=':
        return Number(a !== b)
      case '<':
        return Number(a < b)
      case '>':
        return Number(a > b)
      case '<=':
        return Number(a <= b)
      default:
        return Number(a >= b)
    }
  }

  if (list.length === 0) return 0
  const value = comma()
  if (next < list.length) fail('syntax error in expression')
  return value
}
