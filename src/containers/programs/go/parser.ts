// Go's grammar, as far as this simulator knows Go: declarations and statements. What is Go but not known here is said to be
// just that (NotSimulated); the words for what is no Go are the compiler's.
import type {
  Block,
  Case,
  Expr,
  Func,
  GoFile,
  ImportSpec,
  Param,
  Statement,
  TypeExpr,
  VarDeclaration,
} from './ast.ts'
import { ExpressionParser } from './parse-expressions.ts'
import { GoError, HeadError, literalText, NotSimulated, type Position, scan } from './scanner.ts'
import { source } from './source-text.ts'

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '&^='])

/** Throws the first GoError; `errors` gets all. */
export function parseGo(text: string, errors: GoError[] = []): GoFile {
  const tokens = scan(text, errors)
  try {
    const file = new Parser(tokens).file()
    if (errors[0]) throw errors[0]
    return file
  } catch (error) {
    if (error instanceof GoError && !errors.includes(error)) errors.push(error)
    errors.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
    throw error
  }
}

class Parser extends ExpressionParser {
  file(): GoFile {
    if (!this.take('package'))
      throw new HeadError(
        this.peek(),
        `expected 'package', found ${this.peek().text === 'newline' ? "'EOF'" : this.peek().text}`,
      )
    const name = this.name().text
    this.end(' after package clause')
    const imports: ImportSpec[] = []
    while (this.take('import')) {
      if (this.take('(')) {
        while (!this.is(')')) {
          imports.push(this.import())
          if (this.peek().type !== ';' && !this.is(')'))
            throw new HeadError(this.peek(), `expected ';', found ${this.peek().text}`)
          this.end(', expected semicolon, newline, or )')
        }
        this.at++
      } else imports.push(this.import())
      this.end(' after top level declaration')
    }
    const functions: { name: string; fn: Func; receiver: Param | undefined }[] = []
    const declarations: VarDeclaration[] = []
    const types: { name: string; type: TypeExpr; at: Position }[] = []
    while (this.peek().type !== 'eof') {
      if (this.peek().type === ';') {
        this.at++
        continue
      }
      const at = this.peek()
      if (this.take('func')) {
        const receiver = this.is('(') ? this.params()[0] : undefined
        if (this.peek().type !== 'name') this.fail(', expected (')
        const name = this.name()
        if (this.is('[')) throw new NotSimulated(this.peek(), 'type parameters')
        functions.push({ name: name.text, fn: this.function(name), receiver })
      } else if (this.is('var') || this.is('const')) declarations.push(...this.declarations())
      else if (this.take('type')) types.push(...this.types())
      else if (this.is('import'))
        throw new GoError(at, 'syntax error: imports must appear before other declarations')
      else throw new GoError(at, 'syntax error: non-declaration statement outside function body')
      if (this.peek().type === 'eof') break
      if (this.peek().type === ';') this.at++
      else this.fail(' after top level declaration')
    }
    return { package: name, imports, functions, declarations, types }
  }

  protected import(): ImportSpec {
    const at = this.peek()
    let alias = ''
    if (this.peek().type === 'name' || this.is('.')) alias = this.tokens[this.at++]!.text
    if (this.peek().type !== 'string') this.fail(', expected import path')
    return { path: literalText(this.tokens[this.at++]!.text), alias, at }
  }

  protected types(): { name: string; type: TypeExpr; at: Position }[] {
    const one = () => {
      const { text: name, line, column } = this.name()
      this.take('=')
      return { name, type: this.type(), at: { line, column } }
    }
    if (!this.take('(')) return [one()]
    const all = []
    while (!this.is(')')) {
      all.push(one())
      this.end(', expected semicolon, newline, or )')
    }
    this.at++
    return all
  }

