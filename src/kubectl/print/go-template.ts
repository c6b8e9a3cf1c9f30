// Go's text/template, as far as templates over JSON values go: actions, pipelines, variables, if, range, with, define
// and the built-in functions, with kubectl's own `exists` and `base64decode`.
import { decodeBase64 } from '../../engine/bytes.ts'
import { CommandError } from '../errors.ts'
import { isObject, jsonLine, plainText, sortedKeys, syntaxText } from './values.ts'

type Expr =
  | { t: 'value'; value: unknown }
  | { t: 'dot' }
  | { t: 'path'; base: Expr; fields: string[] }
  | { t: 'variable'; name: string }
  | { t: 'call'; name: string }
  | { t: 'pipe'; pipe: Pipe }
interface Pipe {
  declare: string[]
  assign: boolean
  commands: Expr[][]
}
type Node =
  | { t: 'text'; text: string }
  | { t: 'action'; pipe: Pipe }
  | { t: 'if' | 'with' | 'range'; pipe: Pipe; body: Node[]; otherwise: Node[] }
  | { t: 'template'; name: string; pipe: Pipe | undefined }
  | { t: 'break' | 'continue' }

class TemplateError extends Error {}

/** Thrown through the bodies of a range. */
class Jump extends Error {}

const tokenPattern =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|:=|\$\w*|\.[\p{L}_][\p{L}\p{Nd}_]*|[+-]?\d[\w.]*|[\p{L}_][\p{L}\p{Nd}_]*|[.|(),=]/uy

interface Action {
  readonly tokens: string[]
  readonly line: number
}

class Parser {
  readonly defined = new Map<string, Node[]>()
  readonly #parts: (string | Action)[] = []
  #at = 0

  constructor(text: string) {
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
        nodes.push({ t: 'template', name, pipe: new PipeParser(trimBlanks(rest.slice(1)), line).all() })
      } else if (word === 'template') {
        const tail = trimBlanks(rest.slice(1))
        nodes.push({
          t: 'template',
          name: stringValue(rest[0] ?? '""'),
          pipe: tail.length ? new PipeParser(tail, line).all() : undefined,
        })
      } else nodes.push({ t: 'action', pipe: new PipeParser(part.tokens, line).all() })
    }
  }

  #define(rest: string[]): string {
    const name = stringValue(rest[0] ?? '""')
    this.defined.set(name, this.#list(['end']).nodes)
    return name
  }

  #block(t: 'if' | 'with' | 'range', tokens: string[], line: number): Node {
    if (tokens.length === 0) throw new TemplateError(`template: output:${line}: missing value for ${t}`)
    const pipe = new PipeParser(tokens, line).all()
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
  #at = 0

  constructor(tokens: string[], line: number) {
    this.#tokens = tokens
    this.#line = line
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
      if (!Object.hasOwn(functions, token)) throw this.#fail(`function ${JSON.stringify(token)} not defined`)
      return { t: 'call', name: token }
    } else throw this.#fail(`unexpected ${JSON.stringify(token)} in operand`)
    while (this.#tokens[this.#at]?.[0] === '.' && this.#tokens[this.#at]!.length > 1)
      fields.push(this.#tokens[this.#at++]!.slice(1))
    return fields.length ? { t: 'path', base: expr, fields } : expr
  }
}

/** What a missing key is: prints as `<no value>`. */
const missing = Symbol('no value')

const truth = (value: unknown): boolean => {
  if (value === missing || value === null || value === undefined) return false
  if (Array.isArray(value)) return value.length > 0
  if (isObject(value)) return Object.keys(value).length > 0
  return Boolean(value)
}

const printable = (value: unknown): string =>
  value === missing || value === null || value === undefined ? '<no value>' : plainText(value)

type Scope = Map<string, unknown>

class Template {
  readonly #root: Node[]
  readonly #defined: Map<string, Node[]>
  readonly #strict: boolean

  constructor(text: string, strict: boolean) {
    const parser = new Parser(text)
    this.#root = parser.parse()
    this.#defined = parser.defined
    this.#strict = strict
  }

  run(data: unknown): string {
    return this.#nodes(this.#root, data, new Map([['$', data]]))
  }

