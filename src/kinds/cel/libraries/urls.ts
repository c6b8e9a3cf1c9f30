// URLs: k8s.io/apiserver/pkg/cel/library/urls.go, which takes what Go's url.ParseRequestURI takes.
import { goQuote } from '../../machinery/quote.ts'
import { fail, type Library } from './library.ts'

class Url {
  readonly text: string
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  constructor(text: string, [, scheme = '', host = '', path = '', query = '']: readonly string[]) {
    this.text = text
    this.scheme = scheme.toLowerCase()
    this.host = host.slice(host.lastIndexOf('@') + 1)
    this.path = path
    this.query = query
  }
  toString(): string {
    return this.text
  }
}

function parse(text: string): Url | undefined {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?\s]*))?(\/[^?\s]*)?(?:\?([^\s]*))?$/.exec(text)
  if (!match || (!match[1] && match[3] === undefined) || /%(?![0-9a-fA-F]{2})/.test(text)) return undefined
  return new Url(text, match)
}

const port = ({ host }: Url): string => /:(\d+)$/.exec(host)?.[1] ?? ''

function query({ query }: Url): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  for (const pair of query.split('&').filter(Boolean)) {
    const [name = '', ...rest] = pair.split('=')
    const decoded = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
    values[decoded(name)] = [...(values[decoded(name)] ?? []), decoded(rest.join('='))]
  }
  return values
}

export const urls: Library = environment => {
  environment.registerType('kubernetes.URL', Url)
  const method = (signature: string, handler: (...args: never[]) => unknown) =>
    environment.registerFunction(signature, handler)
  method('isURL(string): bool', (text: string) => parse(text) !== undefined)
  method(
    'url(string): kubernetes.URL',
    (text: string) =>
      parse(text) ??
      fail(`URL parse error during conversion from string: parse ${goQuote(text)}: invalid URI for request`),
  )
  method('kubernetes.URL.getScheme(): string', (url: Url) => url.scheme)
  method('kubernetes.URL.getHost(): string', (url: Url) => url.host)
  method('kubernetes.URL.getHostname(): string', (url: Url) =>
    url.host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'),
  )
  method('kubernetes.URL.getPort(): string', port)
  method('kubernetes.URL.getEscapedPath(): string', (url: Url) => url.path)
  method('kubernetes.URL.getQuery(): map<string, list<string>>', query)
  environment.registerOperator('kubernetes.URL == kubernetes.URL', (a: Url, b: Url) => a.text === b.text)
}
