// expr: arithmetic, comparisons and matching of its arguments, in GNU's order of precedence. Numbers have any length.

import { expression } from '../../engine/expressions/expression.ts'
import { ToolError, tool } from '../command.ts'

type Binary = (a: string, b: string) => string

const integer = /^-?\d+$/
const number = (text: string): bigint => {
  if (!integer.test(text)) throw new ToolError('expr: non-integer argument', 2)
  return BigInt(text)
}
const isNull = (text: string): boolean => text === '' || /^-?0+$/.test(text)

const arithmetic =
  (of: (a: bigint, b: bigint) => bigint): Binary =>
  (a, b) =>
    String(of(number(a), number(b)))
const divided = (of: (a: bigint, b: bigint) => bigint): Binary =>
  arithmetic((a, b) => {
    if (b === 0n) throw new ToolError('expr: division by zero', 2)
    return of(a, b)
  })
const compared =
  (of: (order: number) => boolean): Binary =>
  (a, b) => {
    const numbers = integer.test(a) && integer.test(b)
    const less = numbers ? BigInt(a) < BigInt(b) : a < b
    const same = numbers ? BigInt(a) === BigInt(b) : a === b
    return of(less ? -1 : same ? 0 : 1) ? '1' : '0'
  }

/** What the group takes, or how many characters match at the beginning. */
function match(text: string, pattern: string): string {
  const wanted = expression(`^\\(${pattern}\\)`, 'basic')
  const found = wanted.find(text)
  if (wanted.syntax.groups > 1) return found?.groups[2] ?? ''
  return String(found ? [...found.groups[0]!].length : 0)
}

/** From the loosest to the tightest. */
const levels: readonly Readonly<Record<string, Binary>>[] = [
  { '|': (a, b) => (isNull(a) ? (isNull(b) ? '0' : b) : a) },
  { '&': (a, b) => (isNull(a) || isNull(b) ? '0' : a) },
  {
    '<': compared(order => order < 0),
    '<=': compared(order => order <= 0),
    '=': compared(order => order === 0),
    '==': compared(order => order === 0),
    '!=': compared(order => order !== 0),
    '>=': compared(order => order >= 0),
    '>': compared(order => order > 0),
  },
  { '+': arithmetic((a, b) => a + b), '-': arithmetic((a, b) => a - b) },
  {
    '*': arithmetic((a, b) => a * b),
    '/': divided((a, b) => a / b),
    '%': divided((a, b) => a % b),
  },
  { ':': match },
]

const functions: Readonly<Record<string, readonly [count: number, of: (...args: string[]) => string]>> = {
  match: [2, match as (...args: string[]) => string],
  substr: [
    3,
    (text, from, length) => {
      const [start, count] = [
        integer.test(from!) ? Number(from) : 0,
        integer.test(length!) ? Number(length) : 0,
      ]
      return start > 0 && count > 0 ? [...text!].slice(start - 1, start - 1 + count).join('') : ''
    },
  ],
  index: [2, (text, any) => String([...text!].findIndex(c => any!.includes(c)) + 1)],
  length: [1, text => String([...text!].length)],
}

class Evaluation {
  readonly #args: readonly string[]
  #at = 0

  constructor(args: readonly string[]) {
    this.#args = args
  }

  whole(): string {
    const value = this.#level(0)
    const rest = this.#args[this.#at]
    if (rest !== undefined) throw new ToolError(`expr: syntax error: unexpected argument ‘${rest}’`, 2)
    return value
  }

  #level(depth: number): string {
    const operators = levels[depth]
    if (!operators) return this.#operand()
    let value = this.#level(depth + 1)
    for (;;) {
      const operator = this.#args[this.#at] ?? ''
      if (!Object.hasOwn(operators, operator)) return value
      this.#at++
      value = operators[operator]!(value, this.#level(depth + 1))
    }
  }

  #operand(): string {
    const arg = this.#args[this.#at++]
    if (arg === undefined)
      throw new ToolError(`expr: syntax error: missing argument after ‘${this.#args.at(-1)}’`, 2)
    if (arg === '(') {
      const value = this.#level(0)
      if (this.#args[this.#at++] !== ')')
        throw new ToolError(`expr: syntax error: expecting ')' after ‘${this.#args.at(-1)}’`, 2)
      return value
    }
    if (arg === '+') return this.#args[this.#at++] ?? this.#operand()
    const own = Object.hasOwn(functions, arg) ? functions[arg]! : undefined
    return own ? own[1](...Array.from({ length: own[0] }, () => this.#operand())) : arg
  }
}

export const expr = tool(
  'expr',
  'evaluate an expression',
  function* ({ argv, stdout }) {
    const args = argv.slice(argv[1] === '--' ? 2 : 1)
    if (args.length === 0)
      throw new ToolError("expr: missing operand\nTry 'expr --help' for more information.", 2)
    const value = new Evaluation(args).whole()
    stdout.write(`${value}\n`)
    return isNull(value) ? 1 : 0
  },
  2,
)
