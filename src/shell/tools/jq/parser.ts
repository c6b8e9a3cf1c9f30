// jq's language as a tree. Grammar: the jq manual, 1.7. Left out: modules, labels and break, `?//`, SQL-style operators.
import { dictionary } from '../../../engine/dictionary.ts'
import { CompileError, deepest, type Token, tokenize } from './tokens.ts'
import type { Filter, Pattern } from './tree.ts'

/** Operators from the loosest to the tightest, `|` and `,` apart. */
const levels: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]
const rightBound = new Set(['//'])
const keywords = new Set('then elif else end as def reduce foreach if and or try catch'.split(' '))

/** Operators and commas in a row. */
const longest = 500

class Parser {
  readonly #source: string
  readonly #tokens: readonly Token[]
  #at = 0
  #depth: number

  constructor(source: string, depth: number) {
    this.#source = source
    this.#depth = depth
    this.#deeper()
    this.#tokens = tokenize(source, depth + 1, parse)
  }

  #deeper(): void {
    if (++this.#depth > deepest) this.#exhausted()
  }

  #exhausted(): never {
    throw new CompileError(`memory exhausted at <top-level>, line 1:\n${this.#source}`)
  }

  program(): Filter {
    if (!this.#tokens.length) return { type: 'identity' }
    const filter = this.#pipe()
    if (this.#at < this.#tokens.length) this.#fail()
    return filter
  }

  get #next(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #fail(): never {
    const next = this.#next
    const what = !next
      ? 'end of file'
      : next.type === 'text'
        ? 'QQSTRING_START'
        : next.type === 'field'
          ? 'FIELD'
          : next.type === 'word'
            ? 'IDENT'
            : `'${next.text}'`
    throw new CompileError(
      `syntax error, unexpected ${what}${next ? ' (Unix shell quoting issues?)' : ''} at <top-level>, line 1:\n${this.#source}`,
    )
  }

  #take(text: string): boolean {
    const next = this.#next
    if (!next || next.text !== text || (next.type !== 'mark' && next.type !== 'word')) return false
    this.#at++
    return true
  }

  #need(text: string): void {
    if (!this.#take(text)) this.#fail()
  }

  #word(): string {
    const next = this.#next
    if (next?.type !== 'word') this.#fail()
    this.#at++
    return next!.text
  }

  #pipe(): Filter {
    this.#deeper()
    const filter = this.#stages()
    this.#depth--
    return filter
  }

  #stages(): Filter {
    if (this.#take('def')) return this.#define()
    const left = this.#comma()
    if (this.#take('as')) {
      const pattern = this.#pattern()
      this.#need('|')
      return { type: 'bind', source: left, pattern, body: this.#pipe() }
    }
    if (!this.#take('|')) return left
    return { type: 'binary', mark: '|', left, right: this.#pipe() }
  }

  #define(): Filter {
    const name = this.#word()
    const parameters: string[] = []
    if (this.#take('(')) {
      do {
        const next = this.#tokens[this.#at++]
        if (next?.type !== 'word' && next?.type !== 'variable') this.#fail()
        parameters.push(next!.type === 'variable' ? `$${next!.text}` : next!.text)
      } while (this.#take(';'))
      this.#need(')')
    }
    this.#need(':')
    const body = this.#pipe()
    this.#need(';')
    const rest: Filter = this.#next ? this.#pipe() : { type: 'identity' }
    return { type: 'define', name, parameters, body, rest }
  }

  #comma(): Filter {
    let left = this.#binary(0)
    for (let count = 0; this.#take(','); count++) {
      if (count > longest) this.#exhausted()
      left = { type: 'binary', mark: ',', left, right: this.#binary(0) }
    }
    return left
  }

  #binary(level: number): Filter {
    if (level >= levels.length) return this.#postfix()
    const left = this.#binary(level + 1)
    return this.#rest(level, left)
  }

  #rest(level: number, first: Filter): Filter {
    let left = first
    for (let count = 0; ; count++) {
      const mark = levels[level]!.find(each => this.#take(each))
      if (!mark) return left
      if (count > longest) this.#exhausted()
      this.#deeper()
      const right = rightBound.has(mark) ? this.#binary(level) : this.#binary(level + 1)
      this.#depth--
      left = { type: 'binary', mark, left, right }
    }
  }

  #postfix(): Filter {
    this.#deeper()
    const filter = this.#suffixed()
    this.#depth--
    return filter
  }

  #suffixed(): Filter {
    if (this.#take('-')) return { type: 'negate', body: this.#postfix() }
    let filter = this.#primary()
    for (let count = 0; ; count++) {
      if (count > longest) this.#exhausted()
      const next = this.#next
      if (next?.type === 'field') {
        this.#at++
        filter = { type: 'index', of: filter, key: { type: 'literal', value: next.text } }
      } else if (next?.text === '.' && this.#tokens[this.#at + 1]?.type === 'text') {
        this.#at++
        filter = { type: 'index', of: filter, key: this.#text(undefined) }
      } else if (next?.text === '.' && this.#tokens[this.#at + 1]?.text === '[') this.#at++
      else if (this.#take('[')) filter = this.#brackets(filter)
      else if (this.#take('?')) filter = { type: 'try', body: filter, otherwise: undefined }
      else if (next?.text === 'as' && next.type === 'word') {
        this.#at++
        const pattern = this.#pattern()
        this.#need('|')
        return { type: 'bind', source: filter, pattern, body: this.#pipe() }
      } else return filter
    }
  }

  #brackets(of: Filter): Filter {
    if (this.#take(']')) return { type: 'iterate', of }
    if (this.#take(':')) {
      const to = this.#pipe()
      this.#need(']')
      return { type: 'slice', of, from: undefined, to }
    }
    const key = this.#pipe()
    if (this.#take(':')) {
      const to = this.#next?.text === ']' ? undefined : this.#pipe()
      this.#need(']')
      return { type: 'slice', of, from: key, to }
    }
    this.#need(']')
    return { type: 'index', of, key }
  }

  #text(format: string | undefined): Filter {
    const next = this.#tokens[this.#at++]
    if (next?.type !== 'text') this.#fail()
    return { type: 'text', format, parts: next!.type === 'text' ? next!.parts : [] }
  }

  #primary(): Filter {
    const next = this.#next ?? this.#fail()
    if (next.type === 'text') return this.#text(undefined)
    if (next.type === 'mark' || next.type === 'word') {
      if (this.#take('(')) {
        const inner = this.#pipe()
        this.#need(')')
        return inner
      }
      if (this.#take('[')) {
        if (this.#take(']')) return { type: 'array', body: undefined }
        const body = this.#pipe()
        this.#need(']')
        return { type: 'array', body }
      }
      if (this.#take('{')) return this.#object()
      if (this.#take('..')) return { type: 'recurse' }
      if (this.#take('.')) {
        if (this.#next?.type === 'text')
          return { type: 'index', of: { type: 'identity' }, key: this.#text(undefined) }
        return { type: 'identity' }
      }
      if (this.#take('if')) return this.#if()
      if (this.#take('try')) {
        const body = this.#postfix()
        return {
          type: 'try',
          body,
          otherwise: this.#take('catch') ? this.#postfix() : { type: 'call', name: 'empty', args: [] },
        }
      }
      if (this.#take('reduce')) return this.#fold('reduce')
      if (this.#take('foreach')) return this.#fold('foreach')
      if (this.#take('def')) return this.#define()
    }
    this.#at++
    switch (next.type) {
      case 'number':
        return { type: 'literal', value: Number(next.text) }
      case 'variable':
        return { type: 'variable', name: next.text }
      case 'field':
        return { type: 'index', of: { type: 'identity' }, key: { type: 'literal', value: next.text } }
      case 'format':
        return this.#next?.type === 'text' ? this.#text(next.text) : { type: 'format', name: next.text }
      case 'word': {
        const constants: Record<string, unknown> = dictionary({ true: true, false: false, null: null })
        if (next.text in constants) return { type: 'literal', value: constants[next.text] }
        if (keywords.has(next.text)) break
        const args: Filter[] = []
        if (this.#take('(')) {
          do args.push(this.#pipe())
          while (this.#take(';'))
          this.#need(')')
        }
        return { type: 'call', name: next.text, args }
      }
    }
    this.#at--
    return this.#fail()
  }

  #if(): Filter {
    const condition = this.#pipe()
    this.#need('then')
    const then = this.#pipe()
    if (this.#take('elif')) {
      this.#deeper()
      const otherwise = this.#if()
      this.#depth--
      return { type: 'if', condition, then, otherwise }
    }
    const otherwise = this.#take('else') ? this.#pipe() : undefined
    this.#need('end')
    return { type: 'if', condition, then, otherwise }
  }

  #fold(how: 'reduce' | 'foreach'): Filter {
    // The source is a term: what stands before `as`.
    const source = this.#term()
    this.#need('as')
    const pattern = this.#pattern()
    this.#need('(')
    const steps = [this.#pipe()]
    while (this.#take(';')) steps.push(this.#pipe())
    this.#need(')')
    return { type: 'fold', how, source, pattern, steps }
  }

  /** A postfix term that leaves `as` standing. */
  #term(): Filter {
    let filter = this.#primary()
    for (;;) {
      const next = this.#next
      if (next?.type === 'field') {
        this.#at++
        filter = { type: 'index', of: filter, key: { type: 'literal', value: next.text } }
      } else if (this.#take('[')) filter = this.#brackets(filter)
      else if (this.#take('?')) filter = { type: 'try', body: filter, otherwise: undefined }
      else return filter
    }
  }

  #pattern(): Pattern {
    this.#deeper()
    const pattern = this.#bound()
    this.#depth--
    return pattern
  }

  #bound(): Pattern {
    if (this.#take('[')) {
      const items: Pattern[] = []
      do items.push(this.#pattern())
      while (this.#take(','))
      this.#need(']')
      return { type: 'array', items }
    }
    if (this.#take('{')) {
      const entries: (readonly [Filter, Pattern])[] = []
      do {
        const next = this.#tokens[this.#at++]
        if (next?.type === 'variable' && this.#next?.text !== ':') {
          entries.push([
            { type: 'literal', value: next.text },
            { type: 'variable', name: next.text },
          ])
          continue
        }
        if (!next) this.#fail()
        this.#need(':')
        entries.push([
          { type: 'literal', value: next!.type === 'text' ? String(next!.parts[0]) : next!.text },
          this.#pattern(),
        ])
      } while (this.#take(','))
      this.#need('}')
      return { type: 'object', entries }
    }
    const next = this.#tokens[this.#at++]
    if (next?.type !== 'variable') {
      this.#at--
      this.#fail()
    }
    return { type: 'variable', name: next!.text }
  }

  #object(): Filter {
    const entries: (readonly [Filter, Filter])[] = []
    while (!this.#take('}')) {
      entries.push(this.#entry())
      if (!this.#take(',')) {
        this.#need('}')
        break
      }
    }
    return { type: 'object', entries }
  }

  #entry(): readonly [Filter, Filter] {
    const next = this.#next ?? this.#fail()
    let key: Filter
    if (next.type === 'variable') {
      this.#at++
      key = { type: 'literal', value: next.text }
      if (!this.#take(':')) return [key, { type: 'variable', name: next.text }]
      return [key, this.#value()]
    }
    if (this.#take('(')) {
      key = this.#pipe()
      this.#need(')')
    } else if (next.type === 'text') key = this.#text(undefined)
    else if (next.type === 'format') {
      this.#at++
      key = this.#next?.type === 'text' ? this.#text(next.text) : { type: 'format', name: next.text }
    } else {
      this.#at++
      if (next.type !== 'word' && next.type !== 'number') {
        this.#at--
        this.#fail()
      }
      key = { type: 'literal', value: next.text }
    }
    if (this.#take(':')) return [key, this.#value()]
    return [key, { type: 'index', of: { type: 'identity' }, key }]
  }

  /** A value of an object: no comma and, unless in brackets, no pipe. */
  #value(): Filter {
    let left = this.#binary(0)
    while (this.#take('|')) left = { type: 'binary', mark: '|', left, right: this.#binary(0) }
    return left
  }
}

/** Parses a program; throws CompileError. `depth`: of the texts that it stands in. */
export function parse(source: string, depth = 0): Filter {
  return new Parser(source, depth).program()
}
