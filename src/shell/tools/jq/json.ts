// JSON texts one after the other, as jq reads its input. What is no JSON is told with its place, in jq's words.
import type { Json } from './values.ts'

/** Arrays and objects within each other: MAX_PARSING_DEPTH of jq 1.7. */
const deepest = 256

/** Throws SyntaxError with jq's message. */
export function* readValues(text: string): Generator<Json> {
  let at = 0
  let depth = 0
  const blank = () => {
    while (/\s/.test(text[at] ?? '')) at++
  }
  const fail = (message: string): never => {
    const before = text.slice(0, at)
    const line = before.split('\n').length
    throw new SyntaxError(`${message} at line ${line}, column ${at - before.lastIndexOf('\n') - 1}`)
  }
  const value = (): Json => {
    blank()
    const char = text[at]
    if (char === undefined) return fail('Unfinished JSON term')
    if ((char === '{' || char === '[') && ++depth > deepest) {
      at++
      return fail('Exceeds depth limit for parsing')
    }
    if (char === '{') {
      const out: Record<string, Json> = {}
      at++
      blank()
      if (text[at] === '}') {
        at++
        depth--
        return out
      }
      for (;;) {
        blank()
        if (text[at] !== '"')
          return fail(text[at] === undefined ? 'Unfinished JSON term' : 'Object keys must be strings')
        const key = string()
        blank()
        if (text[at++] !== ':') return fail('Objects must consist of key:value pairs')
        out[key] = value()
        blank()
        const next = text[at++]
        if (next === '}') {
          depth--
          return out
        }
        if (next !== ',')
          return fail(next === undefined ? 'Unfinished JSON term' : 'Expected separator between values')
      }
    }
    if (char === '[') {
      const out: Json[] = []
      at++
      blank()
      if (text[at] === ']') {
        at++
        depth--
        return out
      }
      for (;;) {
        out.push(value())
        blank()
        const next = text[at++]
        if (next === ']') {
          depth--
          return out
        }
        if (next !== ',')
          return fail(next === undefined ? 'Unfinished JSON term' : 'Expected separator between values')
      }
    }
    if (char === '"') return string()
    const [word = ''] = /^[^\s,:[\]{}"]+/.exec(text.slice(at, at + 400)) ?? []
    at += Math.max(1, word.length)
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null' || word === 'nan') return null
    const number = Number(word)
    if (word === '' || Number.isNaN(number))
      return fail(/^[a-z]/i.test(word) && word.length < 6 ? 'Invalid literal' : 'Invalid numeric literal')
    return number
  }
  const string = (): string => {
    const start = at++
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    if (at >= text.length) return fail('Unfinished string at EOF')
    at++
    try {
      return JSON.parse(
        text.slice(start, at).replace(/[\n\t\r]/g, c => ({ '\n': '\\n', '\t': '\\t', '\r': '\\r' })[c]!),
      )
    } catch {
      return fail('Invalid escape')
    }
  }
  for (blank(); at < text.length; blank()) yield value()
}
