// The grammar of the POSIX shell with the parts of bash that people type: recursive descent over the text.
// Left out: extended globs, coprocesses, select, here-documents inside of $( ) that end outside.
import { parseCondition } from './condition-parser.ts'
import { closers, ScriptReader } from './script-reader.ts'
import type { Assignment, Node, Redirect, Simple, Word } from './syntax.ts'
import { parseDollarFree, type Source } from './word-parser.ts'

/** Of `(` the nested list knows. */
const closerOf: Readonly<Record<string, string>> = {
  if: 'fi',
  while: 'done',
  until: 'done',
  for: 'done',
  case: 'esac',
  '{': '}',
  '[[': ']]',
}

const compound = new Set(['if', 'while', 'until', 'for', 'case', 'function', '{', '[[', '('])

/** `onOpen` hears of a here-document that the end of the input ends, and of its line; without it that is an error. */
export function parse(text: string, firstLine = 1, onOpen?: (delimiter: string, line: number) => void): Node {
  return whole(new Parser(text, firstLine, onOpen))
}

function whole(parser: Parser): Node {
  const node = parser.list(() => false)
  parser.expectEnd()
  return node
}

class Parser extends ScriptReader {
  /** A piece of the text as a source of its own. */
  piece(text: string): Source {
    return new Parser(text, this.line, undefined, this.level)
  }

  script(text: string, line: number): Node {
    return this.deeper(() => whole(new Parser(text, line, undefined, this.level)))
  }

  nested(): Node {
    this.open.push(')')
    const node = this.list(() => this.text[this.at] === ')')
    if (this.text[this.at] !== ')') this.fail()
    this.open.pop()
    this.at++
    return node
  }

  list(stop: () => boolean): Node {
    const items: { node: Node; end: ';' | '&' | '&&' | '||'; text: string }[] = []
    for (;;) {
      this.blank(true)
      if (this.at >= this.text.length || stop() || this.closes()) break
      const start = this.at
      const node = this.#pipeline()
      const text = this.text.slice(start, this.at).trim()
      this.blank(false)
      const operator = this.operator()
      if (operator === '&&' || operator === '||') {
        this.at += 2
        this.blank(true)
        items.push({ node, end: operator, text })
        if (this.at >= this.text.length) this.fail()
        if (stop() || this.closes()) this.fail()
        continue
      }
      items.push({ node, end: operator === '&' ? '&' : ';', text })
      if (operator === ';' || operator === '&') this.at++
      else if (this.text[this.at] !== '\n') break
    }
    // The tail of an and-or list that is sent to the background goes there as a whole.
    return { type: 'list', items }
  }

  expectEnd(): void {
    this.blank(true)
    if (this.at < this.text.length) this.fail()
    this.readHereDocuments()
  }

  #pipeline(): Node {
    let negated = false
    let timed = false
    for (;;) {
      const keyword = this.keyword()
      if (keyword === '!') negated = !negated
      else if (keyword === 'time') timed = true
      else break
      this.at += keyword.length
      this.blank(false)
      if (timed && /^-p\s/.test(this.text.slice(this.at))) {
        this.at += 2
        this.blank(false)
      }
    }
    const commands = [this.#command(timed || negated)]
    const both: boolean[] = []
    for (;;) {
      this.blank(false)
      const operator = this.operator()
      if (operator !== '|' && operator !== '|&') break
      this.at += operator.length
      both.push(operator === '|&')
      this.blank(true)
      commands.push(this.#command(false))
    }
    if (commands.length === 1 && !negated && !timed) return commands[0]!
    return { type: 'pipeline', commands, both, negated, timed }
  }

  #body(...ends: string[]): Node {
    this.blank(true)
    const start = this.at
    const node = this.list(() => ends.includes(this.keyword()))
    if (node.type === 'list' && node.items.length === 0) {
      this.at = start
      this.fail()
    }
    return node
  }

  #command(mayBeEmpty: boolean): Node {
    const keyword = this.text[this.at] === '(' ? '(' : this.keyword()
    if (!compound.has(keyword)) {
      if (closers.has(keyword)) this.fail()
      return this.#simple(mayBeEmpty)
    }
    const closer = closerOf[keyword]
    if (closer) this.open.push(closer)
    const node = this.deeper(() => this.#compound(keyword))
    if (closer) this.open.pop()
    if (node.type === 'function') return node
    const redirects: Redirect[] = []
    for (;;) {
      this.blank(false)
      const redirect = this.redirect()
      if (!redirect) break
      redirects.push(redirect)
    }
    if (!this.ends()) this.fail()
    return redirects.length ? ({ ...node, redirects } as Node) : node
  }

