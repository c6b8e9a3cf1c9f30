// Reads regular expressions: POSIX's basic and extended ones with GNU's additions (`\w`, `\+`, `\|`), and those of Perl,
// as grep -P, jq and RE2 have them. What makes no sense is said in the words of GNU's regcomp.
import { bracket, controls } from './brackets.ts'
import { CharSet, digit, everything, exceptNewline, space, word } from './char-set.ts'
import { ExpressionError } from './errors.ts'
import { type Assertion, type Node, type Syntax, size } from './syntax.ts'

export type Dialect = 'basic' | 'extended' | 'perl'

export interface Reading {
  readonly ignoreCase?: boolean
  /** `^` and `$` stand at line ends too. */
  readonly multiline?: boolean
  /** Perl's `.` takes line feeds too; POSIX's does anyway. */
  readonly dotAll?: boolean
  /** Perl: blanks and comments do not count. */
  readonly extended?: boolean
}

const mostRepeats = 32_767
const largest = 20_000
const deepest = 250
export const tooBig = 'Regular expression too big'

export function parse(text: string, dialect: Dialect, reading: Reading = {}): Syntax {
  const parser = new Parser(text, dialect, reading)
  const root = parser.choice()
  parser.expectEnd()
  if (size(root) > largest) throw new ExpressionError(tooBig)
  return { root, groups: parser.groups, names: parser.names }
}

/** A text that stands for itself. */
export const literal = (text: string, ignoreCase = false): Node => ({
  type: 'sequence',
  items: [...text].map(c => {
    const set = CharSet.of(c)
    return { type: 'set', set: ignoreCase ? set.folded() : set }
  }),
})

class Parser {
  readonly #text: string
  readonly #dialect: Dialect
  #at = 0
  #depth = 0
  groups = 0
  readonly #closed = new Set<number>()
  readonly names = new Map<string, number>()
  #fold: boolean
  #dotAll: boolean
  #multiline: boolean
  #spaced: boolean

  constructor(text: string, dialect: Dialect, reading: Reading) {
    this.#text = text
    this.#dialect = dialect
    this.#fold = reading.ignoreCase ?? false
    this.#multiline = reading.multiline ?? false
    this.#dotAll = dialect !== 'perl' || (reading.dotAll ?? false)
    this.#spaced = reading.extended ?? false
  }

