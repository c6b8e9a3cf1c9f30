// Go's text/template as text: actions, pipelines, blocks (text/template/parse), with its messages.

/** Those of text/template, and kubectl's own two. */
export const functionNames =
  'and or not len index slice print println printf html js urlquery eq ne lt le gt ge exists base64decode'.split(
    ' ',
  )

/** Where a node stands in the text, and what it is there: what errors point at. */
export interface Place {
  readonly offset: number
  readonly text: string
}

export type Expr =
  | { t: 'value'; value: unknown }
  | { t: 'dot' }
  | { t: 'path'; base: Expr; fields: string[]; place: Place }
  | { t: 'variable'; name: string }
  | { t: 'call'; name: string }
  | { t: 'pipe'; pipe: Pipe }
export interface Pipe {
  declare: string[]
  assign: boolean
  commands: Command[]
}
export interface Command extends Place {
  readonly operands: Expr[]
}
export type Node =
  | { t: 'text'; text: string }
  | { t: 'action'; pipe: Pipe }
  | { t: 'if' | 'with' | 'range'; pipe: Pipe; body: Node[]; otherwise: Node[] }
  | { t: 'template'; name: string; pipe: Pipe | undefined; place: Place }
  | { t: 'break' | 'continue' }

export class TemplateError extends Error {}

/** Parentheses within each other, and blocks: what text/template allows where stacks are small. */
const deepest = 1000
const tooDeep = 'max expression depth exceeded'

const tokenPattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|:=|\$\w*|\.[\p{L}_][\p{L}\p{Nd}_]*|[+-]?\d[\w.]*|[\p{L}_][\p{L}\p{Nd}_]*|[.|(),=]/uy

interface Action {
  readonly tokens: string[]
  /** Where each of them begins. */
  readonly offsets: number[]
  readonly line: number
}

export class Parser {
  readonly defined = new Map<string, Node[]>()
  readonly #parts: (string | Action)[] = []
  #at = 0
  #depth = 0
  readonly #functions: readonly string[]

