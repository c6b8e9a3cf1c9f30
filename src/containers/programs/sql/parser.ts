// The SQL that tutorials type: tokens, expressions and a cursor over them. What statements mean is the engine's.

import { dictionary } from '../../../engine/dictionary.ts'

export type Cell = string | number | boolean | null

export interface Token {
  readonly type: 'word' | 'name' | 'string' | 'number' | 'mark'
  readonly text: string
  readonly at: number
}

/** `near`: what stands where it went wrong. */
export class SqlSyntaxError extends Error {
  readonly near: string
  readonly at: number
  constructor(near: string, at: number) {
    super(`syntax error at or near "${near}"`)
    this.near = near
    this.at = at
  }
}

const pattern =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|'((?:[^'\\]|''|\\.)*)'|"((?:[^"])*)"|`([^`]*)`|(\d+(?:\.\d+)?)|([A-Za-z_][\w$]*)|(<=|>=|<>|!=|::|\|\||[-+*/%=<>(),.;@])/y

/** `quotes`: what stands between double quotes, which MySQL takes for a string and the standard for a name. */
export type Quotes = 'string' | 'name'

function tokenize(sql: string, quotes: Quotes = 'name'): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < sql.length) {
    const at = pattern.lastIndex
    const match = pattern.exec(sql)
    if (!match) throw new SqlSyntaxError(sql.slice(at), at)
    const [, string, double, tick, number, word, mark] = match
    if (string !== undefined)
      tokens.push({ type: 'string', text: string.replace(/''/g, "'").replace(/\\(.)/g, '$1'), at })
    else if (double !== undefined) tokens.push({ type: quotes, text: double, at })
    else if (tick !== undefined) tokens.push({ type: 'name', text: tick, at })
    else if (number !== undefined) tokens.push({ type: 'number', text: number, at })
    else if (word !== undefined) tokens.push({ type: 'word', text: word, at })
    else if (mark !== undefined) tokens.push({ type: 'mark', text: mark, at })
  }
  return tokens
}

/** Statements of a text, cut at semicolons outside of strings. */
function splitStatements(sql: string): string[] {
  const parts: string[] = []
  let start = 0
  for (const { text, type, at } of tokenize(sql))
    if (type === 'mark' && text === ';') {
      parts.push(sql.slice(start, at))
      start = at + 1
    }
  parts.push(sql.slice(start))
  return parts.map(part => part.trim()).filter(Boolean)
}

/** A text that cannot even be cut into statements goes to the server whole, which says why. */
export function statementsOf(text: string): string[] {
  try {
    return splitStatements(text)
  } catch {
    return [text]
  }
}

export type Expression =
  | { readonly type: 'value'; readonly value: Cell }
  | { readonly type: 'column'; readonly name: string; readonly at: number }
  | { readonly type: 'star' }
  | {
      readonly type: 'call'
      readonly name: string
      readonly args: readonly Expression[]
      readonly text: string
    }
  | {
      readonly type: 'operation'
      readonly mark: string
      readonly left: Expression
      readonly right: Expression
    }

const levels = [
  ['or'],
  ['and'],
  ['=', '<>', '!=', '<', '>', '<=', '>=', 'like', 'ilike', 'is', 'in'],
  ['+', '-', '||'],
  ['*', '/', '%'],
]
const constants: Record<string, Cell> = dictionary({ true: true, false: false, null: null })

export class Cursor {
  readonly sql: string
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(sql: string, quotes: Quotes) {
    this.sql = sql
    this.#tokens = tokenize(sql, quotes)
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at]
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length
  }

  fail(): never {
    const { next } = this
    throw new SqlSyntaxError(next ? this.sql.slice(next.at).split(/\n/)[0]! : '', next?.at ?? this.sql.length)
  }

  /** Takes the words, if they stand here; `insert into`. */
  take(words: string): boolean {
    const wanted = words.split(' ')
    const fits = wanted.every((word, i) => {
      const token = this.#tokens[this.#at + i]
      return token && token.type !== 'string' && token.type !== 'name' && token.text.toLowerCase() === word
    })
    if (fits) this.#at += wanted.length
    return fits
  }

  need(words: string): void {
    if (!this.take(words)) this.fail()
  }

  /** A name, perhaps with a schema or database before it, which is dropped. */
  name(): string {
    const token = this.next
    if (!token || (token.type !== 'word' && token.type !== 'name')) this.fail()
    this.#at++
    return this.take('.') ? this.name() : token!.text
  }

  any(): Token | undefined {
    return this.#tokens[this.#at++]
  }

  list<T>(one: () => T): T[] {
    const values = [one()]
    while (this.take(',')) values.push(one())
    return values
  }

  expression(level = 0): Expression {
    if (level >= levels.length) return this.#unary()
    let left = this.expression(level + 1)
    for (;;) {
      const not = level === 2 && this.take('not')
      const mark = levels[level]!.find(each => this.take(each))
      if (!mark) return left
      if (mark === 'in') {
        this.need('(')
        const args = this.list(() => this.expression())
        this.need(')')
        left = { type: 'call', name: not ? 'not in' : 'in', args: [left, ...args], text: 'in' }
        continue
      }
      const negated = mark === 'is' && this.take('not')
      const right = this.expression(level + 1)
      left = { type: 'operation', mark: negated || not ? `not ${mark}` : mark, left, right }
    }
  }

  #unary(): Expression {
    const token = this.next ?? this.fail()
    if (this.take('not')) return { type: 'call', name: 'not', args: [this.#unary()], text: 'not' }
    if (this.take('-'))
      return { type: 'operation', mark: '-', left: { type: 'value', value: 0 }, right: this.#unary() }
    if (this.take('(')) {
      const inner = this.expression()
      this.need(')')
      return inner
    }
    if (this.take('*')) return { type: 'star' }
    this.#at++
    if (token.type === 'number') return { type: 'value', value: Number(token.text) }
    if (token.type === 'string') return this.#cast({ type: 'value', value: token.text })
    if (token.text === '@') {
      while (this.take('@'));
      return { type: 'call', name: `@@${this.name()}`, args: [], text: `@@${token.text}` }
    }
    if (token.type === 'mark') {
      this.#at--
      this.fail()
    }
    const lower = token.text.toLowerCase()
    if (token.type === 'word' && lower in constants) return { type: 'value', value: constants[lower]! }
    if (this.take('(')) {
      const args = this.take(')') ? undefined : this.list(() => this.expression())
      if (args) this.need(')')
      const end = this.#tokens[this.#at - 1]!.at + 1
      return { type: 'call', name: lower, args: args ?? [], text: this.sql.slice(token.at, end) }
    }
    if (/^(current_(timestamp|date|user|database)|now|session_user)$/.test(lower))
      return { type: 'call', name: lower, args: [], text: token.text }
    return this.#cast({ type: 'column', name: this.take('.') ? this.name() : token.text, at: token.at })
  }

  /** `'1'::int`: the type is read over. */
  #cast(expression: Expression): Expression {
    while (this.take('::')) this.name()
    return expression
  }
}
