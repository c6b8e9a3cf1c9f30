// Go's text/template as text: actions, pipelines, blocks (text/template/parse, Go 1.26), with its messages.
import { unquoted } from '../../engine/go-literal.ts'
import { Float } from './go-fmt.ts'
import { type Action, parts, TemplateError } from './go-template-lexer.ts'

export { TemplateError }

/** Those of text/template, and kubectl's own two. */
export const functionNames =
  'and or not call len index slice print println printf html js urlquery eq ne lt le gt ge exists base64decode'.split(
    ' ',
  )

/** Where a node stands in the text, and what it is there: what errors point at. */
export interface Place {
  readonly offset: number
  readonly text: string
}

type Expr =
  | { t: 'value'; value: unknown }
  | { t: 'dot' }
  /** `place`: what errors of a field point at. */
  | { t: 'path'; base: Operand; fields: string[]; place: Place }
  | { t: 'variable'; name: string }
  | { t: 'call'; name: string }
  | { t: 'pipe'; pipe: Pipe }
/** With the text that it was. */
export type Operand = Expr & { readonly at: Place }
export interface Pipe {
  declare: string[]
  assign: boolean
  commands: Command[]
}
export interface Command extends Place {
  readonly operands: Operand[]
}
export type Node =
  | { t: 'text'; text: string }
  | { t: 'action'; pipe: Pipe }
  | { t: 'if' | 'with' | 'range'; pipe: Pipe; body: Node[]; otherwise: Node[] }
  | { t: 'template'; name: string; pipe: Pipe | undefined; place: Place }
  | { t: 'break' | 'continue' }

/** Parentheses within each other, and blocks: what text/template allows where stacks are small. */
const deepest = 1000
const tooDeep = 'max expression depth exceeded'

/** Which variables there are at a place. */
type Variables = string[]

export class Parser {
  readonly defined = new Map<string, Node[]>()
  readonly #parts: readonly (string | Action)[]
  #at = 0
  #depth = 0
  /** Ranges that are open here. */
  #ranges = 0
  readonly #variables: Variables = ['$']
  readonly #functions: readonly string[]

  /** `functions`: the names of those that it may call. */
  constructor(text: string, functions: readonly string[] = functionNames) {
    this.#functions = functions
    this.#parts = parts(text)
  }

  parse(): Node[] {
    const { nodes, end } = this.#list([])
    if (end) throw this.#unexpected(end.action.line, end.word)
    return nodes
  }

