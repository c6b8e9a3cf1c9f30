// What cel-go says against an expression, made of what this evaluator found.
// github.com/google/cel-go/{parser/errors.go,checker/errors.go,common/error.go}
import type { Fault, Token } from './tokens.ts'

/** What a primary expression can begin with. */
const primaries =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"

/** The operator tokens that begin one. */
const beginsPrimary = ({ type, text }: Token): boolean =>
  (type === 'op' && '[{(.-!'.includes(text)) || (type !== 'op' && type !== 'end' && text !== 'in')

/** `compilation failed: ERROR: <input>:1:3: …`, the faults in the order of their places. */
export function compilationFailed(source: string, faults: readonly Fault[]): string {
  const sorted = [...faults].sort((a, b) => a.at - b.at)
  return `compilation failed: ${sorted.map(fault => located(source, fault)).join('\n')}`
}

function located(source: string, { at, message }: Fault): string {
  const before = source.slice(0, at)
  const line = before.split('\n').length
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length
  const text = source.split('\n')[line - 1] ?? ''
  return `ERROR: <input>:${line}:${column + 1}: ${message}\n | ${text}\n | ${'.'.repeat(column)}^`
}

/** What the parser of cel-go says of the token at which an expression stops making sense. */
export function syntaxFault(code: string, tokens: readonly Token[], at: number, expected: string): Fault {
  const i = Math.max(
    0,
    tokens.findIndex(token => token.start >= at),
  )
  const token = tokens[i]!
  const next = tokens[i + 1]
  const say = (message: string): Fault => ({ at: token.start, message: `Syntax error: ${message}` })
  if (code === 'reserved_identifier')
    return { at: token.start, message: `reserved identifier: ${token.text}` }
  if (code === 'unexpected_token') {
    const extraneous = next && token.type !== 'end' && beginsPrimary(next)
    return say(`${extraneous ? 'extraneous' : 'mismatched'} input '${token.text}' expecting ${primaries}`)
  }
  if (code === 'expected_token') {
    if (expected === 'IDENTIFIER')
      return say(`no viable alternative at input '.${token.type === 'end' ? '' : token.text}'`)
    const sign = { RPAREN: ')', RBRACKET: ']', RBRACE: '}', COLON: ':' }[expected] ?? expected
    return say(
      token.type === 'end' && expected !== 'COLON'
        ? `missing '${sign}' at '<EOF>'`
        : `mismatched input '${token.text}' expecting '${sign}'`,
    )
  }
  return say(`${next?.type === 'end' ? 'extraneous' : 'mismatched'} input '${token.text}' expecting <EOF>`)
}

const typeNames: Readonly<Record<string, string>> = {
  'google.protobuf.Timestamp': 'timestamp',
  'google.protobuf.Duration': 'duration',
}

/** `list<map<string, int>>` as cel-go writes it: `list(map(string, int))`. */
const typeText = (type: string): string =>
  type
    .replace(/^dyn<(.*)>$/, '$1')
    .replaceAll('<', '(')
    .replaceAll('>', ')')
    .replace(/google\.protobuf\.(Timestamp|Duration)/g, name => typeNames[name]!)

const container = "(in container '')"

/** A fault of types, from the evaluator's own words; `knows` says whether a function of that name exists at all. */
export function typeFault(summary: string, knows: (name: string) => boolean): string {
  const rules: readonly [RegExp, (...groups: string[]) => string][] = [
    [/^Unknown variable: (.*)$/, name => `undeclared reference to '${name}' ${container}`],
    [/^No such key: (.*)$/, name => `undefined field '${name}'`],
    [/^no such overload: ([-!])(\S+)$/, (op, type) => overload(op === '!' ? '!_' : '-_', typeText(type!))],
    [
      /^no such overload: (.+) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.+)$/,
      (left, op, right) =>
        overload(op === 'in' ? '@in' : `_${op}_`, `${typeText(left!)}, ${typeText(right!)}`),
    ],
    [
      /^found no matching overload for '([\w.<>, ]+)\.(\w+)\((.*)\)'$/,
      (receiver, name, args) =>
        knows(name!)
          ? overload(name!, typeText(args!), typeText(receiver!))
          : `undeclared reference to '${name}' ${container}`,
    ],
    [
      /^found no matching overload for '(\w+)\((.*)\)'$/,
      (name, args) =>
        knows(name!) ? overload(name!, typeText(args!)) : `undeclared reference to '${name}' ${container}`,
    ],
    [
      /expected type '(.*)' but found '(.*)'$/,
      (expected, found) => `expected type '${typeText(expected!)}' but found '${typeText(found!)}'`,
    ],
    [
      /^Logical operator requires bool operands, got '(.*)'$/,
      type => `expected type 'bool' but found '${typeText(type!)}'`,
    ],
    [
      /^Ternary branches must have the same type, got '(.*)' and '(.*)'$/,
      (a, b) => overload('_?_:_', `bool, ${typeText(a!)}, ${typeText(b!)}`),
    ],
    [/^has\(\) invalid argument$/, () => 'invalid argument to has() macro'],
    [/^Cannot index type '(.*)'$/, type => `type '${typeText(type!)}' does not support field selection`],
    [
      /^Expression of type '(.*)' cannot be range of a comprehension/,
      type =>
        `expression of type '${typeText(type!)}' cannot be range of a comprehension (must be list, map, or dynamic)`,
    ],
  ]
  for (const [pattern, text] of rules) {
    const match = pattern.exec(summary)
    if (match) return text(...match.slice(1))
  }
  return summary
}

const overload = (name: string, args: string, receiver?: string): string =>
  `found no matching overload for '${name}' applied to '${receiver === undefined ? `(${args})` : `${receiver}.(${args})`}'`

/** What fails while an expression runs. */
export function runtimeFault(summary: string): string {
  const missing = /^No such key: index out of bounds, index (-?\d+)/.exec(summary)
  if (missing) return `index out of bounds: ${missing[1]}`
  if (summary.startsWith('No such key: ')) return `no such key: ${summary.slice(13)}`
  if (/^Unknown variable: /.test(summary)) return `no such attribute(s): ${summary.slice(18)}`
  if (/^(no such overload|found no matching overload)/.test(summary)) return 'no such overload'
  if (/^Cannot index type|^Unsupported type/.test(summary)) return 'no such key'
  return summary === 'modulo by zero' ? 'modulus by zero' : summary
}