  #nodes(nodes: Node[], dot: unknown, scope: Scope): string {
    let out = ''
    for (const node of nodes) out += this.#node(node, dot, scope)
    return out
  }

  #node(node: Node, dot: unknown, scope: Scope): string {
    switch (node.t) {
      case 'text':
        return node.text
      case 'action': {
        const value = this.#pipe(node.pipe, dot, scope)
        return node.pipe.declare.length ? '' : printable(value)
      }
      case 'break':
      case 'continue':
        throw new Jump(node.t)
      case 'template': {
        const body = this.#defined.get(node.name)
        if (!body)
          throw new TemplateError(`template: output: template ${JSON.stringify(node.name)} not defined`)
        const data = node.pipe ? this.#pipe(node.pipe, dot, scope) : null
        return this.#nodes(body, data, new Map([['$', data]]))
      }
      case 'range':
        return this.#range(node, dot, scope)
      default: {
        const inner = new Map(scope)
        const value = this.#pipe(node.pipe, dot, inner)
        if (!truth(value)) return this.#nodes(node.otherwise, dot, inner)
        return this.#nodes(node.body, node.t === 'with' ? value : dot, inner)
      }
    }
  }

  #range(node: Extract<Node, { t: 'if' | 'with' | 'range' }>, dot: unknown, scope: Scope): string {
    const inner = new Map(scope)
    const value = this.#pipe({ ...node.pipe, declare: [] }, dot, inner)
    const items: [unknown, unknown][] = Array.isArray(value)
      ? value.map((v, i) => [i, v])
      : isObject(value)
        ? sortedKeys(value).map(key => [key, value[key]])
        : typeof value === 'number'
          ? Array.from({ length: value }, (_, i) => [i, i])
          : []
    if (
      value !== missing &&
      value !== null &&
      value !== undefined &&
      typeof value !== 'object' &&
      typeof value !== 'number'
    )
      throw new TemplateError(`range can't iterate over ${printable(value)}`)
    if (items.length === 0) return this.#nodes(node.otherwise, dot, inner)
    const { declare } = node.pipe
    let out = ''
    for (const [key, item] of items) {
      const each = new Map(inner)
      if (declare.length === 1) each.set(declare[0]!, item)
      if (declare.length === 2) {
        each.set(declare[0]!, key)
        each.set(declare[1]!, item)
      }
      try {
        for (const child of node.body) out += this.#node(child, item, each)
      } catch (error) {
        if (!(error instanceof Jump)) throw error
        if (error.message === 'break') break
      }
    }
    return out
  }

  #pipe(pipe: Pipe, dot: unknown, scope: Scope): unknown {
    let value: unknown
    let first = true
    for (const command of pipe.commands) {
      value = this.#command(command, dot, scope, first ? [] : [value])
      first = false
    }
    for (const name of pipe.declare) scope.set(name, value)
    return value
  }

  #command([head, ...rest]: Expr[], dot: unknown, scope: Scope, last: unknown[]): unknown {
    if (head!.t !== 'call') {
      const value = this.#value(head!, dot, scope)
      if (rest.length || last.length)
        throw new TemplateError(`can't give argument to non-function ${printable(value)}`)
      return value
    }
    const args = [...rest.map(expr => this.#value(expr, dot, scope)), ...last]
    if (head!.name === 'and') return args.find(arg => !truth(arg)) ?? args.at(-1)
    if (head!.name === 'or') return args.find(truth) ?? args.at(-1)
    try {
      return functions[head!.name]!(...args)
    } catch (error) {
      if (error instanceof TemplateError || !(error instanceof Error)) throw error
      throw new TemplateError(`error calling ${head!.name}: ${error.message}`)
    }
  }

  #value(expr: Expr, dot: unknown, scope: Scope): unknown {
    switch (expr.t) {
      case 'value':
        return expr.value
      case 'dot':
        return dot
      case 'variable': {
        if (!scope.has(expr.name)) throw new TemplateError(`undefined variable ${JSON.stringify(expr.name)}`)
        return scope.get(expr.name)
      }
      case 'pipe':
        return this.#pipe(expr.pipe, dot, scope)
      case 'call':
        return this.#command([expr], dot, scope, [])
      case 'path':
        return expr.fields.reduce(
          (value, field) => this.#field(value, field),
          this.#value(expr.base, dot, scope),
        )
    }
  }

  #field(value: unknown, field: string): unknown {
    if (value === missing || value === null || value === undefined) {
      if (value === missing) throw new TemplateError(`nil pointer evaluating interface {}.${field}`)
      throw new TemplateError(`nil data; no entry for key ${JSON.stringify(field)}`)
    }
    if (!isObject(value))
      throw new TemplateError(
        `can't evaluate field ${field} in type ${Array.isArray(value) ? '[]interface {}' : 'interface {}'}`,
      )
    if (Object.hasOwn(value, field)) return value[field]
    if (this.#strict) throw new TemplateError(`map has no entry for key ${JSON.stringify(field)}`)
    return missing
  }
}

