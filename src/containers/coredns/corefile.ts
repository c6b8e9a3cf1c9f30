// The Corefile: CoreDNS' configuration in the Caddyfile's syntax (coredns/caddy, caddyfile/{lexer,parse,dispenser}.go).
// Tokens are words and quoted texts; a server block has keys and, in braces, directives, each of which may have a block.

export interface Token {
  readonly text: string
  /** From 1. */
  readonly line: number
}

export interface Directive {
  readonly name: string
  readonly line: number
  readonly args: readonly string[]
  /** Lines of its block. */
  readonly block: readonly { readonly words: readonly string[]; readonly line: number }[]
  /** Name, arguments, braces and all, as they stand. */
  readonly tokens: readonly Token[]
}

export interface ServerBlock {
  readonly keys: readonly string[]
  readonly directives: readonly Directive[]
}

/** The words with which CoreDNS refuses a Corefile. */
export class CorefileError extends Error {}

export const parseError = (file: string, line: number, problem: string): CorefileError =>
  new CorefileError(`${file}:${line} - Error during parsing: ${problem}`)

function lex(text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const c = text[at]!
    if (c === '\n') line++
    if (/\s/.test(c)) at++
    else if (c === '#') while (at < text.length && text[at] !== '\n') at++
    else if (c === '"') {
      const began = line
      let value = ''
      at++
      while (at < text.length && text[at] !== '"') {
        if (text[at] === '\\' && text[at + 1] === '"') at++
        if (text[at] === '\n') line++
        value += text[at++]
      }
      at++
      tokens.push({ text: value, line: began })
    } else {
      const start = at
      while (at < text.length && !/\s/.test(text[at]!)) at++
      tokens.push({ text: text.slice(start, at), line })
    }
  }
  return tokens
}

/** Throws a CorefileError. `known`: the directives that there are. */
export function parseCorefile(text: string, file: string, known: ReadonlySet<string>): ServerBlock[] {
  const tokens = lex(text)
  const last = tokens.at(-1)?.line ?? 1
  const blocks: ServerBlock[] = []
  let at = 0
  const fail = (problem: string, line = tokens[Math.min(at, tokens.length - 1)]?.line ?? last): never => {
    throw parseError(file, line, problem)
  }

  while (at < tokens.length) {
    const keys: string[] = []
    while (at < tokens.length && tokens[at]!.text !== '{') {
      const { text: word, line } = tokens[at]!
      const more = word.endsWith(',')
      if (word === '}') fail("Syntax error: Unexpected token '}', expecting a server block")
      keys.push(word.replace(/,$/, ''))
      at++
      if (at < tokens.length && tokens[at]!.line !== line && !more && tokens[at]!.text !== '{') break
    }
    // One block may do without braces: then the rest of the file is in it.
    const braced = tokens[at]?.text === '{'
    if (braced) at++
    const directives: Directive[] = []
    while (at < tokens.length && !(braced && tokens[at]!.text === '}')) directives.push(directive())
    if (braced && at >= tokens.length)
      fail(`Syntax error: Unexpected token '${tokens.at(-1)?.text ?? ''}', expecting '}'`, last)
    at++
    blocks.push({ keys, directives })
  }
  return blocks

  function directive(): Directive {
    const first = tokens[at]!
    if (!known.has(first.text)) fail(`Unknown directive '${first.text}'`)
    const own: Token[] = [first]
    const args: string[] = []
    const block: { words: string[]; line: number }[] = []
    let line = first.line
    at++
    while (at < tokens.length && tokens[at]!.line === line && tokens[at]!.text !== '{') {
      if (tokens[at]!.text === '}') break
      args.push(tokens[at]!.text)
      own.push(tokens[at++]!)
    }
    if (tokens[at]?.text !== '{' || tokens[at]!.line !== line) return done()
    own.push(tokens[at++]!)
    for (let depth = 1; ; at++) {
      const token = tokens[at]
      if (!token) return fail('Unexpected EOF', last)
      own.push(token)
      if (token.text === '{') depth++
      if (token.text === '}' && --depth === 0) break
      if (token.line !== line || !block.length) block.push({ words: [], line: token.line })
      line = token.line
      block.at(-1)!.words.push(token.text)
    }
    at++
    return done()

    function done(): Directive {
      return { name: first.text, line: first.line, args, block, tokens: own }
    }
  }
}

/** What CoreDNS takes the SHA512 of: the server blocks as Go writes them as JSON. */
export function corefileJson(blocks: readonly ServerBlock[], file: string): string {
  return JSON.stringify(
    blocks.map(({ keys, directives }) => {
      const byName = new Map<string, object[]>()
      for (const { name, tokens } of directives) {
        const list = tokens.map(({ text, line }) => ({ File: file, Line: line, Text: text }))
        byName.set(name, [...(byName.get(name) ?? []), ...list])
      }
      return { Keys: keys, Tokens: Object.fromEntries([...byName].sort(([a], [b]) => (a < b ? -1 : 1))) }
    }),
  )
}
