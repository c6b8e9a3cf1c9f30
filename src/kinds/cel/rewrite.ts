// What the evaluator's parser does not know of CEL is said in what it knows: `has()` of any operand, and values of
// named types (`Object.spec{replicas: 3}`, of mutating policies).
import type { Token } from './tokens.ts'

export interface Rewritten {
  readonly text: string
  /** Where a position of `text` stands in the source. */
  origin(position: number): number
}

/** Names that the rewritten text uses; no expression of a manifest does. */
export const typedValue = '__typed'
export const hasField = '__has'

/**
 * `forCheck`: the operand of `has()` is looked at like any other selection, so that a field that is not there is found;
 * otherwise `has(E.f)` becomes `(E).?f.hasValue()` where the evaluator's own macro would not take it.
 */
export function rewrite(source: string, tokens: readonly Token[], forCheck: boolean): Rewritten {
  const edits: { at: number; length: number; text: string }[] = []
  const replace = (token: Token, text: string) =>
    edits.push({ at: token.start, length: token.text.length, text })
  const insert = (at: number, text: string) => edits.push({ at, length: 0, text })

  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1]
    if (
      token.type === 'ident' &&
      token.text === 'has' &&
      tokens[i + 1]?.text === '(' &&
      before?.text !== '.'
    ) {
      const end = closing(tokens, i + 1)
      const field = tokens[end - 1]
      const dot = tokens[end - 2]
      if (end < 0 || field?.type !== 'ident' || dot?.text !== '.') continue
      if (forCheck) replace(token, hasField)
      else if (tokens.slice(i + 2, end).some(t => t.type !== 'ident' && t.text !== '.')) {
        replace(token, '')
        replace(dot, ').?')
        replace(tokens[end]!, '.hasValue()')
      }
    } else if (token.text === '{' && before?.type === 'ident') {
      const end = closing(tokens, i)
      if (end < 0) continue
      let first = i - 1
      while (tokens[first - 1]?.text === '.' && tokens[first - 2]?.type === 'ident') first -= 2
      const name = tokens
        .slice(first, i)
        .map(t => t.text)
        .join('')
      insert(tokens[first]!.start, `${typedValue}(${JSON.stringify(name)}, `)
      for (const part of tokens.slice(first, i)) replace(part, '')
      typedFields(tokens, i, end, replace, insert)
      insert(tokens[end]!.start + 1, ')')
    }
  }
  return apply(source, edits)
}

/** `{a: x, ?b: y}` → `{"a": dyn(x), "?b": dyn(y)}`: the values of fields differ in type. */
function typedFields(
  tokens: readonly Token[],
  open: number,
  end: number,
  replace: (token: Token, text: string) => void,
  insert: (at: number, text: string) => void,
): void {
  let depth = 0
  let start = true
  for (let i = open + 1; i < end; i++) {
    const { text, type } = tokens[i]!
    if (start) {
      const optional = text === '?'
      const name = optional ? tokens[i + 1] : tokens[i]
      if (optional) replace(tokens[i]!, '')
      const colon = tokens[optional ? i + 2 : i + 1]
      if (name?.type !== 'ident' || colon?.text !== ':') return
      replace(name, JSON.stringify((optional ? '?' : '') + name.text.replaceAll('`', '')))
      insert(colon.start + 1, ' dyn(')
      i += optional ? 2 : 1
      start = false
      continue
    }
    if (type === 'op' && '([{'.includes(text)) depth++
    else if (type === 'op' && ')]}'.includes(text)) depth--
    else if (text === ',' && depth === 0) {
      insert(tokens[i]!.start, ')')
      start = true
    }
  }
  if (!start) insert(tokens[end]!.start, ')')
}

/** The index of the bracket that closes the one at `open`, or -1. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const { text, type } = tokens[i]!
    if (type !== 'op') continue
    if ('([{'.includes(text)) depth++
    else if (')]}'.includes(text) && --depth === 0) return i
  }
  return -1
}

function apply(source: string, edits: { at: number; length: number; text: string }[]): Rewritten {
  // Of edits at one place, what is put in goes before what stands there is replaced.
  edits.sort((a, b) => a.at - b.at || a.length - b.length)
  let text = ''
  let at = 0
  const spans: { to: number; from: number }[] = [{ to: 0, from: 0 }]
  for (const edit of edits) {
    text += source.slice(at, edit.at)
    spans.push({ to: text.length, from: edit.at })
    text += edit.text
    at = edit.at + edit.length
    spans.push({ to: text.length, from: at })
  }
  text += source.slice(at)
  return {
    text,
    origin(position) {
      const span = spans.findLast(s => s.to <= position)!
      return span.from + (position - span.to)
    },
  }
}