const order = (a: any, b: any): number => {
  if (typeof a !== typeof b) throw new Error('incompatible types for comparison')
  return a < b ? -1 : a > b ? 1 : 0
}
const equal = (a: unknown, ...others: unknown[]): boolean => {
  if (others.length === 0) throw new Error('missing argument for comparison')
  return others.some(b => {
    const [x, y] = [a === missing ? null : a, b === missing ? null : b]
    if (x !== null && y !== null && typeof x !== typeof y)
      throw new Error('incompatible types for comparison')
    return x === y
  })
}
const html = (text: string) =>
  text.replace(/[&<>"']/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' })[c]!)

const functions: Record<string, (...args: any[]) => unknown> = {
  and: () => undefined,
  or: () => undefined,
  not: value => !truth(value),
  len: value => {
    if (Array.isArray(value) || typeof value === 'string') return value.length
    if (isObject(value)) return Object.keys(value).length
    throw new Error('len of nil pointer')
  },
  index: (value, ...keys) =>
    keys.reduce((item, key) => {
      if (Array.isArray(item)) {
        if (key < 0 || key >= item.length) throw new Error(`error calling index: index out of range: ${key}`)
        return item[key]
      }
      if (!isObject(item)) throw new Error('index of untyped nil')
      return Object.hasOwn(item, key) ? item[key] : missing
    }, value),
  slice: (value, from = 0, to = value.length) => value.slice(from, to),
  print: (...args) => args.map(printable).join(' '),
  println: (...args) => `${args.map(printable).join(' ')}\n`,
  printf: (format, ...args) => sprintf(String(format), args),
  html: value => html(printable(value)),
  js: value =>
    printable(value).replace(/['"\\<>]/g, c => (c === '<' ? '\\u003C' : c === '>' ? '\\u003E' : `\\${c}`)),
  urlquery: value => encodeURIComponent(printable(value)).replaceAll('%20', '+'),
  eq: equal,
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => order(a, b) < 0,
  le: (a, b) => order(a, b) <= 0,
  gt: (a, b) => order(a, b) > 0,
  ge: (a, b) => order(a, b) >= 0,
  exists: (value, ...keys) => {
    let item = value
    for (const key of keys) {
      if (Array.isArray(item) ? !(key in item) : !(isObject(item) && Object.hasOwn(item, key))) return false
      item = item[key]
    }
    return true
  },
  base64decode: value => decodeBase64(String(value)) ?? '',
}

function sprintf(format: string, args: unknown[]): string {
  let at = 0
  return format.replace(
    /%([-+ #0]*)(\d*)(?:\.(\d+))?([%a-zA-Z])/g,
    (_, flags: string, width: string, precision, verb) => {
      if (verb === '%') return '%'
      if (at >= args.length) return `%!${verb}(MISSING)`
      const arg = args[at++]
      let text: string
      if (verb === 'q') text = JSON.stringify(printable(arg))
      else if (verb === 'd')
        text = typeof arg === 'number' ? String(Math.trunc(arg)) : `%!d(${typeof arg}=${printable(arg)})`
      else if (verb === 'f') text = Number(arg).toFixed(precision === undefined ? 6 : Number(precision))
      else if (verb === 'x') text = typeof arg === 'number' ? arg.toString(16) : printable(arg)
      else if (verb === 'v' && flags.includes('#')) text = syntaxText(arg)
      else {
        text =
          arg === null || arg === missing ? (verb === 'v' ? '<nil>' : `%!${verb}(<nil>)`) : plainText(arg)
        if (precision !== undefined && verb === 's') text = text.slice(0, Number(precision))
      }
      const size = Number(width)
      return flags.includes('-')
        ? text.padEnd(size)
        : text.padStart(size, flags.includes('0') && verb !== 's' ? '0' : ' ')
    },
  )
}

export function goTemplatePrinter(text: string, allowMissing: boolean): (object: unknown) => string {
  let template: Template
  try {
    template = new Template(text, !allowMissing)
  } catch (error) {
    throw new CommandError(`error parsing template ${text}, ${(error as Error).message}`)
  }
  return object => {
    try {
      return template.run(object)
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const reason = error.message.startsWith('template:')
        ? error.message
        : `template: output: executing "output": ${error.message}`
      const more = `Error executing template: ${reason}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\traw data was:\n\t\t${jsonLine(object)}\n\tobject given to template engine was:\n\t\t${plainText(object)}\n\n`
      throw new CommandError(`error executing template ${JSON.stringify(text)}: ${more}`)
    }
  }
}
