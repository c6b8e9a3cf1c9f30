// The grammar of awk: text to a program.
import { ToolError } from '../../command.ts'
import type { Expression, OwnFunction, Program, Rule, Statement } from './program.ts'
import { builtin, keywords, type Token, tokenize } from './tokens.ts'

/** Within each other, at most: about what mawk's parser has room for. */
const deepest = 190

export function parseAwk(text: string): Program {
  const tokens = tokenize(text)
  const rules: Rule[] = []
  const functions = new Map<string, OwnFunction>()
  let at = 0
  let depth = 0
  /** One level deeper, where there is room: mawk's parser ends there in the words of any other fault. */
  function deeper<T>(read: () => T): T {
    if (depth >= deepest) fail()
    depth++
    const out = read()
    depth--
    return out
  }
  /** Inside of print's arguments `>` redirects; in a for's head `in` ends the name. */
  let plainGreater = true

  const peek = (): Token => tokens[at]!
  const is = (text: string): boolean =>
    peek().text === text && peek().type !== 'string' && peek().type !== 'regexp'
  const take = (text: string): boolean => is(text) && ++at > 0
  function fail(): never {
    const { type, text, line } = peek()
    throw new ToolError(
      `awk: line ${line}: syntax error at or near ${type === 'newline' ? 'end of line' : text}`,
      2,
    )
  }
  const expect = (text: string): void => {
    if (!take(text)) fail()
  }
  const newlines = (): void => {
    while (peek().type === 'newline') at++
  }
  const ends = (): void => {
    while (peek().type === 'newline' || is(';')) at++
  }
  const name = (): string => (peek().type === 'name' || peek().type === 'call' ? tokens[at++]!.text : fail())

  function list(close: string): Expression[] {
    const items: Expression[] = []
    newlines()
    while (!is(close)) {
      items.push(expression())
      newlines()
      if (!take(',')) break
      newlines()
    }
    expect(close)
    return items
  }

  function expression(): Expression {
    return deeper(assignment)
  }
  function assignment(): Expression {
    const left = ternary()
    const operator = peek().text
    if (peek().type !== 'operator' || !/^[-+*/%^]?=$/.test(operator)) return left
    if (left.type !== 'name' && left.type !== 'field' && left.type !== 'element') fail()
    at++
    newlines()
    return { type: 'assign', operator, target: left, value: deeper(assignment) }
  }
  function ternary(): Expression {
    const test = or()
    if (!take('?')) return test
    newlines()
    const yes = deeper(assignment)
    newlines()
    expect(':')
    newlines()
    return { type: 'ternary', test, yes, no: deeper(assignment) }
  }
  function or(): Expression {
    let left = and()
    while (take('||')) {
      newlines()
      left = { type: 'binary', operator: '||', left, right: and() }
    }
    return left
  }
  function and(): Expression {
    let left = membership()
    while (take('&&')) {
      newlines()
      left = { type: 'binary', operator: '&&', left, right: membership() }
    }
    return left
  }
  function membership(): Expression {
    let left = matching()
    while (take('in')) left = { type: 'in', name: name(), index: left.type === 'group' ? left.items : [left] }
    return left
  }
  function matching(): Expression {
    let left = comparison()
    while (is('~') || is('!~')) {
      const negated = tokens[at++]!.text === '!~'
      left = { type: 'match', left, right: comparison(), negated }
    }
    return left
  }
  function comparison(): Expression {
    const left = concatenation()
    const { text, type } = peek()
    if (type !== 'operator' || !/^(?:[<>]=?|[=!]=)$/.test(text) || (text === '>' && !plainGreater))
      return left
    at++
    return { type: 'binary', operator: text, left, right: concatenation() }
  }
  function beginsOperand(): boolean {
    const { type, text } = peek()
    if (type === 'operator') return /^(?:[$(!]|-|\+|\+\+|--)$/.test(text) && text !== '!'
    if (type === 'name') return !keywords.test(text) || text === 'getline'
    return type === 'number' || type === 'string' || type === 'regexp' || type === 'call'
  }
  function concatenation(): Expression {
    let left = additive()
    while (beginsOperand() && !is('+') && !is('-')) {
      // `cmd | getline` binds looser than concatenation.
      left = { type: 'binary', operator: ' ', left, right: additive() }
    }
    while (is('|') && tokens[at + 1]?.text === 'getline') {
      at += 2
      left = { type: 'getline', command: left, target: lvalue() }
    }
    return left
  }
  function additive(): Expression {
    let left = multiplicative()
    while (is('+') || is('-'))
      left = { type: 'binary', operator: tokens[at++]!.text, left, right: multiplicative() }
    return left
  }
  function multiplicative(): Expression {
    let left = unary()
    while (is('*') || is('/') || is('%'))
      left = { type: 'binary', operator: tokens[at++]!.text, left, right: unary() }
    return left
  }
  function unary(): Expression {
    if (is('!') || is('-') || is('+'))
      return { type: 'unary', operator: tokens[at++]!.text, operand: deeper(unary) }
    return power()
  }
  function power(): Expression {
    const base = postfix()
    return take('^')
      ? { type: 'binary', operator: '^', left: base, right: deeper(is('-') ? unary : power) }
      : base
  }
  function postfix(): Expression {
    for (const by of [1, -1] as const) {
      if (take(by === 1 ? '++' : '--')) return { type: 'step', by, prefix: true, target: primary() }
    }
    const target = primary()
    if (target.type !== 'name' && target.type !== 'field' && target.type !== 'element') return target
    if (take('++')) return { type: 'step', by: 1, prefix: false, target }
    if (take('--')) return { type: 'step', by: -1, prefix: false, target }
    return target
  }
  function lvalue(): Expression | undefined {
    if (is('$') || (peek().type === 'name' && !keywords.test(peek().text))) return primary()
    return undefined
  }
  function primary(): Expression {
    const token = peek()
    at++
    switch (token.type) {
      case 'number':
        return { type: 'number', value: Number(token.text) }
      case 'string':
        return { type: 'string', value: token.text }
      case 'regexp':
        return { type: 'regexp', source: token.text }
      case 'call':
        expect('(')
        return { type: 'call', name: token.text, arguments: withGreater(() => list(')')) }
      case 'name':
        if (token.text === 'getline') {
          const target = lvalue()
          return take('<') ? { type: 'getline', target, file: postfix() } : { type: 'getline', target }
        }
        if (keywords.test(token.text)) break
        if (builtin.test(token.text)) return { type: 'call', name: token.text, arguments: [] }
        if (take('[')) return { type: 'element', name: token.text, index: withGreater(() => list(']')) }
        return { type: 'name', name: token.text }
      case 'operator':
        if (token.text === '$')
          return { type: 'field', index: deeper(is('++') || is('--') || is('-') ? unary : primary) }
        if (token.text === '(') return { type: 'group', items: withGreater(() => list(')')) }
        if (token.text === '-' || token.text === '!' || token.text === '+')
          return { type: 'unary', operator: token.text, operand: deeper(unary) }
    }
    at--
    return fail()
  }
  function withGreater<T>(work: () => T): T {
    const before = plainGreater
    plainGreater = true
    const out = work()
    plainGreater = before
    return out
  }

  function block(): Statement {
    expect('{')
    const body: Statement[] = []
    for (ends(); !is('}'); ends()) body.push(statement())
    at++
    return { type: 'block', body }
  }
  function inner(): Statement {
    newlines()
    if (take(';')) return { type: 'block', body: [] }
    return statement()
  }
  function simple(): Statement {
    if (is('print') || is('printf')) return print()
    if (take('delete')) {
      const array = name()
      return { type: 'delete', array, index: take('[') ? list(']') : undefined }
    }
    return { type: 'expression', expression: expression() }
  }
  function print(): Statement {
    const type = tokens[at++]!.text as 'print' | 'printf'
    plainGreater = false
    let items: Expression[] = []
    if (!/^[;}>|\n]$|^>>$|^end of file$/.test(peek().text) || peek().type === 'string') {
      items.push(expression())
      while (take(',')) {
        newlines()
        items.push(expression())
      }
      // print (a, b) > "file": the parentheses belong to print.
      if (items.length === 1 && items[0]!.type === 'group') items = [...items[0]!.items]
    }
    plainGreater = true
    const operator = peek().text
    const redirected = peek().type === 'operator' && /^(?:>|>>|\|)$/.test(operator)
    if (redirected) at++
    return { type, arguments: items, redirect: redirected ? { operator, to: concatenation() } : undefined }
  }
  function statement(): Statement {
    return deeper(command)
  }
  function command(): Statement {
    if (is('{')) return block()
    if (take('if')) {
      expect('(')
      const test = expression()
      expect(')')
      const yes = inner()
      const back = at
      ends()
      if (take('else')) return { type: 'if', test, yes, no: inner() }
      at = back
      return { type: 'if', test, yes }
    }
    if (take('while')) {
      expect('(')
      const test = expression()
      expect(')')
      return { type: 'loop', test, body: inner(), late: false }
    }
    if (take('do')) {
      const body = inner()
      ends()
      expect('while')
      expect('(')
      const test = expression()
      expect(')')
      return { type: 'loop', test, body, late: true }
    }
    if (take('for')) {
      expect('(')
      if (peek().type === 'name' && tokens[at + 1]?.text === 'in' && tokens[at + 3]?.text === ')') {
        const key = name()
        at++
        const array = name()
        at++
        return { type: 'each', name: key, array, body: inner() }
      }
      const start = is(';') ? undefined : simple()
      expect(';')
      newlines()
      const test = is(';') ? undefined : expression()
      expect(';')
      newlines()
      const step = is(')') ? undefined : simple()
      expect(')')
      return { type: 'loop', start, test, step, body: inner(), late: false }
    }
    for (const to of ['next', 'break', 'continue'] as const) if (take(to)) return { type: 'jump', to }
    for (const to of ['exit', 'return'] as const) {
      if (take(to))
        return {
          type: 'jump',
          to,
          value: /^[;}\n]$|^end of file$/.test(peek().text) ? undefined : expression(),
        }
    }
    const result = simple()
    if (!is(';') && !is('}') && peek().type !== 'newline' && peek().type !== 'end') fail()
    return result
  }

  for (ends(); peek().type !== 'end'; ends()) {
    if (take('function') || take('func')) {
      const called = name()
      expect('(')
      const parameters: string[] = []
      while (!take(')')) {
        parameters.push(name())
        take(',')
        newlines()
      }
      newlines()
      functions.set(called, { parameters, body: block() })
      continue
    }
    const kind = take('BEGIN') ? 'begin' : take('END') ? 'end' : 'main'
    let pattern: Expression | undefined
    let until: Expression | undefined
    if (kind === 'main' && !is('{')) {
      pattern = expression()
      if (take(',')) {
        newlines()
        until = expression()
      }
    }
    const body: Statement = is('{') ? block() : { type: 'print', arguments: [] }
    rules.push({ kind, pattern, until, body })
  }
  return { rules, functions }
}
