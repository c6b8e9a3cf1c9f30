// What `test`, `[` and `[[` decide.
import { ExpressionError, TooManySteps } from '../engine/expressions/errors.ts'
import { expressionParts } from '../engine/expressions/loaders.ts'
import { type Files, resolvePath } from '../engine/files.ts'
import { matches } from '../engine/shell-pattern.ts'
import type { Task } from '../engine/task.ts'
import { arithmetic, expandPattern, expandText } from './expand.ts'
import type { ShellScope } from './scope.ts'
import type { Condition, Word } from './syntax.ts'

/** The status of `[[ … ]]`: 2 where an expression makes no sense (bash says nothing of it), or takes too long. */
export function* conditionStatus(condition: Condition, scope: ShellScope): Task<number> {
  try {
    return (yield* holds(condition, scope)) ? 0 : 1
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof TooManySteps) return 2
    throw error
  }
}

function* holds(condition: Condition, scope: ShellScope): Task<boolean> {
  switch (condition.type) {
    case 'not':
      return !(yield* holds(condition.operand, scope))
    case 'and':
      return (yield* holds(condition.left, scope)) && (yield* holds(condition.right, scope))
    case 'or':
      return (yield* holds(condition.left, scope)) || (yield* holds(condition.right, scope))
    case 'unary': {
      const operand = yield* expandText(condition.operand, scope)
      if (condition.operator === '-v') return scope.lookup(operand) !== undefined
      return unary(condition.operator, operand, scope.files, scope.cwd)
    }
    case 'binary': {
      const { operator } = condition
      const left = yield* expandText(condition.left, scope)
      if (operator === '=~') {
        const source = yield* regularExpression(condition.right, scope)
        const match = expressionParts.get('expression')(source, 'extended').find(left)
        scope.variable('BASH_REMATCH').value = match ? match.groups.map(group => group ?? '') : []
        return match !== undefined
      }
      if (operator === '=' || operator === '==' || operator === '!=') {
        return matches(yield* expandPattern(condition.right, scope), left) === (operator !== '!=')
      }
      const right = yield* expandText(condition.right, scope)
      if (operator.startsWith('-') && operator.length === 3 && !/nt|ot|ef/.test(operator)) {
        return compare(operator, arithmetic(left, scope), arithmetic(right, scope))
      }
      return binary(operator, left, right, scope.files, scope.cwd)
    }
  }
}

function* regularExpression(word: Word, scope: ShellScope): Task<string> {
  let source = ''
  for (const part of word) {
    const text = yield* expandText([part], scope)
    source += 'quoted' in part && part.quoted ? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : text
  }
  return source
}

function unary(operator: string, operand: string, files: Files, cwd: string): boolean {
  if (operator === '-n') return operand !== ''
  if (operator === '-z') return operand === ''
  if (operator === '-t') return false
  try {
    const path = resolvePath(cwd, operand)
    if (operand === '') return false
    const stat = files.stat(path, { followLinks: operator !== '-L' && operator !== '-h' })
    switch (operator) {
      case '-f':
        return stat.type === 'file'
      case '-d':
        return stat.type === 'directory'
      case '-L':
      case '-h':
        return stat.type === 'link'
      case '-s':
        return stat.size > 0
      case '-x':
        return files.permits(path, 'execute')
      case '-b':
        return stat.type === 'block'
      case '-c':
        return stat.type === 'character'
      case '-S':
        return stat.type === 'socket'
      case '-p':
        return false
      case '-r':
        return files.permits(path, 'read')
      case '-w':
        return files.permits(path, 'write')
      default:
        return true
    }
  } catch {
    return false
  }
}

function compare<N extends number | bigint>(operator: string, a: N, b: N): boolean {
  switch (operator) {
    case '-eq':
      return a === b
    case '-ne':
      return a !== b
    case '-lt':
      return a < b
    case '-le':
      return a <= b
    case '-gt':
      return a > b
    default:
      return a >= b
  }
}

/** Throws a message where an operand is no number. */
function binary(operator: string, left: string, right: string, files: Files, cwd: string): boolean {
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
    case '-ot':
    case '-ef': {
      const time = (path: string) => {
        const full = resolvePath(cwd, path)
        return files.exists(full) ? files.stat(full).modified : -1
      }
      if (operator === '-ef') return resolvePath(cwd, left) === resolvePath(cwd, right)
      return operator === '-nt' ? time(left) > time(right) : time(left) < time(right)
    }
    default: {
      for (const text of [left, right]) {
        if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new Error(`${text}: integer expression expected`)
      }
      return compare(operator, Number(left), Number(right))
    }
  }
}

const binaryOperators = /^(?:=|==|!=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/

/** Brackets in each other. */
const deepest = 250

/** The arguments of `test`; throws a message where they make no sense. */
export function test(args: readonly string[], files: Files, cwd: string): boolean {
  let at = 0
  let level = 0
  const or = (): boolean => {
    let value = and()
    while (args[at] === '-o') {
      at++
      value = and() || value
    }
    return value
  }
  const and = (): boolean => {
    let value = term()
    while (args[at] === '-a') {
      at++
      value = term() && value
    }
    return value
  }
  const term = (): boolean => {
    const arg = args[at]
    const left = args.length - at
    if (arg === undefined) throw new Error('argument expected')
    if (left >= 3 && binaryOperators.test(args[at + 1]!)) {
      at += 3
      return binary(args[at - 2]!, arg, args[at - 1]!, files, cwd)
    }
    if (arg === '!' && left > 1) {
      let value = true
      while (args[at] === '!' && args.length - at > 1) {
        at++
        value = !value
      }
      return term() === value
    }
    if (arg === '(' && left > 1) {
      at++
      if (++level > deepest) throw new Error('too many arguments')
      const value = or()
      level--
      if (args[at++] !== ')') throw new Error("`)' expected")
      return value
    }
    if (/^-[a-zA-Z]$/.test(arg) && left > 1) {
      at += 2
      return unary(arg, args[at - 1]!, files, cwd)
    }
    at++
    return arg !== ''
  }
  if (args.length === 0) return false
  const value = or()
  if (at < args.length) {
    if (args.length === 2) throw new Error(`${args[0]}: unary operator expected`)
    if (args.length === 3) throw new Error(`${args[1]}: binary operator expected`)
    throw new Error('too many arguments')
  }
  return value
}
