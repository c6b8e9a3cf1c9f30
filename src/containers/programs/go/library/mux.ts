// http.ServeMux: which handler a request goes to. The more special pattern wins; `{name}` stands for one part of a path, and
// a pattern may name a method (net/http/pattern.go).
import { Panic, pure, type Thing } from '../values.ts'
import type { Request } from './request.ts'

interface Route {
  readonly pattern: string
  readonly method: string
  readonly host: string
  readonly parts: readonly string[]
  /** It ends with a slash: all paths below are meant. */
  readonly isTree: boolean
  readonly handler: unknown
}

export class Mux {
  readonly #routes: Route[] = []

  add(pattern: string, handler: unknown): void {
    const [, method = '', host = '', path = ''] = /^(?:([A-Z]+)[ \t]+)?([^/]*)(\/.*)$/.exec(pattern) ?? []
    if (!path) throw new Panic(`http: invalid pattern`)
    if (this.#routes.some(each => each.pattern === pattern))
      throw new Panic(
        `pattern ${JSON.stringify(pattern)} conflicts with pattern ${JSON.stringify(pattern)}:\n${pattern} matches the same requests as ${pattern}`,
      )
    const isTree = path.endsWith('/')
    this.#routes.push({
      pattern,
      method,
      host,
      parts: path.split('/').slice(1, isTree ? -1 : undefined),
      isTree,
      handler,
    })
  }

  find(request: Request): unknown | 'wrong-method' | undefined {
    const host = (request.asked.headers.host ?? '').replace(/:\d+$/, '')
    const parts = request.path.split('/').slice(1)
    const fitting = this.#routes
      .filter(route => (!route.host || route.host === host) && fits(route, parts))
      .sort((a, b) => weight(b) - weight(a))
    const { method } = request.asked
    const found = fitting.find(
      each => !each.method || each.method === method || (each.method === 'GET' && method === 'HEAD'),
    )
    if (!found) return fitting.length ? 'wrong-method' : undefined
    for (const [i, part] of found.parts.entries()) {
      const [, name, rest] = /^\{(\w+)(\.\.\.)?\}$/.exec(part) ?? []
      if (name) request.wildcards.set(name, rest ? parts.slice(i).join('/') : parts[i]!)
    }
    return found.handler
  }
}

function fits({ parts, isTree }: Route, path: readonly string[]): boolean {
  for (const [i, part] of parts.entries()) {
    if (/^\{\w+\.\.\.\}$/.test(part)) return true
    if (part === '{$}') return path.length === i + 1 && path[i] === ''
    if (path[i] === undefined || (part !== path[i] && !/^\{\w+\}$/.test(part))) return false
  }
  return isTree ? path.length > parts.length : path.length === parts.length
}

/** Longer, without wildcards, whole paths, with a method: in this order. */
const weight = ({ parts, isTree, method, host }: Route): number =>
  parts.length * 100 -
  parts.filter(part => part.startsWith('{')).length * 10 +
  (isTree ? 0 : 50) +
  (method ? 1 : 0) +
  (host ? 1000 : 0)

export class ServeMux implements Thing {
  readonly goType = '*http.ServeMux'
  readonly mux: Mux
  constructor(mux: Mux) {
    this.mux = mux
  }
  member(name: string): unknown {
    if (name !== 'Handle' && name !== 'HandleFunc') return undefined
    return pure((pattern: string, handler) => {
      this.mux.add(pattern, handler)
      return null
    })
  }
}