  #compound(keyword: string): Node {
    this.at += keyword.length
    switch (keyword) {
      case '(': {
        if (this.text[this.at] === '(') {
          const close = this.text.indexOf('))', this.at)
          if (close >= 0) {
            const expression = parseDollarFree(this.text.slice(this.at + 1, close), this)
            this.at = close + 2
            return { type: 'arithmetic', expression }
          }
        }
        const body = this.nested()
        return { type: 'subshell', body }
      }
      case '{': {
        const body = this.#body('}')
        this.expect('}')
        return { type: 'group', body }
      }
      case 'if': {
        const branches: [Node, Node][] = []
        let otherwise: Node | undefined
        do {
          const condition = this.#body('then')
          this.expect('then')
          branches.push([condition, this.#body('elif', 'else', 'fi')])
        } while (this.take('elif'))
        if (this.take('else')) otherwise = this.#body('fi')
        this.expect('fi')
        return { type: 'if', branches, otherwise }
      }
      case 'while':
      case 'until': {
        const condition = this.#body('do')
        return { type: 'while', until: keyword === 'until', condition, body: this.#do() }
      }
      case 'for':
        return this.#for()
      case 'case':
        return this.#case()
      case '[[': {
        const condition = parseCondition(this)
        this.blank(true)
        if (!this.text.startsWith(']]', this.at)) this.fail()
        this.at += 2
        return { type: 'condition', condition }
      }
      default: {
        this.blank(false)
        const name = this.name()
        this.blank(false)
        if (this.text.startsWith('()', this.at)) this.at += 2
        return this.#function(name)
      }
    }
  }

  #do(): Node {
    this.blank(true)
    if (this.text[this.at] === ';') {
      this.at++
      this.blank(true)
    }
    this.expect('do')
    const body = this.#body('done')
    this.expect('done')
    return body
  }

  #function(name: string): Node {
    this.blank(true)
    return { type: 'function', name, body: this.deeper(() => this.#command(false)) }
  }

  #for(): Node {
    this.blank(false)
    if (this.text.startsWith('((', this.at)) {
      const close = this.text.indexOf('))', this.at)
      if (close < 0) this.unterminated(')')
      const clauses = this.text
        .slice(this.at + 2, close)
        .split(';')
        .map(clause => parseDollarFree(clause, this))
      this.at = close + 2
      if (clauses.length !== 3) this.fail()
      return { type: 'loop', clauses: clauses as [Word, Word, Word], body: this.#do() }
    }
    const name = this.name()
    let words: Word[] | undefined
    if (this.take('in')) {
      words = []
      for (this.blank(false); !this.ends(); this.blank(false)) words.push(this.word())
    }
    return { type: 'for', name, words, body: this.#do() }
  }

  #case(): Node {
    this.blank(false)
    const word = this.word()
    this.expect('in')
    const items: { patterns: Word[]; body: Node; end: string }[] = []
    while (!this.take('esac')) {
      this.blank(true)
      if (this.text[this.at] === '(') this.at++
      const patterns: Word[] = []
      do {
        this.blank(false)
        patterns.push(this.word())
        this.blank(false)
      } while (this.text[this.at] === '|' && ++this.at)
      if (this.text[this.at] !== ')') this.fail()
      this.at++
      const body = this.list(() => false)
      const end = /^;;?&?/.exec(this.text.slice(this.at))?.[0] ?? ''
      if (!end && this.keyword() !== 'esac') this.fail()
      this.at += end.length
      items.push({ patterns, body, end })
    }
    return { type: 'case', word, items }
  }

  #simple(mayBeEmpty: boolean): Node {
    const line = this.line
    const assignments: Assignment[] = []
    const words: Word[] = []
    const redirects: Redirect[] = []
    for (;;) {
      this.blank(false)
      const redirect = this.redirect()
      if (redirect) {
        redirects.push(redirect)
        continue
      }
      const rest = this.text[this.at]
      if (
        rest === undefined ||
        rest === '\n' ||
        (this.operator() && !/^[<>]\(/.test(this.text.slice(this.at)))
      ) {
        if (rest === '(' && words.length === 1 && assignments.length === 0 && redirects.length === 0) {
          const name = words[0]![0]
          if (name?.type === 'text' && /^\(\s*\)/.test(this.text.slice(this.at))) {
            this.at = this.text.indexOf(')', this.at) + 1
            return this.#function(name.text)
          }
        }
        break
      }
      const assigned = words.length === 0 ? this.#assignment() : undefined
      if (assigned) assignments.push(assigned)
      else words.push(this.word())
    }
    if (!mayBeEmpty && words.length + assignments.length + redirects.length === 0) this.fail()
    if (this.text[this.at] === '(') this.fail()
    return { type: 'simple', assignments, words, redirects, line } satisfies Simple
  }

  #assignment(): Assignment | undefined {
    const head = /^([A-Za-z_]\w*)(\[[^\]\s]*\])?(\+?)=/.exec(this.text.slice(this.at, this.at + 200))
    if (!head) return undefined
    this.at += head[0].length
    const index = head[2] ? parseDollarFree(head[2].slice(1, -1), this) : undefined
    const append = head[3] === '+'
    if (this.text[this.at] !== '(') return { name: head[1]!, append, index, value: this.word(true) }
    this.at++
    const elements: Word[] = []
    for (this.blank(true); this.text[this.at] !== ')'; this.blank(true)) {
      if (this.at >= this.text.length) this.unterminated(')')
      elements.push(this.word())
    }
    this.at++
    return { name: head[1]!, append, value: [], elements }
  }
}
