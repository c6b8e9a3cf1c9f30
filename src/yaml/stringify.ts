// A value as YAML, the way `kubectl get -o yaml` prints it: block style, an indentation of two, sequences at the
// indentation of their key, and lines that break at the first single space after column 80. Which style a text gets is held
// to what go-yaml v2 writes (stringify.test.ts).
import { numberText } from './number.ts'
import { resolvePlain } from './resolve.ts'

/** Ends with a line break. Keys that are undefined are left out. */
export function stringifyYaml(value: unknown): string {
  const out: string[] = []
  writeNode(out, value, -1, '', 0)
  return `${out.join('')}\n`
}

type Entries = [string, unknown][]

/**
 * Writes `value` after what stands on the line already, which ends at `column`. `indent`: that of the collection around
 * it; `lead`: what parts the value from the text before it where it is to stand on the same line.
 */
function writeNode(
  out: string[],
  value: unknown,
  indent: number,
  lead: string,
  column: number,
  afterKey = false,
): void {
  if (Array.isArray(value)) {
    if (!value.length) out.push(lead, '[]')
    else writeSequence(out, value, indent < 0 ? 0 : afterKey ? indent : indent + 2, lead, afterKey)
  } else if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined)
    if (!entries.length) out.push(lead, '{}')
    else writeMapping(out, entries, indent < 0 ? 0 : indent + 2, lead, afterKey)
  } else out.push(lead, scalarText(value, Math.max(indent, 0) + 2, column + lead.length))
}

const lineAt = (indent: number): string => `\n${' '.repeat(indent)}`

function writeSequence(
  out: string[],
  items: unknown[],
  indent: number,
  lead: string,
  newLine: boolean,
): void {
  const line = lineAt(indent)
  items.forEach((item, i) => {
    out.push(i || newLine ? line : lead, '-')
    writeNode(out, item, indent, ' ', indent + 1)
  })
}

function writeMapping(out: string[], entries: Entries, indent: number, lead: string, newLine: boolean): void {
  const line = lineAt(indent)
  sortEntries(entries).forEach(([key, value], i) => {
    out.push(i || newLine ? line : lead)
    if (isSimpleKey(key)) {
      const text = stringText(key, indent + 2)
      out.push(text, ':')
      writeNode(out, value, indent, ' ', indent + text.length + 1, true)
    } else {
      out.push('? ', stringText(key, indent + 2, indent + 2), line, ':')
      writeNode(out, value, indent, ' ', indent + 1)
    }
  })
}

/** One line of at most 128 bytes; longer keys are written behind `? `. */
function isSimpleKey(key: string): boolean {
  if (/[\n\r\x85\u2028\u2029]/.test(key)) return false
  return key.length <= 42 || (key.length <= 128 && utf8Length(key) <= 128)
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const c of text) bytes += c < '\x80' ? 1 : c < '\u0800' ? 2 : c.length > 1 ? 4 : 3
  return bytes
}

function scalarText(value: unknown, indent: number, column: number): string {
  if (typeof value === 'string') return stringText(value, indent, column)
  if (typeof value === 'number') return numberText(value)
  return value === undefined ? 'null' : String(value)
}

const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const SAFE = /^[A-Za-z_/][\w./()%+=;$^~<-]*$/

/** `column`: where the text begins; absent for a key of one line, which never breaks. */
function stringText(s: string, indent: number, column?: number): string {
  if (SAFE.test(s) && !/^[yYnNtTfFoO]/.test(s)) return s
  const facts = analyze(s)
  if (s.includes('\n') && column !== undefined && facts.block) return literal(s, indent)
  const plain = resolvePlain(s).tag === 'str' && !BASE60.test(s)
  if (plain && facts.plain) return folded(s, '', indent, column)
  if (plain && facts.single && !s.includes('\n')) return folded(s, "'", indent, column)
  return doubleQuoted(s, indent, column)
}

/** What the emitter takes for printable: nothing beyond the basic plane, so emoji come out as \U0001F600. */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

/** Which styles can carry the text. */
function analyze(s: string): { plain: boolean; single: boolean; block: boolean } {
  const special = UNPRINTABLE.test(s)
  const spaceBreak = / [\n\x85\u2028\u2029]/.test(s)
  const breakSpace = /[\n\x85\u2028\u2029] /.test(s)
  const indicators =
    /^(---|\.\.\.)/.test(s) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(s) ||
    /^[?:-]([ \t]|$)/.test(s) ||
    /:([ \t]|$)|(^|[ \t\r\n\x85\u2028\u2029\0])#/.test(s)
  const edges = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(s)
  const lines = /[\n\r\x85\u2028\u2029]/.test(s)
  return {
    plain: !(special || indicators || edges || lines || breakSpace || spaceBreak),
    single: !(special || breakSpace || spaceBreak),
    block: !(special || spaceBreak || s.endsWith(' ')),
  }
}

