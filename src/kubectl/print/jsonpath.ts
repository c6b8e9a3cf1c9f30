// kubectl's JSONPath (client-go util/jsonpath): text with `{…}` actions: fields, wildcards, recursive descent, slices,
// unions, filters, range … end. Keys of maps are visited in sorted order, where Go has none.
import { CommandError } from '../errors.ts'
import { isObject, jsonLine, jsonText, plainText, sortedKeys, syntaxText } from './values.ts'

type Node =
  | { t: 'list'; nodes: Node[] }
  | { t: 'text' | 'field' | 'word'; value: string }
  | { t: 'const'; value: number | boolean }
  | { t: 'wild' | 'deep' }
  | {
      t: 'slice'
      from: number | undefined
      to: number | undefined
      single: boolean
      step: number | undefined
    }
  | { t: 'union'; lists: List[] }
  | { t: 'filter'; left: List; right: List; operator: string }
type List = Extract<Node, { t: 'list' }>

const isTerminator = (c: string | undefined): boolean => c === undefined || ' \t\r\n.,[]$@{}'.includes(c)

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): List {
    const root: List = { t: 'list', nodes: [] }
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf('{', this.#at)
      const end = open < 0 ? this.#text.length : open
      if (end > this.#at) root.nodes.push({ t: 'text', value: this.#text.slice(this.#at, end) })
      this.#at = end
      if (open < 0) break
      this.#at++
      root.nodes.push(this.#action())
    }
    return root
  }

  #action(): List {
    const list: List = { t: 'list', nodes: [] }
    const { nodes } = list
    for (;;) {
      const text = this.#text
      const c = text[this.#at]
      if (c === '}') {
        this.#at++
        return list
      }
      if (text.startsWith('[?(', this.#at)) nodes.push(this.#filter())
      else if (text.startsWith('..', this.#at)) {
        if (nodes.at(-1)?.t === 'deep') throw new Error('invalid multiple recursive descent')
        this.#at += 2
        nodes.push({ t: 'deep' })
        if (/[\p{L}\p{Nd}_]/u.test(text[this.#at] ?? '')) nodes.push(this.#field())
      } else if (c === undefined || c === '\n' || c === '\r') throw new Error('unclosed action')
      else if (c === ' ' || c === '@' || c === '$') this.#at++
      else if (c === '[') nodes.push(...this.#array())
      else if (c === '"' || c === "'") nodes.push(this.#quoted(c))
      else if (c === '.') {
        this.#at++
        nodes.push(this.#field())
      } else if (/[+\-\d]/.test(c)) nodes.push(this.#number())
      else if (/[\p{L}_]/u.test(c)) nodes.push(this.#word())
      else {
        const code = c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
        throw new Error(`unrecognized character in action: U+${code} '${c}'`)
      }
    }
  }

  #word(): Node {
    const start = this.#at
    while (!isTerminator(this.#text[this.#at])) this.#at++
    const value = this.#text.slice(start, this.#at)
    return value === 'true' || value === 'false'
      ? { t: 'const', value: value === 'true' }
      : { t: 'word', value }
  }

  #field(): Node {
    const start = this.#at
    for (;;) {
      const c = this.#text[this.#at]
      if (c === '\\') this.#at += 2
      else if (isTerminator(c)) break
      else this.#at++
    }
    this.#at = Math.min(this.#at, this.#text.length)
    const value = this.#text.slice(start, this.#at)
    return value === '*' ? { t: 'wild' } : { t: 'field', value: value.replaceAll('\\', '') }
  }

  #number(): Node {
    const m = /^[+-]?[\d.]*/.exec(this.#text.slice(this.#at))!
    this.#at += m[0].length
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(m[0])) throw new Error(`cannot parse number ${m[0]}`)
    return { t: 'const', value: Number(m[0]) }
  }

  #quoted(quote: string): Node {
    const start = this.#at++
    for (; ; this.#at++) {
      const c = this.#text[this.#at]
      if (c === undefined || c === '\n') throw new Error('unterminated quoted string')
      if (c === quote && this.#text[this.#at - 1] !== '\\') break
    }
    this.#at++
    return { t: 'text', value: unquote(this.#text.slice(start + 1, this.#at - 1)) }
  }

  #array(): Node[] {
    const start = this.#at
    for (; this.#text[this.#at] !== ']'; this.#at++)
      if (this.#text[this.#at] === undefined || this.#text[this.#at] === '\n')
        throw new Error('unterminated array')
    this.#at++
    let text = this.#text.slice(start + 1, this.#at - 1)
    if (text === '*') text = ':'
    const parts = text.split(',')
    if (parts.length > 1)
      return [{ t: 'union', lists: parts.map(part => inner(`[${part.replace(/^ +| +$/g, '')}]`)) }]
    const key = /^'([^']*)'$/.exec(text)
    if (key) return inner(`.${key[1]}`).nodes
    const slice = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text)
    if (!slice) throw new Error(`invalid array index ${text}`)
    const [, a = '', b, c] = slice
    for (const part of [a, b?.slice(1), c?.slice(1)])
      if (part === '-') throw new Error('array index - is not a number')
    const from = a ? Number(a) : undefined
    return [
      {
        t: 'slice',
        from,
        to: b === undefined ? (from ?? 0) + 1 : b.length > 1 ? Number(b.slice(1)) : undefined,
        single: b === undefined,
        step: c && c.length > 1 ? Number(c.slice(1)) : undefined,
      },
    ]
  }

  #filter(): Node {
    this.#at += 3
    const start = this.#at
    let quote = ''
    let closed = false
    for (; ; this.#at++) {
      const c = this.#text[this.#at]
      if (c === undefined || c === '\n') throw new Error('unterminated filter')
      if (c === '"' || c === "'") {
        if (!quote) quote = c
        else if (this.#text[this.#at - 1] !== '\\' && c === quote) closed = true
      } else if (c === ')' && !quote === !closed) break
    }
    const text = this.#text.slice(start, this.#at++)
    if (this.#text[this.#at++] !== ']') throw new Error('unclosed array expect ]')
    const m = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text)
    if (!m) return { t: 'filter', left: inner(text), right: { t: 'list', nodes: [] }, operator: 'exists' }
    return { t: 'filter', left: inner(m[1]!), right: inner(m[3]!), operator: m[2]! }
  }
}

const inner = (text: string): List => new Parser(`{${text}}`).parse().nodes[0] as List

function unquote(text: string): string {
  return text.replace(
    /\\(?:([abfnrtv\\'"])|x([\da-fA-F]{2})|u([\da-fA-F]{4}))/g,
    (_, simple, hex, unicode) =>
      simple ? (escapes[simple] ?? simple) : String.fromCharCode(Number.parseInt(hex ?? unicode, 16)),
  )
}
const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Steps of one template over one object; past these it is told to stop. Ranges within ranges multiply. */
const mostSteps = 500_000
const deepest = 500

export class JsonPath {
  #left = mostSteps
  #depth = 0
  readonly #root: List
  readonly #allowMissing: boolean
  #beginRange = 0
  #inRange = 0
  #endRange = 0
  #lastEnd: Node | undefined

  constructor(text: string, allowMissing = true) {
    this.#root = new Parser(text).parse()
    this.#allowMissing = allowMissing
  }

  /** Results of each part of the template. */
  find(data: unknown): unknown[][] {
    this.#left = mostSteps
    this.#depth = 0
    return this.#find(data, 0)
  }

  /** From a node on: a range goes on with what follows it once for each of its values. */
  #find(data: unknown, from: number): unknown[][] {
    if (++this.#depth > deepest) throw new Error('ranges are nested too deeply')
    const { nodes } = this.#root
    const all: unknown[][] = []
    for (let i = from; i < nodes.length; i++) {
      const node = nodes[i]!
      const results = this.#walk([data], node)
      if (this.#endRange > 0 && this.#endRange <= this.#inRange) {
        this.#endRange--
        this.#lastEnd = node
        break
      }
      if (this.#beginRange > 0) {
        this.#beginRange--
        this.#inRange++
        for (const value of results) for (const each of this.#find(value, i + 1)) all.push(each)
        if (results.length === 0) this.#find(null, i + 1)
        this.#inRange--
        const end = this.#lastEnd ? nodes.indexOf(this.#lastEnd, i + 1) : -1
        if (end > i) i = end
        continue
      }
      all.push(results)
    }
    this.#depth--
    return all
  }

  #walk(values: unknown[], node: Node): unknown[] {
    this.#left -= 1 + values.length
    if (this.#left < 0) throw new Error('the template takes too long')
    switch (node.t) {
      case 'list':
        return node.nodes.reduce((current, each) => this.#walk(current, each), values)
      case 'text':
        return [node.value]
      case 'const':
        return values.map(() => node.value)
      case 'word':
        return this.#word(values, node.value)
      case 'field':
        return this.#field(values, node.value)
      case 'wild':
        return values.flatMap(children)
      case 'deep':
        return descend(values)
      case 'union':
        return node.lists.flatMap(list => this.#walk(values, list))
      case 'slice':
        return values.flatMap(value => slice(value, node))
      case 'filter':
        return values.flatMap(value => this.#filter(value, node))
    }
  }

  #word(values: unknown[], word: string): unknown[] {
    if (word === 'range') {
      this.#beginRange++
      return values
    }
    if (word !== 'end') throw new Error(`unrecognized identifier ${word}`)
    if (this.#inRange === 0) throw new Error('not in range, nothing to end')
    this.#endRange++
    return []
  }

  #field(values: unknown[], name: string): unknown[] {
    if (values.length === 0) return []
    const found = values.flatMap(value =>
      isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [],
    )
    if (found.length === 0 && !this.#allowMissing) throw new Error(`${name} is not found`)
    return found
  }

  #filter(value: unknown, { left, right, operator }: Extract<Node, { t: 'filter' }>): unknown[] {
    if (!Array.isArray(value))
      throw new Error(`${plainText(value)} is not array or slice and cannot be filtered`)
    return value.filter(item => {
      let lefts: unknown[] = []
      try {
        lefts = this.#walk([item], left)
      } catch (error) {
        if (operator !== 'exists') throw error
      }
      if (operator === 'exists') return lefts.length > 0
      if (lefts.length === 0) return false
      const rights = this.#walk([item], right)
      if (rights.length === 0) return false
      if (lefts.length > 1 || rights.length > 1) throw new Error('can only compare one element at a time')
      return compare(lefts[0], rights[0], operator)
    })
  }

  /** The template filled in. */
  print(data: unknown): string {
    return this.find(data)
      .map(results => results.map(valueText).join(' '))
      .join('')
  }

  /** `-o jsonpath-as-json`: each part as a JSON list. */
  printJson(data: unknown): string {
    return this.find(data)
      .map(results => jsonText(results))
      .join('')
  }
}

const valueText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? jsonLine(value) : plainText(value)

function children(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  if (isObject(value)) return sortedKeys(value).map(key => value[key])
  return []
}

function descend(values: unknown[]): unknown[] {
  return values.flatMap(value => {
    const below = children(value)
    return below.length ? [value, ...descend(below)] : []
  })
}

function slice(value: unknown, node: Extract<Node, { t: 'slice' }>): unknown[] {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) {
    const type =
      typeof value === 'object'
        ? 'map[string]interface {}'
        : typeof value === 'number'
          ? 'int64'
          : typeof value
    throw new Error(`${type} is not array or slice`)
  }
  const length = value.length
  let from = node.from ?? 0
  let to = node.to ?? length
  if (from < 0) from += length
  if (to < 0 || (to === 0 && node.single)) to += length
  if (from === to) return []
  if (from >= length || from < 0)
    throw new Error(`array index out of bounds: index ${from}, length ${length}`)
  if (to > length || to < 0) throw new Error(`array index out of bounds: index ${to - 1}, length ${length}`)
  if (from > to) throw new Error(`starting index ${from} is greater than ending index ${to}`)
  const step = node.step ?? 1
  if (step <= 0) throw new Error('step must be > 0')
  return value.slice(from, to).filter((_, i) => i % step === 0)
}

function compare(a: unknown, b: unknown, operator: string): boolean {
  if (typeof a !== typeof b || typeof a === 'object') throw new Error('incompatible types for comparison')
  if (operator === '==') return a === b
  if (operator === '!=') return a !== b
  const [x, y] = [a as string, b as string]
  switch (operator) {
    case '<':
      return x < y
    case '>':
      return x > y
    case '<=':
      return x <= y
    case '>=':
      return x >= y
    default:
      throw new Error(`unrecognized filter operator ${operator}`)
  }
}

/** `.metadata.name`, `metadata.name`, `{.metadata.name}` → `{.metadata.name}` (RelaxedJSONPathExpression). */
export function relaxedPath(text: string): string {
  if (!text) return text
  const m = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text)
  if (!m)
    throw new CommandError(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    )
  return `{.${m[1] ?? m[2]}}`
}

export function jsonpathPrinter(
  template: string,
  asJson: boolean,
  allowMissing: boolean,
): (object: unknown) => string {
  let path: JsonPath
  try {
    path = new JsonPath(template, allowMissing)
  } catch (error) {
    throw new CommandError(`error parsing jsonpath ${template}, ${(error as Error).message}`)
  }
  return object => {
    try {
      return asJson ? path.printJson(object) : path.print(object)
    } catch (error) {
      const more = `Error executing template: ${(error as Error).message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${syntaxText(object)}\n\n`
      throw new CommandError(`error executing jsonpath ${JSON.stringify(template)}: ${more}\n`)
    }
  }
}
