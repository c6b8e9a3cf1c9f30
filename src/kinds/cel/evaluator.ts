// CEL as Kubernetes has it, on the evaluator of @marcbachmann/cel-js (no eval, no promises with functions like these).
// Loaded when a policy or a rule is first met. Left out: costs and their limits, comprehensions of two variables, that
// the items of a list literal must be of one type.
import { Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js'
import { type Cel, CelError, type CelResult, type CelScope } from './cel.ts'
import { addresses } from './libraries/addresses.ts'
import { authorizer } from './libraries/authorizer.ts'
import { lists } from './libraries/lists.ts'
import { quantity } from './libraries/quantity.ts'
import { strings } from './libraries/strings.ts'
import { times } from './libraries/times.ts'
import { typedValues } from './libraries/typed-values.ts'
import { urls } from './libraries/urls.ts'
import { hasField, rewrite } from './rewrite.ts'
import { type Fault, type Token, tokenize } from './tokens.ts'
import { compilationFailed, runtimeFault, syntaxFault, typeFault } from './words.ts'

const libraries = [typedValues, times, strings, lists, quantity, addresses, urls, authorizer]

const base = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false })
for (const library of libraries) library(base)
base.registerFunction(`${hasField}(dyn): bool`, () => true)
const functions = new Set(base.getDefinitions().functions.map(f => f.name))

/** Runs everything: what an expression may name was checked before. */
const running = base.clone({ unlistedVariablesAreDyn: true })
const scopes = new WeakMap<CelScope, Environment>()

function environmentOf(scope: CelScope): Environment {
  let environment = scopes.get(scope)
  if (!environment) {
    environment = base.clone({})
    for (const [name, fields] of Object.entries(scope.types ?? {}))
      environment.registerType(name, { fields: { ...fields } } as never)
    for (const [name, type] of Object.entries(scope.variables)) environment.registerVariable(name, type)
    scopes.set(scope, environment)
  }
  return environment
}

function check(expression: string, scope: CelScope, result: CelResult): string | undefined {
  const { tokens, faults } = tokenize(expression)
  const { text, origin } = rewrite(blanked(expression, faults), tokens, true)
  try {
    const parsed = environmentOf(scope).parse(text)
    if (faults.length) return compilationFailed(expression, faults)
    const checked = parsed.check()
    if (checked.valid) {
      const type = checked.type!
      return result === 'any' || type === result || type.startsWith('dyn')
        ? undefined
        : `must evaluate to ${result}`
    }
    const error = checked.error as unknown as Found
    // Operators in a long row are a deep tree too, for which the stack may be too small.
    if (typeof error.summary !== 'string') return tooDeep(expression)
    const fault = {
      at: place(error, tokens, origin),
      message: typeFault(error.summary, name => functions.has(name)),
    }
    return compilationFailed(expression, [fault])
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const { code = '', range, summary } = error as unknown as Found
    if (/Exceeded max(Depth|AstNodes)/.test(summary)) return tooDeep(expression)
    const expected = /^Expected (\w+)/.exec(summary)?.[1] ?? ''
    const fault = syntaxFault(code, tokens, origin(range?.start ?? 0), expected)
    return compilationFailed(expression, [...faults, fault])
  }
}

const tooDeep = (expression: string): string =>
  compilationFailed(expression, [{ at: 0, message: 'expression recursion limit exceeded: 250' }])

/** What the evaluator's errors hold. */
interface Found {
  readonly code?: string
  readonly summary: string
  readonly range?: { readonly start: number; readonly end: number }
  readonly node?: { readonly op: string; readonly pos: number; readonly args: readonly unknown[] }
}

/** The source with what no token begins with as spaces, so that parsing goes on behind it, as cel-go's does. */
function blanked(source: string, faults: readonly Fault[]): string {
  let text = source
  for (const { at, message } of faults) {
    const length = message.length - "Syntax error: token recognition error at: ''".length
    text = text.slice(0, at) + ' '.repeat(length) + text.slice(at + length)
  }
  return text
}

/** cel-go counts from an operator, the point of a selection and the bracket of a call. */
function place(
  { node, range, summary }: Found,
  tokens: readonly Token[],
  origin: (at: number) => number,
): number {
  const at = origin(node?.pos ?? range?.start ?? 0)
  if (summary.startsWith('has()'))
    return tokens.findLast(token => token.text === '(' && token.start < at)?.start ?? at
  if (node?.op === '.' || node?.op === '.?') {
    const field = tokens.findIndex(token => token.start >= at)
    return tokens[field - 1]?.text === '.' ? tokens[field - 1]!.start : at
  }
  if (node?.op === 'call' || node?.op === 'rcall') {
    const name = node.args[0]
    const begin = origin(range?.start ?? 0)
    const end = origin(range?.end ?? 0)
    const named = tokens.findLastIndex(
      (token, i) =>
        token.text === name && token.start >= begin && token.start < end && tokens[i + 1]?.text === '(',
    )
    return tokens[named + 1]?.start ?? at
  }
  if (node && isBinary(node.op)) {
    const right = node.args[1] as { start?: number } | undefined
    const end = right?.start === undefined ? Number.POSITIVE_INFINITY : origin(right.start)
    return (
      tokens.findLast(token => token.text === node.op && token.start >= at && token.start < end)?.start ?? at
    )
  }
  return at
}

const isBinary = (op: string): boolean =>
  ['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%', 'in', '&&', '||'].includes(op)

type Program = (bindings: Record<string, unknown>) => unknown
const programs = new Map<string, Program>()

function evaluate(expression: string, bindings: Readonly<Record<string, unknown>>): unknown {
  try {
    let program = programs.get(expression)
    if (!program) {
      program = running.parse(
        rewrite(expression, tokenize(expression).tokens, false).text,
      ) as unknown as Program
      if (programs.size > 1000) programs.clear()
      programs.set(expression, program)
    }
    return program({ ...bindings })
  } catch (error) {
    if (error instanceof CelError) throw error
    if (error instanceof EvaluationError || error instanceof ParseError || error instanceof Error)
      throw new CelError(runtimeFault((error as unknown as Found).summary ?? error.message))
    throw error
  }
}

export const evaluator: Cel = { name: 'evaluator', check, evaluate }
