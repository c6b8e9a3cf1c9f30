// The grammar of the POSIX shell with the parts of bash that people type: recursive descent over the text.
// Left out: extended globs, coprocesses, select, here-documents inside of $( ) that end outside.
import {
  type Assignment,
  type Condition,
  type Node,
  type Redirect,
  ShellSyntaxError,
  type Simple,
  type Word,
} from './syntax.ts'
import { parseDollarFree, readWord, type Source } from './word-parser.ts'

const operators = /^(?:&&|\|\||;;&|;;|;&|\|&|&>>|&>|<<<|<<-|<<|<&|<>|>>|>&|>\||[;&|()<>])/
const redirectStart = /^(?:&>>|&>|<<<|<<-|<<|<&|<>|>>|>&|>\||[<>](?!\())/
const closers = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}'])
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
/** Levels of commands, brackets and expansions in each other; bash's own grammar stops far later, in the same words. */
const deepest = 100

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

class Parser implements Source {
  readonly text: string
  at = 0
  /** Of what this parser stands in. */
  #level: number
  readonly #firstLine: number
  readonly #onOpen: ((delimiter: string, line: number) => void) | undefined
  #counted: { readonly at: number; readonly line: number }
  /** What closes the compound commands that are open. */
  readonly #open: string[] = []
  #hereDocuments: {
    delimiter: string
    line: number
    quoted: boolean
    strip: boolean
    set: (body: Word) => void
  }[] = []

  constructor(
    text: string,
    firstLine: number,
    onOpen?: (delimiter: string, line: number) => void,
    level = 0,
  ) {
    this.#onOpen = onOpen
    this.#level = level
    this.text = text
    this.#firstLine = firstLine
    this.#counted = { at: 0, line: firstLine }
  }

  /** Counted on from where it was asked for last. */
  get line(): number {
    if (this.at < this.#counted.at) this.#counted = { at: 0, line: this.#firstLine }
    let { at, line } = this.#counted
    for (let i = this.text.indexOf('\n', at); i >= 0 && i < this.at; i = this.text.indexOf('\n', at)) {
      line++
      at = i + 1
    }
    this.#counted = { at, line }
    return line
  }

  /** A piece of the text as a source of its own. */
  piece(text: string): Source {
    return new Parser(text, this.line, undefined, this.#level)
  }

  script(text: string, line: number): Node {
    return this.deeper(() => whole(new Parser(text, line, undefined, this.#level)))
  }

  deeper<T>(read: () => T): T {
    if (this.#level >= deepest) this.fail()
    this.#level++
    const found = read()
    this.#level--
    return found
  }

  nested(): Node {
    this.#open.push(')')
    const node = this.list(() => this.text[this.at] === ')')
    if (this.text[this.at] !== ')') this.fail()
    this.#open.pop()
    this.at++
    return node
  }

  list(stop: () => boolean): Node {
    const items: { node: Node; end: ';' | '&' | '&&' | '||'; text: string }[] = []
    for (;;) {
      this.#blank(true)
      if (this.at >= this.text.length || stop() || this.#closes()) break
      const start = this.at
      const node = this.#pipeline()
      const text = this.text.slice(start, this.at).trim()
      this.#blank(false)
      const operator = this.#operator()
      if (operator === '&&' || operator === '||') {
        this.at += 2
        this.#blank(true)
        items.push({ node, end: operator, text })
        if (this.at >= this.text.length) this.fail()
        if (stop() || this.#closes()) this.fail()
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
    this.#blank(true)
    if (this.at < this.text.length) this.fail()
    this.#readHereDocuments()
  }

  /** Complains about what stands here, in bash's words. */
  fail(): never {
    const rest = this.text.slice(this.at)
    if (!rest.trim()) {
      // bash counts the end as a line of its own.
      const line = this.line + (this.text.endsWith('\n') ? 0 : 1)
      throw new ShellSyntaxError('syntax error: unexpected end of file', line, true, {
        closing: this.#open.at(-1),
      })
    }
    const token =
      rest[0] === '\n' ? 'newline' : (operators.exec(rest)?.[0] ?? /^[^\s;&|()<>]+/.exec(rest)![0])
    throw new ShellSyntaxError(`syntax error near unexpected token \`${token}'`, this.line)
  }

  unterminated(closing: string, from = this.at): never {
    this.at = Math.min(from, this.at)
    throw new ShellSyntaxError(`unexpected EOF while looking for matching \`${closing}'`, this.line, true, {
      closing: closing === '}' ? undefined : closing,
    })
  }

  /** Skips spaces, comments and, where `lines`, line ends (whose here-documents are read). */
  #blank(lines: boolean): void {
    for (;;) {
      const c = this.text[this.at]
      if (c === ' ' || c === '\t' || c === '\r') this.at++
      else if (c === '\\' && this.text[this.at + 1] === '\n') this.at += 2
      else if (c === '#') {
        while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
      } else if (c === '\n' && lines) {
        this.at++
        this.#readHereDocuments()
      } else return
    }
  }

  #operator(): string | undefined {
    return operators.exec(this.text.slice(this.at, this.at + 3))?.[0]
  }

  #keyword(): string {
    return /^(?:\[\[|[{}!]|[a-z]+)(?=[\s;&|()<>]|$)/.exec(this.text.slice(this.at, this.at + 12))?.[0] ?? ''
  }

  #closes(): boolean {
    return (
      closers.has(this.#keyword()) ||
      this.text.startsWith(';;', this.at) ||
      this.text.startsWith(';&', this.at)
    )
  }

  #take(keyword: string): boolean {
    this.#blank(true)
    if (this.#keyword() !== keyword) return false
    this.at += keyword.length
    return true
  }

  #expect(keyword: string): void {
    if (!this.#take(keyword)) this.fail()
  }

  #pipeline(): Node {
    let negated = false
    let timed = false
    for (;;) {
      const keyword = this.#keyword()
      if (keyword === '!') negated = !negated
      else if (keyword === 'time') timed = true
      else break
      this.at += keyword.length
      this.#blank(false)
      if (timed && /^-p\s/.test(this.text.slice(this.at))) {
        this.at += 2
        this.#blank(false)
      }
    }
    const commands = [this.#command(timed || negated)]
    const both: boolean[] = []
    for (;;) {
      this.#blank(false)
      const operator = this.#operator()
      if (operator !== '|' && operator !== '|&') break
      this.at += operator.length
      both.push(operator === '|&')
      this.#blank(true)
      commands.push(this.#command(false))
    }
    if (commands.length === 1 && !negated && !timed) return commands[0]!
    return { type: 'pipeline', commands, both, negated, timed }
  }

  #body(...ends: string[]): Node {
    this.#blank(true)
    const start = this.at
    const node = this.list(() => ends.includes(this.#keyword()))
    if (node.type === 'list' && node.items.length === 0) {
      this.at = start
      this.fail()
    }
    return node
  }

  #command(mayBeEmpty: boolean): Node {
    const keyword = this.text[this.at] === '(' ? '(' : this.#keyword()
    if (!compound.has(keyword)) {
      if (closers.has(keyword)) this.fail()
      return this.#simple(mayBeEmpty)
    }
    const closer = closerOf[keyword]
    if (closer) this.#open.push(closer)
    const node = this.deeper(() => this.#compound(keyword))
    if (closer) this.#open.pop()
    if (node.type === 'function') return node
    const redirects: Redirect[] = []
    for (;;) {
      this.#blank(false)
      const redirect = this.#redirect()
      if (!redirect) break
      redirects.push(redirect)
    }
    if (!this.#ends()) this.fail()
    return redirects.length ? ({ ...node, redirects } as Node) : node
  }

  #ends(): boolean {
    return this.at >= this.text.length || /[\n;&|)]/.test(this.text[this.at]!) || this.#closes()
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
        this.#expect('}')
        return { type: 'group', body }
      }
      case 'if': {
        const branches: [Node, Node][] = []
        let otherwise: Node | undefined
        do {
          const condition = this.#body('then')
          this.#expect('then')
          branches.push([condition, this.#body('elif', 'else', 'fi')])
        } while (this.#take('elif'))
        if (this.#take('else')) otherwise = this.#body('fi')
        this.#expect('fi')
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
        const condition = this.#condition()
        this.#blank(true)
        if (!this.text.startsWith(']]', this.at)) this.fail()
        this.at += 2
        return { type: 'condition', condition }
      }
      default: {
        this.#blank(false)
        const name = this.#name()
        this.#blank(false)
        if (this.text.startsWith('()', this.at)) this.at += 2
        return this.#function(name)
      }
    }
  }

  #do(): Node {
    this.#blank(true)
    if (this.text[this.at] === ';') {
      this.at++
      this.#blank(true)
    }
    this.#expect('do')
    const body = this.#body('done')
    this.#expect('done')
    return body
  }

  #name(): string {
    const name = /^[^\s;&|()<>$"'`\\]+/.exec(this.text.slice(this.at))?.[0]
    if (!name) this.fail()
    this.at += name.length
    return name
  }

  #function(name: string): Node {
    this.#blank(true)
    return { type: 'function', name, body: this.deeper(() => this.#command(false)) }
  }

  #for(): Node {
    this.#blank(false)
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
    const name = this.#name()
    let words: Word[] | undefined
    if (this.#take('in')) {
      words = []
      for (this.#blank(false); !this.#ends(); this.#blank(false)) words.push(this.#word())
    }
    return { type: 'for', name, words, body: this.#do() }
  }

  #case(): Node {
    this.#blank(false)
    const word = this.#word()
    this.#expect('in')
    const items: { patterns: Word[]; body: Node; end: string }[] = []
    while (!this.#take('esac')) {
      this.#blank(true)
      if (this.text[this.at] === '(') this.at++
      const patterns: Word[] = []
      do {
        this.#blank(false)
        patterns.push(this.#word())
        this.#blank(false)
      } while (this.text[this.at] === '|' && ++this.at)
      if (this.text[this.at] !== ')') this.fail()
      this.at++
      const body = this.list(() => false)
      const end = /^;;?&?/.exec(this.text.slice(this.at))?.[0] ?? ''
      if (!end && this.#keyword() !== 'esac') this.fail()
      this.at += end.length
      items.push({ patterns, body, end })
    }
    return { type: 'case', word, items }
  }

  #condition(): Condition {
    let left = this.#conjunction()
    for (;;) {
      this.#blank(true)
      if (!this.text.startsWith('||', this.at)) return left
      this.at += 2
      left = { type: 'or', left, right: this.#conjunction() }
    }
  }

  #conjunction(): Condition {
    let left = this.#term()
    for (;;) {
      this.#blank(true)
      if (!this.text.startsWith('&&', this.at)) return left
      this.at += 2
      left = { type: 'and', left, right: this.#term() }
    }
  }

  #term(): Condition {
    this.#blank(true)
    if (this.#keyword() === '!') {
      this.at++
      return { type: 'not', operand: this.deeper(() => this.#term()) }
    }
    if (this.text[this.at] === '(') {
      const inner = this.deeper(() => {
        this.at++
        return this.#condition()
      })
      this.#blank(true)
      if (this.text[this.at] !== ')') this.fail()
      this.at++
      return inner
    }
    const unary = /^-[a-zA-Z](?=\s)/.exec(this.text.slice(this.at))?.[0]
    if (unary) {
      this.at += 2
      this.#blank(false)
      return { type: 'unary', operator: unary, operand: this.#word() }
    }
    const left = this.#word()
    this.#blank(false)
    const operator = /^(?:==|=~|!=|=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)(?=\s))/.exec(
      this.text.slice(this.at),
    )?.[0]
    if (!operator) return { type: 'unary', operator: '-n', operand: left }
    this.at += operator.length
    this.#blank(false)
    const right = operator === '=~' ? readWord(this, c => /\s/.test(c)) : this.#word()
    return { type: 'binary', operator, left, right }
  }

  #simple(mayBeEmpty: boolean): Node {
    const line = this.line
    const assignments: Assignment[] = []
    const words: Word[] = []
    const redirects: Redirect[] = []
    for (;;) {
      this.#blank(false)
      const redirect = this.#redirect()
      if (redirect) {
        redirects.push(redirect)
        continue
      }
      const rest = this.text[this.at]
      if (
        rest === undefined ||
        rest === '\n' ||
        (this.#operator() && !/^[<>]\(/.test(this.text.slice(this.at)))
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
      else words.push(this.#word())
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
    if (this.text[this.at] !== '(') return { name: head[1]!, append, index, value: this.#word(true) }
    this.at++
    const elements: Word[] = []
    for (this.#blank(true); this.text[this.at] !== ')'; this.#blank(true)) {
      if (this.at >= this.text.length) this.unterminated(')')
      elements.push(this.#word())
    }
    this.at++
    return { name: head[1]!, append, value: [], elements }
  }

  #word(mayBeEmpty = false): Word {
    const start = this.at
    const word = readWord(this)
    if (this.at === start && !mayBeEmpty) this.fail()
    return word
  }

  #redirect(): Redirect | undefined {
    const number = /^\d+(?=[<>])/.exec(this.text.slice(this.at, this.at + 6))?.[0] ?? ''
    const operator = redirectStart.exec(
      this.text.slice(this.at + number.length, this.at + number.length + 4),
    )?.[0]
    if (!operator) return undefined
    this.at += number.length + operator.length
    this.#blank(false)
    const descriptor = number ? Number(number) : undefined
    if (operator === '<<' || operator === '<<-') {
      const start = this.at
      const delimiter = this.#word()
      const redirect = { descriptor, operator: '<<' as const, target: [] as Word }
      this.#hereDocuments.push({
        delimiter: delimiter.map(part => (part.type === 'text' ? part.text : '')).join(''),
        line: this.line,
        quoted: /['"\\]/.test(this.text.slice(start, this.at)),
        strip: operator === '<<-',
        set: body => {
          redirect.target = body
        },
      })
      return redirect
    }
    return { descriptor, operator: operator as Redirect['operator'], target: this.#word() }
  }

  #readHereDocuments(): void {
    for (const { delimiter, line: begun, quoted, strip, set } of this.#hereDocuments.splice(0)) {
      let body = ''
      for (;;) {
        // Without its last line bash warns and takes what there is; a terminal asks for more.
        if (this.at >= this.text.length) {
          if (!this.#onOpen)
            throw new ShellSyntaxError(`here-document \`${delimiter}'`, this.line, true, { delimiter })
          this.#onOpen(delimiter, begun)
          break
        }
        const end = this.text.indexOf('\n', this.at)
        let line = this.text.slice(this.at, end < 0 ? undefined : end)
        this.at = end < 0 ? this.text.length : end + 1
        if (strip) line = line.replace(/^\t+/, '')
        if (line === delimiter) break
        body += `${line}\n`
      }
      set(quoted ? [{ type: 'text', text: body, quoted: true }] : parseDollarFree(body, this))
    }
  }
}
