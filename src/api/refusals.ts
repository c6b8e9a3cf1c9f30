// What the server refused clients outside, kept for those who explain it: the last few, each until the same client gets
// through with the same request. Components are not counted: what they are refused they say in events.
import { authenticate } from './authorization.ts'
import type { ApiRequest, ApiResponse, Status } from './types.ts'

export interface Refusal {
  /** When it was last refused, ms since 1970. */
  readonly time: number
  readonly method: ApiRequest['method']
  readonly path: string
  /** The name of the user; undefined: the cluster's administrator. */
  readonly user: string | undefined
  /** That the user is in, those that come with being who one is among them. */
  readonly groups: readonly string[]
  readonly status: Status
  /** What was sent; not to be changed. */
  readonly body: unknown
}

const most = 20
/** Not allowed, not valid, not now, not able; what is not there or was changed meanwhile is no refusal. */
const codes = new Set([403, 422, 429, 500])

export class Refusals {
  readonly #kept = new Map<string, Refusal>()

  /** The latest last. */
  get all(): Refusal[] {
    return [...this.#kept.values()]
  }

  /** `userOf` answers for whom the request of a client outside counts: who asks by a token is known by it. */
  note(
    request: ApiRequest,
    { code, body }: ApiResponse,
    now: number,
    userOf: (request: ApiRequest) => ApiRequest['user'],
  ): void {
    const refused = codes.has(code)
    if (!refused && this.#kept.size === 0) return
    const { method, path } = request
    const asked = userOf(request)
    const user = asked?.name
    const key = `${user ?? ''} ${method} ${path} ${method === 'POST' ? nameOf(request.body) : ''}`
    this.#kept.delete(key)
    if (!refused) {
      if (code < 300) this.#served(method, path, user)
      return
    }
    const { groups } = authenticate(asked)
    this.#kept.set(key, { time: now, method, path, user, groups, status: body, body: request.body })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest)
  }

  /** The server is well again; and who has written a valid object of the kind has found a way. */
  #served(method: string, path: string, user: string | undefined): void {
    const written = method !== 'GET' && method !== 'DELETE' ? collectionOf(method, path) : undefined
    for (const [key, each] of this.#kept) {
      const { code } = each.status
      const valid = code === 422 && each.user === user && collectionOf(each.method, each.path) === written
      if (code === 500 || valid) this.#kept.delete(key)
    }
  }
}

const collectionOf = (method: string, path: string): string =>
  method === 'POST' ? path : path.slice(0, path.lastIndexOf('/'))

/** '' too where what was sent cannot be read: that is why it was refused. */
function nameOf(body: unknown): string {
  try {
    return String((body as { metadata?: { name?: unknown } } | undefined)?.metadata?.name ?? '')
  } catch {
    return ''
  }
}
