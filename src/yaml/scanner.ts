// YAML text to tokens: a port of go-yaml v2's scannerc.go and readerc.go, which are libyaml's, so that the messages and
// line numbers are those that kubectl prints. js-yaml accepts and refuses other texts with other words, so nothing of it
// is used. What is left out: UTF-16 input, and columns count UTF-16 units where the original counts characters (which
// makes no difference to indentation). Licences of the originals: see NOTICE.
import { type Mark, syntaxError, YamlError } from './error.ts'

export type TokenType =
  | 'stream-start'
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | '['
  | ']'
  | '{'
  | '}'
  | '-'
  | ','
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'

export interface Token {
  readonly type: TokenType
  readonly start: Mark
  readonly end: Mark
  /** Of a scalar, an alias, an anchor; the handle of a tag; `1.1` of a %YAML directive. */
  readonly value: string
  /** The rest of a tag; the prefix of a %TAG directive. */
  readonly suffix: string
  /** Of a scalar: not quoted and not a block. */
  readonly plain: boolean
}

interface SimpleKey {
  possible: boolean
  readonly required: boolean
  readonly token: number
  readonly mark: Mark
}

const isBreak = (c: string): boolean =>
  c === '\n' || c === '\r' || c === '\x85' || c === '\u2028' || c === '\u2029'
const isBlank = (c: string): boolean => c === ' ' || c === '\t'
const isBreakz = (c: string): boolean => c === '\0' || isBreak(c)
const isBlankz = (c: string): boolean => isBlank(c) || isBreakz(c)
const isWord = (c: string): boolean => /[\w-]/.test(c)
const isDigit = (c: string): boolean => c >= '0' && c <= '9'

const ESCAPES: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const HEX_LENGTH: Record<string, number> = { x: 2, u: 4, U: 8 }

/** Characters that YAML 1.1 does not allow in a stream. */
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const CHUNK = 512

/**
 * go-yaml looks for unprintable characters in pieces of 512 bytes, just before it needs the first character of a piece:
 * faults further up in the same piece are not reached. Returns the start of the piece that has the first one.
 */
function firstBadPiece(text: string): { barrier: number; offset: number } | undefined {
  const offset = text.search(UNPRINTABLE)
  if (offset < 0) return undefined
  let piece = 0
  let bytes = 0
  for (let i = 0; i <= offset; i++) {
    const code = text.codePointAt(i)!
    const width = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (bytes + width > CHUNK) {
      piece = i
      bytes = 0
    }
    bytes += width
    if (code >= 0x10000) i++
  }
  return { barrier: piece, offset }
}

export class Scanner {
  private readonly text: string
  private readonly barrier: number
  private readonly bad: number
  private pos: number
  private line = 0
  private lineStart: number
  private flowLevel = 0
  private indent = -1
  private indents: number[] = []
  private simpleKeyAllowed = true
  private simpleKeys: SimpleKey[] = []
  private readonly simpleKeysByToken = new Map<number, number>()
  private tokens: Token[] = []
  private head = 0
  private parsed = 0
  private started = false

  constructor(input: string) {
    const text = input.replace(/\p{Cs}/gu, '\ufffd') // halves of a pair become what they are in UTF-8
    const bad = firstBadPiece(text)
    this.bad = bad?.offset ?? -1
    this.barrier = bad?.barrier ?? Number.POSITIVE_INFINITY
    this.text = `${text}\0\0\0\0`
    this.pos = this.lineStart = text.startsWith('\ufeff') ? 1 : 0
  }

  peek(): Token {
    for (;;) {
      if (this.head < this.tokens.length) {
        const i = this.simpleKeysByToken.get(this.parsed)
        if (i === undefined || !this.keyIsValid(this.simpleKeys[i]!)) return this.tokens[this.head]!
      }
      this.fetch()
    }
  }

