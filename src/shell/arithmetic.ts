// Shell arithmetic (expr.c of bash): 64-bit integers as in C, variables without `$`, assignments; what a `&&`, `||` or
// `?:` does not need is read, but does nothing.

export interface Variables {
  get(name: string): string
  set(name: string, value: string): void
}

export class ArithmeticError extends Error {}

const token =
  /\s*(?:(0[xX][\da-fA-F]+|\d+#[\w@]*|\d+)|([A-Za-z_]\w*(?:\[[^\]]*\])?)|(<<=|>>=|\*\*|\+\+|--|&&|\|\||<<|>>|[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:(),]))/y
/** Binary operators, by how tightly they bind. */
const tightness = new Map(
  [
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
  ].flatMap((operators, level) => operators.map(operator => [operator, level] as const)),
)
const assignment = /^(?:[-+*/%&|^]|<<|>>)?=$/
const signs = new Set(['-', '+', '!', '~', '++', '--'])
const isName = (text: string | undefined): boolean => /^[A-Za-z_]/.test(text ?? '')
/** Of brackets, and of variables whose values name others. bash stops at 1024 of the latter, in the same words. */
const deepest = 250

const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value)
const truth = (value: boolean): bigint => (value ? 1n : 0n)

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'

/** Throws ArithmeticError with bash's words, `expression: what (error token is "…")`. */
export function evaluate(text: string, variables: Variables, depth = 0): bigint {
  const list = tokensOf(text)
  let next = 0
  let level = depth
  /** Above 0 where the value is not needed. */
  let idle = 0

  function fail(message: string, at = list.slice(next).join('') || list.at(-1)!): never {
    throw new ArithmeticError(`${text.trim()}: ${message} (error token is "${at}")`)
  }
  const take = (wanted: string): boolean => list[next] === wanted && next++ >= 0
  function nested(read: () => bigint): bigint {
    if (++level > deepest) fail('expression recursion level exceeded')
    const value = read()
    level--
    return value
  }
  function unneeded(read: () => bigint, isUnneeded: boolean): bigint {
    if (!isUnneeded) return read()
    idle++
    const value = read()
    idle--
    return value
  }
  function variable(name: string): bigint {
    if (idle) return 0n
    const value = variables.get(name).trim()
    if (!value) return 0n
    if (/^-?\d+$/.test(value) && !/^-?0\d/.test(value)) return wrapped(BigInt(value))
    if (level >= deepest) fail('expression recursion level exceeded', value)
    return evaluate(value, variables, level + 1)
  }
  function store(name: string, value: bigint): bigint {
    if (!idle) variables.set(name, String(value))
    return value
  }

  function comma(): bigint {
    let value = assign()
    while (take(',')) value = assign()
    return value
  }
  function assign(): bigint {
    const name = list[next]
    const operator = list[next + 1] ?? ''
    if (isName(name) && assignment.test(operator)) {
      next += 2
      const right = nested(assign)
      return store(name!, operator === '=' ? right : apply(operator.slice(0, -1), variable(name!), right))
    }
    const test = binary(0)
    if (!take('?')) {
      if (assignment.test(list[next] ?? '')) fail('attempted assignment to non-variable')
      return test
    }
    const yes = unneeded(() => nested(assign), test === 0n)
    if (!take(':')) fail("`:' expected for conditional expression")
    const no = unneeded(() => nested(assign), test !== 0n)
    return test ? yes : no
  }
  /** Operators that bind at least so tightly. */
  function binary(least: number): bigint {
    let left = power()
    for (;;) {
      const operator = list[next] ?? ''
      const binds = tightness.get(operator)
      if (binds === undefined || binds < least) return left
      next++
      const settled = (operator === '&&' && left === 0n) || (operator === '||' && left !== 0n)
      left = apply(
        operator,
        left,
        unneeded(() => binary(binds + 1), settled),
      )
    }
  }
  function power(): bigint {
    const base = unary()
    if (!take('**')) return base
    const exponent = nested(power)
    if (idle) return 0n
    if (exponent < 0n) fail('exponent less than 0')
    return raised(base, exponent)
  }
  function unary(): bigint {
    const before: string[] = []
    let value: bigint | undefined
    for (let sign = list[next]; sign !== undefined && signs.has(sign); sign = list[next]) {
      next++
      const name = list[next]
      if (sign.length === 1) before.push(sign)
      else if (isName(name)) {
        next++
        value = store(name!, wrapped(variable(name!) + (sign === '++' ? 1n : -1n)))
        break
      } else before.push(...sign)
    }
    value ??= primary()
    for (const sign of before.reverse())
      if (sign === '-') value = wrapped(-value)
      else if (sign === '!') value = truth(value === 0n)
      else if (sign === '~') value = ~value
    return value
  }
  function primary(): bigint {
    if (take('(')) {
      const value = nested(comma)
      if (!take(')')) fail("missing `)'")
      return value
    }
    const first = list[next]
    if (first === undefined || !/^\w/.test(first)) fail('syntax error: operand expected')
    next++
    if (!isName(first)) return number(first)
    const value = variable(first)
    if (take('++')) store(first, wrapped(value + 1n))
    else if (take('--')) store(first, wrapped(value - 1n))
    return value
  }
  function number(written: string): bigint {
    if (/^0[xX]/.test(written)) return wrapped(BigInt(written))
    const [, base = /^0./.test(written) ? '8' : '10', value] = /^(?:(\d+)#)?(.*)$/.exec(written)!
    if (!value) fail('invalid integer constant', written)
    if (Number(base) < 2 || Number(base) > 64) fail('invalid arithmetic base', written)
    let total = 0n
    for (const c of value) {
      const digit = digits.indexOf(Number(base) <= 36 ? c.toLowerCase() : c)
      if (digit < 0 || digit >= Number(base)) fail('value too great for base', written)
      total = wrapped(total * BigInt(base) + BigInt(digit))
    }
    return total
  }
  function apply(operator: string, a: bigint, b: bigint): bigint {
    switch (operator) {
      case '+':
        return wrapped(a + b)
      case '-':
        return wrapped(a - b)
      case '*':
        return wrapped(a * b)
      case '/':
      case '%':
        if (idle) return 0n
        if (b === 0n) fail('division by 0', String(b))
        return wrapped(operator === '/' ? a / b : a % b)
      // The machine looks at six bits of the count.
      case '<<':
        return wrapped(a << (b & 63n))
      case '>>':
        return a >> (b & 63n)
      case '&':
        return a & b
      case '|':
        return a | b
      case '^':
        return a ^ b
      case '&&':
        return truth(a !== 0n && b !== 0n)
      case '||':
        return truth(a !== 0n || b !== 0n)
      case '==':
        return truth(a === b)
      case '!=':
        return truth(a !== b)
      case '<':
        return truth(a < b)
      case '>':
        return truth(a > b)
      case '<=':
        return truth(a <= b)
      default:
        return truth(a >= b)
    }
  }

  if (list.length === 0) return 0n
  const value = comma()
  if (next < list.length) fail('syntax error in expression')
  return value
}

function tokensOf(text: string): string[] {
  const list: string[] = []
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at
    const match = token.exec(text)
    if (match) list.push(match[0].trim())
    else {
      const rest = text.slice(at).trim()
      if (!rest) break
      throw new ArithmeticError(`${text.trim()}: syntax error: operand expected (error token is "${rest}")`)
    }
  }
  return list
}

/** Modulo 2^64 all along: the exponent may be anything. */
function raised(base: bigint, exponent: bigint): bigint {
  let value = 1n
  for (let [square, left] = [base, exponent]; left > 0n; left >>= 1n) {
    if (left & 1n) value = wrapped(value * square)
    square = wrapped(square * square)
  }
  return value
}
