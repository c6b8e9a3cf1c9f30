// Go's %q (strconv.Quote), in which messages put names and values.

const SHORT: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

/** What strconv.IsPrint does not know as printable: of all spaces only the ASCII one is. */
const ESCAPED = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu

export const goQuote = (text: string): string => `"${text.replace(ESCAPED, escaped)}"`

function escaped(c: string): string {
  const code = c.codePointAt(0)!
  const hex = (width: number): string => code.toString(16).padStart(width, '0')
  if (SHORT[c]) return SHORT[c]
  if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`
  return code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
}