  skip(): void {
    this.parsed++
    this.head++
    if (this.head === this.tokens.length) {
      this.tokens = []
      this.head = 0
    }
  }

  // ---- characters

  private mark(): Mark {
    return { offset: this.pos, line: this.line, column: this.pos - this.lineStart }
  }

  private get char(): string {
    return this.text[this.pos]!
  }

  private at(n: number): string {
    return this.text[this.pos + n] ?? '\0'
  }

  /** The next `n` characters are about to be looked at. */
  private need(n: number): void {
    if (this.pos + n <= this.barrier) return
    const problem = 'control characters are not allowed'
    const before = this.text.slice(0, this.bad).split('\n')
    const mark = { offset: this.bad, line: before.length - 1, column: before.at(-1)!.length }
    throw new YamlError(`yaml: ${problem}`, problem, mark)
  }

  private advance(n = 1): void {
    this.pos += n
    this.need(1)
  }

  /** Steps over a line break and returns it as it stands in a scalar. */
  private readBreak(): string {
    const c = this.char
    this.pos += c === '\r' && this.at(1) === '\n' ? 2 : 1
    this.line++
    this.lineStart = this.pos
    this.need(1)
    return c === '\u2028' || c === '\u2029' ? c : '\n'
  }

  private skipBlanks(): void {
    while (isBlank(this.char)) this.advance()
  }

  private skipComment(): void {
    if (this.char === '#') while (!isBreakz(this.char)) this.advance()
  }

  private readWord(): string {
    const start = this.pos
    while (isWord(this.char)) this.advance()
    return this.text.slice(start, this.pos)
  }

  private fail(problem: string, context: Mark): never {
    throw syntaxError(problem, this.mark(), context, true)
  }

  private push(
    type: TokenType,
    start: Mark,
    value = '',
    suffix = '',
    plain = false,
    end = this.mark(),
  ): void {
    this.tokens.push({ type, start, end, value, suffix, plain })
  }

  private insert(type: TokenType, mark: Mark, number: number): void {
    const token = { type, start: mark, end: mark, value: '', suffix: '', plain: false }
    this.tokens.splice(this.head + number - this.parsed, 0, token)
  }

  // ---- simple keys and indentation

  private keyIsValid(key: SimpleKey): boolean {
    if (!key.possible) return false
    if (key.mark.line < this.line || key.mark.offset + 1024 < this.pos) {
      if (key.required) this.fail("could not find expected ':'", key.mark)
      key.possible = false
      return false
    }
    return true
  }