  protected declarations(): VarDeclaration[] {
    const isConst = this.tokens[this.at++]!.text === 'const'
    const all: VarDeclaration[] = []
    const one = (iota: number) => {
      const names = [this.name()]
      while (this.take(',')) names.push(this.name())
      if (this.is(':=')) this.fail(', expected =')
      const type = this.is('=') || this.peek().type === ';' || this.is(')') ? undefined : this.type()
      let values = this.take('=') ? this.list() : []
      // A constant without a value repeats the one before.
      if (isConst && values.length === 0) values = [...(all.at(-1)?.values ?? [])]
      all.push({
        names: names.map(({ text, line, column }) => ({ name: text, at: { line, column } })),
        type,
        values,
        isConst,
        iota,
      })
    }
    if (!this.take('(')) {
      one(0)
      return all
    }
    for (let iota = 0; !this.is(')'); iota++) {
      one(iota)
      this.end(', expected semicolon, newline, or )')
    }
    this.at++
    return all
  }

  protected function(at: Position): Func {
    const params = this.params()
    const results = this.results()
    if (!this.is('{')) {
      if (this.peek().type === ';')
        throw new GoError(this.tokens[this.at + 1]!, 'syntax error: unexpected semicolon or newline before {')
      this.fail(' after top level declaration')
    }
    return { params, results, body: this.outsideHead(() => this.block()), at }
  }

  protected block(): Block {
    this.expect('{')
    const statements: Statement[] = []
    while (!this.is('}')) {
      if (this.peek().type === 'eof') this.fail(', expected }')
      if (this.peek().type === ';') {
        this.at++
        continue
      }
      statements.push(this.statement())
      if (this.peek().type === ';') this.at++
      else if (!this.is('}')) this.fail(' at end of statement')
    }
    const { line, column } = this.tokens[this.at++]!
    return { statements, end: { line, column } }
  }

  protected statement(): Statement {
    const at = this.peek()
    if (at.type === 'keyword')
      switch (at.text) {
        case 'var':
        case 'const':
          return { t: 'var', declarations: this.declarations(), at }
        case 'type': {
          this.at++
          const [first] = this.types()
          return { t: 'type', name: first!.name, type: first!.type, at }
        }
        case 'return': {
          this.at++
          const values = this.peek().type === ';' || this.is('}') ? [] : this.list()
          return { t: 'return', values, at }
        }
        case 'if':
          return this.if()
        case 'for':
          return this.for()
        case 'switch':
          return this.switch()
        case 'break':
        case 'continue':
          this.at++
          return { t: at.text, at }
        case 'go':
        case 'defer': {
          this.at++
          const call = this.expression()
          if (call.t !== 'call') throw new GoError(at, `expression in ${at.text} must be function call`)
          return { t: at.text, call, at }
        }
        case 'func':
        case 'struct':
        case 'map':
        case 'interface':
          break
        case 'select':
        case 'goto':
        case 'fallthrough':
          throw new NotSimulated(at, `the statement ${at.text}`)
        case 'chan':
          throw new NotSimulated(at, 'channels')
        default:
          this.fail(`, expected ${at.text === 'else' || at.text === 'case' ? '}' : 'expression'}`)
      }
    if (this.is('{')) return { t: 'block', block: this.block(), at }
    return this.simple()
  }

  protected simple(): Statement {
    const at = this.peek()
    const targets = this.list()
    const operator = this.peek()
    if (operator.type === 'operator') {
      if (operator.text === ':=') {
        this.at++
        if (this.is('range')) return this.range(targets, true, at)
        return { t: 'define', names: targets, values: this.list(), at: operator }
      }
      if (assignments.has(operator.text)) {
        this.at++
        if (this.is('range')) return this.range(targets, false, at)
        return { t: 'assign', op: operator.text, targets, operatorAt: operator, values: this.list(), at }
      }
      if (operator.text === '++' || operator.text === '--') {
        this.at++
        return { t: 'step', of: targets[0]!, by: operator.text === '++' ? 1 : -1, at }
      }
    }
    if (this.is(':') && targets[0]?.t === 'name') throw new NotSimulated(at, 'labels')
    if (operator.text === '<-') throw new NotSimulated(operator, 'channels')
    if (targets.length > 1) this.fail(', expected := or = or comma')
    return { t: 'expr', expr: targets[0]!, at }
  }

