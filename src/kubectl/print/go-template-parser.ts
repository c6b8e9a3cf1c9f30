// Go's text/template as text: actions, pipelines, blocks (text/template/parse), with its messages.

/** Those of text/template, and kubectl's own two. */
export const functionNames =
  'and or not len index slice print println printf html js urlquery eq ne lt le gt ge exists base64decode'.split(
    ' ',
  )

export type Expr =
  | { t: 'value'; value: unknown }
  | { t: 'dot' }
  | { t: 'path'; base: Expr; fields: string[] }
  | { t: 'variable'; name: string }
  | { t: 'call'; name: string }
  | { t: 'pipe'; pipe: Pipe }
export interface Pipe {
  declare: string[]
  assign: boolean
  commands: Expr[][]
}
export type Node =
  | { t: 'text'; text: string }
  | { t: 'action'; pipe: Pipe }
  | { t: 'if' | 'with' | 'range'; pipe: Pipe; body: Node[]; otherwise: Node[] }
  | { t: 'template'; name: string; pipe: Pipe | undefined }
  | { t: 'break' | 'continue' }

export class TemplateError extends Error {}

const tokenPattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|:=|\$\w*|\.[\p{L}_][\p{L}\p{Nd}_]*|[+-]?\d[\w.]*|[\p{L}_][\p{L}\p{Nd}_]*|[.|(),=]/uy

interface Action {
  readonly tokens: string[]
  readonly line: number
}

export class Parser {
  readonly defined = new Map<string, Node[]>()
  readonly #parts: (string | Action)[] = []
  #at = 0
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
        if (/^\s/.test(m[0])) tokens.push(' ')
        else tokens.push(m[0])
        line += m[0].split('\n').length - 1
        rest = rest.slice(m[0].length)
      }
      this.#parts.push({ tokens: trimBlanks(tokens), line })
    }
  }

  parse(): Node[] {
    const { nodes, end } = this.#list([])
    if (end) throw this.#unexpected(end.line, end.word)
    return nodes
  }

  #unexpected(line: number, word: string): TemplateError {
    return new TemplateError(`template: output:${line}: unexpected {{${word}}}`)
  }

  #list(stops: readonly string[]): { nodes: Node[]; end?: { word: string; rest: string[]; line: number } } {
    const nodes: Node[] = []
    let line = 1
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
        return { nodes, end: { word, rest, line } }
      }
      if (word === 'if' || word === 'with' || word === 'range') nodes.push(this.#block(word, rest, line))
      else if (word === 'break' || word === 'continue') nodes.push({ t: word })
      else if (word === 'define') this.#define(rest)
      else if (word === 'block') {
        const name = this.#define(rest.slice(0, 1))
        nodes.push({
          t: 'template',
          name,
          pipe: new PipeParser(trimBlanks(rest.slice(1)), line, this.#functions).all(),
        })
      } else if (word === 'template') {
        const tail = trimBlanks(rest.slice(1))
        nodes.push({
          t: 'template',
          name: stringValue(rest[0] ?? '""'),
          pipe: tail.length ? new PipeParser(tail, line, this.#functions).all() : undefined,
        })
      } else nodes.push({ t: 'action', pipe: new PipeParser(part.tokens, line, this.#functions).all() })
    }
  }

  #define(rest: string[]): string {
    const name = stringValue(rest[0] ?? '""')
    this.defined.set(name, this.#list(['end']).nodes)
    return name
  }

  #block(t: 'if' | 'with' | 'range', tokens: string[], line: number): Node {
    if (tokens.length === 0) throw new TemplateError(`template: output:${line}: missing value for ${t}`)
    const pipe = new PipeParser(tokens, line, this.#functions).all()
    const body = this.#list(['end', 'else'])
    let otherwise: Node[] = []
    if (body.end?.word === 'else') {
      const [next, ...rest] = body.end.rest
      if (next === 'if' || next === 'with') otherwise = [this.#block(next, trimBlanks(rest), body.end.line)]
      else otherwise = this.#list(['end']).nodes
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
  readonly #line: number
  readonly #functions: readonly string[]
  #at = 0

  constructor(tokens: string[], line: number, functions: readonly string[]) {
    this.#tokens = tokens
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
    const m = /^(\$\w+)(?:\s*,\s*(\$\w+))?\s*(:=|=)/.exec(this.#tokens.slice(this.#at).join(''))
    const pipe: Pipe = { declare: [], assign: false, commands: [] }
    if (m) {
      pipe.declare = m[2] ? [m[1]!, m[2]] : [m[1]!]
      pipe.assign = m[3] === '='
      while (this.#tokens[this.#at] !== m[3]) this.#at++
      this.#at++
    }
    for (;;) {
      const command: Expr[] = []
      for (;;) {
        this.#blanks()
        const token = this.#tokens[this.#at]
        if (token === undefined || token === '|' || token === ')') break
        command.push(this.#operand())
      }
      if (command.length === 0) throw this.#fail('missing value for command')
      pipe.commands.push(command)
      if (this.#tokens[this.#at] !== '|') return pipe
      this.#at++
    }
  }

  #operand(): Expr {
    const token = this.#tokens[this.#at++]!
    let expr: Expr
    const fields: string[] = []
    if (token === '(') {
      expr = { t: 'pipe', pipe: this.#pipe() }
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
    while (this.#tokens[this.#at]?.[0] === '.' && this.#tokens[this.#at]!.length > 1)
      fields.push(this.#tokens[this.#at++]!.slice(1))
    return fields.length ? { t: 'path', base: expr, fields } : expr
  }
}
