// Whether a function can end without a return.
import type { Block, Statement } from './ast.ts'

/** Terminating statements (go.dev/ref/spec#Terminating_statements). */
export function endsByReturn({ statements }: Pick<Block, 'statements'>): boolean {
  const last = statements.at(-1)
  if (!last) return false
  switch (last.t) {
    case 'return':
      return true
    case 'expr':
      return last.expr.t === 'call' && last.expr.fn.t === 'name' && last.expr.fn.name === 'panic'
    case 'block':
      return endsByReturn(last.block)
    case 'if':
      return (
        last.otherwise !== undefined &&
        endsByReturn(last.then) &&
        endsByReturn({ statements: [last.otherwise] })
      )
    case 'for':
      return last.condition === undefined && !hasBreak(last.body.statements)
    case 'switch':
      return (
        last.cases.some(each => each.values === undefined) &&
        last.cases.every(each => endsByReturn({ statements: each.body }) && !hasBreak(each.body))
      )
    default:
      return false
  }
}

function hasBreak(all: readonly Statement[]): boolean {
  return all.some(
    each =>
      each.t === 'break' ||
      (each.t === 'block' && hasBreak(each.block.statements)) ||
      (each.t === 'if' &&
        (hasBreak(each.then.statements) || (each.otherwise ? hasBreak([each.otherwise]) : false))),
  )
}
