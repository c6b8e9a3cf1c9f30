// nginx's configuration: its text as a tree of directives, with `include`, and the servers and locations in it.
// Words of errors: src/core/ngx_conf_file.c. Left out: if, map, rewrite, upstream weights, and every directive that
// `serve.ts` does not name; those are read over.
import { readableExpression } from '../../../engine/expressions/expression.ts'
import { FileError, type Files, resolvePath } from '../../../engine/files.ts'
import { isLoopback } from '../../../engine/network.ts'
import { matches } from '../../../engine/shell-pattern.ts'

export interface Directive {
  readonly name: string
  readonly args: readonly string[]
  readonly file: string
  readonly line: number
  readonly block: readonly Directive[] | undefined
}

export interface Location {
  /** `=`, `^~`, `~`, `~*`, or nothing for a prefix. */
  readonly how: string
  readonly pattern: string
  readonly directives: readonly Directive[]
}

export interface ServerBlock {
  readonly ports: readonly number[]
  /** Those of them at which it listens on 127.0.0.1 alone. */
  readonly loopback: readonly number[]
  readonly names: readonly string[]
  readonly isDefault: boolean
  readonly directives: readonly Directive[]
  readonly locations: readonly Location[]
}

export interface Configuration {
  /** Directives of the http block, which servers inherit. */
  readonly http: readonly Directive[]
  readonly servers: readonly ServerBlock[]
  /** Named groups: `upstream backend { server web:80; }`. */
  readonly upstreams: ReadonlyMap<string, readonly string[]>
  /** `worker_processes`: a number, `auto`, or nothing. */
  readonly workers: string | undefined
}

/** `nginx: [emerg] …` is put before it. */
export class ConfigurationError extends Error {}

