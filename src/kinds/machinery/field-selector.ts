// Field selectors (`status.phase!=Running,spec.nodeName=a`): apimachinery/pkg/fields/selector.go.

export interface FieldTerm {
  readonly field: string
  readonly equal: boolean
  readonly value: string
}

/** Terms that must all hold, or the text of the error. */
export function parseFieldSelector(selector: string): FieldTerm[] | { readonly error: string } {
  const terms: FieldTerm[] = []
  for (const part of splitTerms(selector).sort()) {
    if (!part) continue
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(part)
    if (!match) return { error: `invalid selector: '${selector}'; can't understand '${part}'` }
    const [, field = '', operator, raw = ''] = match
    const value = unescapeValue(raw)
    if (typeof value !== 'string') return value
    terms.push({ field, equal: operator !== '!=', value })
  }
  return terms
}

/** At commas that no backslash precedes. */
const splitTerms = (text: string): string[] => text.match(/(?:\\.|[^,\\])+|\\$/gs) ?? []

function unescapeValue(text: string): string | { error: string } {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\\') {
      const next = text[++i] ?? ''
      if (!next || !'\\,='.includes(next))
        return { error: `invalid field selector: invalid escape sequence: \\${next}` }
      out += next
    } else if (char === '=' || char === ',')
      return { error: `invalid field selector: unescaped character in value: ${char.charCodeAt(0)}` }
    else out += char
  }
  return out
}
