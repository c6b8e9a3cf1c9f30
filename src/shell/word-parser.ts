// Words: quotes, escapes, `$` expansions and command substitutions, as a sequence of parts.
import { fromBytes, toBytes } from '../engine/bytes.ts'
import { type Node, type Parameter, type Part, ShellSyntaxError, type Word } from './syntax.ts'

/** What a word is read from; the parser itself. */
export interface Source {
  readonly text: string
  at: number
  readonly line: number
  nested(): Node
  /** A text as a script of its own. */
  script(text: string, line: number): Node
  /** A text as a source of its own, whose first line is this one. */
  piece(text: string): Source
  /** One level further in; complains where that is too deep. */
  deeper<T>(read: () => T): T
  unterminated(closing: string, from?: number): never
}

const isEnd = (c: string): boolean => ' \t\n\r;&|()<>'.includes(c)
const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}

/** `\n`, `\x41`, `\101`, `\u4e2d` in text, as `$'…'`, `echo -e` and `printf` understand them. */
export function unescapeText(text: string, octal = /^[0-7]{1,3}/): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      out += text[i]
      continue
    }
    const rest = text.slice(i + 1)
    const code =
      /^x([0-9a-fA-F]{1,2})/.exec(rest) ??
      /^u([0-9a-fA-F]{1,4})/.exec(rest) ??
      /^U([0-9a-fA-F]{1,8})/.exec(rest)
    const eight = octal.exec(rest)
    if (code) {
      const value = Number.parseInt(code[1]!, 16)
      out += rest[0] === 'x' ? oneByte(value) : String.fromCodePoint(value)
      i += code[0].length
    } else if (eight) {
      out += oneByte(Number.parseInt(eight[0], 8) & 255)
      i += eight[0].length
    } else {
      const plain = escapes[rest[0] ?? '']
      out += plain ?? `\\${rest[0] ?? ''}`
      i++
    }
  }
  return /[\udc80-\udcff]/.test(out) ? fromBytes(toBytes(out)) : out
}

/** A byte as text has it (engine/bytes.ts); several may make a character together. */
const oneByte = (value: number): string =>
  value < 0x80 ? String.fromCharCode(value) : String.fromCharCode(0xdc00 + value)

