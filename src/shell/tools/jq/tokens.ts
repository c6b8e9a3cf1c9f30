// The words of a jq program; strings with the filters that stand in them.
import type { Filter } from './tree.ts'

/** A program that is none; `jq: error: MESSAGE`. */
export class CompileError extends Error {}

/** Filters within each other. jq's own parser ends with the same words, only later. */
export const deepest = 200

type Parse = (source: string, depth: number) => Filter

export type Token =
  | { readonly type: 'mark' | 'word' | 'variable' | 'field' | 'format'; readonly text: string }
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'text'; readonly text: string; readonly parts: readonly (string | Filter)[] }

const pattern =
  /\s+|#[^\n]*|(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)|\$(__loc__|[A-Za-z_]\w*)|@([A-Za-z_]\w*)|\.([A-Za-z_]\w*)|([A-Za-z_]\w*(?:::\w+)*)|(\.\.|\?\/\/=?|\|=|\+=|-=|\*=|\/\/=|\/=|%=|\/\/|==|!=|<=|>=|[-.[\]{}()|,:;=<>+*/%?$"])/y

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }

/** `parse`: of a filter that stands in a string, and in so many others. */
export function tokenize(source: string, depth: number, parse: Parse): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (!match)
      throw new CompileError(
        `syntax error, unexpected INVALID_CHARACTER (Unix shell quoting issues?) at <top-level>, line 1:\n${source}`,
      )
    at = pattern.lastIndex
    const [, number, variable, format, field, word, mark] = match
    if (number !== undefined) tokens.push({ type: 'number', text: number })
    else if (variable !== undefined) tokens.push({ type: 'variable', text: variable })
    else if (format !== undefined) tokens.push({ type: 'format', text: format })
    else if (field !== undefined) tokens.push({ type: 'field', text: field })
    else if (word !== undefined) tokens.push({ type: 'word', text: word })
    else if (mark === '"') {
      const { parts, end } = readText(source, at, depth, parse)
      tokens.push({ type: 'text', text: '"', parts })
      at = end
    } else if (mark !== undefined) tokens.push({ type: 'mark', text: mark })
  }
  return tokens
}

/** Behind the parenthesis that closes what begins here; strings on the way may hold others. */
function closing(source: string, from: number, level: number): number {
  let depth = 1
  let at = from
  for (; at < source.length && depth; at++) {
    if (source[at] === '"') at = textEnd(source, at + 1, level + 1) - 1
    else if (source[at] === '(') depth++
    else if (source[at] === ')') depth--
  }
  return at
}

/** Behind the quote that ends a string, whose filters are not read for that: each would be read twice, and theirs again. */
function textEnd(source: string, from: number, level: number): number {
  if (level > deepest) throw new CompileError(`memory exhausted at <top-level>, line 1:\n${source}`)
  for (let at = from; at < source.length; at++) {
    if (source[at] === '"') return at + 1
    if (source[at] === '\\' && source[++at] === '(') at = closing(source, at + 1, level) - 1
  }
  return source.length + 1
}

/** A string from behind its first quote: pieces of text, and filters in `\(…)`. */
function readText(
  source: string,
  from: number,
  level: number,
  parse: Parse,
): { parts: (string | Filter)[]; end: number } {
  const parts: (string | Filter)[] = []
  let text = ''
  for (let at = from; at < source.length; at++) {
    const char = source[at]!
    if (char === '"') return { parts: [...parts, text], end: at + 1 }
    if (char !== '\\') {
      text += char
      continue
    }
    const next = source[++at]!
    if (next === 'u') {
      text += String.fromCharCode(Number.parseInt(source.slice(at + 1, at + 5), 16))
      at += 4
    } else if (next === '(') {
      const end = closing(source, at + 1, level)
      parts.push(text, parse(source.slice(at + 1, end - 1), level))
      text = ''
      at = end - 1
    } else text += escapes[next] ?? next
  }
  throw new CompileError(
    `syntax error, unexpected end of file, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END at <top-level>, line 1:\n${source}`,
  )
}
