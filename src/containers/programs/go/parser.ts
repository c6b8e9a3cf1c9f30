// Go's grammar, as far as this simulator knows Go; the compiler's words for what is no Go (cmd/compile/internal/syntax).
import type {
  Block,
  Case,
  Expr,
  Func,
  GoFile,
  ImportSpec,
  Item,
  Param,
  Statement,
  TypeExpr,
  VarDeclaration,
} from './ast.ts'
import { GoError, literalText, type Position, scan, type Token } from './scanner.ts'

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
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '&^='])

/** As the compiler calls a token. */
const shown = ({ type, text }: Token): string => {
  if (type === 'name') return `name ${text}`
  if (type === 'keyword') return `keyword ${text}`
  if (/^(int|float|string|char)$/.test(type)) return `literal ${text}`
  return text === ',' ? 'comma' : text
}

export function parseGo(text: string): GoFile {
  return new Parser(scan(text)).file()
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  /** Below 0 a composite literal may begin with a name; within the head of an if or for it may not. */
  #inHead = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  #peek(): Token {
    return this.#tokens[this.#at]!
  }

  #is(text: string): boolean {
    const { type, text: own } = this.#peek()
    return own === text && type !== 'string' && type !== 'char' && type !== 'name'
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false
    this.#at++
    return true
  }

  #fail(what: string, token = this.#peek()): never {
    throw new GoError(token, `syntax error: unexpected ${shown(token)}${what}`)
  }

  #expect(text: string, context = ''): Token {
    if (!this.#is(text)) this.#fail(context || `, expected ${text}`)
    return this.#tokens[this.#at++]!
  }

  #name(what = 'name'): Token {
    if (this.#peek().type !== 'name') this.#fail(`, expected ${what}`)
    return this.#tokens[this.#at++]!
  }

  #end(context: string): void {
    if (this.#peek().type === ';') this.#at++
    else if (!this.#is(')') && !this.#is('}')) this.#fail(context)
  }

  file(): GoFile {
    if (!this.#take('package')) throw new GoError(this.#peek(), 'syntax error: package statement must be first')
    const name = this.#name().text
    this.#end(' after package clause')
    const imports: ImportSpec[] = []
    while (this.#take('import')) {
      if (this.#take('(')) {
        while (!this.#is(')')) {
          imports.push(this.#import())
          this.#end(', expected semicolon, newline, or )')
        }
        this.#at++
      } else imports.push(this.#import())
      this.#end(' after top level declaration')
    }
    const functions: { name: string; fn: Func; receiver: Param | undefined }[] = []
    const declarations: VarDeclaration[] = []
    const types: { name: string; type: TypeExpr; at: Position }[] = []
    while (this.#peek().type !== 'eof') {
      if (this.#peek().type === ';') {
        this.#at++
        continue
      }
      const at = this.#peek()
      if (this.#take('func')) {
        const receiver = this.#is('(') ? this.#params()[0] : undefined
        const name = this.#name().text
        functions.push({ name, fn: this.#function(at), receiver })
      } else if (this.#is('var') || this.#is('const')) declarations.push(...this.#declarations())
      else if (this.#take('type')) types.push(...this.#types())
      else if (this.#is('import'))
        throw new GoError(at, 'syntax error: imports must appear before other declarations')
      else throw new GoError(at, 'syntax error: non-declaration statement outside function body')
      if (this.#peek().type === 'eof') break
      if (this.#peek().type === ';') this.#at++
      else this.#fail(' after top level declaration')
    }
    return { package: name, imports, functions, declarations, types }
  }

  #import(): ImportSpec {
    const at = this.#peek()
    let alias = ''
    if (this.#peek().type === 'name' || this.#is('.')) alias = this.#tokens[this.#at++]!.text
    if (this.#peek().type !== 'string') this.#fail(', expected import path')
    return { path: literalText(this.#tokens[this.#at++]!.text), alias, at }
  }

  #types(): { name: string; type: TypeExpr; at: Position }[] {
    const one = () => {
      const { text: name, line, column } = this.#name()
      this.#take('=')
      return { name, type: this.#type(), at: { line, column } }
    }
    if (!this.#take('(')) return [one()]
    const all = []
    while (!this.#is(')')) {
      all.push(one())
      this.#end(', expected semicolon, newline, or )')
    }
    this.#at++
    return all
  }

  #declarations(): VarDeclaration[] {
    const isConst = this.#tokens[this.#at++]!.text === 'const'
    const all: VarDeclaration[] = []
    const one = (iota: number) => {
      const names = [this.#name()]
      while (this.#take(',')) names.push(this.#name())
      const type = this.#is('=') || this.#peek().type === ';' || this.#is(')') ? undefined : this.#type()
      let values = this.#take('=') ? this.#list() : []
      // A constant without a value repeats the one before.
      if (isConst && values.length === 0) values = [...(all.at(-1)?.values ?? [])]
      all.push({ names: names.map(({ text, line, column }) => ({ name: text, at: { line, column } })), type, values, isConst, iota })
    }
    if (!this.#take('(')) {
      one(0)
      return all
    }
    for (let iota = 0; !this.#is(')'); iota++) {
      one(iota)
      this.#end(', expected semicolon, newline, or )')
    }
    this.#at++
    return all
  }

  #function(at: Position): Func {
    const params = this.#params()
    const results = this.#results()
    if (!this.#is('{')) {
      if (this.#peek().type === ';') throw new GoError(this.#peek(), 'syntax error: unexpected semicolon or newline before {')
      this.#fail(' after top level declaration')
    }
    return { params, results, body: this.#outsideHead(() => this.#block()), at }
  }

  #outsideHead<T>(parse: () => T): T {
    const before = this.#inHead
    this.#inHead = 0
    const result = parse()
    this.#inHead = before
    return result
  }

  #params(): Param[] {
    this.#expect('(')
    const parts: { name: Token | undefined; type: TypeExpr | undefined; at: Token }[] = []
    while (!this.#is(')')) {
      const at = this.#peek()
      const next = this.#tokens[this.#at + 1]!
      const isLone = next.text === ',' || next.text === ')' || next.text === '.'
      if (at.type === 'name' && !isLone) {
        this.#at++
        parts.push({ name: at, type: this.#type(), at })
      } else if (at.type === 'name' && next.text !== '.') {
        this.#at++
        parts.push({ name: at, type: undefined, at })
      } else parts.push({ name: undefined, type: this.#type(), at })
      if (!this.#take(',') && !this.#is(')')) this.#fail(' in parameter list; possibly missing comma or )')
    }
    this.#at++
    const named = parts.some(({ name, type }) => name && type)
    const params: Param[] = []
    let type: TypeExpr | undefined
    for (const part of [...parts].reverse()) {
      if (part.type) type = part.type
      if (named) params.unshift({ name: part.name?.text ?? '_', at: part.at, type: type! })
      else
        params.unshift({
          name: '',
          at: part.at,
          type: part.type ?? { t: 'named', package: '', name: part.name!.text, at: part.at },
        })
    }
    return params
  }

  #results(): Param[] {
    if (this.#is('(')) return this.#params()
    if (this.#is('{') || this.#peek().type === ';' || this.#is(')') || this.#is(',') || this.#is('}')) return []
    const at = this.#peek()
    return [{ name: '', at, type: this.#type() }]
  }

  #type(): TypeExpr {
    const at = this.#peek()
    if (this.#take('*')) return { t: 'pointer', of: this.#type(), at }
    if (this.#take('...')) return { t: 'variadic', of: this.#type(), at }
    if (this.#take('[')) {
      if (this.#take(']')) return { t: 'slice', of: this.#type(), at }
      const length = this.#take('...') ? undefined : this.#expression()
      this.#expect(']')
      return { t: 'array', of: this.#type(), length, at }
    }
    if (this.#take('map')) {
      this.#expect('[')
      const key = this.#type()
      this.#expect(']')
      return { t: 'map', key, of: this.#type(), at }
    }
    if (this.#take('func')) return { t: 'func', params: this.#params(), results: this.#results(), at }
    if (this.#take('chan')) {
      this.#take('<-')
      this.#type()
      return { t: 'chan', at }
    }
    if (this.#take('struct')) {
      this.#expect('{')
      const fields: Param[] = []
      while (!this.#is('}')) {
        const names = [this.#name()]
        while (this.#take(',')) names.push(this.#name())
        const type = this.#type()
        if (this.#peek().type === 'string') this.#at++
        for (const name of names) fields.push({ name: name.text, at: name, type })
        this.#end(', expected semicolon, newline, or }')
      }
      this.#at++
      return { t: 'struct', fields, at }
    }
    if (this.#take('interface')) {
      this.#expect('{')
      while (!this.#take('}')) this.#at++
      return { t: 'interface', at }
    }
    if (this.#take('(')) {
      const type = this.#type()
      this.#expect(')')
      return type
    }
    if (at.type !== 'name') this.#fail(', expected type')
    this.#at++
    if (this.#is('.')) {
      this.#at++
      return { t: 'named', package: at.text, name: this.#name().text, at }
    }
    return { t: 'named', package: '', name: at.text, at }
  }

  #block(): Block {
    this.#expect('{')
    const statements: Statement[] = []
    while (!this.#is('}')) {
      if (this.#peek().type === 'eof') this.#fail(', expected }')
      if (this.#peek().type === ';') {
        this.#at++
        continue
      }
      statements.push(this.#statement())
      if (this.#peek().type === ';') this.#at++
      else if (!this.#is('}')) this.#fail(' at end of statement')
    }
    const { line, column } = this.#tokens[this.#at++]!
    return { statements, end: { line, column } }
  }

  #statement(): Statement {
    const at = this.#peek()
    if (at.type === 'keyword')
      switch (at.text) {
        case 'var':
        case 'const':
          return { t: 'var', declarations: this.#declarations(), at }
        case 'type': {
          this.#at++
          const [first] = this.#types()
          return { t: 'type', name: first!.name, type: first!.type, at }
        }
        case 'return': {
          this.#at++
          const values = this.#peek().type === ';' || this.#is('}') ? [] : this.#list()
          return { t: 'return', values, at }
        }
        case 'if':
          return this.#if()
        case 'for':
          return this.#for()
        case 'switch':
          return this.#switch()
        case 'break':
        case 'continue':
          this.#at++
          return { t: at.text, at }
        case 'go':
        case 'defer': {
          this.#at++
          const call = this.#expression()
          if (call.t !== 'call')
            throw new GoError(at, `expression in ${at.text} must be function call`)
          return { t: at.text, call, at }
        }
        case 'func':
        case 'struct':
        case 'map':
        case 'interface':
          break
        default:
          this.#fail(', expected expression')
      }
    if (this.#is('{')) return { t: 'block', block: this.#block(), at }
    return this.#simple()
  }

  #simple(): Statement {
    const at = this.#peek()
    const targets = this.#list()
    const operator = this.#peek()
    if (operator.type === 'operator') {
      if (operator.text === ':=') {
        this.#at++
        if (this.#is('range')) return this.#range(targets, true, at)
        return { t: 'define', names: targets, values: this.#list(), at: operator }
      }
      if (assignments.has(operator.text)) {
        this.#at++
        if (this.#is('range')) return this.#range(targets, false, at)
        return { t: 'assign', op: operator.text, targets, values: this.#list(), at }
      }
      if (operator.text === '++' || operator.text === '--') {
        this.#at++
        return { t: 'step', of: targets[0]!, by: operator.text === '++' ? 1 : -1, at }
      }
    }
    if (targets.length > 1) this.#fail(', expected := or = or comma')
    return { t: 'expr', expr: targets[0]!, at }
  }

  #head<T>(parse: () => T): T {
    this.#inHead++
    const result = parse()
    this.#inHead--
    return result
  }

  #if(): Statement {
    const at = this.#tokens[this.#at++]!
    if (this.#is('{')) throw new GoError(this.#peek(), 'syntax error: missing condition in if statement')
    let init: Statement | undefined
    let condition: Statement = this.#head(() => this.#simple())
    if (this.#is('semicolon')) {
      this.#at++
      init = condition
      condition = this.#head(() => this.#simple())
    }
    if (!this.#is('{')) this.#fail(', expected { after if clause')
    if (condition.t !== 'expr')
      throw new GoError(condition.at, 'syntax error: cannot use statement as value')
    const then = this.#outsideHead(() => this.#block())
    let otherwise: Statement | undefined
    if (this.#take('else')) {
      const next = this.#peek()
      if (this.#is('if')) otherwise = this.#if()
      else if (this.#is('{')) otherwise = { t: 'block', block: this.#outsideHead(() => this.#block()), at: next }
      else throw new GoError(next, 'syntax error: else must be followed by if or statement block')
    }
    return { t: 'if', init, condition: condition.expr, then, otherwise, at }
  }

  #for(): Statement {
    const at = this.#tokens[this.#at++]!
    let init: Statement | undefined
    let condition: Statement | undefined
    let post: Statement | undefined
    if (this.#take('range')) {
      const over = this.#head(() => this.#expression())
      return { t: 'range', names: [], defines: false, over, body: this.#body(), at }
    }
    if (!this.#is('{')) {
      if (!this.#is('semicolon')) init = this.#head(() => this.#simple())
      if (init?.t === 'range') return { ...init, body: this.#body(), at }
      if (this.#peek().type === ';' && this.#peek().text === 'semicolon') {
        this.#at++
        if (!this.#is('semicolon')) condition = this.#head(() => this.#simple())
        if (!this.#is('semicolon')) this.#fail(', expected { after for clause')
        this.#at++
        if (!this.#is('{')) post = this.#head(() => this.#simple())
      } else {
        condition = init
        init = undefined
      }
    }
    if (condition && condition.t !== 'expr') throw new GoError(condition.at, 'syntax error: expected for loop condition')
    return { t: 'for', init, condition: condition?.expr, post, body: this.#body(), at }
  }

  #body(): Block {
    if (!this.#is('{')) this.#fail(', expected { after for clause')
    return this.#outsideHead(() => this.#block())
  }

  #range(names: readonly Expr[], defines: boolean, at: Position): Statement {
    this.#at++
    const over = this.#head(() => this.#expression())
    const none = { statements: [], end: at }
    return { t: 'range', names, defines, over, body: none, at }
  }

  #switch(): Statement {
    const at = this.#tokens[this.#at++]!
    let init: Statement | undefined
    let tag: Statement | undefined
    if (!this.#is('{')) {
      if (!this.#is('semicolon')) tag = this.#head(() => this.#simple())
      if (this.#is('semicolon')) {
        this.#at++
        init = tag
        tag = this.#is('{') ? undefined : this.#head(() => this.#simple())
      }
    }
    if (!this.#is('{')) this.#fail(', expected { after switch clause')
    this.#at++
    const cases: Case[] = []
    this.#outsideHead(() => {
      while (!this.#take('}')) {
        const caseAt = this.#peek()
        let values: readonly Expr[] | undefined
        if (this.#take('case')) values = this.#list()
        else if (!this.#take('default')) this.#fail(', expected case or default or }')
        this.#expect(':')
        const body: Statement[] = []
        while (!this.#is('case') && !this.#is('default') && !this.#is('}')) {
          if (this.#peek().type === ';') {
            this.#at++
            continue
          }
          body.push(this.#statement())
          if (this.#peek().type === ';') this.#at++
          else if (!this.#is('}')) this.#fail(' at end of statement')
        }
        cases.push({ values, body, at: caseAt })
      }
    })
    return { t: 'switch', init, tag: tag?.t === 'expr' ? tag.expr : undefined, cases, at }
  }

  #list(): Expr[] {
    const all = [this.#expression()]
    while (this.#take(',')) all.push(this.#expression())
    return all
  }

  #expression(least = 1): Expr {
    let left = this.#unary()
    for (;;) {
      const { type, text, line, column } = this.#peek()
      const level = type === 'operator' ? precedence[text] : undefined
      if (level === undefined || level < least) return left
      this.#at++
      left = { t: 'binary', op: text, left, right: this.#expression(level + 1), at: { line, column } }
    }
  }

  #unary(): Expr {
    const at = this.#peek()
    if (at.type === 'operator' && /^(?:[-+!&*^]|<-)$/.test(at.text)) {
      this.#at++
      return { t: 'unary', op: at.text, of: this.#unary(), at }
    }
    return this.#primary()
  }

  #primary(): Expr {
    let expr = this.#operand()
    for (;;) {
      const at = this.#peek()
      if (this.#take('.')) {
        if (this.#take('(')) {
          const type = this.#type()
          this.#expect(')')
          expr = { t: 'assert', of: expr, type, at }
          continue
        }
        const name = this.#name('name or (')
        expr = { t: 'select', of: expr, name: name.text, nameAt: name, at: expr.at }
      } else if (this.#is('(')) {
        expr = this.#call(expr)
      } else if (this.#take('[')) {
        const from = this.#is(':') ? undefined : this.#outsideHead(() => this.#expression())
        if (this.#take(':')) {
          const to = this.#is(']') ? undefined : this.#outsideHead(() => this.#expression())
          this.#expect(']')
          expr = { t: 'slice', of: expr, from, to, at }
        } else {
          this.#expect(']')
          expr = { t: 'index', of: expr, index: from!, at }
        }
      } else if (this.#is('{') && this.#inHead === 0 && (expr.t === 'name' || expr.t === 'select')) {
        const type = typeOf(expr)
        if (!type) return expr
        expr = this.#composite(type, expr.at)
      } else return expr
    }
  }

  #call(fn: Expr): Expr {
    this.#at++
    const args: Expr[] = []
    let spread = false
    this.#outsideHead(() => {
      while (!this.#is(')')) {
        args.push(this.#argument())
        if (this.#take('...')) spread = true
        if (!this.#take(',') && !this.#is(')')) this.#fail(' in argument list; possibly missing comma or )')
      }
    })
    this.#at++
    return { t: 'call', fn, args, spread, at: fn.at }
  }

  /** A type may stand where a value does: `make(map[string]int)`, `[]byte("x")`. */
  #argument(): Expr {
    return this.#expression()
  }

  #operand(): Expr {
    const at = this.#peek()
    const { type, text } = at
    if (type === 'name') {
      this.#at++
      return { t: 'name', name: text, at }
    }
    if (type === 'int' || type === 'float') {
      this.#at++
      const digits = text.replaceAll('_', '')
      const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
      return { t: 'literal', kind: type, value, at }
    }
    if (type === 'string' || type === 'char') {
      this.#at++
      const inside = literalText(text)
      return { t: 'literal', kind: type, value: type === 'char' ? inside.codePointAt(0)! : inside, at }
    }
    if (this.#take('(')) {
      const of = this.#outsideHead(() => this.#expression())
      if (!this.#is(')')) this.#fail(', expected )')
      this.#at++
      return { t: 'paren', of, at }
    }
    if (this.#is('func')) {
      this.#at++
      const params = this.#params()
      const results = this.#results()
      if (!this.#is('{')) return { t: 'type', type: { t: 'func', params, results, at }, at }
      const body = this.#outsideHead(() => this.#block())
      return { t: 'func', fn: { params, results, body, at }, at }
    }
    if (this.#is('[') || this.#is('map') || this.#is('struct') || this.#is('interface') || this.#is('chan')) {
      const type = this.#type()
      if (this.#is('{')) return this.#composite(type, at)
      return { t: 'type', type, at }
    }
    return this.#fail(', expected expression')
  }

  #composite(type: TypeExpr | undefined, at: Position): Expr {
    this.#expect('{')
    const items: Item[] = []
    this.#outsideHead(() => {
      while (!this.#is('}')) {
        const value = this.#is('{') ? this.#composite(undefined, this.#peek()) : this.#expression()
        if (this.#take(':'))
          items.push({ key: value, value: this.#is('{') ? this.#composite(undefined, this.#peek()) : this.#expression() })
        else items.push({ key: undefined, value })
        if (!this.#take(',') && !this.#is('}')) this.#fail(' in composite literal; possibly missing comma or }')
      }
    })
    this.#at++
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