/** Reads a word up to an unquoted character that ends it. */
export function readWord(source: Source, ends: (c: string) => boolean = isEnd): Word {
  const parts: Part[] = []
  let text = ''
  const flush = () => {
    if (text) parts.push({ type: 'text', text, quoted: false })
    text = ''
  }
  while (source.at < source.text.length) {
    const c = source.text[source.at]!
    const two = source.text.slice(source.at, source.at + 2)
    if (two === '<(' && ends === isEnd) {
      flush()
      parts.push({ type: 'process', script: nested(source) })
    } else if (ends(c)) break
    else if (c === '\\') {
      source.at += 2
      if (two[1] === '\n') continue
      flush()
      parts.push({ type: 'text', text: two[1] ?? '\\', quoted: true })
    } else if (c === "'") {
      flush()
      const end = source.text.indexOf("'", source.at + 1)
      if (end < 0) source.unterminated("'")
      parts.push({ type: 'text', text: source.text.slice(source.at + 1, end), quoted: true })
      source.at = end + 1
    } else if (c === '"' || two === '$"') {
      flush()
      source.at += c === '"' ? 1 : 2
      parts.push(...doubleQuoted(source))
    } else if (two === "$'") {
      flush()
      const match = /^(?:[^'\\]|\\[\s\S])*'/.exec(source.text.slice(source.at + 2))
      if (!match) source.unterminated("'")
      parts.push({ type: 'text', text: unescapeText(match[0].slice(0, -1)), quoted: true })
      source.at += 2 + match[0].length
    } else if (c === '$' || c === '`') {
      const part = expansion(source, false)
      if (part) {
        flush()
        parts.push(part)
      } else {
        text += c
        source.at++
      }
    } else {
      text += c
      source.at++
    }
  }
  flush()
  return parts
}

function doubleQuoted(source: Source): Part[] {
  const start = source.at
  const parts = quotedText(source, c => c === '"', '"')
  if (source.text[source.at] !== '"') source.unterminated('"', start)
  source.at++
  return parts.length ? parts : [{ type: 'text', text: '', quoted: true }]
}

/** Text in which only `$`, backquotes and backslashes before `escaped` characters are special. */
function quotedText(source: Source, ends: (c: string) => boolean, escaped: string): Part[] {
  const parts: Part[] = []
  let text = ''
  while (source.at < source.text.length) {
    const c = source.text[source.at]!
    if (ends(c)) break
    if (c === '\\') {
      const next = source.text[source.at + 1] ?? ''
      if (next !== '\n') text += next && `$\`\\${escaped}`.includes(next) ? next : c + next
      source.at += 2
      continue
    }
    const part = c === '$' || c === '`' ? expansion(source, true) : undefined
    if (part) {
      if (text) parts.push({ type: 'text', text, quoted: true })
      text = ''
      parts.push(part)
    } else {
      text += c
      source.at++
    }
  }
  if (text) parts.push({ type: 'text', text, quoted: true })
  return parts
}

/** The expansions of a here-document's or an arithmetic expression's text, in which quotes mean nothing. */
export function parseDollarFree(text: string, outer: Source): Word {
  return quotedText(outer.piece(text), () => false, '')
}

/** What a `$` or a backquote begins; undefined where it stands for itself. */
function expansion(source: Source, quoted: boolean): Part | undefined {
  const rest = source.text.slice(source.at, source.at + 80)
  if (rest[0] === '`') {
    const match = /^`((?:[^`\\]|\\[\s\S])*)`/.exec(source.text.slice(source.at))
    if (!match) source.unterminated('`')
    source.at += match[0].length
    return {
      type: 'command',
      script: source.script(match[1]!.replace(/\\([$`\\])/g, '$1'), source.line),
      quoted,
    }
  }
  if (rest.startsWith('$((')) {
    const end = arithmeticEnd(source.text, source.at + 3)
    if (end >= 0) {
      const expression = source.deeper(() => parseDollarFree(source.text.slice(source.at + 3, end), source))
      source.at = end + 2
      return { type: 'arithmetic', expression, quoted }
    }
  }
  if (rest.startsWith('$(')) return { type: 'command', script: nested(source), quoted }
  if (rest.startsWith('${'))
    return source.deeper(() => {
      source.at += 2
      return parameter(source, quoted)
    })
  const simple = /^\$([A-Za-z_]\w*|[0-9@*#?$!-])/.exec(rest)
  if (!simple) return undefined
  // A name may be longer than the excerpt.
  const name = /^(?:[A-Za-z_]\w*|.)/.exec(source.text.slice(source.at + 1))![0]
  source.at += 1 + name.length
  return { type: 'parameter', name, quoted }
}

/** The script that `$(` or `<(` begins. */
const nested = (source: Source): Node =>
  source.deeper(() => {
    source.at += 2
    return source.nested()
  })

/** Where `))` closes an arithmetic expansion; -1 where it was a command substitution of a subshell. */
function arithmeticEnd(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') {
      if (depth === 0) return text[i + 1] === ')' ? i : -1
      depth--
    }
  }
  return -1
}

/** What stands after `${`. */
function parameter(source: Source, quoted: boolean): Parameter {
  const head = /^([#!]?)([A-Za-z_]\w*|\d+|[@*#?$!-])/.exec(source.text.slice(source.at))
  if (!head)
    throw new ShellSyntaxError(
      `$\{${source.text.slice(source.at).split('\n')[0]}: bad substitution`,
      source.line,
    )
  let [all, prefix, name] = head as unknown as [string, string, string]
  // `${#}` and `${#:-x}` are the parameter `#` itself.
  if (prefix && !/^[}[]/.test(source.text.slice(source.at + all.length)) && !/^[A-Za-z_\d@*]/.test(name)) {
    name = prefix
    prefix = ''
    all = name
  }
  source.at += all.length
  const upTo = (stop: string, escaped = '}"'): Word => {
    const ends = (c: string) => stop.includes(c)
    return quoted ? nestedQuotes(source, ends, escaped) : readWord(source, ends)
  }
  let index: Word | undefined
  if (source.text[source.at] === '[') {
    source.at++
    index = upTo(']')
    source.at++
  }
  const base = {
    type: 'parameter' as const,
    name,
    quoted,
    index,
    prefix: (prefix || undefined) as '#' | undefined,
  }
  const operator = /^(?::[-=+?]|##|%%|\/\/|\/#|\/%|\^\^|,,|[-=+?#%/^,:@])/.exec(
    source.text.slice(source.at),
  )?.[0]
  source.at += operator?.length ?? 0
  let argument: Word | undefined
  let second: Word | undefined
  if (operator) {
    // A pattern is as quoted as it is written, whatever quotes stand around the whole.
    if (/^[#%/]/.test(operator))
      argument = readWord(source, c => (operator[0] === '/' ? '/}' : '}').includes(c))
    else argument = upTo(operator === ':' ? ':}' : '}')
    const c = source.text[source.at]
    if (c === '/' || c === ':') {
      source.at++
      second = upTo('}', c === '/' ? '}"/' : '}"')
    }
  }
  if (source.text[source.at] !== '}') source.unterminated('}')
  source.at++
  return { ...base, operator, argument, second }
}

/** Inside of `"${x:-…}"` double quotes may open again, and the rest is as quoted as the whole. */
function nestedQuotes(source: Source, ends: (c: string) => boolean, escaped: string): Word {
  const parts: Part[] = []
  while (source.at < source.text.length && !ends(source.text[source.at]!)) {
    if (source.text[source.at] === '"') {
      source.at++
      parts.push(...doubleQuoted(source))
    } else parts.push(...quotedText(source, c => ends(c) || c === '"', escaped))
  }
  return parts
}