  /** `functions`: the names of those that it may call. */
  constructor(text: string, functions: readonly string[] = functionNames) {
    this.#functions = functions
    let rest = text
    let line = 1
    let trim = false
    for (;;) {
      const open = rest.indexOf('{{')
      let plain = open < 0 ? rest : rest.slice(0, open)
      const lines = plain.split('\n').length - 1
      if (trim) plain = plain.trimStart()
      if (open < 0) {
        if (plain) this.#parts.push(plain)
        return
      }
      line += lines
      rest = rest.slice(open + 2)
      if (/^-\s/.test(rest)) {
        plain = plain.trimEnd()
        rest = rest.slice(1)
      }
      if (plain) this.#parts.push(plain)
      const comment = /^\s*\/\*[\s\S]*?\*\/\s*(-?)}}/.exec(rest)
      if (comment) {
        line += comment[0].split('\n').length - 1
        rest = rest.slice(comment[0].length)
        trim = comment[1] === '-'
        continue
      }
      const tokens: string[] = []
      const offsets: number[] = []
      for (;;) {
        const close = /^(\s-)?}}/.exec(rest)
        if (close) {
          trim = !!close[1]
          rest = rest.slice(close[0].length)
          break
        }
        if (!rest) throw new TemplateError(`template: output:${line}: unclosed action`)
        tokenPattern.lastIndex = 0
        const m = tokenPattern.exec(rest)
        if (!m) {
          const c = String.fromCodePoint(rest.codePointAt(0)!)
          if (c === '"') throw new TemplateError(`template: output:${line}: unterminated quoted string`)
          const code = c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
          throw new TemplateError(
            `template: output:${line}: unexpected bad character U+${code} '${c}' in command`,
          )
        }
        // A blank between operands matters: `.a .b` are two of them, `.a.b` is one.
        const isBlank = /^\s/.test(m[0])
        if (!isBlank || tokens.length) {
          tokens.push(isBlank ? ' ' : m[0])
          offsets.push(text.length - rest.length)
        }
        line += m[0].split('\n').length - 1
        rest = rest.slice(m[0].length)
      }
      if (tokens.at(-1) === ' ') tokens.pop()
      this.#parts.push({ tokens, offsets, line })
    }
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
        if (!stops.includes(word)) throw this.#unexpected(line, word)
        this.#depth--
        return { nodes, end: { word, rest, action: part } }
      }
      if (word === 'if' || word === 'with' || word === 'range') nodes.push(this.#block(word, rest, part))
      else if (word === 'break' || word === 'continue') nodes.push({ t: word })
      else if (word === 'define') this.#define(rest)
      else if (word === 'block') {
        const name = this.#define(rest.slice(0, 1))
        nodes.push({
          t: 'template',
          name,
          pipe: this.#pipe(trimBlanks(rest.slice(1)), part),
          place: nameOf(part),
        })
      } else if (word === 'template') {
        const tail = trimBlanks(rest.slice(1))
        nodes.push({
          t: 'template',
          name: stringValue(rest[0] ?? '""'),
          pipe: tail.length ? this.#pipe(tail, part) : undefined,
          place: nameOf(part),
        })
      } else nodes.push({ t: 'action', pipe: this.#pipe(part.tokens, part) })
    }
  }

  /** `tokens`: the last ones of an action. */
  #pipe(tokens: string[], { tokens: all, offsets, line }: Action): Pipe {
    const before = all.length - tokens.length
    return new PipeParser(tokens, offsets.slice(before), line, this.#functions).all()
  }

  #define(rest: string[]): string {
    const name = stringValue(rest[0] ?? '""')
    this.defined.set(name, this.#list(['end']).nodes)
    return name
  }

  #block(t: 'if' | 'with' | 'range', tokens: string[], action: Action): Node {
    if (tokens.length === 0)
      throw new TemplateError(`template: output:${action.line}: missing value for ${t}`)
    const pipe = this.#pipe(tokens, action)
    const body = this.#list(['end', 'else'])
    let otherwise: Node[] = []
    if (body.end?.word === 'else') {
      const [next, ...rest] = body.end.rest
      if (next === 'if' || next === 'with') {
        if (++this.#depth > deepest) throw new TemplateError(`template: output:${action.line}: ${tooDeep}`)
        otherwise = [this.#block(next, trimBlanks(rest), body.end.action)]
        this.#depth--
      } else otherwise = this.#list(['end']).nodes
    }
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

function stringValue(token: string): string {
  if (token[0] === '`') return token.slice(1, -1)
  try {
    return JSON.parse(token)
  } catch {
    return token.slice(1, -1).replace(/\\(.)/g, '$1')
  }
}

class PipeParser {
  readonly #tokens: string[]
  readonly #offsets: number[]
  readonly #line: number
  readonly #functions: readonly string[]
  #at = 0
  #depth = 0

  constructor(tokens: string[], offsets: number[], line: number, functions: readonly string[]) {
    this.#tokens = tokens
    this.#offsets = offsets
    this.#line = line
    this.#functions = functions
  }

  #fail(message: string): TemplateError {
    return new TemplateError(`template: output:${this.#line}: ${message}`)
  }

  all(): Pipe {
    const pipe = this.#pipe()
    if (this.#at < this.#tokens.length)
      throw this.#fail(`unexpected ${JSON.stringify(this.#tokens[this.#at])} in operand`)
    return pipe
  }

  #blanks(): void {
    while (this.#tokens[this.#at] === ' ') this.#at++
  }

  #pipe(): Pipe {
    // `$a, $b :=` are seven tokens at most.
    const m = /^(\$\w+)(?:\s*,\s*(\$\w+))?\s*(:=|=)/.exec(this.#tokens.slice(this.#at, this.#at + 8).join(''))
    const pipe: Pipe = { declare: [], assign: false, commands: [] }
    if (m) {
      pipe.declare = m[2] ? [m[1]!, m[2]] : [m[1]!]
      pipe.assign = m[3] === '='
      while (this.#tokens[this.#at] !== m[3]) this.#at++
      this.#at++
    }
    for (;;) {
      const operands: Expr[] = []
      this.#blanks()
      const from = this.#at
      for (;;) {
        this.#blanks()
        const token = this.#tokens[this.#at]
        if (token === undefined || token === '|' || token === ')') break
        operands.push(this.#operand())
      }
      if (operands.length === 0) throw this.#fail('missing value for command')
      pipe.commands.push({ operands, ...this.#place(from) })
      if (this.#tokens[this.#at] !== '|') return pipe
      this.#at++
    }
  }

  /** From a token to the present one. `points`: at which one errors point, where it is another. */
  #place(from: number, points = from): Place {
    return { offset: this.#offsets[points]!, text: this.#tokens.slice(from, this.#at).join('').trim() }
  }

  #operand(): Expr {
    const from = this.#at
    const token = this.#tokens[this.#at++]!
    let expr: Expr
    const fields: string[] = []
    if (token === '(') {
      if (++this.#depth > deepest) throw this.#fail(tooDeep)
      expr = { t: 'pipe', pipe: this.#pipe() }
      this.#depth--
      if (this.#tokens[this.#at++] !== ')') throw this.#fail('unclosed left paren')
    } else if (token === '.') expr = { t: 'dot' }
    else if (token[0] === '.') {
      expr = { t: 'dot' }
      fields.push(token.slice(1))
    } else if (token[0] === '$') expr = { t: 'variable', name: token }
    else if (token[0] === '"' || token[0] === '`') expr = { t: 'value', value: stringValue(token) }
    else if (token[0] === "'")
      expr = { t: 'value', value: stringValue(`"${token.slice(1, -1)}"`).codePointAt(0) }
    else if (/^[+-]?\d/.test(token)) expr = { t: 'value', value: Number(token.replaceAll('_', '')) }
    else if (token === 'true' || token === 'false') expr = { t: 'value', value: token === 'true' }
    else if (token === 'nil') expr = { t: 'value', value: null }
    else if (/^[\p{L}_]/u.test(token)) {
      if (!this.#functions.includes(token)) throw this.#fail(`function ${JSON.stringify(token)} not defined`)
      return { t: 'call', name: token }
    } else throw this.#fail(`unexpected ${JSON.stringify(token)} in operand`)
    // Of a chain of fields Go knows the place of the second one.
    const chain = this.#at
    while (this.#tokens[this.#at]?.[0] === '.' && this.#tokens[this.#at]!.length > 1)
      fields.push(this.#tokens[this.#at++]!.slice(1))
    if (fields.length === 0) return expr
    return { t: 'path', base: expr, fields, place: this.#place(from, this.#at > chain ? chain : from) }
  }
}
