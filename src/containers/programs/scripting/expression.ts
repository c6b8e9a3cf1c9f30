// The expressions that small scripts of Python and JavaScript are made of: literals, names, calls, arithmetic,
// comparisons, lists and formatted strings. What a name or a call means is the language's.

export type Value = string | number | boolean | null | Value[] | { readonly [key: string]: Value }

/** What is written there is more than this simulator's interpreter knows, or no expression at all. */
export class ScriptError extends Error {}

export interface Language {
  name(path: string): Value
  call(path: string, args: Value[], receiver?: Value): Value
  /** How a value is put into a string. */
  text(value: Value): string
  readonly words: Readonly<Record<string, Value>>
}

type Token = { readonly type: 'string' | 'format' | 'number' | 'name' | 'mark'; readonly text: string }

const pattern =
  /\s+|#[^\n]*|([fFrRbB]?)("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|`((?:[^`\\]|\\.)*)`|(\d+(?:\.\d+)?(?:e-?\d+)?)|([A-Za-z_$][\w$]*)|(===|!==|\*\*|\/\/|==|!=|<=|>=|&&|\|\||[-+*/%<>()[\]{},.:!?])/y

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0' }
const unescapeString = (text: string) => text.replace(/\\([\s\S])/g, (_, c: string) => escapes[c] ?? c)

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex
    const match = pattern.exec(text)
    if (!match) throw new ScriptError(`unexpected '${text[at]}'`)
    const [, prefix, quoted, template, number, name, mark] = match
    if (quoted !== undefined) {
      const size = /^("""|''')/.test(quoted) ? 3 : 1
      const body = quoted.slice(size, -size)
      const isFormat = /f/i.test(prefix!)
      tokens.push({
        type: isFormat ? 'format' : 'string',
        text: /r/i.test(prefix!) || isFormat ? body : unescapeString(body),
      })
    } else if (template !== undefined) tokens.push({ type: 'format', text: template.replace(/\$\{/g, '{') })
    else if (number !== undefined) tokens.push({ type: 'number', text: number })
    else if (name !== undefined) tokens.push({ type: 'name', text: name })
    else if (mark !== undefined) tokens.push({ type: 'mark', text: mark })
  }
  return tokens
}

const levels: readonly (readonly string[])[] = [
  ['or', '||'],
  ['and', '&&'],
  ['==', '!=', '===', '!==', '<', '>', '<=', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%', '//'],
  ['**'],
]

export function evaluate(text: string, language: Language): Value {
  const tokens = tokenize(text)
  let at = 0
  const peek = () => tokens[at]
  const take = (mark: string): boolean => {
    if (peek()?.text !== mark || !/mark|name/.test(peek()!.type)) return false
    at++
    return true
  }
  const need = (mark: string) => {
    if (!take(mark)) throw new ScriptError(peek() ? `unexpected '${peek()!.text}'` : 'unexpected end')
  }
  const list = (end: string): Value[] => {
    const values: Value[] = []
    while (!take(end)) {
      // Named arguments keep their value only: `print(x, flush=True)`.
      values.push(binary(0))
      if (!take(',')) {
        need(end)
        break
      }
    }
    return values
  }
  const binary = (level: number): Value => {
    if (level >= levels.length) return unary()
    let left = binary(level + 1)
    for (
      let token = peek();
      token && token.type !== 'string' && levels[level]!.includes(token.text);
      token = peek()
    ) {
      at++
      left = operate(token.text, left, binary(level + 1), language)
    }
    return left
  }
  const unary = (): Value => {
    if (take('-')) return -Number(unary())
    if (take('!') || take('not')) return !truth(unary())
    if (take('new')) return unary()
    return postfix(primary())
  }
  const primary = (): Value => {
    const token = tokens[at++]
    if (!token) throw new ScriptError('unexpected end')
    if (token.type === 'number') return Number(token.text)
    if (token.type === 'string') return token.text
    if (token.type === 'format')
      return unescapeString(
        token.text.replace(/\{([^{}]*)\}/g, (_, inner: string) =>
          language.text(evaluate(inner.replace(/:[^:]*$/, ''), language)),
        ),
      )
    if (token.text === '(') {
      const value = binary(0)
      need(')')
      return value
    }
    if (token.text === '[') return list(']')
    if (token.type !== 'name') throw new ScriptError(`unexpected '${token.text}'`)
    if (token.text in language.words) return language.words[token.text]!
    let path = token.text
    while (peek()?.text === '.' && tokens[at + 1]?.type === 'name') {
      path += `.${tokens[at + 1]!.text}`
      at += 2
    }
    return take('(') ? language.call(path, list(')')) : language.name(path)
  }
  const postfix = (value: Value): Value => {
    for (;;) {
      if (take('[')) {
        const key = binary(0)
        need(']')
        value = item(value, key)
      } else if (peek()?.text === '.' && tokens[at + 1]?.type === 'name') {
        const name = tokens[at + 1]!.text
        at += 2
        value = take('(') ? language.call(name, list(')'), value) : item(value, name)
      } else return value
    }
  }
  const value = binary(0)
  if (at < tokens.length) throw new ScriptError(`unexpected '${tokens[at]!.text}'`)
  return value
}

const item = (value: Value, key: Value): Value => {
  if (Array.isArray(value) || typeof value === 'string') {
    const index = Number(key)
    return value.at(index) ?? null
  }
  if (value && typeof value === 'object') return value[String(key)] ?? null
  throw new ScriptError('not subscriptable')
}

export const truth = (value: Value): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))

function operate(mark: string, a: Value, b: Value, language: Language): Value {
  switch (mark) {
    case '+':
      if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
      return typeof a === 'string' || typeof b === 'string'
        ? language.text(a) + language.text(b)
        : Number(a) + Number(b)
    case '-':
      return Number(a) - Number(b)
    case '*':
      if (typeof a === 'string') return a.repeat(Math.min(10_000, Number(b)))
      return Number(a) * Number(b)
    case '/':
      return Number(a) / Number(b)
    case '//':
      return Math.floor(Number(a) / Number(b))
    case '%':
      if (typeof a === 'string')
        return (Array.isArray(b) ? b : [b]).reduce<string>(
          (text, each) => text.replace(/%[sd]/, () => language.text(each)),
          a,
        )
      return Number(a) % Number(b)
    case '**':
      return Number(a) ** Number(b)
    case '==':
    case '===':
      return a === b
    case '!=':
    case '!==':
      return a !== b
    case '<':
      return a! < b!
    case '>':
      return a! > b!
    case '<=':
      return a! <= b!
    case '>=':
      return a! >= b!
    case 'in':
      return Array.isArray(b)
        ? b.includes(a)
        : typeof b === 'string'
          ? b.includes(String(a))
          : String(a) in (b as object)
    case 'and':
    case '&&':
      return truth(a) ? b : a
    default:
      return truth(a) ? a : b
  }
}
