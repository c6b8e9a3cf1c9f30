// *http.Request: what a handler may ask of it.
import type { HttpRequest } from '../../../../engine/network.ts'
import { pure, type Thing } from '../values.ts'
import { canonical, Header } from './headers.ts'

/** The values of a query: `a=1&b=2`. */
function parameters(query: string): Map<string, string[]> {
  const all = new Map<string, string[]>()
  for (const part of query.split('&').filter(Boolean)) {
    const [name = '', value = ''] = part.split(/=(.*)/s).map(unescaped)
    all.set(name, [...(all.get(name) ?? []), value])
  }
  return all
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const first = (values: ReadonlyMap<string, readonly string[]>, name: string): string =>
  values.get(name)?.[0] ?? ''

export class Request implements Thing {
  readonly goType = '*http.Request'
  readonly asked: HttpRequest
  readonly path: string
  readonly query: string
  /** What the wildcards of the pattern stand for. */
  readonly wildcards = new Map<string, string>()
  readonly #header = new Header()

  constructor(asked: HttpRequest) {
    this.asked = asked
    const [path = '/', query = ''] = asked.path.split(/\?(.*)/s)
    this.path = unescaped(path)
    this.query = query
    for (const [name, value] of Object.entries(asked.headers))
      if (name !== 'host') this.#header.set(canonical(name), value)
  }

  member(name: string): unknown {
    const { asked, path, query } = this
    switch (name) {
      case 'Method':
        return asked.method
      case 'Host':
        return asked.headers.host ?? ''
      case 'RemoteAddr':
        return `${asked.from.address}:${asked.from.port}`
      case 'RequestURI':
        return asked.path
      case 'Proto':
        return 'HTTP/1.1'
      case 'Header':
        return this.#header
      case 'Body':
        return body(asked.body)
      case 'URL':
        return url(path, query, asked.path)
      case 'UserAgent':
        return pure(() => this.#header.get('User-Agent'))
      case 'PathValue':
        return pure((key: string) => this.wildcards.get(key) ?? '')
      case 'FormValue': {
        const form = asked.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
          ? parameters(asked.body)
          : new Map<string, string[]>()
        return pure((key: string) => first(form, key) || first(parameters(query), key))
      }
      default:
        return undefined
    }
  }
}

const url = (path: string, query: string, whole: string): Thing => ({
  goType: '*url.URL',
  member(name) {
    if (name === 'Path') return path
    if (name === 'RawQuery') return query
    if (name === 'String') return pure(() => whole)
    if (name !== 'Query') return undefined
    const values = parameters(query)
    const found: Thing = {
      goType: 'url.Values',
      member: member =>
        member === 'Get'
          ? pure((key: string) => first(values, key))
          : member === 'Has'
            ? pure((key: string) => values.has(key))
            : undefined,
    }
    return pure(() => found)
  },
})

/** A body that io.ReadAll reads (`text`) and that may be closed. */
const body = (text: string): Thing => ({
  goType: '*http.body',
  member: name => (name === 'text' ? text : name === 'Close' ? pure(() => null) : undefined),
})
