// Expressions of Go.
import type { Block, Expr, Item, TypeExpr } from './ast.ts'
import { TypeParser } from './parse-types.ts'
import { literalText, NotSimulated, type Position } from './scanner.ts'

const precedence: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '|': 4,
  '^': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '<<': 5,
  '>>': 5,
  '&': 5,
  '&^': 5,
}

export abstract class ExpressionParser extends TypeParser {
  /** Above 0 within the head of an if or for, where no composite literal may begin with a name. */
  protected heads = 0

  /** The body of a function. */
  protected abstract block(): Block

  protected outsideHead<T>(parse: () => T): T {
    const before = this.heads
    this.heads = 0
    const result = parse()
    this.heads = before
    return result
  }

  protected head<T>(parse: () => T): T {
    this.heads++
    const result = parse()
    this.heads--
    return result
  }

  protected list(): Expr[] {
    const all = [this.expression()]
    while (this.take(',')) all.push(this.expression())
    return all
  }

  protected expression(least = 1): Expr {
    let left = this.unary()
    for (;;) {
      const { type, text, line, column } = this.peek()
      const level = type === 'operator' ? precedence[text] : undefined
      if (level === undefined || level < least) return left
      this.at++
      left = { t: 'binary', op: text, left, right: this.expression(level + 1), at: { line, column } }
    }
  }

  protected unary(): Expr {
    const at = this.peek()
    if (at.type === 'operator' && /^(?:[-+!&*^]|<-)$/.test(at.text)) {
      this.at++
      return { t: 'unary', op: at.text, of: this.unary(), at }
    }
    return this.primary()
  }

  protected primary(): Expr {
    let expr = this.operand()
    for (;;) {
      const at = this.peek()
      if (this.take('.')) {
        if (this.take('(')) {
          if (this.is('type')) throw new NotSimulated(this.peek(), 'type switches')
          const type = this.type()
          this.expect(')')
          expr = { t: 'assert', of: expr, type, at }
          continue
        }
        const name = this.name('name or (')
        expr = { t: 'select', of: expr, name: name.text, nameAt: name, at: expr.at }
      } else if (this.is('(')) {
        expr = this.call(expr)
      } else if (this.take('[')) {
        const from = this.is(':') ? undefined : this.outsideHead(() => this.expression())
        if (this.take(':')) {
          const to = this.is(']') ? undefined : this.outsideHead(() => this.expression())
          this.expect(']')
          expr = { t: 'slice', of: expr, from, to, at }
        } else {
          this.expect(']')
          expr = { t: 'index', of: expr, index: from!, at }
        }
      } else if (this.is('{') && this.heads === 0 && (expr.t === 'name' || expr.t === 'select')) {
        const type = typeOf(expr)
        if (!type) return expr
        expr = this.composite(type, expr.at)
      } else return expr
    }
  }

  protected call(fn: Expr): Expr {
    this.at++
    const args: Expr[] = []
    let spread = false
    this.outsideHead(() => {
      while (!this.is(')')) {
        args.push(this.argument())
        if (this.take('...')) spread = true
        if (!this.take(',') && !this.is(')')) this.fail(' in argument list; possibly missing comma or )')
      }
    })
    const { line, column } = this.tokens[this.at++]!
    return { t: 'call', fn, args, spread, end: { line, column }, at: fn.at }
  }

  /** A type may stand where a value does: `make(map[string]int)`, `[]byte("x")`. */
  protected argument(): Expr {
    return this.expression()
  }

  protected operand(): Expr {
    const at = this.peek()
    const { type, text } = at
    if (type === 'name') {
      this.at++
      return { t: 'name', name: text, at }
    }
    if (type === 'int' || type === 'float') {
      this.at++
      const digits = text.replaceAll('_', '')
      const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
      return { t: 'literal', kind: type, value, at }
    }
    if (type === 'string' || type === 'char') {
      this.at++
      const inside = literalText(text)
      return { t: 'literal', kind: type, value: type === 'char' ? inside.codePointAt(0)! : inside, at }
    }
    if (this.take('(')) {
      const of = this.outsideHead(() => this.expression())
      if (!this.is(')')) this.fail(', expected )')
      this.at++
      return { t: 'paren', of, at }
    }
    if (this.is('func')) {
      this.at++
      const params = this.params()
      const results = this.results()
      if (!this.is('{')) return { t: 'type', type: { t: 'func', params, results, at }, at }
      const body = this.outsideHead(() => this.block())
      return { t: 'func', fn: { params, results, body, at }, at }
    }
    if (this.is('[') || this.is('map') || this.is('struct') || this.is('interface') || this.is('chan')) {
      const type = this.type()
      if (this.is('{')) return this.composite(type, at)
      return { t: 'type', type, at }
    }
    return this.fail(', expected expression')
  }

  protected composite(type: TypeExpr | undefined, at: Position): Expr {
    this.expect('{')
    const items: Item[] = []
    this.outsideHead(() => {
      while (!this.is('}')) {
        const value = this.is('{') ? this.composite(undefined, this.peek()) : this.expression()
        if (this.take(':'))
          items.push({
            key: value,
            value: this.is('{') ? this.composite(undefined, this.peek()) : this.expression(),
          })
        else items.push({ key: undefined, value })
        if (!this.take(',') && !this.is('}')) this.fail(' in composite literal; possibly missing comma or }')
      }
    })
    this.at++
    return { t: 'composite', type, items, at }
  }
}

/** `http.Server{`, `Point{`: a name that stands for a type. */
function typeOf(expr: Expr): TypeExpr | undefined {
  if (expr.t === 'name') return { t: 'named', package: '', name: expr.name, at: expr.at }
  if (expr.t === 'select' && expr.of.t === 'name')
    return { t: 'named', package: expr.of.name, name: expr.name, at: expr.at }
  return undefined
}
