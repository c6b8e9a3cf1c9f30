// Go's text/template, as far as templates over JSON values go: actions, pipelines, variables, if, range, with, define
// and the built-in functions, with kubectl's own `exists` and `base64decode`.
import { CommandError } from '../errors.ts'
import { Float, goType, isNil, missing, sprint } from './go-fmt.ts'
import { arities, functions, NoFunction, type TemplateFunctions, truth } from './go-template-functions.ts'
import {
  type Command,
  functionNames,
  type Node,
  type Operand,
  Parser,
  type Pipe,
  type Place,
  TemplateError,
} from './go-template-parser.ts'
import { isObject, jsonLine, plainText, sortedKeys } from './values.ts'

/** Thrown through the bodies of a range. */
class Jump extends Error {}

const printable = (value: unknown): string => (isNil(value) ? '<no value>' : sprint([value]))

/** Variables, the innermost last. */
interface Scope {
  readonly names: string[]
  readonly values: unknown[]
}

const scopeOf = (data: unknown): Scope => ({ names: ['$'], values: [data] })

/** What is declared while `body` runs ends with it. */
function within<T>(scope: Scope, body: () => T): T {
  const { length } = scope.names
  try {
    return body()
  } finally {
    scope.names.length = length
    scope.values.length = length
  }
}

