// Variables and quotes in the words of a Dockerfile (frontend/dockerfile/shell/lex.go).

export type Lookup = (name: string) => string | undefined

/** A text that cannot be read: a quote or a brace is open, or a modifier is none. */
export class WordError extends Error {}

/** Expands `$NAME`, `${NAME:-word}` and the like; takes quotes and escapes away. `split`: into words at blanks. */
class Lexer {
  readonly #text: string
  readonly #lookup: Lookup
  readonly #escapeMark: string
  readonly words: string[] = []
  /** Names that were asked for and are not set. */
  readonly unset: string[] = []
  #at = 0

  constructor(text: string, lookup: Lookup, escapeMark: string) {
    this.#text = text
    this.#lookup = lookup
    this.#escapeMark = escapeMark
  }

  read(split: boolean): string {
    const text = this.#text
    let out = ''
    let word = ''
    let begun = false
    const end = () => {
      if (begun) this.words.push(word)
      word = ''
      begun = false
    }
    const add = (piece: string) => {
      out += piece
      word += piece
      begun = true
    }
    while (this.#at < text.length) {
      const c = text[this.#at]!
      if (c === "'") add(this.#single())
      else if (c === '"') add(this.#double())
      else if (c === '$') {
        const value = this.#dollar()
        if (split && /\s/.test(value)) {
          // What a variable holds is split too.
          const parts = value.split(/\s+/)
          for (const [i, part] of parts.entries()) {
            if (i > 0) end()
            if (part) add(part)
          }
        } else if (value !== '' || !split) add(value)
      } else if (c === this.#escapeMark) {
        this.#at++
        if (this.#at < text.length) add(text[this.#at++]!)
      } else if (split && /\s/.test(c)) {
        this.#at++
        end()
      } else {
        add(c)
        this.#at++
      }
    }
    end()
    return out
  }

  #single(): string {
    const close = this.#text.indexOf("'", this.#at + 1)
    if (close < 0) throw new WordError('unexpected end of statement while looking for matching single-quote')
    const inside = this.#text.slice(this.#at + 1, close)
    this.#at = close + 1
    return inside
  }

  #double(): string {
    this.#at++
    let out = ''
    for (;;) {
      const c = this.#text[this.#at]
      if (c === undefined)
        throw new WordError('unexpected end of statement while looking for matching double-quote')
      if (c === '"') {
        this.#at++
        return out
      }
      if (c === '$') out += this.#dollar()
      else if (c === this.#escapeMark) {
        const next = this.#text[this.#at + 1]
        if (next === undefined)
          throw new WordError('unexpected end of statement while looking for matching double-quote')
        out += next === '"' || next === '$' || next === this.#escapeMark ? next : c + next
        this.#at += 2
      } else {
        out += c
        this.#at++
      }
    }
  }

  #value(name: string): string {
    const value = this.#lookup(name)
    if (value === undefined) this.unset.push(name)
    return value ?? ''
  }

  #dollar(): string {
    this.#at++
    const text = this.#text
    if (text[this.#at] !== '{') {
      const [name = ''] = /^(?:[A-Za-z_]\w*|[0-9@#*?$!-])/.exec(text.slice(this.#at)) ?? []
      this.#at += name.length
      return name ? this.#value(name) : '$'
    }
    this.#at++
    const [name = ''] = /^(?:[A-Za-z_]\w*|[0-9@#*?$!-])/.exec(text.slice(this.#at)) ?? []
    this.#at += name.length
    const next = text[this.#at]
    if (next === undefined) throw new WordError("syntax error: missing '}'")
    if (!name) throw new WordError('syntax error: bad substitution')
    if (next === '}') {
      this.#at++
      return this.#value(name)
    }
    return this.#modified(name)
  }

  /** `:-word`, `:+word`, `:?word`, without the colon too; `#`, `%` and `/` cut and replace. */
  #modified(name: string): string {
    const [operator = ''] = /^(?::[-+?]|[-+?]|##?|%%?|\/\/?)/.exec(this.#text.slice(this.#at)) ?? []
    if (!operator)
      throw new WordError(
        `unsupported modifier (${this.#text.slice(this.#at, this.#at + 1)}) in substitution`,
      )
    this.#at += operator.length
    const inside = this.#upToBrace()
    const word = () => expandText(inside, this.#lookup, this.#escapeMark)
    const value = this.#lookup(name)
    const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
    switch (operator.at(-1)) {
      case '-':
        return isSet ? value! : word()
      case '+':
        return isSet ? word() : ''
      case '?':
        if (isSet) return value!
        throw new WordError(`${name}: ${word() || 'is not allowed to be unset'}`)
      case '#':
      case '%':
        return cut(value ?? '', word(), operator)
      default: {
        const [pattern = '', replacement = ''] = inside.split('/')
        const source = globSource(pattern)
        return (value ?? '').replace(new RegExp(source, operator === '//' ? 'g' : ''), replacement)
      }
    }
  }

  #upToBrace(): string {
    let depth = 1
    const from = this.#at
    for (; this.#at < this.#text.length; this.#at++) {
      const c = this.#text[this.#at]
      if (c === '{') depth++
      if (c === '}' && --depth === 0) return this.#text.slice(from, this.#at++)
    }
    throw new WordError("syntax error: missing '}'")
  }
}

const globSource = (glob: string): string =>
  glob.replace(/[\s\S]/g, c => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[\\^$.|+(){}[\]/]/g, '\\$&')))

function cut(value: string, glob: string, operator: string): string {
  const source = globSource(glob)
  const greedy = operator.length === 2
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i)
  const pattern = new RegExp(`^${source}$`)
  const fits = (length: number) =>
    pattern.test(operator[0] === '#' ? value.slice(0, length) : value.slice(value.length - length))
  const found = greedy ? lengths.findLast(fits) : lengths.find(fits)
  if (!found) return value
  return operator[0] === '#' ? value.slice(found) : value.slice(0, value.length - found)
}

/** One word: blanks stay. */
export function expandText(text: string, lookup: Lookup, escapeMark: string, unset?: string[]): string {
  const lexer = new Lexer(text, lookup, escapeMark)
  const out = lexer.read(false)
  unset?.push(...lexer.unset)
  return out
}

/** Words as they are typed, quotes and all: blanks within quotes do not part them (parser/line_parsers.go). */
export function splitWords(text: string, escapeMark: string): string[] {
  const words: string[] = []
  let word = ''
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (!quote && /\s/.test(c)) {
      if (word) words.push(word)
      word = ''
      continue
    }
    if (c === escapeMark && quote !== "'") {
      word += c + (text[++i] ?? '')
      continue
    }
    if (c === quote) quote = ''
    else if (!quote && (c === '"' || c === "'")) quote = c
    word += c
  }
  if (word) words.push(word)
  return words
}