const WIDTH = 80

/** Plain and single-quoted text. A text with U+2028 in it is the only one of several lines that comes here. */
function folded(s: string, quote: string, indent: number, start?: number): string {
  const text = quote ? s.replaceAll("'", "''") : s
  if ((start === undefined || start + text.length < WIDTH) && !/[\u2028\u2029]/.test(s))
    return quote + text + quote
  let out = quote
  let column = (start ?? Number.NEGATIVE_INFINITY) + quote.length
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (
      c === ' ' &&
      column > WIDTH &&
      i > 0 &&
      i < text.length - 1 &&
      text[i - 1] !== ' ' &&
      text[i + 1] !== ' '
    ) {
      out += lineAt(indent)
      column = indent
    } else if (c === '\u2028' || c === '\u2029') {
      const last = text[i + 1] !== '\u2028' && text[i + 1] !== '\u2029'
      out += last && i < text.length - 1 ? c + ' '.repeat(indent) : c
      column = indent
    } else {
      out += c
      column++
    }
  }
  return out + quote
}

const ESCAPES: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
}

function doubleQuoted(s: string, indent: number, start?: number): string {
  // A text that begins with a byte order mark has every character escaped.
  const all = s.startsWith('\ufeff')
  let out = '"'
  let column = (start ?? Number.NEGATIVE_INFINITY) + 1
  let before = ''
  const characters = [...s]
  characters.forEach((c, i) => {
    let text = c
    if (all || c === '"' || c === '\\' || c.length > 1 || /[\n\u2028\u2029]/.test(c) || UNPRINTABLE.test(c)) {
      const short = ESCAPES[c]
      const code = c.codePointAt(0)!
      const width = code <= 0xff ? 2 : code <= 0xffff ? 4 : 8
      text = short
        ? `\\${short}`
        : `\\${'xuU'[width >> 2]}${code.toString(16).toUpperCase().padStart(width, '0')}`
    } else if (c === ' ' && before !== ' ' && column > WIDTH && i > 0 && i < characters.length - 1) {
      text = lineAt(indent) + (characters[i + 1] === ' ' ? '\\' : '')
      column = indent - lineAt(indent).length
    }
    before = c
    out += text
    column += text.length
  })
  return `${out}"`
}

function literal(s: string, indent: number): string {
  const hint = /^[ \n\x85\u2028\u2029]/.test(s) ? '2' : ''
  const chomp = !/[\n\u2028\u2029]$/.test(s)
    ? '-'
    : s.length === 1 || /[\n\u2028\u2029]{2}$/.test(s)
      ? '+'
      : ''
  const pad = ' '.repeat(indent)
  let text = s.replace(/(^|[\n\u2028\u2029])(?=[^\n\u2028\u2029])/g, `$1${pad}`)
  // the break that ends the last line is written by whatever comes next
  if (text.endsWith('\n')) text = text.slice(0, -1)
  return `|${hint}${chomp}\n${text}`
}

/** The order of keys: letters after everything else, numbers within names by their value. */
function sortEntries(entries: Entries): Entries {
  return entries.length > 1 ? entries.sort(([a], [b]) => compareKeys(a, b)) : entries
}

const LETTER = /\p{L}/u
const isLetter = (c: string): boolean =>
  c < '\x80' ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') : LETTER.test(c)
const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9'

function compareKeys(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const x = a[i]!
    const y = b[i]!
    if (x === y) continue
    const xLetter = isLetter(x)
    const yLetter = isLetter(y)
    if (xLetter && yLetter) return x < y ? -1 : 1
    if (xLetter || yLetter) return yLetter ? -1 : 1
    let start = 0
    if (x === '0' || y === '0') for (let j = i - 1; j >= 0 && isDigit(a[j]); j--) if (a[j] !== '0') start = 1
    const [xNumber, xEnd] = numberAt(a, i, start)
    const [yNumber, yEnd] = numberAt(b, i, start)
    return xNumber !== yNumber ? (xNumber < yNumber ? -1 : 1) : xEnd !== yEnd ? xEnd - yEnd : x < y ? -1 : 1
  }
  return a.length - b.length
}

function numberAt(s: string, from: number, start: number): [number, number] {
  let value = start
  let i = from
  for (; isDigit(s[i]); i++) value = value * 10 + Number(s[i])
  return [value, i]
}
