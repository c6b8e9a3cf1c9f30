// Expressions as the compiler writes them in its complaints.
import type { Expr } from './ast.ts'

/** A short text of an expression, for messages. */
export function source(expr: Expr): string {
  switch (expr.t) {
    case 'name':
      return expr.name
    case 'literal':
      return expr.kind === 'string' ? JSON.stringify(expr.value) : String(expr.value)
    case 'select':
      return `${source(expr.of)}.${expr.name}`
    case 'call':
      return `${source(expr.fn)}(${expr.args.map(source).join(', ')})`
    case 'binary':
      return `${source(expr.left)} ${expr.op} ${source(expr.right)}`
    case 'paren':
      return `(${source(expr.of)})`
    case 'unary':
      return `${expr.op}${source(expr.of)}`
    case 'index':
      return `${source(expr.of)}[${source(expr.index)}]`
    default:
      return 'func literal'
  }
}
