// Go's text/template, as far as templates over JSON values go: actions, pipelines, variables, if, range, with, define
// and the built-in functions, with kubectl's own `exists` and `base64decode`.
import { byteLength, decodeBase64, fromBytes, toBytes } from '../../engine/bytes.ts'
import { base64Fault } from '../../kinds/machinery/decode.ts'
import { CommandError } from '../errors.ts'
import {
  type Command,
  type Expr,
  functionNames,
  type Node,
  Parser,
  type Pipe,
  type Place,
  TemplateError,
} from './go-template-parser.ts'
import { type Dict, isObject, jsonLine, plainText, sortedKeys, syntaxText } from './values.ts'

/** Thrown through the bodies of a range. */
class Jump extends Error {}

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

/** By their names; each says itself what it can do with what it is given. */
export type TemplateFunctions = Readonly<Record<string, (...args: unknown[]) => unknown>>

export interface TemplateOptions {
  /** A missing key is an error. */
  readonly strict?: boolean
  /** Functions beside those of text/template. */
  readonly functions?: TemplateFunctions
  /** What a missing key is called where the value is no plain map: `*formatter.imageContext`. */
  readonly type?: string
}

/** Nodes of one run; ranges within ranges multiply, and nothing could interrupt them. */
const mostSteps = 500_000
/** Templates, blocks and parentheses within each other; text/template's own bound where stacks are small. */
const deepest = 1000

/** A parsed template; both it and `run` throw a TemplateError, whose words call the template `output`. */
export class Template {
  readonly #root: Node[]
  readonly #defined: Map<string, Node[]>
  readonly #strict: boolean
  #left = mostSteps
  #depth = 0
  readonly #text: string

  readonly #functions: TemplateFunctions
  readonly #type: string | undefined

  constructor(text: string, options: TemplateOptions = {}) {
    this.#text = text
    this.#functions = { ...functions, ...options.functions }
    this.#type = options.type
    const parser = new Parser(text, [...functionNames, ...Object.keys(options.functions ?? {})])
    this.#root = parser.parse()
    this.#defined = parser.defined
    this.#strict = options.strict ?? false
  }

  run(data: unknown): string {
    this.#left = mostSteps
    this.#depth = 0
    return this.#nodes(this.#root, data, new Map([['$', data]]))
  }