  protected if(): Statement {
    const at = this.tokens[this.at++]!
    if (this.is('{')) throw new GoError(this.peek(), 'syntax error: missing condition in if statement')
    let init: Statement | undefined
    let condition: Statement = this.head(() => this.simple())
    if (this.is('semicolon')) {
      this.at++
      init = condition
      condition = this.head(() => this.simple())
    }
    if (!this.is('{')) this.fail(', expected { after if clause')
    if (condition.t !== 'expr')
      throw new GoError(
        condition.t === 'assign' ? condition.operatorAt : condition.at,
        `syntax error: cannot use ${statementText(condition)} as value`,
      )
    const then = this.outsideHead(() => this.block())
    let otherwise: Statement | undefined
    if (this.take('else')) {
      const next = this.peek()
      if (this.is('if')) otherwise = this.if()
      else if (this.is('{')) otherwise = { t: 'block', block: this.outsideHead(() => this.block()), at: next }
      else throw new GoError(next, 'syntax error: else must be followed by if or statement block')
    }
    return { t: 'if', init, condition: condition.expr, then, otherwise, at }
  }

  protected for(): Statement {
    const at = this.tokens[this.at++]!
    let init: Statement | undefined
    let condition: Statement | undefined
    let post: Statement | undefined
    if (this.take('range')) {
      const over = this.head(() => this.expression())
      return { t: 'range', names: [], defines: false, over, body: this.body(), at }
    }
    if (!this.is('{')) {
      if (!this.is('semicolon')) init = this.head(() => this.simple())
      if (init?.t === 'range') return { ...init, body: this.body(), at }
      if (this.peek().type === ';' && this.peek().text === 'semicolon') {
        this.at++
        if (!this.is('semicolon')) condition = this.head(() => this.simple())
        if (!this.is('semicolon')) this.fail(', expected { after for clause')
        this.at++
        if (!this.is('{')) post = this.head(() => this.simple())
      } else {
        condition = init
        init = undefined
      }
    }
    if (condition && condition.t !== 'expr')
      throw new GoError(condition.at, 'syntax error: expected for loop condition')
    return { t: 'for', init, condition: condition?.expr, post, body: this.body(), at }
  }

  protected body(): Block {
    if (!this.is('{')) this.fail(', expected { after for clause')
    return this.outsideHead(() => this.block())
  }

  protected range(names: readonly Expr[], defines: boolean, at: Position): Statement {
    this.at++
    const over = this.head(() => this.expression())
    const none = { statements: [], end: at }
    return { t: 'range', names, defines, over, body: none, at }
  }

  protected switch(): Statement {
    const at = this.tokens[this.at++]!
    let init: Statement | undefined
    let tag: Statement | undefined
    if (!this.is('{')) {
      if (!this.is('semicolon')) tag = this.head(() => this.simple())
      if (this.is('semicolon')) {
        this.at++
        init = tag
        tag = this.is('{') ? undefined : this.head(() => this.simple())
      }
    }
    if (!this.is('{')) this.fail(', expected { after switch clause')
    this.at++
    const cases: Case[] = []
    this.outsideHead(() => {
      while (!this.take('}')) {
        const caseAt = this.peek()
        let values: readonly Expr[] | undefined
        if (this.take('case')) values = this.list()
        else if (!this.take('default')) this.fail(', expected case or default or }')
        this.expect(':')
        const body: Statement[] = []
        while (!this.is('case') && !this.is('default') && !this.is('}')) {
          if (this.peek().type === ';') {
            this.at++
            continue
          }
          body.push(this.statement())
          if (this.peek().type === ';') this.at++
          else if (!this.is('}')) this.fail(' at end of statement')
        }
        cases.push({ values, body, at: caseAt })
      }
    })
    return { t: 'switch', init, tag: tag?.t === 'expr' ? tag.expr : undefined, cases, at }
  }
}

/** A statement that stands where a value should, in short. */
function statementText(each: Statement): string {
  if (each.t === 'assign')
    return `assignment ${each.targets.map(source).join(', ')} ${each.op} ${each.values.map(source).join(', ')}`
  if (each.t === 'define')
    return `${each.names.map(source).join(', ')} := ${each.values.map(source).join(', ')}`
  return 'statement'
}