  private saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return
    const mark = this.mark()
    const required = this.flowLevel === 0 && this.indent === mark.column
    const token = this.parsed + this.tokens.length - this.head
    this.removeSimpleKey()
    this.simpleKeys[this.simpleKeys.length - 1] = { possible: true, required, token, mark }
    this.simpleKeysByToken.set(token, this.simpleKeys.length - 1)
  }

  private removeSimpleKey(): void {
    const key = this.simpleKeys.at(-1)!
    if (!key.possible) return
    if (key.required) this.fail("could not find expected ':'", key.mark)
    key.possible = false
    this.simpleKeysByToken.delete(key.token)
  }

  /** `number`: where in the queue the token goes, for a key that is only known now to be one; absent: at its end. */
  private rollIndent(
    type: TokenType,
    mark: Mark,
    number = this.parsed + this.tokens.length - this.head,
  ): void {
    if (this.flowLevel > 0 || this.indent >= mark.column) return
    this.indents.push(this.indent)
    this.indent = mark.column
    this.insert(type, mark, number)
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return
    while (this.indent > column) {
      this.push('block-end', this.mark())
      this.indent = this.indents.pop()!
    }
  }

  // ---- tokens

  private fetch(): void {
    this.need(1)
    if (!this.started) {
      this.started = true
      this.simpleKeys.push({ possible: false, required: false, token: 0, mark: this.mark() })
      this.push('stream-start', this.mark())
      return
    }
    this.toNextToken()
    const column = this.pos - this.lineStart
    this.unrollIndent(column)
    this.need(4)
    const c = this.char
    const next = this.at(1)
    const flow = this.flowLevel > 0
    if (c === '\0') this.fetchStreamEnd()
    else if (column === 0 && c === '%') this.fetchDirective()
    else if (column === 0 && this.atDocumentIndicator()) this.fetchDocumentIndicator()
    else if (c === '[' || c === '{') this.fetchFlowStart(c)
    else if (c === ']' || c === '}') this.fetchFlowEnd(c)
    else if (c === ',') this.fetchIndicator(',', true)
    else if (c === '-' && isBlankz(next)) this.fetchBlockEntry()
    else if (c === '?' && (flow || isBlankz(next))) this.fetchKey()
    else if (c === ':' && (flow || isBlankz(next))) this.fetchValue()
    else if ((c === '|' || c === '>') && !flow) this.fetchBlockScalar(c === '|')
    else if (c === '*' || c === '&') this.fetchNodePart(() => this.scanAnchor(c))
    else if (c === '!') this.fetchNodePart(() => this.scanTag())
    else if (c === "'" || c === '"') this.fetchNodePart(() => this.scanQuoted(c))
    else if (
      !(isBlankz(c) || '|>-?:#%@`'.includes(c)) ||
      (c === '-' && !isBlank(next)) ||
      (!flow && (c === '?' || c === ':'))
    )
      this.fetchNodePart(() => this.scanPlain())
    else this.fail('found character that cannot start any token', this.mark())
  }

  private toNextToken(): void {
    for (;;) {
      while (this.char === ' ' || ((this.flowLevel > 0 || !this.simpleKeyAllowed) && this.char === '\t'))
        this.advance()
      this.skipComment()
      if (!isBreak(this.char)) return
      this.readBreak()
      if (this.flowLevel === 0) this.simpleKeyAllowed = true
    }
  }

  private atDocumentIndicator(): boolean {
    const c = this.char
    return (c === '-' || c === '.') && this.at(1) === c && this.at(2) === c && isBlankz(this.at(3))
  }

  private fetchNodePart(scan: () => void): void {
    this.saveSimpleKey()
    this.simpleKeyAllowed = false
    scan()
  }

  private fetchStreamEnd(): void {
    if (this.pos !== this.lineStart) {
      this.lineStart = this.pos
      this.line++
    }
    this.unrollIndent(-1)
    this.removeSimpleKey()
    this.simpleKeyAllowed = false
    this.push('stream-end', this.mark())
  }

  private fetchDocumentIndicator(): void {
    this.unrollIndent(-1)
    this.removeSimpleKey()
    this.simpleKeyAllowed = false
    const type = this.char === '-' ? 'document-start' : 'document-end'
    const start = this.mark()
    this.pos += 3
    this.push(type, start)
  }

  private fetchFlowStart(type: '[' | '{'): void {
    this.saveSimpleKey()
    const token = this.parsed + this.tokens.length - this.head
    this.simpleKeys.push({ possible: false, required: false, token, mark: this.mark() })
    this.flowLevel++
    this.simpleKeyAllowed = true
    this.one(type)
  }

  private fetchFlowEnd(type: ']' | '}'): void {
    this.removeSimpleKey()
    if (this.flowLevel > 0) {
      this.flowLevel--
      this.simpleKeysByToken.delete(this.simpleKeys.pop()!.token)
    }
    this.simpleKeyAllowed = false
    this.one(type)
  }

  private fetchIndicator(type: TokenType, allowed: boolean): void {
    this.removeSimpleKey()
    this.simpleKeyAllowed = allowed
    this.one(type)
  }

  private one(type: TokenType): void {
    const start = this.mark()
    this.pos++
    this.push(type, start)
  }

  private inBlock(what: string, type: TokenType): void {
    if (this.flowLevel > 0) return
    if (!this.simpleKeyAllowed) this.fail(`${what} are not allowed in this context`, this.mark())
    this.rollIndent(type, this.mark())
  }

  private fetchBlockEntry(): void {
    this.inBlock('block sequence entries', 'block-sequence-start')
    this.fetchIndicator('-', true)
  }

  private fetchKey(): void {
    this.inBlock('mapping keys', 'block-mapping-start')
    this.fetchIndicator('key', this.flowLevel === 0)
  }

  private fetchValue(): void {
    const key = this.simpleKeys.at(-1)!
    if (this.keyIsValid(key)) {
      this.insert('key', key.mark, key.token)
      this.rollIndent('block-mapping-start', key.mark, key.token)
      key.possible = false
      this.simpleKeysByToken.delete(key.token)
      this.simpleKeyAllowed = false
    } else {
      this.inBlock('mapping values', 'block-mapping-start')
      this.simpleKeyAllowed = this.flowLevel === 0
    }
    this.one('value')
  }

  private fetchDirective(): void {
    this.unrollIndent(-1)
    this.removeSimpleKey()
    this.simpleKeyAllowed = false
    const start = this.mark()
    this.advance()
    const name = this.readWord()
    if (!name) this.fail('could not find expected directive name', start)
    if (!isBlankz(this.char)) this.fail('found unexpected non-alphabetical character', start)
    this.skipBlanks()
    if (name === 'YAML') {
      const major = this.versionNumber(start)
      if (this.char !== '.') this.fail("did not find expected digit or '.' character", start)
      this.advance()
      this.push('version-directive', start, `${major}.${this.versionNumber(start)}`)
    } else if (name === 'TAG') {
      const handle = this.tagHandle(true, start)
      if (!isBlank(this.char)) this.fail('did not find expected whitespace', start)
      this.skipBlanks()
      const prefix = this.tagUri('', start)
      if (!isBlankz(this.char)) this.fail('did not find expected whitespace or line break', start)
      this.push('tag-directive', start, handle, prefix)
    } else this.fail('found unknown directive name', start)
    this.toLineEnd(start)
  }

  private toLineEnd(start: Mark): void {
    this.skipBlanks()
    this.skipComment()
    if (!isBreakz(this.char)) this.fail('did not find expected comment or line break', start)
    if (isBreak(this.char)) this.readBreak()
  }

  private versionNumber(start: Mark): number {
    const from = this.pos
    while (isDigit(this.char)) {
      if (this.pos - from === 2) this.fail('found extremely long version number', start)
      this.advance()
    }
    if (this.pos === from) this.fail('did not find expected version number', start)
    return Number(this.text.slice(from, this.pos))
  }

  private scanAnchor(c: '*' | '&'): void {
    const start = this.mark()
    this.advance()
    const name = this.readWord()
    if (!name || !(isBlankz(this.char) || '?:,]}%@`'.includes(this.char)))
      this.fail('did not find expected alphabetic or numeric character', start)
    this.push(c === '&' ? 'anchor' : 'alias', start, name)
  }

  private scanTag(): void {
    const start = this.mark()
    let handle = ''
    let suffix: string
    if (this.at(1) === '<') {
      this.advance(2)
      suffix = this.tagUri('', start)
      if (this.char !== '>') this.fail("did not find the expected '>'", start)
      this.advance()
    } else {
      handle = this.tagHandle(false, start)
      if (handle.length > 1 && handle.endsWith('!')) suffix = this.tagUri('', start)
      else {
        suffix = this.tagUri(handle, start)
        handle = '!'
        if (!suffix) [handle, suffix] = ['', '!']
      }
    }
    if (!isBlankz(this.char)) this.fail('did not find expected whitespace or line break', start)
    this.push('tag', start, handle, suffix)
  }

  private tagHandle(directive: boolean, start: Mark): string {
    if (this.char !== '!') this.fail("did not find expected '!'", start)
    this.advance()
    let handle = `!${this.readWord()}`
    if (this.char === '!') {
      handle += '!'
      this.advance()
    } else if (directive && handle !== '!') this.fail("did not find expected '!'", start)
    return handle
  }

  private tagUri(head: string, start: Mark): string {
    let uri = head.slice(1)
    const from = this.pos
    while (isWord(this.char) || ";/?:@&=+$,.!~*'()[]%".includes(this.char)) {
      if (this.char === '%') uri += this.uriEscape(start)
      else {
        uri += this.char
        this.advance()
      }
    }
    if (!head && this.pos === from) this.fail('did not find expected tag URI', start)
    return uri
  }

  private uriEscape(start: Mark): string {
    let octets = ''
    let width = 1
    for (let i = 0; i < width; i++) {
      const hex = this.text.slice(this.pos + 1, this.pos + 3)
      if (this.char !== '%' || !/^[\da-f]{2}$/i.test(hex)) this.fail('did not find URI escaped octet', start)
      const octet = Number.parseInt(hex, 16)
      if (i === 0) {
        width =
          octet < 0x80
            ? 1
            : (octet & 0xe0) === 0xc0
              ? 2
              : (octet & 0xf0) === 0xe0
                ? 3
                : (octet & 0xf8) === 0xf0
                  ? 4
                  : 0
        if (!width) this.fail('found an incorrect leading UTF-8 octet', start)
      } else if ((octet & 0xc0) !== 0x80) this.fail('found an incorrect trailing UTF-8 octet', start)
      octets += `%${hex}`
      this.advance(3)
    }
    try {
      return decodeURIComponent(octets)
    } catch {
      return '\ufffd'
    }
  }

  // ---- scalars

  private fetchBlockScalar(literal: boolean): void {
    this.removeSimpleKey()
    this.simpleKeyAllowed = true
    const start = this.mark()
    this.advance()
    let chomping = ''
    let increment = 0
    const chomp = (): void => {
      if (this.char !== '+' && this.char !== '-') return
      chomping = this.char
      this.advance()
    }
    chomp()
    if (isDigit(this.char)) {
      if (this.char === '0') this.fail('found an indentation indicator equal to 0', start)
      increment = Number(this.char)
      this.advance()
      if (!chomping) chomp()
    }
    this.toLineEnd(start)
    let indent = increment && Math.max(this.indent, 0) + increment
    let end = this.mark()
    // Steps over empty lines and indentation; finds the indentation of the first line that has text.
    const breaks = (): string => {
      let found = ''
      let deepest = 0
      end = this.mark()
      for (;;) {
        while ((!indent || this.pos - this.lineStart < indent) && this.char === ' ') this.advance()
        const column = this.pos - this.lineStart
        if (column > deepest) deepest = column
        if ((!indent || column < indent) && this.char === '\t')
          this.fail('found a tab character where an indentation space is expected', start)
        if (!isBreak(this.char)) break
        found += this.readBreak()
        end = this.mark()
      }
      if (!indent) indent = Math.max(deepest, this.indent + 1, 1)
      return found
    }
    let s = ''
    let leadingBreak = ''
    let leadingBlank = false
    let trailing = breaks()
    while (this.pos - this.lineStart === indent && this.char !== '\0') {
      const blank = isBlank(this.char)
      if (!literal && !leadingBlank && !blank && leadingBreak === '\n') {
        if (!trailing) s += ' '
      } else s += leadingBreak
      s += trailing
      leadingBlank = blank
      const from = this.pos
      while (!isBreakz(this.char)) this.advance()
      s += this.text.slice(from, this.pos)
      leadingBreak = isBreak(this.char) ? this.readBreak() : ''
      trailing = breaks()
    }
    if (chomping !== '-') s += leadingBreak
    if (chomping === '+') s += trailing
    this.push('scalar', start, s, '', false, end)
  }

  private scanQuoted(quote: string): void {
    const start = this.mark()
    this.advance()
    let s = ''
    let whitespace = ''
    for (;;) {
      this.need(4)
      if (this.pos === this.lineStart && this.atDocumentIndicator())
        this.fail('found unexpected document indicator', start)
      if (this.char === '\0') this.fail('found unexpected end of stream', start)
      let broken = false
      while (!isBlankz(this.char)) {
        const c = this.char
        if (c === quote) {
          if (quote === '"' || this.at(1) !== "'") break
          s += "'"
          this.advance(2)
        } else if (c === '\\' && quote === '"') {
          if (isBreak(this.at(1))) {
            this.advance()
            this.readBreak()
            broken = true
            break
          }
          s += this.escape(start)
        } else {
          const from = this.pos
          do this.advance()
          while (!isBlankz(this.char) && this.char !== quote && this.char !== '\\')
          s += this.text.slice(from, this.pos)
        }
      }
      if (this.char === quote) break
      let leadingBreak = ''
      let trailing = ''
      while (isBlank(this.char) || isBreak(this.char)) {
        if (isBlank(this.char)) {
          if (!broken) whitespace += this.char
          this.advance()
        } else if (!broken) {
          whitespace = ''
          leadingBreak = this.readBreak()
          broken = true
        } else trailing += this.readBreak()
      }
      if (!broken) {
        s += whitespace
        whitespace = ''
      } else s += leadingBreak === '\n' ? trailing || ' ' : leadingBreak + trailing
    }
    this.pos++
    this.push('scalar', start, s)
  }

  private escape(start: Mark): string {
    const c = this.at(1)
    const simple = Object.hasOwn(ESCAPES, c) ? ESCAPES[c] : undefined
    const length = HEX_LENGTH[c]
    if (simple === undefined && !length) this.fail('found unknown escape character', start)
    this.advance(2)
    if (!length) return simple!
    this.need(length)
    const hex = this.text.slice(this.pos, this.pos + length)
    if (!/^[\da-f]+$/i.test(hex)) this.fail('did not find expected hexdecimal number', start)
    const code = Number.parseInt(hex, 16)
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
      this.fail('found invalid Unicode character escape code', start)
    this.advance(length)
    return String.fromCodePoint(code)
  }

  private scanPlain(): void {
    const indent = this.indent + 1
    const start = this.mark()
    let end = start
    let s = ''
    let leadingBreak = ''
    let trailing = ''
    let whitespace = ''
    let broken = false
    for (;;) {
      this.need(4)
      if (this.char === '#' || (this.pos === this.lineStart && this.atDocumentIndicator())) break
      const from = this.pos
      while (!isBlankz(this.char)) {
        const c = this.char
        if ((c === ':' && isBlankz(this.at(1))) || (this.flowLevel > 0 && ',?[]{}'.includes(c))) break
        this.advance()
      }
      if (this.pos > from) {
        if (!broken) s += whitespace
        else s += leadingBreak === '\n' ? trailing || ' ' : leadingBreak + trailing
        whitespace = trailing = leadingBreak = ''
        broken = false
        s += this.text.slice(from, this.pos)
        end = this.mark()
        this.need(2)
      }
      if (!isBlank(this.char) && !isBreak(this.char)) break
      while (isBlank(this.char) || isBreak(this.char)) {
        if (isBlank(this.char)) {
          if (broken && this.char === '\t' && this.pos - this.lineStart < indent)
            this.fail('found a tab character that violates indentation', start)
          if (!broken) whitespace += this.char
          this.advance()
        } else if (!broken) {
          whitespace = ''
          leadingBreak = this.readBreak()
          broken = true
        } else trailing += this.readBreak()
      }
      if (this.flowLevel === 0 && this.pos - this.lineStart < indent) break
    }
    this.push('scalar', start, s, '', true, end)
    if (broken) this.simpleKeyAllowed = true
  }
}