function declare(scope: Scope, name: string, value: unknown): void {
  scope.names.push(name)
  scope.values.push(value)
}

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
    return this.#nodes(this.#root, data, scopeOf(data))
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
        const text = this.#nodes(body, data, scopeOf(data))
        this.#depth--
        return text
      }
      case 'range': {
        this.#deeper()
        const text = within(scope, () => this.#range(node, dot, scope))
        this.#depth--
        return text
      }
      default: {
        this.#deeper()
        const text = within(scope, () => {
          const value = this.#pipe(node.pipe, dot, scope)
          return truth(value)
            ? this.#nodes(node.body, node.t === 'with' ? value : dot, scope)
            : this.#nodes(node.otherwise, dot, scope)
        })
        this.#depth--
        return text
      }
    }
  }

  #deeper(): void {
    if (++this.#depth > deepest) throw new TemplateError(`exceeded maximum template depth (${deepest})`)
  }

  #range(node: Extract<Node, { t: 'if' | 'with' | 'range' }>, dot: unknown, scope: Scope): string {
    const value = this.#pipe({ ...node.pipe, declare: [] }, dot, scope)
    const items = this.#items(node.pipe, value)
    if (items.length === 0) return this.#nodes(node.otherwise, dot, scope)
    let out = ''
    const depth = this.#depth
    for (const [key, item] of items)
      try {
        within(scope, () => {
          this.#name(node.pipe, scope, key, item)
          for (const child of node.body) out += this.#node(child, item, scope)
        })
      } catch (error) {
        if (!(error instanceof Jump)) throw error
        this.#depth = depth
        if (error.message === 'break') break
      }
    return out
  }

  #items(pipe: Pipe, value: unknown): [key: unknown, item: unknown][] {
    if (isNil(value)) return []
    if (Array.isArray(value)) return value.map((item, i) => [BigInt(i), item])
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) {
      const like = (i: number) => (typeof value === 'bigint' ? BigInt(i) : i)
      const length = Math.max(0, Math.min(Number(value), mostSteps))
      return Array.from({ length }, (_, i) => [like(i), like(i)])
    }
    if (isObject(value) && !(value instanceof Float)) return sortedKeys(value).map(key => [key, value[key]])
    throw this.#at(pipe.commands[0]!, `range can't iterate over ${printable(value)}`)
  }

  /** `$item := .items`, `$place, $item := .items`; of a number what is counted is the place. */
  #name({ declare: names, assign, commands }: Pipe, scope: Scope, key: unknown, item: unknown): void {
    const values = names.length === 2 ? [key, item] : [item]
    for (const [i, name] of names.entries())
      if (assign) this.#assign(scope, name, values[i], commands)
      else declare(scope, name, values[i])
  }

  #assign({ names, values }: Scope, name: string, value: unknown, commands: readonly Command[]): void {
    const at = names.lastIndexOf(name)
    if (at < 0) throw this.#at(commands.at(-1)!, `undefined variable: ${name}`)
    values[at] = value
  }

  #pipe(pipe: Pipe, dot: unknown, scope: Scope): unknown {
    let value: unknown
    let first = true
    for (const command of pipe.commands) {
      value = this.#command(command, dot, scope, first ? [] : [value])
      first = false
    }
    for (const name of pipe.declare)
      if (pipe.assign) this.#assign(scope, name, value, pipe.commands)
      else declare(scope, name, value)
    return value
  }

  #command(command: Command, dot: unknown, scope: Scope, last: unknown[]): unknown {
    const [head, ...rest] = command.operands
    if (head!.t !== 'call') return this.#notFunction(command, head!, dot, scope, rest.length + last.length)
    const { name } = head!
    const count = rest.length + last.length
    const [wanted, more = false] = arities[name] ?? [0, true]
    if (count < wanted || (!more && count > wanted))
      throw this.#at(
        { offset: command.offset, text: name },
        `wrong number of args for ${name}: want ${more ? 'at least ' : ''}${wanted} got ${count}`,
      )
    if (name === 'and' || name === 'or') {
      // The first that decides is the value; those after it are not looked at.
      let value: unknown
      for (const expr of rest) {
        value = this.#value(expr, dot, scope)
        if (truth(value) === (name === 'or')) return value
      }
      return last.length ? last[0] : value
    }
    const args = [...rest.map(expr => this.#value(expr, dot, scope)), ...last]
    if (name === 'printf' && typeof args[0] !== 'string') {
      const text = rest[0] ? rest[0].at.text : sprint(args)
      throw this.#at({ offset: rest[0]?.at.offset ?? command.offset, text }, `expected string; found ${text}`)
    }
    try {
      return this.#functions[name]!(...args)
    } catch (error) {
      if (error instanceof TemplateError || !(error instanceof Error)) throw error
      const why =
        error instanceof NoFunction
          ? `non-function ${rest[0] ? rest[0].at.text : ''} of type ${goType(error.what)}`
          : error.message
      throw this.#at(command, `error calling ${name}: ${why}`)
    }
  }

  #notFunction(command: Command, head: Operand, dot: unknown, scope: Scope, count: number): unknown {
    const place = { offset: command.offset, text: head.at.text }
    if (head.t === 'value' && head.value === null) throw this.#at(place, 'nil is not a command')
    if (count && head.t === 'path')
      throw this.#at(place, `${head.fields.at(-1)} is not a method but has arguments`)
    const value = this.#value(head, dot, scope)
    if (count) {
      const text = head.t === 'pipe' ? place.text.slice(1, -1) : place.text
      const { text: whole } = command
      throw this.#at(
        { ...place, text: head.t === 'pipe' ? whole : text },
        `can't give argument to non-function ${text}`,
      )
    }
    return value
  }

  #value(expr: Operand, dot: unknown, scope: Scope): unknown {
    switch (expr.t) {
      case 'value':
        return expr.value
      case 'dot':
        return dot
      case 'variable':
        return scope.values[scope.names.lastIndexOf(expr.name)]
      case 'pipe': {
        this.#deeper()
        const value = this.#pipe(expr.pipe, dot, scope)
        this.#depth--
        return value
      }
      case 'call':
        return this.#command({ operands: [expr], ...expr.at }, dot, scope, [])
      case 'path':
        try {
          return expr.fields.reduce(
            (value, field, i) => this.#field(value, field, i === 0 && isTyped(expr.base)),
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

  #field(value: unknown, field: string, typed: boolean): unknown {
    // What is not there has no fields, without a fault; what is there and null is a pointer to nothing.
    if (value === missing) return missing
    if (value === null || value === undefined)
      throw new TemplateError(`nil pointer evaluating interface {}.${field}`)
    if (!isObject(value) || value instanceof Float)
      throw new TemplateError(
        `can't evaluate field ${field} in type ${typed ? goType(value) : 'interface {}'}`,
      )
    if (Object.hasOwn(value, field)) return value[field]
    if (this.#type) throw new TemplateError(`can't evaluate field ${field} in type ${this.#type}`)
    if (this.#strict) throw new TemplateError(`map has no entry for key ${JSON.stringify(field)}`)
    return missing
  }
}

/** Variables and pipelines have the type of what they hold; what lies in a map or a list is an interface. */
const isTyped = ({ t }: Operand): boolean => t === 'variable' || t === 'pipe'

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