  expectEnd(): void {
    if (this.#at < this.#text.length) throw new ExpressionError('Unmatched ) or \\)')
  }

  choice(): Node {
    if (++this.#depth > deepest) throw new ExpressionError(tooBig)
    const flags = [this.#fold, this.#dotAll, this.#multiline] as const
    const branches = [this.#sequence()]
    while (this.#operator('|')) branches.push(this.#sequence())
    ;[this.#fold, this.#dotAll, this.#multiline] = flags
    this.#depth--
    return branches.length === 1 ? branches[0]! : { type: 'choice', branches }
  }

  /** Takes an operator: in basic expressions it has a backslash before it, in the others none. */
  #operator(mark: string): boolean {
    const written = this.#dialect === 'basic' ? `\\${mark}` : mark
    if (!this.#text.startsWith(written, this.#at)) return false
    this.#at += written.length
    return true
  }

  #stands(mark: string): boolean {
    return this.#text.startsWith(this.#dialect === 'basic' ? `\\${mark}` : mark, this.#at)
  }

  #sequence(): Node {
    const items: Node[] = []
    for (;;) {
      if (this.#spaced) this.#at += /^(?:\s|#.*)*/.exec(this.#text.slice(this.#at))![0].length
      if (this.#at >= this.#text.length || this.#stands('|') || this.#closing()) break
      const atom = this.#atom(items.length === 0)
      if (atom) items.push(this.#repeated(atom))
    }
    return items.length === 1 ? items[0]! : { type: 'sequence', items }
  }

  /** A parenthesis closes what is open; where nothing is, the extended grammar complains. */
  #closing(): boolean {
    return this.#stands(')')
  }

  #repeated(atom: Node): Node {
    // A star after an anchor stands for itself in a basic expression.
    if (this.#dialect === 'basic' && /start$/.test(atom.type)) return atom
    let node = atom
    for (;;) {
      const count = this.#count()
      if (!count) return node
      const lazy = this.#dialect === 'perl' && this.#take('?')
      // Possessive: gives nothing back, which changes what matches only where the rest wants it.
      if (this.#dialect === 'perl' && !lazy) this.#take('+')
      node = { type: 'repeat', of: node, ...count, lazy }
    }
  }

  #take(c: string): boolean {
    if (this.#text[this.#at] !== c) return false
    this.#at++
    return true
  }

  #count(): { least: number; most: number } | undefined {
    const all = Number.POSITIVE_INFINITY
    if (this.#take('*')) return { least: 0, most: all }
    if (this.#operator('+')) return { least: 1, most: all }
    if (this.#operator('?')) return { least: 0, most: 1 }
    const open = this.#dialect === 'basic' ? /^\\\{(\d*)(,?)(\d*)\\\}/ : /^\{(\d*)(,?)(\d*)\}/
    const found = open.exec(this.#text.slice(this.#at, this.#at + 32))
    if (!found || (!found[1] && !found[2])) {
      if (this.#dialect === 'basic' && this.#stands('{'))
        throw new ExpressionError(
          this.#text.includes('\\}', this.#at) ? 'Invalid content of \\{\\}' : 'Unmatched \\{',
        )
      return undefined
    }
    if (this.#dialect === 'perl' && !found[1]) return undefined
    this.#at += found[0].length
    const least = Number(found[1] || 0)
    const most = found[2] ? (found[3] ? Number(found[3]) : all) : least
    if (least > most) throw new ExpressionError('Invalid content of \\{\\}')
    if (least > mostRepeats || (most !== all && most > mostRepeats)) throw new ExpressionError(tooBig)
    return { least, most }
  }

  #set(set: CharSet): Node {
    return { type: 'set', set: this.#fold ? set.folded() : set }
  }

  #atom(first: boolean): Node | undefined {
    const c = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    if (c === '[') {
      const read = bracket(this.#text, this.#at, this.#dialect === 'perl')
      this.#at = read.end
      return { ...this.#set(read.set), ...(read.source && { source: read.source }) } as Node
    }
    if (this.#operator('(')) return this.#group()
    this.#at += c.length
    if (c === '.') return this.#set(this.#dotAll ? everything : exceptNewline)
    if (c === '\\') return this.#escaped()
    const basic = this.#dialect === 'basic'
    if (c === '^' && (!basic || first)) return { type: this.#multiline ? 'line-start' : 'start' }
    if (c === '$' && (!basic || this.#at >= this.#text.length || this.#stands('|') || this.#stands(')')))
      return { type: this.#multiline ? 'line-end' : 'end' }
    if (this.#dialect === 'perl' && '*+?'.includes(c))
      throw new ExpressionError('quantifier does not follow a repeatable item')
    return this.#set(CharSet.of(c))
  }

  #group(): Node {
    const perl = this.#dialect === 'perl'
    const special = perl
      ? /^\?(?:(:|=|!|<=|<!|>)|P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)'|([imsx]*)(?:-([imsx]+))?([:)]))/.exec(
          this.#text.slice(this.#at, this.#at + 80),
        )
      : null
    if (perl && this.#text[this.#at] === '?' && !special)
      throw new ExpressionError('unrecognized character after (? or (?-')
    this.#at += special?.[0].length ?? 0
    const before = [this.#fold, this.#dotAll, this.#multiline] as const
    if (special && special[6] !== undefined) {
      const on = special[4]!
      const off = special[5] ?? ''
      const set = (letter: string, now: boolean) => (now || on.includes(letter)) && !off.includes(letter)
      this.#fold = set('i', this.#fold)
      this.#dotAll = set('s', this.#dotAll)
      this.#multiline = set('m', this.#multiline)
      this.#spaced = set('x', this.#spaced)
      // `(?i)` holds up to the end of the group it stands in.
      if (special[6] === ')') return { type: 'sequence', items: [] }
    }
    const plain = special && special[2] === undefined && special[3] === undefined
    const number = plain ? 0 : ++this.groups
    const name = special?.[2] ?? special?.[3]
    if (name) this.names.set(name, number)
    const of = this.choice()
    if (!this.#operator(')')) throw new ExpressionError('Unmatched ( or \\(')
    ;[this.#fold, this.#dotAll, this.#multiline] = before
    this.#closed.add(number)
    const mark = special?.[1]
    if (mark && /^<?[=!]$/.test(mark))
      return { type: 'look', of, ahead: mark[0] !== '<', negated: mark.endsWith('!') }
    return plain ? of : { type: 'group', of, number }
  }

  #escaped(): Node {
    const c = this.#text[this.#at++]
    if (c === undefined) throw new ExpressionError('Trailing backslash')
    const assertion: Readonly<Record<string, Assertion>> = { b: 'word', B: 'not-word' }
    if (assertion[c]) return { type: assertion[c] }
    const sets: Readonly<Record<string, CharSet>> = { w: word, s: space }
    const set = sets[c] ?? sets[c.toLowerCase()]?.negated()
    if (set) return this.#set(set)
    if (/[1-9]/.test(c)) {
      if (!this.#closed.has(Number(c))) throw new ExpressionError('Invalid back reference')
      return { type: 'back', number: Number(c) }
    }
    if (this.#dialect === 'perl') return this.#perlEscape(c)
    if (c === '`') return { type: 'start' }
    if (c === "'") return { type: 'end' }
    if (c === '<' || c === '>') return edge(c === '<')
    return this.#set(CharSet.of(controls[c] ?? this.#whole(c)))
  }

  #perlEscape(c: string): Node {
    if (c === 'd') return this.#set(digit)
    if (c === 'D') return this.#set(digit.negated())
    if (c === 'h') return this.#set(CharSet.of(' \t'))
    if (c === 'A') return { type: 'start' }
    if (c === 'z' || c === 'Z') return { type: 'end' }
    if (c === 'Q') {
      const end = this.#text.indexOf('\\E', this.#at)
      const text = this.#text.slice(this.#at, end < 0 ? undefined : end)
      this.#at = end < 0 ? this.#text.length : end + 2
      return literal(text, this.#fold)
    }
    const rest = this.#text.slice(this.#at, this.#at + 40)
    if (c === 'k') {
      const name = /^<(\w+)>/.exec(rest)
      const number = name && this.names.get(name[1]!)
      if (!number) throw new ExpressionError('reference to non-existent subpattern')
      this.#at += name[0].length
      return { type: 'back', number }
    }
    const property = /^[pP](?:\{\^?[A-Za-z_=]+\}|[A-Z])/.exec(c + rest)
    if (property) {
      this.#at += property[0].length - 1
      return { type: 'set', set: everything, source: propertySource(property[0]) }
    }
    const code = c === 'x' ? /^(?:\{([\da-fA-F]{1,6})\}|([\da-fA-F]{1,2}))/.exec(rest) : null
    if (code) {
      this.#at += code[0].length
      return this.#set(CharSet.of(String.fromCodePoint(Number.parseInt(code[1] ?? code[2]!, 16))))
    }
    return this.#set(CharSet.of(controls[c] ?? this.#whole(c)))
  }

  /** The character that a backslash stands before, which may be two units long. */
  #whole(c: string): string {
    const whole = String.fromCodePoint(this.#text.codePointAt(this.#at - 1)!)
    this.#at += whole.length - c.length
    return whole
  }
}

/** `\p{L}` as engines that know Unicode write it. */
const propertySource = (text: string): string =>
  text
    .replace(/^([pP])(?!\{)(.)/, '$1{$2}')
    .replace(/^p\{\^/, 'P{')
    .replace(/^/, '\\')

/** `\<` and `\>`: the edge of a word, with the word after or before it. */
const edge = (before: boolean): Node => ({
  type: 'sequence',
  items: [
    { type: 'look', of: { type: 'set', set: word }, ahead: !before, negated: true },
    { type: 'look', of: { type: 'set', set: word }, ahead: before, negated: false },
  ],
})