interface Token {
  readonly text: string
  readonly line: number
  readonly quoted: boolean
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }
const unescapeText = (text: string): string =>
  text.replace(/\\(["'\\ntr])/g, (_, c: string) => escapes[c] ?? c)

function* tokens(text: string): Generator<Token> {
  let line = 1
  const pattern =
    /\n|[ \t\r]+|#[^\n]*|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|[{};]|(?:\\[\s\S]|\$\{[^}]*\}|[^\s{};"'\\])+/g
  for (const [whole, double, single] of text.matchAll(pattern)) {
    const quoted = double ?? single
    if (quoted !== undefined) yield { text: unescapeText(quoted), line, quoted: true }
    else if (!/^[\s#]/.test(whole)) yield { text: whole, line, quoted: false }
    for (const char of whole) if (char === '\n') line++
  }
}

function parseFile(files: Files, path: string): Directive[] {
  let text: string
  try {
    text = files.read(path)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    throw new ConfigurationError(`open() "${path}" failed (2: No such file or directory)`)
  }
  const all = [...tokens(text)]
  const lines = text.split('\n').length
  let at = 0
  const block = (depth: number): Directive[] => {
    const list: Directive[] = []
    let words: Token[] = []
    for (;;) {
      const token = all[at++]
      if (!token) {
        if (words.length || depth)
          throw new ConfigurationError(
            `unexpected end of file, expecting ${words.length ? '";" or "}"' : '"}"'} in ${path}:${lines}`,
          )
        return list
      }
      const { text: word, line, quoted } = token
      if (quoted || !/^[{};]$/.test(word)) {
        words.push(token)
        continue
      }
      if (word === '}') {
        if (words.length || !depth) throw new ConfigurationError(`unexpected "}" in ${path}:${line}`)
        return list
      }
      if (!words.length) throw new ConfigurationError(`unexpected "${word}" in ${path}:${line}`)
      const [name, ...args] = words.map(each => each.text)
      const inner = word === '{' ? block(depth + 1) : undefined
      list.push({ name: name!, args, file: path, line: words[0]!.line, block: inner })
      words = []
    }
  }
  return withIncludes(files, block(0))
}

function withIncludes(files: Files, list: readonly Directive[]): Directive[] {
  return list.flatMap(directive => {
    if (directive.block) return [{ ...directive, block: withIncludes(files, directive.block) }]
    if (directive.name !== 'include') return [directive]
    const path = resolvePath('/etc/nginx', directive.args[0] ?? '')
    return filesOf(files, path).flatMap(each => parseFile(files, each))
  })
}

/** The files of a pattern in its last part; a plain name must be there. */
function filesOf(files: Files, path: string): string[] {
  if (!/[*?[]/.test(path)) return path.endsWith('/mime.types') && !files.exists(path) ? [] : [path]
  const directory = path.slice(0, path.lastIndexOf('/')) || '/'
  if (!files.exists(directory)) return []
  return files
    .list(directory)
    .filter(name => matches(path.slice(directory.length + 1), name))
    .sort()
    .map(name => resolvePath(directory, name))
}

const inside = (list: readonly Directive[], name: string) =>
  list.filter(each => each.name === name && each.block)

/** The values of a directive, the last one that stands there. */
export const lastValue = (list: readonly Directive[], name: string): readonly string[] | undefined =>
  list.findLast(each => each.name === name)?.args

function portOf(listen: Directive): number | undefined {
  const address = listen.args[0] ?? ''
  if (address.startsWith('unix:')) return undefined
  const port = /(?:^|:|\])(\d+)$/.exec(address)?.[1] ?? (/^\d+$/.test(address) ? address : '80')
  return Number(port)
}

/** Reads the whole configuration from its main file. */
export function readConfiguration(files: Files, path: string): Configuration {
  const root = parseFile(files, path)
  if (!root.some(each => each.name === 'events'))
    throw new ConfigurationError(`no "events" section in configuration`)
  const workers = root.findLast(each => each.name === 'worker_processes')
  const value = workers?.args[0]
  if (value !== undefined && !/^(auto|\d+)$/.test(value))
    throw new ConfigurationError(
      `"worker_processes" directive invalid value in ${workers!.file}:${workers!.line}`,
    )
  const http = inside(root, 'http').flatMap(each => each.block!)
  const servers = inside(http, 'server').map(({ block }): ServerBlock => {
    const listens = block!.filter(each => each.name === 'listen')
    const ports = listens.map(portOf).filter(port => port !== undefined)
    return {
      ports: listens.length ? [...new Set(ports)] : [80],
      loopback: ports.filter(port =>
        listens.every(each => portOf(each) !== port || isLoopback(each.args[0]!)),
      ),
      names: block!.filter(each => each.name === 'server_name').flatMap(each => each.args),
      isDefault: listens.some(each => each.args.includes('default_server')),
      directives: block!,
      locations: inside(block!, 'location').map(({ args, block: directives }) => ({
        how: args.length > 1 ? args[0]! : '',
        pattern: args.at(-1) ?? '',
        directives: directives!,
      })),
    }
  })
  const upstreams = new Map(
    inside(http, 'upstream').map(({ args, block }) => [
      args[0] ?? '',
      block!.filter(each => each.name === 'server').map(each => each.args[0] ?? ''),
    ]),
  )
  return { http, servers, upstreams, workers: value }
}

/** PCRE's search; what makes no sense or takes too long fits nothing. */
export function fits(pattern: string, text: string, ignoreCase = false): boolean {
  return readableExpression(pattern, 'perl', { ignoreCase })?.fits(text) ?? false
}

/** The location of a path: exact, the longest prefix that ends the search, the first pattern, the longest prefix. */
export function findLocation({ locations }: ServerBlock, path: string): Location | undefined {
  const exact = locations.find(({ how, pattern }) => how === '=' && pattern === path)
  if (exact) return exact
  const prefix = locations
    .filter(({ how, pattern }) => (how === '' || how === '^~') && path.startsWith(pattern))
    .sort((a, b) => b.pattern.length - a.pattern.length)[0]
  if (prefix?.how === '^~') return prefix
  const expression = locations.find(
    ({ how, pattern }) => how.startsWith('~') && fits(pattern, path, how === '~*'),
  )
  return expression ?? prefix
}