  #nodes(nodes: Node[], dot: unknown, scope: Scope): string {
    let out = ''
    for (const node of nodes) out += this.#node(node, dot, scope)
    return out
  }

  #node(node: Node, dot: unknown, scope: Scope): string {
    if (--this.#left < 0) throw new TemplateError('template: output: it takes too long')
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
        if (!body) throw this.#at(node.place, `template ${JSON.stringify(node.name)} not defined`)
        const data = node.pipe ? this.#pipe(node.pipe, dot, scope) : missing
        this.#deeper()
        const text = this.#nodes(body, data, new Map([['$', data]]))
        this.#depth--
        return text
      }
      case 'range': {
        this.#deeper()
        const text = this.#range(node, dot, scope)
        this.#depth--
        return text
      }
      default: {
        this.#deeper()
        const inner = new Map(scope)
        const value = this.#pipe(node.pipe, dot, inner)
        const text = truth(value)
          ? this.#nodes(node.body, node.t === 'with' ? value : dot, inner)
          : this.#nodes(node.otherwise, dot, inner)
        this.#depth--
        return text
      }
    }
  }

  #deeper(): void {
    if (++this.#depth > deepest) throw new TemplateError(`exceeded maximum template depth (${deepest})`)
  }

  #range(node: Extract<Node, { t: 'if' | 'with' | 'range' }>, dot: unknown, scope: Scope): string {
    const inner = new Map(scope)
    const value = this.#pipe({ ...node.pipe, declare: [] }, dot, inner)
    const items: [unknown, unknown][] = Array.isArray(value)
      ? value.map((v, i) => [i, v])
      : isObject(value)
        ? sortedKeys(value).map(key => [key, value[key]])
        : typeof value === 'number'
          ? Array.from({ length: Math.max(0, Math.min(value, mostSteps)) }, (_, i) => [i, i])
          : []
    if (
      value !== missing &&
      value !== null &&
      value !== undefined &&
      typeof value !== 'object' &&
      typeof value !== 'number'
    )
      throw this.#at(node.pipe.commands[0]!, `range can't iterate over ${printable(value)}`)
    if (items.length === 0) return this.#nodes(node.otherwise, dot, inner)
    const { declare } = node.pipe
    let out = ''
    const depth = this.#depth
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
        this.#depth = depth
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

  #command(command: Command, dot: unknown, scope: Scope, last: unknown[]): unknown {
    const [head, ...rest] = command.operands
    if (head!.t !== 'call') {
      const value = this.#value(head!, dot, scope)
      if (rest.length || last.length) {
        const text = head!.t === 'value' ? JSON.stringify(value) : command.text.split(' ')[0]!
        throw this.#at({ offset: command.offset, text }, `can't give argument to non-function ${text}`)
      }
      return value
    }
    const args = [...rest.map(expr => this.#value(expr, dot, scope)), ...last]
    if (head!.name === 'and') return args.find(arg => !truth(arg)) ?? args.at(-1)
    if (head!.name === 'or') return args.find(truth) ?? args.at(-1)
    try {
      return this.#functions[head!.name]!(...args)
    } catch (error) {
      if (error instanceof TemplateError || !(error instanceof Error)) throw error
      throw this.#at(
        command,
        error instanceof ArgumentCount ? error.message : `error calling ${head!.name}: ${error.message}`,
      )
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
      case 'pipe': {
        this.#deeper()
        const value = this.#pipe(expr.pipe, dot, scope)
        this.#depth--
        return value
      }
      case 'call':
        return this.#command({ operands: [expr], offset: 0, text: expr.name }, dot, scope, [])
      case 'path':
        try {
          return expr.fields.reduce(
            (value, field) => this.#field(value, field),
            this.#value(expr.base, dot, scope),
          )
        } catch (error) {
          if (!(error instanceof TemplateError) || error.message.startsWith('template:')) throw error
          throw this.#at(expr.place, error.message)
        }
    }
  }

  #at({ offset, text }: Place, message: string): TemplateError {
    const before = this.#text.slice(0, offset).split('\n')
    const place = `${before.length}:${before.at(-1)!.length}`
    return new TemplateError(`template: output:${place}: executing "output" at <${text}>: ${message}`)
  }

  #field(value: unknown, field: string): unknown {
    // What is not there has no fields, without a fault; what is there and null is a pointer to nothing.
    if (value === missing) return missing
    if (value === null || value === undefined)
      throw new TemplateError(`nil pointer evaluating interface {}.${field}`)
    if (!isObject(value)) throw new TemplateError(`can't evaluate field ${field} in type interface {}`)
    if (Object.hasOwn(value, field)) return value[field]
    if (this.#type) throw new TemplateError(`can't evaluate field ${field} in type ${this.#type}`)
    if (this.#strict) throw new TemplateError(`map has no entry for key ${JSON.stringify(field)}`)
    return missing
  }
}

const goType = (value: unknown): string =>
  ({ string: 'string', boolean: 'bool', number: Number.isInteger(value) ? 'int64' : 'float64' })[
    typeof value as string
  ] ?? (Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}')

/** A function called with too few or too many: found before it is called, so the message does not say so. */
class ArgumentCount extends Error {
  constructor(name: string, want: string, got: number) {
    super(`wrong number of args for ${name}: want ${want} got ${got}`)
  }
}

/** An index of what has `length` places (text/template, indexArg). */
function position(index: unknown, length: number): number {
  if (index === missing || index === null) throw new Error('cannot index slice/array with nil')
  if (typeof index !== 'number' || !Number.isInteger(index))
    throw new Error(`cannot index slice/array with type ${goType(index)}`)
  if (index < 0 || index >= length) throw new Error(`index out of range: ${index}`)
  return index
}

