// Strings and characters as Go writes them in its source (strconv.Unquote).

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}
const escaped = /\\(?:([abfnrtv\\"'])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|)/g

/** What a literal in its quotes stands for; undefined where a backslash begins nothing that Go knows. */
export function unquoted(literal: string): string | undefined {
  const quote = literal[0]
  const inside = literal.slice(1, -1)
  if (quote === '`') return inside.replaceAll('\r', '')
  let isBad = false
  const text = inside.replace(escaped, (_, letter, x, u, long, octal) => {
    if (letter !== undefined && escapes[letter]) return escapes[letter]
    if (letter !== undefined && letter === quote) return letter
    const code = Number.parseInt(x ?? u ?? long ?? octal, octal === undefined ? 16 : 8)
    isBad ||= !(code <= 0x10ffff)
    return isBad ? '' : String.fromCodePoint(code)
  })
  return isBad ? undefined : text
}