  /** Of the action that was read last. */
  get #line(): number {
    const part = this.#parts[this.#at - 1]
    return typeof part === 'object' ? part.line : 1
  }

  #unexpected(line: number, word: string): TemplateError {
    return new TemplateError(`template: output:${line}: unexpected {{${word}}}`)
  }

  #list(stops: readonly string[]): { nodes: Node[]; end?: { word: string; rest: string[]; action: Action } } {
    const nodes: Node[] = []
    let line = 1
    if (++this.#depth > deepest) throw new TemplateError(`template: output:${this.#line}: ${tooDeep}`)
    for (;;) {
      const part = this.#parts[this.#at++]
      if (part === undefined) {
        if (stops.length) throw new TemplateError(`template: output:${line}: unexpected EOF`)
        return { nodes }
      }
      if (typeof part === 'string') {
        nodes.push({ t: 'text', text: part })
        line += part.split('\n').length - 1
        continue
      }
      line = part.line
      const [word = '', ...more] = part.tokens
      const rest = trimBlanks(more)
      if (word === 'end' || word === 'else') {
        if (word === 'end' && rest.length) throw this.#fail(line, `unexpected ${quoted(rest[0])} in end`)
        if (stops.length === 1 && word === 'else') throw this.#fail(line, 'expected end; found {{else}}')
        if (!stops.includes(word)) throw this.#unexpected(line, word)
        this.#depth--
        return { nodes, end: { word, rest, action: part } }
      }
      if (word === 'if' || word === 'with' || word === 'range') nodes.push(this.#block(word, rest, part))
      else if (word === 'break' || word === 'continue') {
        if (rest.length) throw this.#fail(line, `unexpected ${quoted(rest[0])} in {{${word}}}`)
        if (!this.#ranges) throw this.#fail(line, `{{${word}}} outside {{range}}`)
        nodes.push({ t: word })
      } else if (word === 'define') this.#define(this.#name(rest, part, word), rest, part)
      else if (word === 'block') {
        const name = this.#name(rest, part, word)
        const tail = trimBlanks(rest.slice(1))
        if (!tail.length) throw this.#fail(line, 'missing value for block clause')
        const pipe = this.#pipe(tail, part)
        this.#define(name, [], part)
        nodes.push({ t: 'template', name, pipe, place: nameOf(part) })
      } else if (word === 'template') {
        const name = this.#name(rest, part, word)
        const tail = trimBlanks(rest.slice(1))
        nodes.push({
          t: 'template',
          name,
          pipe: tail.length ? this.#pipe(tail, part) : undefined,
          place: nameOf(part),
        })
      } else nodes.push({ t: 'action', pipe: this.#pipe(part.tokens, part) })
    }
  }

  #fail(line: number, message: string): TemplateError {
    return new TemplateError(`template: output:${line}: ${message}`)
  }

  /** Of a template. */
  #name([token]: readonly string[], { line }: Action, clause: string): string {
    if (token === undefined || !/^["`]/.test(token))
      throw this.#fail(line, `unexpected ${quoted(token ?? '}}')} in ${clause} clause`)
    return stringValue(token, line)
  }

  /** `tokens`: the last ones of an action. */
  #pipe(tokens: string[], { tokens: all, offsets, line }: Action): Pipe {
    const before = all.length - tokens.length
    return new PipeParser(tokens, offsets.slice(before), line, this.#functions, this.#variables).all(all[0]!)
  }

  #define(name: string, rest: readonly string[], { line }: Action): void {
    if (rest.length > 1)
      throw this.#fail(line, `unexpected ${quoted(trimBlanks(rest.slice(1))[0])} in define clause`)
    const outer = this.#variables.splice(0, this.#variables.length, '$')
    const ranges = this.#ranges
    this.#ranges = 0
    this.defined.set(name, this.#list(['end']).nodes)
    this.#ranges = ranges
    this.#variables.splice(0, this.#variables.length, ...outer)
  }

  #block(t: 'if' | 'with' | 'range', tokens: string[], action: Action): Node {
    if (tokens.length === 0)
      throw new TemplateError(`template: output:${action.line}: missing value for ${t}`)
    const variables = this.#variables.length
    const pipe = this.#pipe(tokens, action)
    if (t === 'range') this.#ranges++
    const body = this.#list(['end', 'else'])
    if (t === 'range') this.#ranges--
    let otherwise: Node[] = []
    if (body.end?.word === 'else') {
      const [next, ...rest] = body.end.rest
      const { line } = body.end.action
      if (next !== undefined && next === (t === 'with' ? 'with' : 'if') && t !== 'range') {
        if (++this.#depth > deepest) throw this.#fail(line, tooDeep)
        otherwise = [this.#block(next as 'if' | 'with', trimBlanks(rest), body.end.action)]
        this.#depth--
      } else if (next !== undefined) throw this.#fail(line, `unexpected ${quoted(next)} in else`)
      else otherwise = this.#list(['end']).nodes
    }
    this.#variables.length = variables
    return { t, pipe, body: body.nodes, otherwise }
  }
}

function trimBlanks(tokens: string[]): string[] {
  let from = 0
  let to = tokens.length
  while (tokens[from] === ' ') from++
  while (to > from && tokens[to - 1] === ' ') to--
  return tokens.slice(from, to)
}

/** Where a template is called: at its name. */
const nameOf = ({ tokens, offsets }: Action): Place => ({
  offset: offsets[2] ?? offsets[0]!,
  text: `{{${tokens.join('')}}}`,
})

/** As %q writes a token. */
const quoted = (token: string | undefined): string => JSON.stringify(token ?? '')

/** Of a quoted string or character. */
function stringValue(token: string, line: number): string {
  const text = unquoted(token)
  if (text === undefined) throw new TemplateError(`template: output:${line}: invalid syntax`)
  return text
}

/** A literal without a point is an int, however it is written. */
function numberValue(token: string): unknown {
  const text = token.replaceAll('_', '')
  const isHex = /^[-+]?0[xX]/.test(text)
  if (/[pP.]/.test(text) || (!isHex && /[eE]/.test(text))) return new Float(Number(text))
  const [sign, digits] = /^[-+]/.test(text) ? [text[0], text.slice(1)] : ['', text]
  const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
  return sign === '-' ? -value : value
}

const int64 = 2n ** 63n

class PipeParser {
  readonly #tokens: string[]
  readonly #offsets: number[]
  readonly #line: number
  readonly #functions: readonly string[]
  readonly #variables: Variables
  #at = 0
  #depth = 0

  constructor(
    tokens: string[],
    offsets: number[],
    line: number,
    functions: readonly string[],
    variables: Variables,
  ) {
    this.#tokens = tokens
    this.#offsets = offsets
    this.#line = line
    this.#functions = functions
    this.#variables = variables
  }

  #fail(message: string): TemplateError {
    return new TemplateError(`template: output:${this.#line}: ${message}`)
  }

  /** `clause`: the word that the action begins with. */
  all(clause: string): Pipe {
    const pipe = this.#pipe(clause)
    if (this.#tokens[this.#at] === ')') throw this.#fail('unexpected right paren')
    return pipe
  }

  #blanks(): void {
    while (this.#tokens[this.#at] === ' ') this.#at++
  }

  /** What is declared in front of it is known behind it. */
  #declared(clause: string): Pick<Pipe, 'declare' | 'assign'> {
    const m = /^(\$[\p{L}\p{Nd}_]*)(?: ?, ?(\$[\p{L}\p{Nd}_]*))?( ?,)?(?: ?(:=|=))?/u.exec(
      this.#tokens.slice(this.#at).join(''),
    )
    if (!m?.[3] && !m?.[4]) return { declare: [], assign: false }
    const names = m[2] ? [m[1]!, m[2]] : [m[1]!]
    if (m[3] || (names.length === 2 && clause !== 'range')) {
      if (m[3] && names.length === 1) throw this.#fail(`unexpected ${quoted(',')} in command`)
      throw this.#fail(`too many declarations in ${clause === 'range' ? 'range' : 'command'}`)
    }
    while (this.#tokens[this.#at] !== m[4]) this.#at++
    this.#at++
    return { declare: names, assign: m[4] === '=' }
  }

  #pipe(clause = ''): Pipe {
    const { declare, assign } = this.#declared(clause)
    const pipe: Pipe = { declare, assign, commands: [] }
    for (;;) {
      this.#blanks()
      const before = this.#tokens[this.#at]
      if (before === undefined || before === ')') {
        if (!pipe.commands.length)
          throw this.#fail(`missing value for ${before ? 'parenthesized pipeline' : 'command'}`)
        break
      }
      if (!/^["`'.$(\p{L}\d_]|^[-+]\d/u.test(before)) throw this.#unexpected(before, 'command')
      pipe.commands.push(this.#command())
      if (this.#tokens[this.#at] !== '|') break
      this.#at++
    }
    for (const [i, { operands }] of pipe.commands.entries())
      if (i > 0 && (operands[0]!.t === 'value' || operands[0]!.t === 'dot'))
        throw this.#fail(`non executable command in pipeline stage ${i + 1}`)
    if (!assign) this.#variables.push(...declare)
    return pipe
  }

  #unexpected(token: string, context: string): TemplateError {
    if (token === ':') return this.#fail('expected :=')
    return this.#fail(`unexpected ${token === '.' ? '<.>' : quoted(token)} in ${context}`)
  }

  #command(): Command {
    const operands: Operand[] = []
    const from = this.#at
    for (;;) {
      this.#blanks()
      const token = this.#tokens[this.#at]
      if (token === undefined || token === '|' || token === ')') break
      operands.push(this.#operand())
      const next = this.#tokens[this.#at]
      if (next !== undefined && next !== ' ' && next !== '|' && next !== ')' && next !== '(')
        throw this.#unexpected(next, 'operand')
    }
    return { operands, ...this.#place(from) }
  }

  /** From a token to the present one. `points`: at which one errors point, where it is another. */
  #place(from: number, points = from): Place {
    return { offset: this.#offsets[points]!, text: this.#tokens.slice(from, this.#at).join('').trim() }
  }

  #operand(): Operand {
    const from = this.#at
    const head = this.#term()
    const base: Operand = { ...head, at: this.#place(from) }
    // Of a chain of fields Go knows the place of the second one.
    const chain = this.#at
    const fields: string[] = head.t === 'path' ? head.fields : []
    while (/^\../.test(this.#tokens[this.#at] ?? '')) fields.push(this.#tokens[this.#at++]!.slice(1))
    if (fields.length === 0 || (this.#at === chain && head.t !== 'path')) return base
    if (head.t === 'value') throw this.#fail(`unexpected . after term ${quoted(base.at.text)}`)
    const place = this.#place(from, this.#at > chain ? chain : from)
    return { t: 'path', base: head.t === 'path' ? head.base : base, fields, place, at: this.#place(from) }
  }

  #term(): Expr {
    const from = this.#at
    const token = this.#tokens[this.#at++]!
    if (token === '(') {
      if (++this.#depth > deepest) throw this.#fail(tooDeep)
      const pipe = this.#pipe()
      this.#depth--
      if (this.#tokens[this.#at++] !== ')') throw this.#fail('unclosed left paren')
      return { t: 'pipe', pipe }
    }
    if (token === '.') return { t: 'dot' }
    if (/^\.[\p{L}_]/u.test(token)) {
      const dot: Operand = { t: 'dot', at: this.#place(from) }
      return { t: 'path', base: dot, fields: [token.slice(1)], place: this.#place(from) }
    }
    if (token[0] === '$') {
      if (!this.#variables.includes(token)) throw this.#fail(`undefined variable ${quoted(token)}`)
      return { t: 'variable', name: token }
    }
    if (token[0] === '"' || token[0] === '`') return { t: 'value', value: stringValue(token, this.#line) }
    if (token[0] === "'") return { t: 'value', value: this.#character(token) }
    if (/^[-+.]?\d/.test(token)) return { t: 'value', value: this.#number(token) }
    if (token === 'true' || token === 'false') return { t: 'value', value: token === 'true' }
    if (token === 'nil') return { t: 'value', value: null }
    if (!/^[\p{L}_]/u.test(token)) throw this.#unexpected(token, 'operand')
    if (!this.#functions.includes(token)) throw this.#fail(`function ${quoted(token)} not defined`)
    return { t: 'call', name: token }
  }

  #character(token: string): bigint {
    const [c, ...more] = stringValue(token, this.#line)
    if (c === undefined) throw this.#fail('invalid syntax')
    if (more.length) throw this.#fail(`malformed character constant: ${token}`)
    return BigInt(c.codePointAt(0)!)
  }

  #number(token: string): unknown {
    let value: unknown
    try {
      value = numberValue(token)
    } catch {
      throw this.#fail(`illegal number syntax: ${quoted(token)}`)
    }
    if (typeof value === 'bigint' && (value >= int64 || value < -int64))
      throw this.#fail(`integer overflow: ${quoted(token)}`)
    if (value instanceof Float && Number.isNaN(value.value))
      throw this.#fail(`illegal number syntax: ${quoted(token)}`)
    return value
  }
}