/** Of a list, a map or the bytes of a string. */
function element(item: unknown, key: unknown): unknown {
  if (item === missing || item === null) throw new Error('index of untyped nil')
  if (Array.isArray(item)) return item[position(key, item.length)]
  if (typeof item === 'string') {
    const at = position(key, Number.POSITIVE_INFINITY)
    const byte = toBytes(item)[at]
    if (byte === undefined) throw new Error('reflect: string index out of range')
    return byte
  }
  if (!isObject(item)) throw new Error(`can't index item of type ${goType(item)}`)
  if (typeof key === 'number')
    throw new Error(`value has type ${goType(key).replace(/64$/, '')}; should be string`)
  const name = String(key)
  return Object.hasOwn(item, name) ? item[name] : missing
}

const order = (a: unknown, b: unknown): number => {
  if ([a, b].some(value => value === missing || value === null || typeof value === 'object'))
    throw new Error('invalid type for comparison')
  if (typeof a !== typeof b) throw new Error('incompatible types for comparison')
  const [x, y] = [a as string, b as string]
  return x < y ? -1 : x > y ? 1 : 0
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

const functions: TemplateFunctions = {
  and: () => undefined,
  or: () => undefined,
  not: value => !truth(value),
  len: (...args) => {
    const [value] = args
    if (args.length !== 1) throw new ArgumentCount('len', '1', args.length)
    if (typeof value === 'string') return byteLength(value)
    if (Array.isArray(value)) return value.length
    if (isObject(value)) return Object.keys(value).length
    if (value === missing || value === null)
      throw new Error('reflect: call of reflect.Value.Type on zero Value')
    throw new Error(`len of type ${goType(value)}`)
  },
  index: (value, ...keys) => keys.reduce(element, value),
  slice: (...args) => {
    const [value, ...indexes] = args
    if (!args.length) throw new ArgumentCount('slice', 'at least 1', 0)
    if (value === missing || value === null) throw new Error('slice of untyped nil')
    if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`)
    const isString = typeof value === 'string'
    if (!isString && !Array.isArray(value)) throw new Error(`can't slice item of type ${goType(value)}`)
    if (isString && indexes.length === 3) throw new Error('cannot 3-index slice a string')
    // Strings are sliced by bytes.
    const whole = isString ? toBytes(value) : value
    const [from = 0, to = whole.length, most] = indexes.map(each => position(each, whole.length + 1))
    for (const [one, next] of [
      [from, to],
      [to, most ?? to],
    ] as const)
      if (one > next) throw new Error(`invalid slice index: ${one} > ${next}`)
    return isString ? fromBytes(toBytes(value).subarray(from, to)) : value.slice(from, to)
  },
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
    for (const key of keys.map(String)) {
      if (!(Array.isArray(item) || isObject(item)) || !Object.hasOwn(item, key)) return false
      item = (item as Dict)[key]
    }
    return true
  },
  base64decode: value => {
    const bad = base64Fault(String(value))
    if (bad >= 0) throw new Error(`base64 decode failed: illegal base64 data at input byte ${bad}`)
    return decodeBase64(String(value)) ?? ''
  },
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
      const size = Math.min(Number(width), 1_000_000)
      return flags.includes('-')
        ? text.padEnd(size)
        : text.padStart(size, flags.includes('0') && verb !== 's' ? '0' : ' ')
    },
  )
}

/** What cannot be executed is told on the printer's own stream, with all that there is to know, and shortly as the error. */
export function goTemplatePrinter(
  text: string,
  allowMissing: boolean,
  write: (text: string) => void = () => {},
): (object: unknown) => string {
  let template: Template
  try {
    template = new Template(text, { strict: !allowMissing })
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
      write(
        `Error executing template: ${reason}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${text}\n\traw data was:\n\t\t${jsonLine(object)}\n\tobject given to template engine was:\n\t\t${plainText(object)}\n\n`,
      )
      throw new CommandError(`error executing template ${JSON.stringify(text)}: ${reason}`)
    }
  }
}
